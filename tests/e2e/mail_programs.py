"""Replies as mail programs write them: the HTML, the quotation, the signature that each makes of a few typed lines."""

import email.utils
import html

import letters

PROGRAMS = ("outlook", "owa", "outlook_mobile", "gmail", "gmail_android", "iphone", "samsung", "thunderbird")


def reply(program, original, sender, to, text, *, signature="", **headers):
    """What `program` makes of "Reply" to `original` (an EmailMessage) with `text` typed above it; as bytes."""
    quotation = _Quotation(original)
    lines = text.split("\n")
    plain, markup = _FORMS[program](lines, signature.split("\n") if signature else [], quotation)
    references = f"{original.get('References', '')} {original['Message-ID']}".strip()
    prefix = "RE" if program in ("outlook",) else "Re"
    subject = original["Subject"]
    if not subject.lower().startswith("re:"):
        subject = f"{prefix}: {subject}"
    return letters.letter(sender, to, subject, plain, html=markup, In_Reply_To=original["Message-ID"],
                          References=references, **headers)


class _Quotation:
    def __init__(self, mail):
        self.sender = mail["From"].addresses[0]
        self.to = mail["To"]
        self.subject = mail["Subject"]
        self.when = email.utils.parsedate_to_datetime(mail["Date"])
        self.text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip("\n")
        body = mail.get_body(("html",))
        self.markup = body.get_content() if body is not None else f"<pre>{html.escape(self.text)}</pre>"

    def quoted(self):
        return "\n".join(f"> {line}".rstrip() for line in self.text.split("\n"))

    def header_lines(self):
        return [("From:", f"{self.sender.display_name} <{self.sender.addr_spec}>"),
                ("Sent:", self.when.strftime("%d %B %Y %H:%M").lstrip("0")),
                ("To:", str(self.to)), ("Subject:", self.subject)]


def _escaped(line):
    return html.escape(line, quote=False)


def _outlook(lines, signature, quotation):
    """Outlook for Windows: Word's HTML, a ruled header above what is quoted."""
    def paragraph(line):
        return f"<p class=MsoNormal><span style='mso-fareast-language:EN-US'>{_escaped(line) or '<o:p>&nbsp;</o:p>'}<o:p></o:p></span></p>"
    head = "<br>\n".join(f"<b>{name}</b> {_escaped(value)}" for name, value in quotation.header_lines())
    markup = (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>'
        '<meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--p.MsoNormal{margin:0cm}--></style></head>'
        '<body lang=EN-GB link="#0563C1" vlink="#954F72" style="word-wrap:break-word"><div class=WordSection1>'
        + "\n".join(map(paragraph, [*lines, "", *signature, ""]))
        + '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal>'
        f"<span lang=EN-US>{head}<o:p></o:p></span></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>{quotation.markup}"
        "</div></body></html>")
    plain_head = "\n".join(f"{name} {value}" for name, value in quotation.header_lines())
    return "\n\n".join([*lines, *signature]) + f"\n\n{plain_head}\n\n{quotation.text}\n", markup


def _owa(lines, signature, quotation):
    """Outlook on the web."""
    def division(line):
        return ('<div class="elementToProof" style="font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt; '
                f'color: rgb(0, 0, 0);">{_escaped(line) or "<br>"}</div>')
    head = "<br>".join(f"<b>{name}</b> {_escaped(value)}" for name, value in quotation.header_lines())
    sign = "".join(map(division, signature))
    markup = ("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body dir=\"ltr\">"
              + "".join(map(division, [*lines, ""])) + (f'<div id="Signature">{sign}</div>' if sign else "")
              + f'<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
              f'<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{head}</font><div>&nbsp;</div></div>'
              f"<div>{quotation.markup}</div></body></html>")
    rule = "_" * 32
    plain_head = "\n".join(f"{name} {value}" for name, value in quotation.header_lines())
    return "\n".join([*lines, "", *signature]) + f"\n{rule}\n{plain_head}\n\n{quotation.text}\n", markup


def _outlook_mobile(lines, signature, quotation):
    """Outlook on a phone: its advertisement is a signature."""
    signature = signature or ["Get Outlook for iOS"]
    body = "".join(f'<div dir="ltr">{_escaped(line) or "<br>"}</div>' for line in lines)
    sign = "<br>".join(f'<a href="https://aka.ms/o0ukef">{_escaped(line)}</a>' if line.startswith("Get ") else _escaped(line)
                       for line in signature)
    head = "<br>".join(f"<b>{name}</b> {_escaped(value)}" for name, value in quotation.header_lines())
    markup = (f'<html><head></head><body>{body}<div id="ms-outlook-mobile-signature" dir="ltr">{sign}</div>'
              f'<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">{head}</div>'
              f"<div>{quotation.markup}</div></body></html>")
    plain_head = "\n".join(f"{name} {value}" for name, value in quotation.header_lines())
    return "\n".join([*lines, "", *signature]) + f"\n{'_' * 32}\n{plain_head}\n\n{quotation.text}\n", markup


