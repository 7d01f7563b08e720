#include "tests/rules/desk/mail_programs.hpp"

namespace bellhop::rules {
namespace {

constexpr std::string_view quoted_text =
    "Your reply to this mail goes to Olive Office.\n\nThe printer in room 4 is dead.\n";

std::vector<std::string> lines_of(std::string_view typed) {
    std::vector<std::string> lines{""};
    for (const char c : typed) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    return lines;
}

std::string escaped(const std::string& line) {
    std::string html;
    for (const char c : line) {
        if (c == '&')
            html += "&amp;";
        else if (c == '<')
            html += "&lt;";
        else if (c == '>')
            html += "&gt;";
        else
            html += c;
    }
    return html;
}

/// Each typed line between `before` and `after`; an empty one is `empty`.
std::string wrapped(std::string_view typed,
                    const std::string& before,
                    const std::string& after,
                    const std::string& empty) {
    std::string html;
    for (const std::string& line : lines_of(typed)) {
        html += line.empty() ? empty : before + escaped(line) + after;
        html += "\r\n";
    }
    return html;
}

std::string html_part(const std::string& body) {
    return "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body;
}

std::string text_part(const std::string& body, const char* type = "text/plain; charset=utf-8") {
    return std::string{"MIME-Version: 1.0\r\nContent-Type: "} + type + "\r\n\r\n" + body;
}

std::string both(const std::string& text, const std::string& html) {
    return "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n"
           "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
           text + "\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html +
           "\r\n--b1--\r\n";
}

std::string quoted_lines() {
    std::string text;
    for (const std::string& line : lines_of(quoted_text)) text += "> " + line + "\r\n";
    return text;
}

std::string outlook(std::string_view typed) {
    return html_part(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>"
        "p.MsoNormal {margin:0cm;}</style></head><body lang=EN-GB><div class=WordSection1>" +
        wrapped(typed, "<p class=MsoNormal><span style='mso-fareast-language:EN-US'>",
                "<o:p></o:p></span></p>", "<p class=MsoNormal><o:p>&nbsp;</o:p></p>") +
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid "
        "#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b><span lang=EN-US>From:"
        "</span></b><span lang=EN-US> IT Support &lt;it@desk.example&gt; <br><b>Sent:</b> 01 "
        "December 2026 09:12<br><b>To:</b> Tom Brown<br><b>Subject:</b> [HELP#7] Printer<o:p></o:p>"
        "</span></p></div></div><p class=MsoNormal>The printer in room 4 is dead.</p></div></body>"
        "</html>");
}

std::string outlook_text(std::string_view typed) {
    return text_part(
        wrapped(typed, "", "", "") +
        "\r\n-----Original Message-----\r\nFrom: IT Support <it@desk.example>\r\n"
        "Sent: 01 December 2026 09:12\r\nTo: Tom Brown\r\nSubject: [HELP#7] Printer\r\n"
        "\r\nThe printer in room 4 is dead.\r\n");
}

std::string owa(std::string_view typed) {
    return html_part(
        "<html><head><style type=\"text/css\" style=\"display:none;\"> P {margin-top:0;} </style>"
        "</head><body dir=\"ltr\">" +
        wrapped(typed,
                "<div class=\"elementToProof\" style=\"font-family: Aptos; font-size: 12pt;\">",
                "</div>", "<div class=\"elementToProof\"><br></div>") +
        "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" "
        "tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri, sans-serif\">"
        "<b>From:</b> IT Support &lt;it@desk.example&gt;<br><b>Sent:</b> 01 December 2026 09:12<br>"
        "<b>To:</b> Tom Brown<br><b>Subject:</b> [HELP#7] "
        "Printer</font><div>&nbsp;</div></div><div>"
        "The printer in room 4 is dead.</div></body></html>");
}

std::string outlook_ios(std::string_view typed) {
    return html_part(
        "<html><head></head><body><div dir=\"ltr\"><span></span>" +
        wrapped(typed, "<div dir=\"ltr\">", "</div>", "<div><br></div>") +
        "<div id=\"ms-outlook-mobile-signature\"><div><br></div>Get <a "
        "href=\"https://aka.ms/o0ukef\">Outlook for iOS</a></div></div><hr "
        "style=\"display:inline-block;width:98%\"><div id=\"divRplyFwdMsg\" "
        "dir=\"ltr\"><b>From:</b>"
        " IT Support &lt;it@desk.example&gt;<br><b>Sent:</b> Tuesday, December 1, 2026 9:12:00 AM"
        "<br><b>To:</b> Tom Brown<br><b>Subject:</b> [HELP#7] Printer</div><div>The printer in "
        "room "
        "4 is dead.</div></body></html>");
}

std::string ios(std::string_view typed) {
    return both(
        wrapped(typed, "", "", "") +
            "\r\nSent from my iPhone\r\n\r\n> On 1 Dec 2026, at 09:12, IT Support "
            "<it@desk.example> wrote:\r\n> \r\n" +
            quoted_lines(),
        "<html><head></head><body dir=\"auto\">" +
            wrapped(typed, "<div dir=\"ltr\">", "</div>", "<div dir=\"ltr\"><br></div>") +
            "<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">Sent from my iPhone</div>"
            "<div dir=\"ltr\"><br><blockquote type=\"cite\">On 1 Dec 2026, at 09:12, IT Support "
            "&lt;it@desk.example&gt; wrote:<br><br></blockquote></div><blockquote type=\"cite\">"
            "<div dir=\"ltr\">The printer in room 4 is dead.</div></blockquote></body></html>");
}

std::string ios_html(std::string_view typed) {
    return html_part(
        "<html><head></head><body dir=\"auto\">" +
        wrapped(typed, "", "<div><br></div>", "<div><br></div>") +
        "<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">Sent from my iPhone</div>"
        "<div dir=\"ltr\"><br><blockquote type=\"cite\">On 1 Dec 2026, at 09:12, IT Support "
        "&lt;it@desk.example&gt; wrote:<br><br></blockquote></div><blockquote type=\"cite\"><div "
        "dir=\"ltr\">The printer in room 4 is dead.</div></blockquote></body></html>");
}

std::string apple_mail(std::string_view typed) {
    return both(wrapped(typed, "", "", "") +
                    "\r\n\r\n> On 1 Dec 2026, at 09:12, IT Support <it@desk.example> wrote:\r\n> "
                    "\r\n" +
                    quoted_lines(),
                "<html><head></head><body style=\"overflow-wrap: break-word;\">" +
                    wrapped(typed, "<div>", "</div>", "<div><br></div>") +
                    "<div><br><blockquote type=\"cite\"><div>On 1 Dec 2026, at 09:12, IT Support "
                    "&lt;it@desk.example&gt; wrote:</div><br><div>The printer in room 4 is dead."
                    "</div></blockquote></div></body></html>");
}

std::string gmail(std::string_view typed) {
    return both(
        wrapped(typed, "", "", "") +
            "\r\nOn Tue, 1 Dec 2026 at 09:12, IT Support <it@desk.example> wrote:\r\n\r\n" +
            quoted_lines(),
        "<div dir=\"ltr\">" + wrapped(typed, "<div>", "</div>", "<div><br></div>") +
            "</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" "
            "class=\"gmail_attr\">On Tue, 1 Dec 2026 at 09:12, IT Support &lt;<a "
            "href=\"mailto:it@desk.example\">it@desk.example</a>&gt; wrote:<br></div><blockquote "
            "class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex\">The printer in room 4 is "
            "dead."
            "</blockquote></div>");
}

std::string gmail_android(std::string_view typed) {
    return html_part(
        "<div dir=\"auto\">" +
        wrapped(typed, "<div dir=\"auto\">", "</div>", "<div dir=\"auto\"><br></div>") +
        "</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">On "
        "Tue, 1 Dec 2026, 09:12 IT Support, &lt;<a href=\"mailto:it@desk.example\">"
        "it@desk.example</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\">The "
        "printer in room 4 is dead.</blockquote></div>");
}

std::string samsung(std::string_view typed) {
    return html_part(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\"></head>"
        "<body dir=\"auto\">" +
        wrapped(typed, "<div dir=\"auto\">", "</div>", "<div dir=\"auto\"><br></div>") +
        "<div dir=\"auto\"><br></div><div id=\"composer_signature\" dir=\"auto\"><div "
        "style=\"font-size:12px;color:#575757\" dir=\"auto\">Sent from my Galaxy</div></div><div "
        "dir=\"auto\"><br></div><div><br></div><div align=\"left\" dir=\"auto\" "
        "style=\"font-size:100%;color:#000000\"><div>-------- Original message --------</div><div>"
        "From: IT Support &lt;it@desk.example&gt; </div><div>Date: 01/12/2026  09:12  (GMT+00:00) "
        "</div><div>To: Tom Brown </div><div>Subject: [HELP#7] Printer </div><div><br></div></div>"
        "The printer in room 4 is dead.</body></html>");
}

std::string thunderbird(std::string_view typed) {
    return text_part(wrapped(typed, "", "", "") + "\r\nOn 01/12/2026 09:12, IT Support wrote:\r\n" +
                         quoted_lines(),
                     "text/plain; charset=UTF-8; format=flowed");
}

std::string thunderbird_html(std::string_view typed) {
    return html_part(
        "<!DOCTYPE html><html><head></head><body><p>" + wrapped(typed, "", "<br>", "<br>") +
        "</p><div class=\"moz-cite-prefix\">On 01/12/2026 09:12, IT Support wrote:<br>"
        "</div><blockquote type=\"cite\" cite=\"mid:x@desk.example\"><p>The printer in "
        "room 4 is dead.</p></blockquote></body></html>");
}

}  // namespace

const std::vector<MailProgram>& mail_programs() {
    static const std::vector<MailProgram> all{{"Outlook", outlook},
                                              {"Outlook, text", outlook_text},
                                              {"OWA", owa},
                                              {"Outlook for iOS", outlook_ios},
                                              {"iOS", ios},
                                              {"iOS, HTML alone", ios_html},
                                              {"Apple Mail", apple_mail},
                                              {"Gmail", gmail},
                                              {"Gmail on Android", gmail_android},
                                              {"Samsung", samsung},
                                              {"Thunderbird", thunderbird},
                                              {"Thunderbird, HTML", thunderbird_html}};
    return all;
}

}  // namespace bellhop::rules
