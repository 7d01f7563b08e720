"""The desk works from its mail program: a reply to a notice is the answer, orders stand in its first lines."""

import unittest

import letters
from deadline import wait_until
from desk import ALICE, BOB, MALLORY, SUPPORT, DeskTest

TOM = f"Tom Brown <{BOB}>"
FILES = {
    "people.toml": f"""
        [[team]]
        name = "technical"

        [[technician]]
        name = "Tom Brown"
        address = "{BOB}"
        teams = ["technical"]
        """,
    "rules.toml": """
        priorities = ["P1", "P2", "P3"]
        [default]
        priority = "P3"
        team = "technical"
        notify = ["team"]
        """,
}


class DeskMail(DeskTest):
    def setUp(self):
        desk = self.make_desk()
        desk.settings["desk"]["send_delay"] = "1s"
        desk.configure()
        for name, text in FILES.items():
            (desk.gateway.folder / name).write_text(text)
        desk.start()

    def notice_of_a_new_ticket(self):
        """Alice asks; Tom is told. The mail that he gets."""
        self.desk.send(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, "Printer", "The printer is dead.\n"))
        self.desk.answer_to(ALICE)
        return self.desk.answer_to(BOB)

    def status(self):
        return self.desk.tickets()[0]["status"]

    def test_a_reply_to_the_notice_is_the_answer_and_orders_are_done(self):
        notice = self.notice_of_a_new_ticket()
        self.desk.send(letters.reply_to(notice, TOM, SUPPORT, "Hello Alice,\nwhich room?\n\nThanks\nTom Brown",
                                        attachments=[("plan.pdf", "application/pdf", b"%PDF plan")]))
        answer = self.desk.answer_to(ALICE, 2)
        text = answer.get_body(("plain",)).get_content().replace("\r\n", "\n")
        self.assertIn("Hello Alice,\nwhich room?", text)
        self.assertIn("Tom Brown, IT Support", text)
        self.assertNotIn("> ", text)
        self.assertEqual(SUPPORT, answer["From"].addresses[0].addr_spec)
        self.assertEqual(["plan.pdf"], [one.get_filename() for one in answer.iter_attachments()])
        # Nothing that proves something of Tom comes into her hands.
        self.assertNotIn(notice["Message-ID"].strip("<>"), answer.as_string())

        self.desk.send(letters.reply_to(answer, ALICE, SUPPORT, "Room 4."))
        wait_until(lambda: len(self.desk.ticket(1)["messages"]) >= 4, lambda: "her reply")
        self.desk.send(letters.reply_to(notice, TOM, SUPPORT, "# Close\n#me\n\nIt prints again."))
        closing = self.desk.answer_to(ALICE, 3)
        self.assertIn("It prints again.", closing.get_body(("plain",)).get_content())
        self.assertEqual("resolved", self.status())
        self.assertEqual("Tom Brown", self.desk.tickets()[0]["assignee"])
        wait_until(lambda: any("Done, as you ordered" in mail.get_body(("plain",)).get_content()
                               for mail in self.desk.inbox_of(BOB)),
                   lambda: "he hears that it is done")
        self.settle(4)
        self.assert_invariants()

    def test_what_is_not_understood_comes_back(self):
        notice = self.notice_of_a_new_ticket()
        self.desk.send(letters.reply_to(notice, TOM, SUPPORT, "#clsoe\nIt prints again."))
        back = self.desk.answer_to(BOB, 2)
        self.assertIn("did you mean #close?", back.get_body(("plain",)).get_content())
        self.assertIn("It prints again.", back.get_body(("plain",)).get_content())
        self.assertEqual("open", self.status())
        self.settle(2)
        self.assertEqual(1, len(self.desk.smtp.mails_to(ALICE)))

    def test_a_technicians_name_alone_does_nothing_until_he_says_that_it_is_his(self):
        self.notice_of_a_new_ticket()
        self.desk.send(letters.letter(TOM, ALICE, "Re: [HELP#1] Printer", "The code is 1234.", Cc=SUPPORT))
        question = self.desk.answer_to(BOB, 2)
        self.assertIn("was that you?", question["Subject"])
        self.assertIn("not_proved", [event["type"] for event in self.desk.ticket(1)["events"]])
        self.assertNotIn("agent_reply", [event["type"] for event in self.desk.ticket(1)["events"]])
        self.desk.send(letters.reply_to(question, MALLORY, SUPPORT, "yes"))
        self.settle(3)
        self.assertNotIn("confirmed", [event["type"] for event in self.desk.ticket(1)["events"]])
        self.desk.send(letters.letter(TOM, ALICE, "[HELP#1] Printer", "I come at ten.", Cc=SUPPORT))
        question = self.desk.answer_to(BOB, 3)
        self.desk.send(letters.reply_to(question, TOM, SUPPORT, "Yes."))
        self.settle(5)
        self.assertIn("agent_reply", [event["type"] for event in self.desk.ticket(1)["events"]])


if __name__ == "__main__":
    unittest.main()
