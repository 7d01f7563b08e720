#include "parsers/reply/set_off.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/reply/reply_text.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

const std::string words = "The printer in the office prints everything twice.";
const std::string footer =
    "Snow day? When the school is shut everybody is told by text before seven in the morning.";

std::vector<SetOffParagraph> found_in(const std::string& text) {
    return set_off_paragraphs(text, split_reply(text, {.answers = false}).pieces);
}

std::vector<SetOffParagraph> only(const std::string& text, Apart by) {
    return {{print_of(text), by}};
}

TEST(SetOffParagraphs, StandBelowASignOff) {
    for (const std::string sign_off :
         {"Kind regards\n\nAnn", "Many thanks,\nAnn Lee", "Mit freundlichen Grüßen\nAnn",
          "Kind regards, Ann", "Diolch / Thanks\nAnn"}) {
        const std::string text = "Hello,\n\n" + words + "\n\n" + sign_off + "\n\n" + footer + "\n";
        EXPECT_EQ(found_in(text), only(footer, Apart::place)) << sign_off;
    }
}

TEST(SetOffParagraphs, StandBelowANameWithoutAnEmptyLine) {
    EXPECT_EQ(found_in(words + "\n\nThanks\nAnn Lee\nOffice Manager\n" + footer + "\n"),
              only(footer, Apart::place));
}

TEST(SetOffParagraphs, StandAboveAGreeting) {
    for (const std::string greeting : {"Hi Tom,", "Dear all", "Guten Morgen,", "Bonjour"}) {
        EXPECT_EQ(found_in(footer + "\n\n" + greeting + "\n\n" + words + "\n"),
                  only(footer, Apart::place))
            << greeting;
    }
}

TEST(SetOffParagraphs, AreTheLastOnesWhereTheirWordsOrLengthTell) {
    const std::string law =
        "It was for the named addressee; delete what came to you in error without copying it.";
    EXPECT_EQ(found_in(words + "\n\n" + law), only(law, Apart::words));
    EXPECT_EQ(found_in(words + "\n\n" + footer), only(footer, Apart::nothing));
}

/// The first paragraph is the writer's, and short ones say what everybody says.
TEST(SetOffParagraphs, AreNoWordsOfTheWriter) {
    for (const std::string& text :
         {words, words + "\n\nKind regards\nAnn Lee\nOffice", footer, "Hello,\n\n" + words,
          words + "\n\nCould you look at it?\n\nThanks\nAnn",
          words + "\n\nThanks\n\nName: Wendy Marsh\nDepartment: Finance\nStart: today\nRoom: 4",
          words + "\n\nThanks\n\n- one\n- two\n- three\n- four\n- five\n- six\n- seven"}) {
        EXPECT_EQ(found_in(text), std::vector<SetOffParagraph>{}) << text;
    }
}

TEST(SetOffParagraphs, AreNotLookedForInQuotations) {
    const std::string text = words +
                             "\n\nOn 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n> " +
                             words + "\n>\n> Kind regards\n>\n> " + footer + "\n";
    EXPECT_EQ(found_in(text), std::vector<SetOffParagraph>{});
}

TEST(SetOffParagraphs, AreFew) {
    std::string text = words + "\n\nThanks\n\n";
    for (int i = 0; i < 500; ++i)
        text += footer + " " + std::string(1, static_cast<char>('a' + i % 26)) + "\n\n";
    EXPECT_LE(found_in(text).size(), 12U);
}

TEST(Unit, EndsAtAnEmptyLineARuleOrALongLineBelowAShortOne) {
    const std::string text = "Ann Lee\nOffice\n" + footer + "\nand more of it\n----\nx\n";
    const std::string low = folded(text);
    const std::vector<TextLine> lines = text_lines(text, low);
    EXPECT_EQ(unit_at(lines, 0), 2U);
    EXPECT_EQ(unit_at(lines, 2), 2U);
    EXPECT_EQ(unit_at(lines, 4), 2U);
}

}  // namespace
}  // namespace bellhop::parsers
