#include "rules/letter/letter_html.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

const std::string p = "<p style=\"margin: 0 0 16px 0;\">";
const std::string fact =
    "<p class=\"facts\" style=\"margin: 0 0 4px 0; padding-left: 12px; border-left: 4px solid #d9dee3;\">";

TEST(LetterHtml, MakesParagraphs) {
    EXPECT_EQ(letter_html("\nHello,\n\nWe wait.\nStill.\n", "<body><!-- letter --></body>"),
              "<body>" + p + "Hello,</p>\n" + p + "We wait.<br>\nStill.</p>\n</body>");
}

TEST(LetterHtml, KeepsSectionsAroundParagraphs) {
    EXPECT_EQ(letter_html("{{#phone}}\nRing {{phone}}.\n\n{{/phone}}\nBye\n", "<!-- letter -->"),
              "{{#phone}}\n" + p + "Ring {{phone}}.</p>\n{{/phone}}\n" + p + "Bye</p>\n");
    EXPECT_EQ(letter_html("Hello{{#name}} {{name}}{{/name}},", "<!-- letter -->"),
              p + "Hello{{#name}} {{name}}{{/name}},</p>\n")
        << "a section inside a line stays there";
}

TEST(LetterHtml, SetsIndentedLinesAsFacts) {
    EXPECT_EQ(letter_html("Look:\n    Ticket:  {{number}}\n{{#team}}\n    Team: {{team}}\n"
                          "{{/team}}\n",
                          "<!-- letter -->"),
              p + "Look:</p>\n" + fact + "Ticket:  {{number}}</p>\n{{#team}}\n" + fact +
                  "Team: {{team}}</p>\n{{/team}}\n");
}

TEST(LetterHtml, EscapesTheTextButNotTheTags) {
    EXPECT_EQ(letter_html("a < b & {{c}} > d", "<!-- letter -->"),
              p + "a &lt; b &amp; {{c}} &gt; d</p>\n");
    EXPECT_EQ(letter_html("an open {{tag", "<!-- letter -->"), p + "an open {{tag</p>\n");
}

TEST(LetterHtml, LinksWhatAReaderWantsToPress) {
    EXPECT_EQ(letter_html("Call {{desk_phone}} or {{mailbox_address}}.", "<!-- letter -->"),
              p + "Call <a href=\"tel:{{desk_phone_link}}\" style=\"color: #0b57a4; "
                  "white-space: nowrap;\">{{desk_phone}}</a> or <a "
                  "href=\"mailto:{{mailbox_address}}\" style=\"color: #0b57a4; white-space: "
                  "nowrap;\">{{mailbox_address}}</a>.</p>\n");
}

TEST(LetterHtml, SetsListsAndWordsApart) {
    const std::string list = letter_html("{{#list}}\n\n{{list}}\n{{/list}}\n", "<!-- letter -->");
    EXPECT_NE(list.find("border-left: 4px solid #d9dee3;\">{{list}}</p>"), std::string::npos);
    const std::string words = letter_html("You wrote:\n\n{{words}}\n", "<!-- letter -->");
    EXPECT_NE(words.find("border-left: 4px solid #0b57a4;"), std::string::npos);
    EXPECT_EQ(letter_html("Of {{list}} one.", "<!-- letter -->"), p + "Of {{list}} one.</p>\n");
}

TEST(LetterHtml, LeavesAFrameWithoutAPlaceAlone) {
    EXPECT_EQ(letter_html("words", "<body></body>"), "<body></body>");
    EXPECT_EQ(letter_html("", "[<!-- letter -->]"), "[]");
}

}  // namespace
}  // namespace bellhop::rules
