"""The main job: mail in, ticket, acknowledgement; replies find their ticket; robots get no answer."""

import unittest

import letters
from deadline import wait_until
from desk import ALICE, BOB, MALLORY, SUPPORT, DeskTest


class Line(DeskTest):
    def setUp(self):
        self.make_desk().start()

    def tearDown(self):
        if self.desk.gateway.is_running():
            status, _ = self.desk.gateway.stop()
            self.assertEqual(0, status)
            self.assert_invariants()

    def acknowledged(self, **changes):
        """A mail of Alice's with its acknowledgement, as (ticket, her mail, the answer)."""
        mail = self.desk.send(letters.letter(f"Alice Smith <{ALICE}>", SUPPORT, **changes))
        answer = self.desk.answer_to(ALICE)
        self.settle(1)
        return self.desk.tickets()[0], mail, answer

    def test_acknowledges_a_mail_to_its_senders_mailbox(self):
        ticket, mail, answer = self.acknowledged(subject="The projector in room 12 is dark")
        tag = f"[HELP#{ticket['id']}]"
        self.assertEqual("The projector in room 12 is dark", ticket["subject"])
        self.assertEqual({"name": "Alice Smith", "address": ALICE}, ticket["requester"])
        self.assertEqual("open", ticket["status"])
        self.assertIn(tag, answer["Subject"])
        self.assertIn("The projector in room 12 is dark", answer["Subject"])
        self.assertEqual(SUPPORT, answer["From"].addresses[0].addr_spec)
        self.assertEqual("IT Support", answer["From"].addresses[0].display_name)
        self.assertEqual(ALICE, answer["To"].addresses[0].addr_spec)
        identity = f"<{letters.message_id_of(mail)}>"
        self.assertEqual(identity, answer["In-Reply-To"])
        self.assertEqual(identity, answer["References"].split()[-1])
        self.assertEqual("auto-replied", answer["Auto-Submitted"])
        self.assertEqual("All", answer["X-Auto-Response-Suppress"])
        self.assertEqual("<>", answer["Return-Path"])
        self.assertEqual("multipart/alternative", answer.get_content_type())
        for kind in ("plain", "html"):
            self.assertIn(str(ticket["id"]), answer.get_body((kind,)).get_content())
        accepted = self.desk.smtp.mails_to(ALICE)
        self.assertEqual(1, len(accepted))
        self.assertTrue(accepted[0].tls)
        self.assertEqual("", accepted[0].sender)

    def test_stores_the_mail_with_its_attachment_and_moves_it(self):
        data = bytes(range(256)) * 300
        mail = self.desk.send(letters.letter(
            f"Zoë Müller <{ALICE}>", SUPPORT, "Größe des Monitors", "Siehe Bild.\n", charset="iso-8859-1",
            attachments=[("Bildschirm größer.png", "image/png", data)]))
        self.settle(1)
        ticket = self.desk.ticket(self.desk.tickets()[0]["id"])
        message = ticket["messages"][0]
        self.assertEqual("Größe des Monitors", ticket["subject"])
        self.assertEqual("Zoë Müller", ticket["requester"]["name"])
        self.assertEqual("in", message["direction"])
        self.assertEqual(letters.message_id_of(mail), message["message_id"])
        self.assertEqual("Siehe Bild.", message["text"].strip())
        self.assertEqual([("Bildschirm größer.png", len(data))],
                         [(one["filename"], one["size"]) for one in message["attachments"]])
        self.assertEqual(0, self.desk.dovecot.count(SUPPORT))
        self.assertEqual(1, self.desk.dovecot.count(SUPPORT, "Processed"))

    def test_does_not_mark_the_mail_as_read(self):
        self.acknowledged()
        [(_, flags, _)] = self.desk.dovecot.mails(SUPPORT, "Processed")
        self.assertNotIn(b"\\Seen", flags)

    def test_threads_a_reply_to_our_own_mail(self):
        ticket, _, answer = self.acknowledged()
        # From another address: who quotes our Message-ID has had our mail.
        self.desk.send(letters.reply_to(answer, BOB, SUPPORT, "It is on again.", subject="no tag at all"))
        self.settle(2)
        self.assertEqual(1, len(self.desk.tickets()))
        messages = self.desk.ticket(ticket["id"])["messages"]
        self.assertEqual("It is on again.", [one for one in messages if one["direction"] == "in"][-1]["reply_text"].strip())
        self.assertEqual(1, len(self.desk.smtp.mails_to(ALICE)))
        self.assertEqual(0, len(self.desk.smtp.mails_to(BOB)))

    def test_threads_a_tag_in_the_subject_of_a_participant(self):
        ticket, _, _ = self.acknowledged()
        self.desk.send(letters.letter(ALICE, SUPPORT, f"one more thing [HELP#{ticket['id']}]"))
        self.settle(2)
        self.assertEqual(1, len(self.desk.tickets()))

    def test_a_strangers_tag_opens_a_new_ticket_that_possibly_belongs(self):
        ticket, _, _ = self.acknowledged()
        self.desk.send(letters.letter(MALLORY, SUPPORT, f"what is it about [HELP#{ticket['id']}]"))
        self.settle(2)
        tickets = self.desk.tickets()
        self.assertEqual(2, len(tickets))
        other = self.desk.ticket(max(one["id"] for one in tickets))
        told = [event for event in other["events"] if event["type"] == "linked"]
        self.assertTrue(told, other["events"])
        self.assertIn("possibly_belongs_to", str(told))
        self.assertIn(str(ticket["id"]), str(told))
        # She must learn nothing of the other conversation.
        for mail in self.desk.smtp.mails_to(MALLORY):
            self.assertNotIn(b"projector", mail.raw)

    def test_a_foreign_reference_counts_for_its_own_sender_only(self):
        ticket, mail, _ = self.acknowledged()
        reference = f"<{letters.message_id_of(mail)}>"
        self.desk.send(letters.letter(ALICE, SUPPORT, "me again", In_Reply_To=reference, References=reference))
        self.settle(2)
        self.assertEqual(1, len(self.desk.tickets()))
        self.desk.send(letters.letter(MALLORY, SUPPORT, "me too", In_Reply_To=reference, References=reference))
        self.settle(3)
        self.assertEqual(2, len(self.desk.tickets()))

    def assert_unanswered(self, mail):
        self.desk.send(mail)
        # One that is answered, behind it: the acknowledgement of the first would have come before.
        self.desk.send(letters.letter(BOB, SUPPORT, "and now a person"))
        self.settle()
        self.assertEqual({BOB}, {to for accepted in self.desk.smtp.accepted for to in accepted.recipients})

    def test_never_answers_an_out_of_office_reply(self):
        self.assert_unanswered(letters.out_of_office(ALICE, SUPPORT))

    def test_never_answers_a_mailing_list(self):
        self.assert_unanswered(letters.from_mailing_list(ALICE, SUPPORT))

    def test_never_answers_a_robot_or_itself(self):
        self.assert_unanswered(letters.letter("noreply@school.test", SUPPORT, "your parcel"))
        self.assert_unanswered(letters.letter(SUPPORT, SUPPORT, "to myself"))

    def test_never_answers_a_bounce_and_files_it_with_its_ticket(self):
        ticket, _, answer = self.acknowledged()
        mail = letters.bounce(SUPPORT, ALICE, answer["Message-ID"])
        self.desk.delivered["support"].append(mail)
        self.desk.dovecot.deliver(SUPPORT, mail, sender="")
        self.settle(2)
        self.assertEqual(1, len(self.desk.tickets()))
        self.assertEqual([], self.desk.smtp.mails_to("mailer-daemon@mx.school.test"))
        types = [event["type"] for event in self.desk.ticket(ticket["id"])["events"]]
        self.assertTrue(any("bounce" in one or "undeliver" in one for one in types), types)

    def test_an_out_of_office_reply_to_our_mail_changes_nothing(self):
        ticket, _, answer = self.acknowledged()
        self.desk.send(letters.reply_to(answer, ALICE, SUPPORT, "I am away.", Auto_Submitted="auto-replied"))
        self.settle(2)
        self.assertEqual(1, len(self.desk.tickets()))
        self.assertEqual(1, len(self.desk.smtp.mails_to(ALICE)))

    def test_answers_one_address_only_a_few_times(self):
        for number in range(5):
            self.desk.send(letters.letter(ALICE, SUPPORT, f"question {number}"))
        self.settle(5)
        self.assertEqual(5, len(self.desk.tickets()))
        self.assertEqual(3, len(self.desk.smtp.mails_to(ALICE)))
        self.assertEqual(2, sum(
            any(event["type"] == "acknowledgement_withheld" and event["reason"] for event in self.desk.ticket(one["id"])["events"])
            for one in self.desk.tickets()))

    def test_no_line_break_of_a_subject_reaches_a_header(self):
        self.desk.send(letters.letter(
            f"Alice <{ALICE}>", SUPPORT, "placeholder").replace(
                b"Subject: placeholder", b"Subject: =?utf-8?q?dark=0D=0ABcc:_mallory=40elsewhere.test=0D=0A=0D=0Ahello?="))
        answer = self.desk.answer_to(ALICE)
        self.settle(1)
        self.assertIsNone(answer["Bcc"])
        self.assertEqual([[ALICE]], [mail.recipients for mail in self.desk.smtp.accepted])


if __name__ == "__main__":
    unittest.main()
