"""A morning at a desk for schools, with its preset: four technicians who have nothing but their mail programs, one of them a phone,
and customers who ask, chase, thank and complain. Every mail that each of them got is looked at.

    BELLHOP_E2E_READ=/tmp/day tests/e2e/run test_day       # keeps the mails there, to be read by people
    BELLHOP_E2E_LONG=1 tests/e2e/run test_day              # thirty customers, two hours
"""

import collections
import email.utils
import os
import re
import shutil
import tempfile
import unittest

import letters
from day import Day, Person, keep_for_reading, text_of, tickets_named
from desk import LONG

TOM = Person("Tom Tech", "tom@desk.example.org", "outlook", "Tom Tech\nIT Technician\nSchools IT Service Desk")
MIA = Person("Mia Mis", "mia@desk.example.org", "thunderbird", "Mia Mis\nMIS support")
PAM = Person("Pam Principal", "pam@desk.example.org", "gmail", "Pam")
ZOE = Person("Zoe Quick", "zoe@desk.example.org", "iphone")
TECHNICIANS = (TOM, MIA, PAM, ZOE)

HELEN = Person("Helen Head", "head@hill.example.org", "iphone")
OLIVE = Person("Olive Office", "office@hill.example.org", "outlook", "Olive Office\nSchool Administrator\nHill Primary")
DIANA = Person("Diana Deputy", "deputy@dale.example.org", "owa", "Diana Deputy\nDale High")
BERT = Person("Bert Business", "business@dale.example.org", "outlook", "Bert Business\nBusiness Manager\nTel 0121 496 0321")
ANN = Person('"Lee, Ann"', "a.lee@hill.example.org", "outlook", "Kind regards\n\nAnn Lee\nYear 4 Teacher\nHill Primary\n0121 496 0000 ext 12")
CORA = Person("Cora Class", "c.class@hill.example.org", "gmail")
DORA = Person("Dora Dean", "d.dean@dale.example.org", "samsung")
EVE = Person("Eve Early", "e.early@hill.example.org", "gmail_android")
FAY = Person("Fay Field", "f.field@dale.example.org", "owa", "Fay Field\nHead of Geography")
GUS = Person("Gus Grey", "g.grey@hill.example.org", "outlook_mobile")
NAMED = (HELEN, OLIVE, DIANA, BERT, ANN, CORA, DORA, EVE, FAY, GUS)

QUESTIONS = (
    ("Laptop battery", "My laptop only lasts twenty minutes without its charger.", "Bring it to the office please, I change the battery."),
    ("Whiteboard pen", "The pen of the whiteboard in 12 does not write.", "A new one is in your pigeonhole."),
    ("Password", "I am locked out of my account, could you reset my password?", "It is reset; the new one is with the office."),
    ("Printer in the library", "The printer in the library says that it has no toner.", "Toner is in."),
    ("Email on my phone", "How do I get school email on my new phone?", "Install Outlook and sign in with your school address."),
    ("Sound in the hall", "There is no sound from the speakers in the hall.", "The amplifier was off at the wall."),
    ("Shared drive", "I cannot see the drive of the geography department.", "You are in the group now; sign out and in again."),
    ("Slow computer", "The computer in room 3 takes ten minutes to start.", "It has a new disk now."),
    ("Mouse", "The mouse in the staff room is broken.", "There is a new one."),
    ("Tablet screen", "The screen of tablet 14 is cracked.", "It goes to the repairer on Friday."),
    ("Timetable software", "The timetable does not open on my laptop.", "It opens after the update that I have just sent you."),
    ("Headphones", "Six headphones of the language room are dead.", "Ten new ones are ordered."),
    ("Scanner", "Scans do not arrive in my mailbox.", "They do now: your mailbox was full."),
    ("Camera", "Can we borrow the camera for sports day?", "It is yours from Monday to Friday."),
    ("Wrong name", "My name is spelled wrong in the address book.", "It is corrected."),
    ("Keyboard", "Some keys of the keyboard in 7 stick.", "There is a new one."),
    ("Projector lamp", "The projector in 15 says replace lamp.", "The lamp is new."),
    ("Website", "The lunch menu on the website is from last week.", "This week's is up."),
    ("Telephone", "The telephone in reception rings once and stops.", "It was set to forward; it rings again."),
    ("Certificates", "The browser warns me about the register's certificate.", "Accepted centrally; please try again."),
)

