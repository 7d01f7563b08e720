#include "parsers/config/config_value.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"

namespace bellhop::parsers {
namespace {

using namespace std::chrono_literals;

/// What an operator would see after `read` has taken its values from `text`.
std::string complaints_of(const std::string& text, const std::function<void(ConfigTable&)>& read) {
    const auto file = ConfigFile::parse("a.toml", text);
    Diagnostics complaints;
    ConfigTable root = file->root(complaints);
    read(root);
    std::string shown;
    for (const Diagnostic& each : complaints) shown += render(each, text);
    return shown;
}

TEST(ConfigTable, ReadsEveryKind) {
    const std::string text =
        "name = \"IT\"\nport = 993\nshare = 0.96\nidle = true\nday = 2026-12-25\n"
        "opens = \"08:30\"\ncloses = 16:00:00\nwait = \"1h 30min\"\nlarge = \"25MB\"\nplain = 512\n"
        "words = [\"a\", \"b\"]\nword = \"c\"\nlevel = \"warn\"\nquoted_day = \"2026-12-26\"\n"
        "inline = {x = 1}\n";
    EXPECT_EQ(
        complaints_of(text,
                      [](ConfigTable& root) {
                          EXPECT_EQ(root.text("name"), "IT");
                          EXPECT_EQ(root.integer("port", 1, 65535), 993);
                          EXPECT_EQ(root.real("share", 0, 1), 0.96);
                          EXPECT_EQ(root.real("port", 0, 1000), 993.0);
                          EXPECT_EQ(root.boolean("idle"), true);
                          EXPECT_EQ(root.date("day"), 2026y / 12 / 25d);
                          EXPECT_EQ(root.date("quoted_day"), 2026y / 12 / 26d);
                          EXPECT_EQ(root.time_of_day("opens"), 510min);
                          EXPECT_EQ(root.time_of_day("closes"), 960min);
                          EXPECT_EQ(root.duration("wait", 1s, 2h), 5400s);
                          EXPECT_EQ(root.size("large", 1, 30'000'000), 25'000'000U);
                          EXPECT_EQ(root.size("plain", 1, 1000), 512U);
                          EXPECT_EQ(root.texts("words"), (std::vector<std::string>{"a", "b"}));
                          EXPECT_EQ(root.texts("word"), (std::vector<std::string>{"c"}));
                          EXPECT_EQ(root.one_of<int>("level", {{"info", 1}, {"warn", 2}}), 2);
                          EXPECT_EQ(root.table("inline")->integer("x", 0, 1), 1);
                          EXPECT_EQ(root.text("missing"), std::nullopt);
                          root.refuse_unknown_keys();
                      }),
        "");
}

TEST(ConfigTable, NamesTheKindThatItExpected) {
    EXPECT_EQ(complaints_of("port = \"993\"\n", [](ConfigTable& t) { t.integer("port", 1, 9); }),
              "a.toml:1:8: error: \"port\" must be a whole number, not \"993\"\n"
              "    1 | port = \"993\"\n"
              "      |        ^~~~~\n"
              "      = for example: port = 1\n");
    EXPECT_EQ(complaints_of("name = 7\n", [](ConfigTable& t) { t.text("name"); }),
              "a.toml:1:8: error: \"name\" must be a text, not a whole number\n"
              "    1 | name = 7\n"
              "      |        ^\n"
              "      = for example: name = \"7\"\n");
    EXPECT_EQ(complaints_of("idle = \"yes\"\n", [](ConfigTable& t) { t.boolean("idle"); }),
              "a.toml:1:8: error: \"idle\" must be true or false, not \"yes\"\n"
              "    1 | idle = \"yes\"\n"
              "      |        ^~~~~\n"
              "      = for example: idle = true\n");
    EXPECT_EQ(complaints_of("wait = 30\n", [](ConfigTable& t) { t.duration("wait", 5s, 1h); }),
              "a.toml:1:8: error: \"wait\" must be a duration, not a whole number\n"
              "    1 | wait = 30\n"
              "      |        ^~\n"
              "      = for example: wait = \"5s\"\n");
    EXPECT_EQ(complaints_of("big = \"25 megs\"\n", [](ConfigTable& t) { t.size("big", 1, 9); }),
              "a.toml:1:7: error: \"big\" must be a size, not \"25 megs\"\n"
              "    1 | big = \"25 megs\"\n"
              "      |       ^~~~~~~~~\n"
              "      = for example: big = \"1 bytes\"\n");
    EXPECT_EQ(complaints_of("day = \"2026-02-30\"\n", [](ConfigTable& t) { t.date("day"); }),
              "a.toml:1:7: error: \"day\" must be a date, not \"2026-02-30\"\n"
              "    1 | day = \"2026-02-30\"\n"
              "      |       ^~~~~~~~~~~~\n"
              "      = for example: day = 2026-12-25\n");
    EXPECT_EQ(complaints_of("at = \"25:00\"\n", [](ConfigTable& t) { t.time_of_day("at"); }),
              "a.toml:1:6: error: \"at\" must be a time of day, not \"25:00\"\n"
              "    1 | at = \"25:00\"\n"
              "      |      ^~~~~~~\n"
              "      = for example: at = \"08:30\"\n");
    EXPECT_EQ(complaints_of("share = \"a\"\n", [](ConfigTable& t) { t.real("share", 0, 0.5); }),
              "a.toml:1:9: error: \"share\" must be a number, not \"a\"\n"
              "    1 | share = \"a\"\n"
              "      |         ^~~\n"
              "      = for example: share = 0.5\n");
    EXPECT_EQ(complaints_of("smtp = 1\n", [](ConfigTable& t) { t.table("smtp"); }),
              "a.toml:1:8: error: \"smtp\" must be a section, not a whole number\n"
              "    1 | smtp = 1\n"
              "      |        ^\n"
              "      = for example: [smtp]\n");
    EXPECT_EQ(complaints_of("[name]\n", [](ConfigTable& t) { t.text("name"); }),
              "a.toml:1:1: error: \"name\" must be a text, not a section\n"
              "    1 | [name]\n"
              "      | ^~~~~~\n"
              "      = for example: name = \"...\"\n");
}

TEST(ConfigTable, NamesTheRange) {
    EXPECT_EQ(complaints_of("port = 70000\n", [](ConfigTable& t) { t.integer("port", 1, 65535); }),
              "a.toml:1:8: error: \"port\" is out of range: 70000\n"
              "    1 | port = 70000\n"
              "      |        ^~~~~\n"
              "      = expected 1 to 65535\n");
    EXPECT_EQ(complaints_of("wait = \"1s\"\n", [](ConfigTable& t) { t.duration("wait", 5s, 1h); }),
              "a.toml:1:8: error: \"wait\" is out of range: \"1s\"\n"
              "    1 | wait = \"1s\"\n"
              "      |        ^~~~\n"
              "      = expected 5s to 1h\n");
    EXPECT_EQ(
        complaints_of("big = \"1 GB\"\n", [](ConfigTable& t) { t.size("big", 1, 25'000'000); }),
        "a.toml:1:7: error: \"big\" is out of range: \"1 GB\"\n"
        "    1 | big = \"1 GB\"\n"
        "      |       ^~~~~~\n"
        "      = expected 1 bytes to 25 MB\n");
    EXPECT_EQ(complaints_of("share = nan\n", [](ConfigTable& t) { t.real("share", 0, 1); }),
              "a.toml:1:9: error: \"share\" is out of range: nan\n"
              "    1 | share = nan\n"
              "      |         ^~~\n"
              "      = expected 0 to 1\n");
}

TEST(ConfigTable, TakesBothEndsOfARangeAndNothingBeyond) {
    struct Kind {
        std::function<void(ConfigTable&)> read;
        std::vector<std::string> inside;
        std::vector<std::string> beyond;
    };
    const std::vector<Kind> kinds{
        {[](ConfigTable& t) { t.integer("key", 5, 60); }, {"5", "60"}, {"4", "61"}},
        {[](ConfigTable& t) { t.real("key", 5, 60); }, {"5", "60.0"}, {"4.99", "60.01"}},
        {[](ConfigTable& t) { t.duration("key", 5s, 60s); },
         {"\"5s\"", "\"60s\"", "\"1min\""},
         {"\"4s\"", "\"61s\""}},
        {[](ConfigTable& t) { t.size("key", 5, 60); },
         {"5", "\"60 bytes\""},
         {"4", "\"61 bytes\""}}};
    for (const Kind& kind : kinds) {
        for (const std::string& value : kind.inside) {
            EXPECT_EQ(complaints_of("key = " + value + "\n", kind.read), "");
        }
        for (const std::string& value : kind.beyond) {
            EXPECT_NE(complaints_of("key = " + value + "\n", kind.read), "") << value;
        }
    }
}

TEST(ConfigTable, NamesTheWordsOfAChoice) {
    EXPECT_EQ(complaints_of("log_level = \"wran\"\n",
                            [](ConfigTable& t) {
                                t.choice("log_level", {"info", "warn"});
                            }),
              "a.toml:1:13: error: unknown log level \"wran\"\n"
              "    1 | log_level = \"wran\"\n"
              "      |             ^~~~~~\n"
              "      = expected one of: info, warn\n"
              "      = did you mean \"warn\"?\n");
}

TEST(ConfigTable, SaysWhichKeyIsMissing) {
    EXPECT_EQ(complaints_of("x = 1\n[[mailbox]]\nname = \"\"\n",
                            [](ConfigTable& root) {
                                ConfigTable box = root.tables("mailbox").front();
                                box.required_text("host", "host = \"imap.example.org\"");
                                box.required_text("name", "name = \"it\"");
                                root.require("smtp", "[smtp]");
                            }),
              "a.toml:2:1: error: missing key \"host\"\n"
              "    2 | [[mailbox]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: host = \"imap.example.org\"\n"
              "a.toml:3:8: error: \"name\" must not be empty\n"
              "    3 | name = \"\"\n"
              "      |        ^~\n"
              "      = for example: name = \"it\"\n"
              "a.toml:1:1: error: missing section \"smtp\"\n"
              "    1 | x = 1\n"
              "      | ^\n"
              "      = for example: [smtp]\n");
}

TEST(ConfigTable, RefusesUnknownKeysAndSections) {
    EXPECT_EQ(complaints_of("prot = 1\nvolume = 2\n[[mailboxes]]\n[smpt]\n",
                            [](ConfigTable& root) {
                                root.integer("port", 1, 9);
                                root.tables("mailbox");
                                root.table("smtp");
                                root.refuse_unknown_keys();
                            }),
              "a.toml:1:1: error: unknown key \"prot\"\n"
              "    1 | prot = 1\n"
              "      | ^~~~\n"
              "      = did you mean \"port\"?\n"
              "a.toml:2:1: error: unknown key \"volume\"\n"
              "    2 | volume = 2\n"
              "      | ^~~~~~\n"
              "      = known here: mailbox, port, smtp\n"
              "a.toml:3:3: error: unknown section \"mailboxes\"\n"
              "    3 | [[mailboxes]]\n"
              "      |   ^~~~~~~~~\n"
              "      = did you mean \"mailbox\"?\n"
              "a.toml:4:2: error: unknown section \"smpt\"\n"
              "    4 | [smpt]\n"
              "      |  ^~~~\n"
              "      = did you mean \"smtp\"?\n");
}

TEST(ConfigValue, PointsIntoAText) {
    EXPECT_EQ(complaints_of("words = [\"ok\", 'a(b']\nfull = \"a\\tb\"\n",
                            [](ConfigTable& root) {
                                const ConfigValue word = root.items("words").at(1);
                                root.complain_at(word.where(1, 1), "bracket is not closed");
                                root.warn_at(root.value("full")->where(0, 1), "with an escape");
                            }),
              "a.toml:1:18: error: bracket is not closed\n"
              "    1 | words = [\"ok\", 'a(b']\n"
              "      |                  ^\n"
              "a.toml:2:8: warning: with an escape\n"
              "    2 | full = \"a\\tb\"\n"
              "      |        ^~~~~~\n");
}

TEST(ConfigTable, OutlivesTheMoveOfItsFile) {
    Diagnostics complaints;
    ConfigFile file = *ConfigFile::parse("a.toml", "[desk]\nname = \"IT\"\n");
    ConfigTable desk = *file.root(complaints).table("desk");
    const ConfigFile moved = std::move(file);
    EXPECT_EQ(desk.text("name"), "IT");
}

}  // namespace
}  // namespace bellhop::parsers