def _gmail(lines, signature, quotation):
    first, *rest = lines
    body = _escaped(first) + "".join(f"<div>{_escaped(line) or '<br>'}</div>" for line in rest)
    sign = ('<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature"'
            f' data-smartmail="gmail_signature"><div dir="ltr">{"<br>".join(map(_escaped, signature))}</div></div>' if signature else "")
    said = f"On {quotation.when.strftime('%a, %d %b %Y at %H:%M')}, {quotation.sender.display_name}"
    markup = (f'<div dir="ltr">{body}{sign}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
              f'{_escaped(said)} &lt;<a href="mailto:{quotation.sender.addr_spec}">{quotation.sender.addr_spec}</a>&gt; wrote:<br></div>'
              '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
              f"{quotation.markup}</blockquote></div>")
    foot = "\n\n-- \n" + "\n".join(signature) if signature else ""
    return "\n".join(lines) + foot + f"\n\n\n{said} <\n{quotation.sender.addr_spec}> wrote:\n\n{quotation.quoted()}\n", markup


def _gmail_android(lines, signature, quotation):
    del signature  # the app has none unless one is set
    body = "<br>".join(_escaped(line) for line in lines)
    said = f"On {quotation.when.strftime('%a, %d %b %Y, %H:%M')} {quotation.sender.display_name}"
    markup = (f'<div dir="auto">{body}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{_escaped(said)}, &lt;'
              f'<a href="mailto:{quotation.sender.addr_spec}">{quotation.sender.addr_spec}</a>&gt; wrote:<br></div><blockquote '
              f'class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{quotation.markup}</blockquote></div>')
    return "\n".join(lines) + f"\n\n{said}, <{quotation.sender.addr_spec}>\nwrote:\n\n{quotation.quoted()}\n", markup


def _iphone(lines, signature, quotation):
    """Apple Mail on a phone: autocorrected, with quotation marks that curl, and blanks that do not break."""
    signature = signature or ["Sent from my iPhone"]
    lines = [_corrected(line) for line in lines]
    first, *rest = lines
    body = _escaped(first) + "".join(f"<div>{_escaped(line) or '<br>'}</div>" for line in rest)
    said = f"On {quotation.when.strftime('%-d %b %Y, at %H:%M')}, {quotation.sender.display_name} <{quotation.sender.addr_spec}> wrote:"
    markup = ('<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
              f'{body}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{"<br>".join(map(_escaped, signature))}</div>'
              f'<div dir="ltr"><br><blockquote type="cite">{_escaped(said)}<br><br></blockquote></div>'
              f'<blockquote type="cite"><div dir="ltr">\ufeff{quotation.markup}</div></blockquote></body></html>')
    return "\n".join(lines) + "\n\n" + "\n".join(signature) + f"\n\n> {said}\n> \n> \ufeff{quotation.quoted()}\n", markup


def _samsung(lines, signature, quotation):
    signature = signature or ["Sent from my Galaxy"]
    body = "".join(f'<div dir="auto">{_escaped(line) or "<br>"}</div>' for line in lines)
    head = "".join(f"<div>{name} {_escaped(value)} </div>" for name, value in quotation.header_lines())
    markup = ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body dir="auto">'
              f'{body}<div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757" dir="auto">'
              f'{"<br>".join(map(_escaped, signature))}</div></div><div dir="auto"><br></div><div><br></div><div align="left" dir="auto" '
              f'style="font-size:100%;color:#000000"><div>-------- Original message --------</div>{head}<div><br></div></div>'
              f"{quotation.markup}</body></html>")
    plain_head = "\n".join(f"{name} {value}" for name, value in quotation.header_lines())
    return "\n".join(lines) + "\n\n" + "\n".join(signature) + \
        f"\n\n-------- Original message --------\n{plain_head}\n\n{quotation.text}\n", markup


def _thunderbird(lines, signature, quotation):
    body = "".join(f"<p>{_escaped(line) or '<br>'}</p>" for line in lines)
    sign = f'<pre class="moz-signature" cols="72">-- \n{chr(10).join(map(_escaped, signature))}</pre>' if signature else ""
    said = f"On {quotation.when.strftime('%d/%m/%Y %H:%M')}, {quotation.sender.display_name} wrote:"
    markup = ('<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>'
              f'{body}<div class="moz-cite-prefix">{_escaped(said)}<br></div><blockquote type="cite" cite="mid:x@y">'
              f"{quotation.markup}</blockquote>{sign}</body></html>")
    foot = "\n-- \n" + "\n".join(signature) if signature else ""
    return "\n".join(lines) + f"\n\n{said}\n{quotation.quoted()}\n{foot}\n", markup


def _corrected(line):
    """What a phone's keyboard makes of an order: a capital, a blank, marks that curl."""
    line = line.replace('"', "\u201c", 1).replace('"', "\u201d", 1).replace("'", "\u2019").replace("--", "\u2014")
    if line.startswith("#"):
        return "#" + line[1:2].upper() + line[2:].replace(" ", "\u00a0", 1)
    return line


_FORMS = {"outlook": _outlook, "owa": _owa, "outlook_mobile": _outlook_mobile, "gmail": _gmail,
          "gmail_android": _gmail_android, "iphone": _iphone, "samsung": _samsung, "thunderbird": _thunderbird}