OUTAGE = "The internet is down in the whole school. Nobody can take the register."
CONFIDENTIAL = "indecent images"


def customers():
    return [Person(f"Person {chr(65 + number)}", f"p{number}@{'hill' if number % 2 else 'dale'}.example.org",
                   ("gmail", "owa", "iphone", "thunderbird", "samsung", "outlook")[number % 6]) for number in range(len(QUESTIONS))]


class DayAtADesk(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp(prefix="bellhop-e2e-")
        os.chmod(folder, 0o711)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        self.crowd = customers()
        self.day = Day(folder, preset="provider", name="cases", address="cases@provider.example",
                       settings={"name": "Schools IT Service Desk", "ticket_tag": "CASE", "phone": "01632 960002",
                                 "manager": "Pam Principal"},
                       people=[*TECHNICIANS, *NAMED, *self.crowd])
        self.addCleanup(self.day.close)
        people = self.day.desk.gateway.folder / "people.toml"
        people.write_text(people.read_text().replace('address = "service-desk@desk.example.org"\n', "") + f"""
[[technician]]
name = "{ZOE.name}"
address = "{ZOE.address}"
teams = ["service desk"]

[tell]
most_an_hour = 60
""")
        self.day.start("08:50")

    # The story.

    def at(self, clock, act, *arguments, **options):
        self.day.set_clock(clock)
        return act(*arguments, **options)

    def the_first_hour(self):
        day = self.day
        self.at("08:52", day.write_mail, ANN, "Projector in room 4",
                "Hello,\n\nthe projector in room 4 stays dark. I teach there at 11.", attachments=[("board.png", "image/png", b"\x89PNG" * 50)])
        self.at("08:55", day.write_mail, BERT, "SIMS marks", "The marks of year 9 are missing in SIMS.")
        self.at("09:00", day.write_mail, CORA, "Unblock a site", "Please unblock quiz.example for year 5, we want to use it on Thursday.")
        self.at("09:03", day.reply, ZOE, 1, "#me\nHi Ann, is the cable in at both ends?")
        self.at("09:05", day.reply, HELEN, 3, "Yes, fine with me.")
        self.at("09:08", day.reply, MIA, 2, "Hello Bert,\n\nsince when are they missing?")
        self.at("09:10", day.reply, ANN, 1, "Yes it is. It stays dark.")
        self.at("09:12", day.reply, BERT, 2, "Since this morning, I think.")
        original = day.about(BERT, 2)[-1]
        self.at("09:15", day.answer_from_the_mailbox, BERT, "I have put them back from last night's backup.\n\nMia", original)
        self.at("09:20", day.write_mail, DORA, "Worried about a pupil",
                f"Senso shows that a pupil in year 9 searched for {CONFIDENTIAL}. I do not know what to do.")
        self.at("09:22", day.reply, PAM, 4, "Thank you Dora. I ring you in five minutes.")
        self.at("09:25", day.write_mail, ANN, "Any news?", "Any news about the projector in room 4? I teach at 11.")
        self.at("09:30", day.reply, ZOE, 1, "#close\nIt was the lamp. A new one is in.")
        self.at("09:33", day.reply, ANN, 1, "Thank you so much Zoe, it works!")
        self.at("09:35", day.reply, ANN, 1, "5 Great, thank you!")
        self.at("09:36", day.come, letters.from_mailing_list("news@lists.test", day.address))
        self.at("09:38", day.reply, BERT, 2, "I am away until Monday.", Auto_Submitted="auto-replied")

    def the_outage(self):
        day = self.day
        for minute, person in enumerate((DIANA, FAY, DORA, BERT, self.crowd[0], self.crowd[2])):
            self.at(f"09:{40 + minute}", day.write_mail, person, "Internet down", OUTAGE)
        first = 6
        self.at("09:47", day.reply, TOM, first, "#me\nWe are on it: the line to the provider is cut. I write again at eleven.")
        self.at("10:05", day.reply, TOM, first, "#close\nThe line is up again.")
        self.at("10:07", day.reply, DIANA, first, "Brilliant, thanks!")

    def orders_and_mistakes(self):
        day = self.day
        first = len(day.desk.tickets()) + 1
        self.at("10:10", day.write_mail, EVE, "Interactive board", "The board in the nursery does not react to touch.")
        self.at("10:12", day.reply, ZOE, first, "#clsoe\nTry the other pen.")
        self.at("10:14", day.reply, ZOE, first, "#wait customer\nWhich of the two pens do you use?")
        self.at("10:16", day.reply, EVE, first, "The blue one.")
        self.at("10:18", day.reply, ZOE, first, "#assign Tom\n#note\nTom, you have the spare sensor, don't you?")
        self.at("10:20", day.reply, EVE, first, "I have been waiting for an hour and am not happy with this at all.")
        self.at("10:22", day.reply, TOM, first, "#wait visit thursday\nI come on Thursday with a new sensor, sorry for the wait.")
        self.at("10:25", day.write_mail, TOM, "Fwd: Heating in the server room",
                f"Forwarding this.\n\n---------- Forwarded message ---------\nFrom: {FAY}\nDate: Tue, 1 Dec 2026 at 08:01\n"
                f"Subject: Heating in the server room\nTo: {TOM}\n\nThe server room is at 35 degrees.\n")
        self.at("10:27", day.reply, ZOE, first + 1 if day.about(ZOE, first + 1) else first,
                f"#new Printer jam\n#requester {GUS.address}\nRang: the printer in room 9 has a paper jam.")
        self.at("10:30", day.reply, OLIVE, 3, "And please block games.example.", Cc=HELEN.address)

    def many_small_questions(self, count, first_clock=(9, 50)):
        day = self.day
        minutes = first_clock[0] * 60 + first_clock[1]
        for number in range(count):
            person, (subject, text, answer) = self.crowd[number], QUESTIONS[number]
            ticket = len(day.desk.tickets()) + 1

            def clock(after, begin=minutes + 3 * number):
                return f"{(begin + after) // 60:02}:{(begin + after) % 60:02}"
            self.at(clock(0), day.write_mail, person, subject, text)
            technician = next((one for one in TECHNICIANS if day.about(one, ticket)), ZOE)
            self.at(clock(1), day.reply, technician, ticket, f"#close\n{answer}" if number % 2 else answer)
            if number % 3 == 0:
                self.at(clock(2), day.reply, person, ticket, ("Thanks a lot!", "Perfect, thank you.", "5")[number % 2])

    def test_an_hour(self):
        self.the_first_hour()
        self.look_at_all_mails()

    @unittest.skipUnless(LONG, "long: BELLHOP_E2E_LONG=1")
    def test_two_hours_and_thirty_customers(self):
        self.the_first_hour()
        self.the_outage()
        self.orders_and_mistakes()
        self.many_small_questions(len(QUESTIONS), (10, 31))
        self.day.pass_time("12:10")
        self.day.pass_time("13:30")
        self.day.pass_time("16:20")
        self.look_at_all_mails()

    # What must be true of every mail.

    def look_at_all_mails(self):
        if os.environ.get("BELLHOP_E2E_READ"):
            keep_for_reading(self.day, os.environ["BELLHOP_E2E_READ"])
        found = []
        for person in self.day.people.values():
            mails = self.day.inbox_of(person)
            is_staff = person in TECHNICIANS
            found += [f"{person.address}: {line}" for line in (
                *self.told_once(mails), *self.one_conversation_a_ticket(mails, is_staff), *self.in_order(mails),
                *self.well_written(mails), *(() if is_staff else self.without_proof_and_secrets(mails, person)),
                *(self.not_of_his_own_deeds(mails, person) if is_staff else ()))]
        found += self.confidential_stays_so()
        if found:
            self.fail("\n".join(found))

    @staticmethod
    def told_once(mails):
        seen = collections.Counter(mail["Message-ID"] for mail in mails)
        yield from (f"twice: {one}" for one, times in seen.items() if times > 1)
        same = collections.Counter((mail["Subject"], text_of(mail)) for mail in mails)
        yield from (f"the same words twice: {subject}" for (subject, _), times in same.items() if times > 1)

    @staticmethod
    def one_conversation_a_ticket(mails, is_staff):
        """Mail programs group by References; for the desk by the subject, too."""
        heads = collections.defaultdict(list)
        for mail in mails:
            for ticket in tickets_named(mail["Subject"]):
                heads[ticket].append(mail)
        for ticket, about in heads.items():
            known = set()
            for mail in about:
                references = re.findall(r"<[^>]+>", mail["References"] or "")
                if known and not known & set(references):
                    yield f"{mail['Subject']} hangs on nothing that came before"
                known |= {mail["Message-ID"], *references}
            if is_staff:
                subjects = {mail["Subject"] for mail in about
                            if not re.search(r"\] (was that you\?|reached nobody:)", mail["Subject"])}
                if len(subjects) > 1:
                    yield f"ticket {ticket} has several subjects: {sorted(subjects)}"

    @staticmethod
    def in_order(mails):
        dates = [email.utils.mktime_tz(email.utils.parsedate_tz(mail["Date"])) for mail in mails]
        yield from (f"{mails[i]['Subject']} is older than the one before it"
                    for i in range(1, len(mails)) if dates[i] < dates[i - 1])

    @staticmethod
    def well_written(mails):
        for mail in mails:
            text = text_of(mail)
            markup = mail.get_body(("html",))
            for form, words in (("text", text), ("HTML", markup.get_content() if markup is not None else "")):
                for odd in ("{{", "}}", "(null)", "root", "command line", "Hello ,", "  .", " ,", "..."):
                    if odd in words and not (form == "HTML" and odd in ("root", "  .", " ,", "...")):
                        yield f"{mail['Subject']}: {odd!r} in its {form}"
            if re.search(r"\n\n\n", text):
                yield f"{mail['Subject']}: a gap in its text"
            if mail["Auto-Submitted"] is None and "Tech" not in text and "Mis" not in text and \
                    "Principal" not in text and "Quick" not in text and "Mia" not in text:
                yield f"{mail['Subject']}: neither automatic nor signed"

    @staticmethod
    def without_proof_and_secrets(mails, person):
        for mail in mails:
            raw = mail.as_string()
            # ticket.label.token.bond@domain: what proves that somebody of the desk was sent a mail.
            if re.search(r"\d+\.[a-z0-9-]+\.[a-z0-9]{20}\.[a-z0-9]{20}@", raw) and person not in (HELEN, OLIVE, DIANA, BERT):
                yield f"{mail['Subject']}: carries a proof of somebody of the desk"
            if "@desk.example.org" in raw:
                yield f"{mail['Subject']}: names a technician's own address"
            if re.search(r"by the rules?\b|class:|bellhop ", text_of(mail)):
                yield f"{mail['Subject']}: speaks of rules or commands"

    @staticmethod
    def not_of_his_own_deeds(mails, person):
        for mail in mails:
            news = text_of(mail).split("\n\n")[1:2]
            if news and news[0].startswith(person.name):
                yield f"{mail['Subject']}: told of his own deed: {news[0]}"

    def confidential_stays_so(self):
        for person in self.day.people.values():
            for mail in self.day.inbox_of(person):
                if CONFIDENTIAL in mail.as_string() or "Worried about a pupil" in mail["Subject"]:
                    yield f"{person.address}: {mail['Subject']}: says what is confidential"


if __name__ == "__main__":
    unittest.main()
