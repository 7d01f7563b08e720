#include "parsers/html/html_layout.hpp"

#include <gtest/gtest.h>

#include "parsers/html/html_text.hpp"

namespace bellhop::parsers {
namespace {

/// The text with its marks in place: "[q" a quotation begins, "q]" it ends; "a" attribution, "s"
/// signature, "[rest" all that follows is quoted.
std::string drawn(const std::string& html) {
    const HtmlLayout layout = lay_out_html(html);
    std::string text;
    std::size_t at = 0;
    for (const HtmlMark& mark : layout.marks) {
        text += layout.text.substr(at, mark.offset - at);
        at = mark.offset;
        switch (mark.kind) {
            case HtmlMarkKind::quote_begins:
                text += "[q ";
                break;
            case HtmlMarkKind::quote_ends:
                text += " q]";
                break;
            case HtmlMarkKind::rest_is_quoted:
                text += "[rest ";
                break;
            case HtmlMarkKind::rest_may_be_quoted:
                text += "[maybe ";
                break;
            case HtmlMarkKind::attribution_begins:
                text += "[a ";
                break;
            case HtmlMarkKind::attribution_ends:
                text += " a]";
                break;
            case HtmlMarkKind::signature_begins:
                text += "[s ";
                break;
            case HtmlMarkKind::signature_ends:
                text += " s]";
                break;
        }
    }
    return text + layout.text.substr(at);
}

bool says(const HtmlLayout& layout, HtmlMarkKind kind) {
    for (const HtmlMark& mark : layout.marks) {
        if (mark.kind == kind) return true;
    }
    return false;
}

TEST(HtmlLayout, MarksNothingInAMailThatQuotesNothing) {
    const HtmlLayout layout = lay_out_html("<p>The beamer is <b>dark</b>.</p><p>Ann</p>");
    EXPECT_EQ(layout.text, "The beamer is dark.\n\nAnn");
    EXPECT_TRUE(layout.marks.empty());
}

TEST(HtmlLayout, MarksWhereTheQuotationOfGmailBeginsAndEnds) {
    const HtmlLayout layout = lay_out_html(
        "<div>Room 12.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Monday Desk "
        "wrote:</div><blockquote>Which room?</blockquote></div><div>Ann</div>");
    EXPECT_TRUE(says(layout, HtmlMarkKind::quote_begins));
    EXPECT_TRUE(says(layout, HtmlMarkKind::attribution_begins));
    EXPECT_EQ(layout.text.substr(0, 8), "Room 12.");
}

/// Of every element that begins something, whatever stands in it.
TEST(HtmlLayout, MarksWhatEachProgramPutsAroundAMail) {
    const struct {
        const char* opening;
        HtmlMarkKind kind;
    } variations[] = {
        {"<div class=\"yahoo_quoted\">", HtmlMarkKind::quote_begins},
        {"<div class=\"protonmail_quote\">", HtmlMarkKind::quote_begins},
        {"<div class=\"ecxgmail_quote\">", HtmlMarkKind::quote_begins},
        {"<div id=\"appendonsend\">", HtmlMarkKind::rest_is_quoted},
        {"<div id=\"divRplyFwdMsg\">", HtmlMarkKind::rest_is_quoted},
        {"<div class=\"x_gmail_signature\">", HtmlMarkKind::signature_begins},
        {"<div class=\"moz-signature\">", HtmlMarkKind::signature_begins},
        {"<div class=\"moz-cite-prefix\">", HtmlMarkKind::attribution_begins},
    };
    for (const auto& each : variations) {
        const HtmlLayout layout = lay_out_html(std::string{"<div>New words.</div>"} + each.opening +
                                               "<p>inside</p></div><p>below</p>");
        EXPECT_TRUE(says(layout, each.kind)) << each.opening;
    }
}

/// What holds for any mail: marks lie within the text, in order, and none stands inside a character
/// or a word; the text is the one that people see.
TEST(HtmlLayout, HoldsForEveryBeginningOfAMail) {
    const std::string mail =
        "<html><body><p>Gr\xc3\xbc\xc3\x9f"
        "e,</p><div id=\"appendonsend\"></div><ul><li>one<li>two</ul><div "
        "class=\"gmail_quote\"><blockquote type=cite><table><tr><td>a<td>b</table>"
        "</blockquote></div><div class=\"gmail_signature\">Ann<br>Lee</div></body></html>";
    for (std::size_t length = 0; length <= mail.size(); ++length) {
        const std::string cut = mail.substr(0, length);
        const HtmlLayout layout = lay_out_html(cut);
        EXPECT_EQ(layout.text, html_to_text(cut)) << length;
        std::size_t last = 0;
        for (const HtmlMark& mark : layout.marks) {
            EXPECT_LE(last, mark.offset) << length;
            EXPECT_LE(mark.offset, layout.text.size()) << length;
            if (mark.offset < layout.text.size()) {
                EXPECT_NE(static_cast<unsigned char>(layout.text[mark.offset]) & 0xC0U, 0x80U)
                    << length;
            }
            last = mark.offset;
        }
    }
}

TEST(HtmlLayout, PairsItsMarksHoweverItIsNested) {
    for (const char* html :
         {"<div class=gmail_quote><div class=gmail_quote>a</div>b</div>c",
          "<div class=gmail_quote><div class=gmail_attr>a<div class=moz-signature>b",
          "<div class=moz-signature><div class=gmail_quote>a</div></div>b", "</div></div>a"}) {
        int quotes = 0;
        int signatures = 0;
        int attributions = 0;
        for (const HtmlMark& mark : lay_out_html(html).marks) {
            if (mark.kind == HtmlMarkKind::quote_begins) ++quotes;
            if (mark.kind == HtmlMarkKind::quote_ends) --quotes;
            if (mark.kind == HtmlMarkKind::signature_begins) ++signatures;
            if (mark.kind == HtmlMarkKind::signature_ends) --signatures;
            if (mark.kind == HtmlMarkKind::attribution_begins) ++attributions;
            if (mark.kind == HtmlMarkKind::attribution_ends) --attributions;
            EXPECT_GE(quotes, 0) << html;
            EXPECT_GE(signatures, 0) << html;
            EXPECT_GE(attributions, 0) << html;
        }
        EXPECT_EQ(quotes, 0) << drawn(html);
        EXPECT_EQ(signatures, 0) << drawn(html);
        EXPECT_EQ(attributions, 0) << drawn(html);
    }
}

}  // namespace
}  // namespace bellhop::parsers
