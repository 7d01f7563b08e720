#include "parsers/config/config_file.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// What an operator would see of a file with wrong syntax.
std::string syntax_errors_of(const std::string& text) {
    const auto file = ConfigFile::parse("a.toml", text);
    if (file) return "none";
    std::string shown;
    for (const Diagnostic& each : file.error()) shown += render(each, text);
    return shown;
}

TEST(ConfigFile, SaysThatATextStandsInQuotes) {
    EXPECT_EQ(syntax_errors_of("host = mail.example.org  # ours\n"),
              "a.toml:1:8: error: cannot read the value of \"host\"\n"
              "    1 | host = mail.example.org  # ours\n"
              "      |        ^~~~~~~~~~~~~~~~\n"
              "      = a text stands in quotes: host = \"mail.example.org\"\n");
    EXPECT_EQ(syntax_errors_of("poll = 30s\n"),
              "a.toml:1:8: error: cannot read the value of \"poll\"\n"
              "    1 | poll = 30s\n"
              "      |        ^~~\n"
              "      = a text stands in quotes: poll = \"30s\"\n");
    EXPECT_EQ(syntax_errors_of("due = 5 business days\n"),
              "a.toml:1:7: error: cannot read the value of \"due\"\n"
              "    1 | due = 5 business days\n"
              "      |       ^~~~~~~~~~~~~~~\n"
              "      = a text stands in quotes: due = \"5 business days\"\n");
    EXPECT_EQ(syntax_errors_of("opens = 08:30\n"),
              "a.toml:1:9: error: cannot read the value of \"opens\"\n"
              "    1 | opens = 08:30\n"
              "      |         ^~~~~\n"
              "      = a text stands in quotes: opens = \"08:30\"\n");
}

TEST(ConfigFile, SaysHowABooleanIsWritten) {
    EXPECT_EQ(syntax_errors_of("idle = Yes\n"),
              "a.toml:1:8: error: cannot read the value of \"idle\"\n"
              "    1 | idle = Yes\n"
              "      |        ^~~\n"
              "      = expected true or false\n");
}

TEST(ConfigFile, RefusesTypographicQuotes) {
    EXPECT_EQ(syntax_errors_of("name = “IT”\n"),
              "a.toml:1:8: error: cannot read the value of \"name\"\n"
              "    1 | name = “IT”\n"
              "      |        ^~~~\n"
              "      = use straight quotes: \"\n");
}

TEST(ConfigFile, RefusesAKeyWithoutValue) {
    EXPECT_EQ(syntax_errors_of("name =\n"),
              "a.toml:1:6: error: \"name\" has no value\n"
              "    1 | name =\n"
              "      |      ^\n"
              "      = write one, or put # before the line\n");
}

TEST(ConfigFile, RefusesADuplicateKey) {
    EXPECT_EQ(syntax_errors_of("[desk]\nname = \"a\"\nphone = \"1\"\nname = \"b\"\n"),
              "a.toml:4:1: error: \"name\" is set twice\n"
              "    4 | name = \"b\"\n"
              "      | ^~~~\n"
              "      = first set in line 2\n");
}

TEST(ConfigFile, RefusesADuplicateSection) {
    EXPECT_EQ(syntax_errors_of("[smtp]\nport = 1\n[smtp]\n"),
              "a.toml:3:1: error: section [smtp] stands twice\n"
              "    3 | [smtp]\n"
              "      | ^~~~~~\n"
              "      = first in line 1\n"
              "      = write [[name]] with two brackets for one of several\n");
}

TEST(ConfigFile, RefusesASectionThatIsAValueAbove) {
    EXPECT_EQ(syntax_errors_of("smtp = 1\n[smtp]\n"),
              "a.toml:2:1: error: cannot redefine existing integer \"smtp\" as table\n"
              "    2 | [smtp]\n"
              "      | ^~~~~~\n");
}

TEST(ConfigFile, RefusesAnUnclosedText) {
    EXPECT_EQ(syntax_errors_of("name = \"IT Support\nport = 1\n"),
              "a.toml:1:8: error: a text is not closed\n"
              "    1 | name = \"IT Support\n"
              "      |        ^~~~~~~~~~~\n"
              "      = a text over several lines begins and ends with \"\"\"\n");
}

TEST(ConfigFile, RefusesAnUnknownEscape) {
    EXPECT_EQ(syntax_errors_of("file = \"C:\\path\"\n"),
              "a.toml:1:11: error: unknown escape in a text\n"
              "    1 | file = \"C:\\path\"\n"
              "      |           ^~\n"
              "      = between single quotes a backslash stands for itself: 'C:\\folder'\n");
}

TEST(ConfigFile, RefusesAControlCharacter) {
    EXPECT_EQ(syntax_errors_of("name = \"a\x01z\"\n"),
              "a.toml:1:10: error: control character in a text\n"
              "    1 | name = \"a?z\"\n"
              "      |          ^\n"
              "      = write it as an escape, \\u0007\n");
}

TEST(ConfigFile, RefusesAListWithoutComma) {
    EXPECT_EQ(syntax_errors_of("words = [\"a\"\n  \"b\"]\n"),
              "a.toml:2:3: error: expected a comma or \"]\" in a list\n"
              "    2 |   \"b\"]\n"
              "      |   ^\n"
              "      = texts stand in quotes\n");
}

