#include "parsers/html/html_quote_marks.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Kind = HtmlMarkKind;

/// What the first tag of `html` marks.
std::optional<Kind> marked(std::string_view html) {
    HtmlTokenizer tokenizer{html};
    HtmlToken token;
    EXPECT_TRUE(tokenizer.next(token)) << html;
    return quote_mark_of(html_tag(token.name), token, read_style(token.attribute("style")));
}

TEST(HtmlQuoteMarks, KnowsWhatMailProgramsWrite) {
    const std::vector<std::pair<std::string, Kind>> known{
        {"<div class=\"gmail_quote\">", Kind::quote_begins},
        {"<div class=\"gmail_quote_container gmail_quote\">", Kind::quote_begins},
        {"<div class=gmail_attr dir=ltr>", Kind::attribution_begins},
        {"<div class=\"moz-cite-prefix\">", Kind::attribution_begins},
        {"<div class=\"moz-signature\">", Kind::signature_begins},
        {"<div id=\"divRplyFwdMsg\">", Kind::rest_is_quoted},
        {"<div id=\"appendonsend\"></div>", Kind::rest_is_quoted},
        {"<div id=\"Signature\">", Kind::signature_begins},
        {"<div id=\"yahoo_quoted_123\">", Kind::quote_begins},
        {"<div name=\"quote\" style=\"margin:10px\">", Kind::quote_begins},
        {"<div data-marker=\"__QUOTED_TEXT__\">", Kind::quote_begins},
        {"<hr data-marker=\"__DIVIDER__\">", Kind::rest_is_quoted},
        {"<div data-marker=\"__SIG_PRE__\">", Kind::signature_begins},
        {"<div data-smartmail=\"gmail_signature\">", Kind::signature_begins},
        {"<div style=\"border:none;border-top:solid 1.0pt;padding:3.0pt 0cm\">",
         Kind::rest_may_be_quoted}};
    for (const auto& [html, kind] : known) EXPECT_EQ(marked(html), kind) << html;
}

TEST(HtmlQuoteMarks, SeesThroughThePrefixesOfWebMailers) {
    for (const std::string written :
         {"ecxgmail_quote", "x_gmail_quote", "x_x_gmail_quote", "yiv1234567gmail_quote"}) {
        EXPECT_EQ(marked("<div class=\"" + written + "\">"), Kind::quote_begins) << written;
    }
}

TEST(HtmlQuoteMarks, TakesNothingElseForOne) {
    for (const std::string html :
         {"<div>", "<div class=\"\">", "<div class=\"message\">", "<div class=\"my_gmail_quote\">",
          "<div class=\"yivgmail_quote\">", "<div id=\"signatures\">", "<p name=\"quote\">",
          "<p style=\"border-top:solid 1.0pt;padding:3.0pt 0cm\">",
          // A blockquote is quoted as a blockquote, not twice.
          "<blockquote class=\"gmail_quote\">"}) {
        EXPECT_EQ(marked(html), std::nullopt) << html;
    }
}

}  // namespace
}  // namespace bellhop::parsers
