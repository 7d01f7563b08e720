"""Who writes, by what the school's own mail server says of it, and what a flood of forged mails brings about."""

import unittest

import letters
from deadline import wait_until
from desk import ALICE, SUPPORT, DeskTest

MX = "mx.desk.test"
PEOPLE = """
    [[school]]
    name = "Test School"
    domains = ["school.test"]

    [[team]]
    name = "technical"

    [[technician]]
    name = "Tom Brown"
    address = "bob@school.test"
    teams = ["technical"]
    """
BUDGETS = {
    "acknowledgement": {"stranger_limits": ["5 in 1h"], "domain_limits": ["3 in 1h"], "total_limits": ["50 in 1h"]},
    "limits": {"stranger_tickets": ["10 in 10min"]},
}


def by_our_server(mail, verdict):
    """The mail as the desk's own server hands it over: what it has found out stands on top."""
    return (f"Authentication-Results: {MX}; {verdict}\r\n"
            f"Received: from mail.school.test (mail.school.test [203.0.113.5])\r\n"
            f"\tby {MX} with ESMTPS; Mon, 2 Nov 2026 09:00:00 +0000\r\n").encode() + mail


class Proof(DeskTest):
    def setUp(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["authserv_id"] = [MX]
        desk.settings.update(BUDGETS)
        desk.configure()
        (desk.gateway.folder / "people.toml").write_text(PEOPLE)
        desk.start()

    def take(self, *mails):
        self.desk.put(list(mails))
        self.settle()

    def test_only_who_is_proved_joins_his_ticket_by_its_number(self):
        def mail(verdict, subject):
            return by_our_server(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, subject), verdict)

        def mails_of(ticket):
            return sum(one["direction"] == "in" for one in self.desk.ticket(ticket)["messages"])

        proved = "dmarc=pass header.from=school.test"
        self.take(mail(proved, "Projector"))
        self.assertEqual("proved", self.desk.tickets()[0]["requester_proof"])
        self.take(mail("dmarc=fail header.from=school.test", "Re: [HELP#1] Projector"),
                  mail("none", "Re: [HELP#1] Projector"), mail(proved, "Re: [HELP#1] Projector"))
        self.assertEqual([2, 1, 1], [mails_of(number) for number in (1, 2, 3)])
        shown = self.desk.gateway.run("ticket", "list", "--all").stdout.decode()
        self.assertIn("! Alice Smith", shown)
        self.assertIn("? Alice Smith", shown)
        explained = self.desk.gateway.run("explain", "2").stdout.decode()
        self.assertIn("NOT BELIEVED: DMARC fails for school.test", explained)
        self.assert_invariants()

    def test_a_flood_of_forged_mails_lets_few_answers_out_and_is_told_once(self):
        self.take(*(letters.letter(f"Bank <victim{n}@company{n}.test>", SUPPORT, "Your payment is overdue")
                    for n in range(120)))
        to_strangers = [mail for mail in self.desk.smtp.accepted if "company" in mail.recipients[0]]
        self.assertLessEqual(len(to_strangers), 5)
        for mail in to_strangers:
            self.assertNotIn(b"overdue", mail.raw)
            self.assertLess(len(mail.raw), 2500)
        flood = [one for one in self.desk.tickets() if "mail flood" in one["tags"]]
        self.assertEqual(1, len(flood))
        self.assertEqual(110, len(self.desk.ticket(flood[0]["id"])["messages"]))

        def status():
            return self.desk.gateway.json("status")

        wait_until(lambda: status()["troubles"], lambda: f"the flood is told: {status()}")
        self.assertEqual(["flood"], [one["cause"] for one in status()["troubles"]])
        self.assertEqual((5, 110), (status()["kept_back"]["answers"], status()["kept_back"]["collected"]))
        self.assert_invariants()


if __name__ == "__main__":
    unittest.main()