TEST(ConfigFile, RefusesAnUnclosedHeader) {
    EXPECT_EQ(syntax_errors_of("[[mailbox]\nname = \"a\"\n"),
              "a.toml:1:1: error: cannot read this section header\n"
              "    1 | [[mailbox]\n"
              "      | ^~~~~~~~~~\n"
              "      = write [name], or [[name]] for one of several\n");
}

TEST(ConfigFile, RefusesALineThatIsNoAssignment) {
    EXPECT_EQ(syntax_errors_of("grüße = 1\n"),
              "a.toml:1:1: error: expected key = value\n"
              "    1 | grüße = 1\n"
              "      | ^~~~~~~~~\n"
              "      = a key of other letters than a-z, 0-9, - and _ stands in quotes\n");
    EXPECT_EQ(syntax_errors_of("name: \"x\"\n"),
              "a.toml:1:1: error: expected key = value\n"
              "    1 | name: \"x\"\n"
              "      | ^~~~~~~~~\n"
              "      = a key of other letters than a-z, 0-9, - and _ stands in quotes\n");
}

TEST(ConfigFile, RefusesTextBehindAValue) {
    EXPECT_EQ(syntax_errors_of("a = \"x\" b = \"y\"\n"),
              "a.toml:1:9: error: unexpected text after a value\n"
              "    1 | a = \"x\" b = \"y\"\n"
              "      |         ^\n"
              "      = one key = value stands on a line\n");
}

TEST(ConfigFile, RefusesAnInlineTableOverTwoLines) {
    EXPECT_EQ(syntax_errors_of("a = {b = 1,\nc = 2}\n"),
              "a.toml:1:12: error: an inline table must stand on one line\n"
              "    1 | a = {b = 1,\n"
              "      |            ^\n"
              "      = write it as a section: [name]\n");
}

TEST(ConfigFile, RefusesOtherCharsetsThanUtf8) {
    EXPECT_EQ(syntax_errors_of("a = 1\nname = \"Sch\xfcler\"\n"),
              "a.toml:2:12: error: the file is not UTF-8 here\n"
              "    2 | name = \"Sch\xfcler\"\n"
              "      |            ^\n"
              "      = save it as UTF-8\n");
}

TEST(ConfigFile, GivesEverySyntaxErrorAtOnce) {
    EXPECT_EQ(syntax_errors_of("a = x\nb = 1\nb = 2\n[c]\nd = \"\n[[e]]\nf = y\n"),
              "a.toml:1:5: error: cannot read the value of \"a\"\n"
              "    1 | a = x\n"
              "      |     ^\n"
              "      = a text stands in quotes: a = \"x\"\n"
              "a.toml:3:1: error: \"b\" is set twice\n"
              "    3 | b = 2\n"
              "      | ^\n"
              "      = first set in line 2\n"
              "a.toml:5:5: error: a text is not closed\n"
              "    5 | d = \"\n"
              "      |     ^\n"
              "      = a text over several lines begins and ends with \"\"\"\n"
              "a.toml:7:5: error: cannot read the value of \"f\"\n"
              "    7 | f = y\n"
              "      |     ^\n"
              "      = a text stands in quotes: f = \"y\"\n");
}

TEST(ConfigFile, StopsAfterTwentySyntaxErrors) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "k" + std::to_string(i) + " = x\n";
    const auto file = ConfigFile::parse("a.toml", text);
    ASSERT_TRUE(file.has_error());
    EXPECT_EQ(file.error().size(), 20U);
}

TEST(ConfigFile, RefusesWhatIsTooLargeOrTooDeep) {
    EXPECT_EQ(syntax_errors_of(std::string(5 * 1024 * 1024, '#')),
              "a.toml:1:1: error: the file is larger than 4194304 bytes\n"
              "    1 | " +
                  std::string(160, '#') + "\n      | ^\n");
    EXPECT_EQ(ConfigFile::parse("a.toml", "x = 1\n#" + std::string(20'000, '#')).error(),
              (Diagnostics{{{"a.toml", 2, 1, 1}, "the line is longer than 16384 bytes"}}));
    std::string deep = "x";
    for (int i = 0; i < 8'000; ++i) deep += ".x";
    EXPECT_EQ(ConfigFile::parse("a.toml", deep + " = 1\n").error().front().message,
              "nested too deeply");
    EXPECT_TRUE(ConfigFile::parse("a.toml", "x = " + std::string(8'000, '[') + "\n").has_error());
}

TEST(ConfigFile, ReadsAFileWithoutAnything) {
    Diagnostics complaints;
    EXPECT_TRUE(ConfigFile::parse("a.toml", "")->root(complaints).keys().empty());
    EXPECT_TRUE(ConfigFile::parse("a.toml", "\xef\xbb\xbf# only a comment\r\n").has_value());
}

TEST(ConfigFile, KeepsTheOrderOfTheFile) {
    const auto file = ConfigFile::parse("a.toml", "[z]\n[b]\nq = 1\nc = 2\n[a]\n");
    Diagnostics complaints;
    ConfigTable root = file->root(complaints);
    EXPECT_EQ(root.keys(), (std::vector<std::string>{"z", "b", "a"}));
    EXPECT_EQ(root.table("b")->keys(), (std::vector<std::string>{"q", "c"}));
}

}  // namespace
}  // namespace bellhop::parsers
