"""Answers that people send from the shared mailbox itself: read from its folder of sent mail, on a real server, and left alone."""

import unittest

import letters
from deadline import wait_until
from desk import ALICE, BOB, SUPPORT, DeskTest

SENT = "Sent Items"


class SentFolder(DeskTest):
    def setUp(self):
        desk = self.make_desk()
        desk.dovecot.create_folder(SUPPORT, f'"{SENT}"')
        self.put_into_sent(letters.letter(SUPPORT, ALICE, "Of last year", "It is done.\n"))
        desk.settings["mailbox"] = [desk.mailbox("support", SUPPORT, sent_folder=SENT)]
        desk.settings["desk"]["own_addresses"] = []
        desk.start()

    def put_into_sent(self, mail, flags=r"(\Seen)"):
        with self.desk.dovecot.client(SUPPORT) as client:
            status, _ = client.append(f'"{SENT}"', flags, None, mail)
            self.assertEqual("OK", status)

    def sent_mails(self):
        return self.desk.dovecot.mails(SUPPORT, f'"{SENT}"')

    def outcomes(self):
        return [(uid, outcome) for mailbox, uid, outcome, _ in self.desk.ledger() if mailbox == "sent/support"]

    def wait_for_outcome(self, uid):
        wait_until(lambda: uid in dict(self.outcomes()), lambda: f"an outcome of {uid}:\n{self.desk.gateway.tail()}")
        return dict(self.outcomes())[uid]

    def events(self):
        return [event["type"] for event in self.desk.ticket(1)["events"]]

    def test_an_answer_counts_and_everything_stays_where_it_is(self):
        question = self.desk.send(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, "Printer", "The printer is dead.\n"))
        acknowledgement = self.desk.answer_to(ALICE)
        answer = letters.letter(SUPPORT, ALICE, "Re: Printer", "Which room?\n",
                                In_Reply_To=f"<{letters.message_id_of(question)}>")
        self.put_into_sent(answer)
        self.assertEqual("follow_up", self.wait_for_outcome(2))
        self.assertIn("agent_reply", self.events())
        self.put_into_sent(letters.letter(SUPPORT, BOB, "Holidays", "We are closed on Friday.\n"))
        self.assertEqual("ignored", self.wait_for_outcome(3))
        self.put_into_sent(acknowledgement.as_bytes())  # as relays file what we send through them
        self.assertEqual("ignored", self.wait_for_outcome(4))
        self.assertEqual([1, 2, 3, 4], [uid for uid, _, _ in self.sent_mails()])
        for _, flags, _ in self.sent_mails():
            self.assertNotIn(b"$BellhopProcessed", flags)
        self.assertEqual([2, 3, 4], sorted(uid for uid, _ in self.outcomes()), "what lay there before is left out")
        self.desk.send(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, "Re: Printer", "Room 4.\n",
                                      In_Reply_To=f"<{letters.message_id_of(answer)}>"))
        self.settle(2 + 3)
        self.assertEqual(1, len(self.desk.tickets()), "her reply to it joins")
        self.assertEqual(1, len(self.desk.smtp.mails_to(ALICE)), "nothing but the acknowledgement")
        status = self.desk.gateway.run("status").stdout.decode()
        self.assertIn("sent/support", status)
        reconciled = self.desk.gateway.json("ledger", "reconcile")
        self.assertEqual([[], []], [one["unmarked"] for one in reconciled])
        self.assert_invariants()

    def test_the_answer_is_read_behind_its_question_after_a_standstill(self):
        self.desk.gateway.stop()
        question = letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, "Printer", "The printer is dead.\n")
        self.desk.send(question)
        self.put_into_sent(letters.letter(SUPPORT, ALICE, "Re: Printer", "Which room?\n",
                                          In_Reply_To=f"<{letters.message_id_of(question)}>"))
        self.desk.gateway.start()
        self.assertEqual("follow_up", self.wait_for_outcome(2))
        self.assertIn("agent_reply", self.events())

    def test_with_itself_in_copy_it_counts_once(self):
        question = self.desk.send(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, "Printer", "The printer is dead.\n"))
        self.desk.answer_to(ALICE)
        answer = letters.letter(SUPPORT, ALICE, "Re: Printer", "Which room?\n", Cc=SUPPORT,
                                In_Reply_To=f"<{letters.message_id_of(question)}>")
        self.desk.send(answer)
        self.put_into_sent(answer)
        self.wait_for_outcome(2)
        wait_until(lambda: "agent_reply" in self.events(), lambda: f"it counts: {self.events()}")
        self.assertEqual(1, self.events().count("agent_reply"))


if __name__ == "__main__":
    unittest.main()
