"""The mails of the tests: people of two schools who write to their help desk, and robots."""

import email.message
import email.policy
import email.utils
import itertools

_numbers = itertools.count(1)
# A longer line than usual: Python encodes msg-ids that do not fit, which no mail program does.
POLICY = email.policy.SMTP.clone(max_line_length=200)


def new_message_id(domain="school.test"):
    return f"<{next(_numbers)}.{email.utils.make_msgid(domain=domain)[1:]}"


def letter(sender, to, subject="The projector is dark", text=None, *, html=None, attachments=(), message_id=None,
           charset="utf-8", date=None, **headers):
    """A mail as bytes with CRLF. `headers`: In_Reply_To="<...>", Cc=..., and so on. `date`: Unix seconds, now if not given.

    `attachments` are (filename, media type, bytes).
    """
    mail = email.message.EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = email.utils.formatdate(date, localtime=False)
    mail["Message-ID"] = message_id or new_message_id()
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text if text is not None else f"Hello,\n\n{subject.lower()}, in room 12.\n\nThanks\n", charset=charset)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    for filename, media_type, data in attachments:
        maintype, subtype = media_type.split("/")
        mail.add_attachment(data, maintype=maintype, subtype=subtype, filename=filename)
    return mail.as_bytes()


def reply_to(original, sender, to, text="Still dark.", *, subject=None, **headers):
    """What a mail program makes of "Reply" to `original` (an EmailMessage)."""
    quoted = original.get_body(("plain",)).get_content().rstrip("\n").replace("\n", "\n> ")
    references = f"{original.get('References', '')} {original['Message-ID']}".strip()
    return letter(
        sender, to, subject or f"Re: {original['Subject']}",
        f"{text}\n\nOn Mon, 23 Nov 2026 at 10:12, IT Support <support@desk.test> wrote:\n> {quoted}\n",
        In_Reply_To=original["Message-ID"], References=references, **headers)


def message_id_of(mail):
    """The Message-ID of mail bytes, without its brackets."""
    return email.message_from_bytes(mail, policy=email.policy.default)["Message-ID"].strip("<> ")


def out_of_office(sender, to):
    return letter(sender, to, "Automatic reply: your ticket", "I am away until Monday.\n",
                  Auto_Submitted="auto-replied", X_Auto_Response_Suppress="All")


def from_mailing_list(sender, to):
    return letter(sender, to, "[sysadmins] outage tonight", "The list says hello.\n", List_Id="<sysadmins.lists.test>",
                  List_Post="<mailto:sysadmins@lists.test>", Precedence="list")


def bounce(to, failed, original_message_id="<nothing@desk.test>"):
    """A delivery report (RFC 3464): the null reverse-path, from the mailer."""
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@mx.school.test>",
        f"To: {to}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {email.utils.formatdate()}",
        f"Message-ID: {new_message_id('mx.school.test')}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_report"',
        "",
        "--=_report",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        f"<{failed}>: user unknown",
        "",
        "--=_report",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.school.test",
        "",
        f"Final-Recipient: rfc822; {failed}",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown",
        "",
        "--=_report",
        "Content-Type: text/rfc822-headers",
        "",
        f"Message-ID: {original_message_id}",
        f"To: {failed}",
        "",
        "--=_report--",
        "",
    ]
    return "\r\n".join(lines).encode()
