"""What happens in the mailboxes: other people, other UIDs, old mail, large mail, mail that kills."""

import os
import unittest

import letters
from deadline import wait_until
from desk import ALICE, BOB, OFFICE, SUPPORT, DeskTest

# As a server offers that knows neither MOVE nor IDLE, but UIDPLUS.
PLAIN_SERVER = "IMAP4rev1 LITERAL+ SASL-IR UIDPLUS"


def numbered(count, to=SUPPORT, start=0):
    """Mails of as many different people, who all may be answered."""
    return [letters.letter(f"person{number}@far.test", to, f"question {number}") for number in range(start, start + count)]


class Mailboxes(DeskTest):
    def finish(self, **evidence):
        self.assertEqual(0, self.desk.gateway.stop()[0])
        self.assert_invariants(**evidence)

    def outcomes(self):
        return sorted(outcome for _, _, outcome, _ in self.desk.ledger())

    def test_the_same_mail_in_two_mailboxes_is_one_ticket(self):
        desk = self.make_desk()
        desk.settings["mailbox"].append(desk.mailbox("office", OFFICE))
        desk.start()
        mail = letters.letter(ALICE, f"{SUPPORT}, {OFFICE}")
        desk.send(mail, "support")
        desk.send(mail, "office")
        self.settle(2)
        self.assertEqual(["duplicate", "ticket"], self.outcomes())
        self.assertEqual(1, len(desk.tickets()))
        self.assertEqual(1, len(desk.smtp.mails_to(ALICE)))
        self.finish()

    def test_takes_from_several_mailboxes_side_by_side(self):
        desk = self.make_desk()
        desk.settings["mailbox"].append(desk.mailbox("office", OFFICE))
        desk.start()
        desk.put(numbered(10))
        desk.put(numbered(10, OFFICE, 10), "office")
        self.settle(20)
        self.assertEqual(20, len(desk.tickets()))
        self.finish()

    def test_a_new_uidvalidity_imports_nothing_twice(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["after_commit"] = "flag"  # the mails stay where they are
        desk.start()
        desk.put(numbered(5))
        self.settle(5)
        desk.gateway.stop()
        desk.dovecot.change_uidvalidity(SUPPORT)
        desk.gateway.start()
        desk.put(numbered(1, start=5))
        desk.wait_for_tickets(6)
        self.settle(6)
        self.assertEqual(6, len(desk.tickets()))
        self.assertEqual(6, len(desk.smtp.accepted))
        self.finish()

    def test_a_uidvalidity_that_changes_while_the_mailbox_is_open(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["after_commit"] = "flag"
        desk.start()
        desk.put(numbered(3))
        self.settle(3)
        desk.dovecot.change_uidvalidity(SUPPORT)
        desk.dovecot.kick(SUPPORT)
        desk.put(numbered(1, start=3))
        desk.wait_for_tickets(4)
        self.settle(4)
        self.assertEqual(4, len(desk.tickets()))
        self.finish()

    def test_the_first_start_takes_only_what_comes_from_then_on(self):
        desk = self.make_desk()
        desk.dovecot.append(SUPPORT, numbered(4))
        desk.start()
        desk.put(numbered(1, start=4))
        self.settle(1)
        self.assertEqual(["question 4"], [ticket["subject"] for ticket in desk.tickets()])
        self.assertEqual(4, desk.dovecot.count(SUPPORT))
        self.finish()

    def test_the_first_start_takes_everything_where_it_is_told_to(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["first_start"] = "everything"
        desk.put(numbered(4))
        desk.start()
        self.settle(4)
        self.assertEqual(4, len(desk.tickets()))
        self.assertEqual(0, desk.dovecot.count(SUPPORT))
        self.finish()

    def test_starts_in_seconds_on_many_old_mails(self):
        desk = self.make_desk(storage="mdbox")
        count = 200_000
        desk.dovecot.append(SUPPORT, numbered(10))
        desk.dovecot.multiply(SUPPORT, count)
        desk.start()
        desk.send(letters.letter(ALICE, SUPPORT))
        desk.smtp.wait_for_mail(ALICE, patience=10)
        self.assertEqual(1, len(desk.tickets()))
        self.assertIn(str(count), desk.gateway.log())
        self.settle(1)
        if not os.environ.get("BELLHOP_SANITIZE"):  # which need memory of their own
            self.assertLess(desk.gateway.resident_kib(), 64 * 1024)
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_a_server_without_move_and_idle(self):
        desk = self.make_desk(capability=PLAIN_SERVER).start()
        desk.put(numbered(3))
        self.settle(3)
        self.assertEqual((0, 3), (desk.dovecot.count(SUPPORT), desk.dovecot.count(SUPPORT, "Processed")))
        self.finish()

    def test_flags_instead_of_moving(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["after_commit"] = "flag"
        desk.start()
        desk.put(numbered(3))
        self.settle(3)
        mails = desk.dovecot.mails(SUPPORT)
        self.assertEqual([True] * 3, [b"$BellhopProcessed" in flags for _, flags, _ in mails])
        self.finish()

    def test_only_polling(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["idle"] = False
        desk.start()
        desk.put(numbered(2))
        self.settle(2)
        self.finish()

    def test_a_colleague_reads_moves_and_deletes_at_the_same_time(self):
        desk = self.make_desk()
        desk.settings["mailbox"][0]["after_commit"] = "flag"
        desk.start()
        mails = numbered(60)
        with desk.dovecot.client(SUPPORT, "INBOX") as colleague:
            colleague.create("Mine")
            for start in range(0, 60, 10):
                desk.put(mails[start:start + 10])
                desk.wait_for_outcomes(start + 3)
                colleague.noop()
                _, data = colleague.uid("SEARCH", "ALL")
                uids = data[0].split()
                taken = {str(uid).encode() for _, uid, _, _ in desk.ledger()}
                colleague.uid("STORE", b",".join(uids), "+FLAGS", "(\\Seen)")
                # What is gone before it was taken was never the gateway's; what it knows, it keeps.
                for uid in [uid for uid in uids if uid in taken][:4]:
                    colleague.uid("COPY", uid, "Mine")
                    colleague.uid("STORE", uid, "+FLAGS", "(\\Deleted)")
                    colleague.uid("EXPUNGE", uid)
        self.settle(60)
        self.assertEqual(60, len(desk.tickets()))
        self.finish()

    def test_a_colleague_takes_mails_back_out_of_the_processed_folder(self):
        desk = self.make_desk().start()
        desk.put(numbered(3))
        self.settle(3)
        with desk.dovecot.client(SUPPORT, "Processed") as colleague:
            colleague.uid("COPY", "1:*", "INBOX")
        desk.wait_for_outcomes(6)
        self.settle(6)
        self.assertEqual(3, len(desk.tickets()))
        self.assertEqual(3, len(desk.smtp.accepted))
        self.finish()

    def test_marked_as_read_before_it_was_taken(self):
        desk = self.make_desk().start()
        desk.gateway.stop()
        desk.put(numbered(2))
        with desk.dovecot.client(SUPPORT, "INBOX") as colleague:
            colleague.uid("STORE", "1:*", "+FLAGS", "(\\Seen)")
        desk.gateway.start()
        self.settle(2)
        self.assertEqual(2, len(desk.tickets()))
        self.finish()

    def test_a_deleted_processed_folder_comes_back(self):
        desk = self.make_desk().start()
        desk.put(numbered(1))
        self.settle(1)
        with desk.dovecot.client(SUPPORT) as colleague:
            colleague.delete("Processed")
        desk.put(numbered(1, start=1))
        self.settle(2)
        self.assertEqual(1, desk.dovecot.count(SUPPORT, "Processed"))
        self.finish()

    def test_a_mail_that_is_too_large_is_a_ticket_with_a_note(self):
        desk = self.make_desk()
        desk.settings["limits"] = {"message_size": "200 kB"}
        desk.start()
        desk.send(letters.letter(ALICE, SUPPORT, "the video", attachments=[("film.mp4", "video/mp4", bytes(400_000))]))
        desk.send(letters.letter(BOB, SUPPORT, "small"))
        self.settle(2)
        tickets = {ticket["subject"]: ticket["id"] for ticket in desk.tickets()}
        self.assertEqual({"the video", "small"}, set(tickets))
        self.assertEqual(1, len(desk.smtp.mails_to(ALICE)))
        types = [event["type"] for event in desk.ticket(tickets["the video"])["events"]]
        self.assertIn("oversize", types)
        self.finish()

    def test_mails_without_message_id_or_date_or_body(self):
        desk = self.make_desk().start()
        odd = [b"From: a1@far.test\r\n\r\n", b"\r\n", b"Subject: only a subject\r\n", b"no header at all",
               b"From: a2@far.test\r\nMessage-ID: <>\r\nSubject: x\r\n\r\nhello\r\n", b"\0\1\2\xff\xfe" * 100]
        for mail in odd:
            desk.dovecot.append(SUPPORT, [mail])
        self.settle(len(odd))
        self.assertTrue(desk.gateway.is_running())
        self.finish()

    def test_a_mail_that_kills_the_process_three_times_is_quarantined_and_the_rest_go_on(self):
        desk = self.make_desk().start()
        desk.gateway.stop()
        poison = letters.letter("person0@far.test", SUPPORT, "poison")
        desk.put([poison])
        for _ in range(3):
            # The third time it is left alone for a minute: it might be innocent.
            desk.gateway.start(wait=False, environment={"BELLHOP_CRASH_AT": "in_parse"})
            self.assertEqual(-9, desk.gateway.wait_for_end(patience=90))
        self.assertIn("mail_put_off", desk.gateway.log())
        desk.put(numbered(3, start=1))
        desk.gateway.start()
        self.settle(4)
        self.assertEqual(["quarantined", "ticket", "ticket", "ticket"], self.outcomes())
        [held] = desk.gateway.json("quarantine", "list")
        shown = desk.gateway.run("quarantine", "show", held["id"])
        self.assertEqual(0, shown.returncode)
        self.assertIn(poison, shown.stdout)
        self.assertEqual(0, desk.gateway.stop()[0])
        self.assert_invariants()
        # A person has looked, and lets it in.
        desk.gateway.start()
        released = desk.gateway.run("quarantine", "release", held["id"])
        self.assertEqual(0, released.returncode, released.stderr)
        desk.wait_for_tickets(4)
        desk.smtp.wait_for_mail("person0@far.test")
        self.assertEqual(0, desk.gateway.stop()[0])

    def test_one_death_is_not_enough(self):
        desk = self.make_desk().start()
        desk.gateway.stop()
        desk.put(numbered(5))
        desk.gateway.start(wait=False, environment={"BELLHOP_CRASH_AT": "in_parse:3"})
        self.assertEqual(-9, desk.gateway.wait_for_end())
        desk.gateway.start()
        self.settle(5)
        self.assertEqual(["ticket"] * 5, self.outcomes())
        self.finish()


if __name__ == "__main__":
    unittest.main()
