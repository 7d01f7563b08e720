#include "rules/rule/rule_sources.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/text/digest.hpp"
#include "rules/builtin/builtin_files.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

using Names = std::vector<std::string>;

/// All of `files`, from rules.toml on.
struct Opened {
    explicit Opened(Files written, std::size_t most = 100)
        : read{reader_of(written)}, sources{read, most, complaints} {
        sources.open("rules.toml", {"rules.toml", 1, 1, 1});
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    std::string messages() const {
        std::string all;
        for (const parsers::Diagnostic& each : complaints)
            all += each.where.file + ':' + std::to_string(each.where.line) + ": " + each.message;
        return all;
    }

    ReadFile read;
    parsers::Diagnostics complaints = {};
    RuleSources sources;
};

std::string messages_of(Files files, std::size_t most = 100) {
    return Opened{std::move(files), most}.messages();
}

Names order_of(Opened& opened) {
    Names order;
    for (const parsers::ConfigFile& file : opened.sources.files())
        order.push_back(file.root(opened.complaints).where().file);
    return order;
}

TEST(RuleSources, ReadsIncludedFilesFirstAndOnce) {
    Opened opened{{{"rules.toml", "include = [\"a.toml\", \"b.toml\"]"},
                   {"a.toml", "include = \"b.toml\""},
                   {"b.toml", ""}}};
    EXPECT_EQ(order_of(opened), (Names{"b.toml", "a.toml", "rules.toml"}));
    EXPECT_EQ(opened.messages(), "");
}

TEST(RuleSources, LooksBesideTheFileThatIncludes) {
    Opened opened{{{"rules.toml", "include = \"words/net.toml\""},
                   {"words/net.toml", "include = [\"more.toml\"]"},
                   {"words/more.toml", ""}}};
    EXPECT_EQ(order_of(opened), (Names{"words/more.toml", "words/net.toml", "rules.toml"}));
}

TEST(RuleSources, StaysInItsFolderAndAmongItsKind) {
    for (const char* path : {"/etc/all.toml", "../all.toml", "words/../../all.toml", ".."}) {
        EXPECT_EQ(
            messages_of({{"rules.toml", "include = \"" + std::string{path} + "\""}, {path, ""}}),
            "rules.toml:1: \"" + std::string{path} +
                "\" leads out of the folder of the configuration");
    }
    for (const char* path : {"it.password", "words", "words.toml.bak"}) {
        EXPECT_EQ(messages_of({{"rules.toml", "include = \"" + std::string{path} + "\""},
                               {path, "secretpw123"}}),
                  "rules.toml:1: \"" + std::string{path} + "\" is no file ending in .toml");
    }
    // Dots alone lead nowhere.
    EXPECT_EQ(messages_of({{"rules.toml", "include = \"a..b.toml\""}, {"a..b.toml", ""}}), "");
}

TEST(RuleSources, RefusesCirclesAndWhatIsNotThere) {
    EXPECT_EQ(messages_of({{"rules.toml", "include = \"rules.toml\""}}),
              "rules.toml:1: \"rules.toml\" includes itself");
    EXPECT_EQ(messages_of({{"rules.toml", "include = \"a.toml\""},
                           {"a.toml", "\ninclude = \"rules.toml\""}}),
              "a.toml:2: \"rules.toml\" includes itself");
    EXPECT_EQ(messages_of({{"rules.toml", "include = \"no.toml\""}}),
              "rules.toml:1: cannot read \"no.toml\"");
    EXPECT_EQ(messages_of({{"rules.toml", "include = \"builtin:unheard of\""}}),
              "rules.toml:1: cannot read \"builtin:unheard of\"");
    EXPECT_EQ(messages_of({{"rules.toml", "include = \"a.toml\""}, {"a.toml", ""}}, 1),
              "rules.toml:1: too many files");
}

TEST(RuleSources, NamesWhatMayChange) {
    Opened opened{{{"rules.toml", "include = [\"builtin:school\", \"a.toml\"]"}, {"a.toml", ""}}};
    EXPECT_EQ(opened.messages(), "");
    EXPECT_EQ(opened.sources.names(), (Names{"a.toml", "rules.toml"}));
}

TEST(RuleSources, DigestsEveryText) {
    const auto digest = [](const std::string& included) {
        return Opened{{{"rules.toml", "include = \"a.toml\""}, {"a.toml", included}}}
            .sources.digest();
    };
    EXPECT_EQ(digest("x = 1"), digest("x = 1"));
    EXPECT_NE(digest("x = 1"), digest("x = 2"));
}

TEST(RuleSources, ReadsATableBesideTheFileThatNamesIt) {
    Opened opened{{{"rules.toml", "include = \"words/a.toml\""},
                   {"words/a.toml", "table = \"b.points\"\nlost = \"c.points\""},
                   {"words/b.points", "bellhop points 1\nversion b\nstart 0 0 0 0 0\n"}}};
    const std::string before = opened.sources.digest();
    parsers::ConfigTable root = opened.sources.files().front().root(opened.complaints);
    const auto table = opened.sources.table_named(*root.value("table"), "b.points");
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->version(), "b");
    EXPECT_NE(opened.sources.digest(), before);
    EXPECT_EQ(opened.sources.names(), (Names{"rules.toml", "words/a.toml", "words/b.points"}));
    EXPECT_EQ(opened.sources.table_named(*root.value("lost"), "c.points"), nullptr);
    EXPECT_EQ(opened.messages(), "words/a.toml:2: cannot read \"words/c.points\"");
}

TEST(RuleSources, DigestsTheProgramsTableAsItsText) {
    const auto digest = [](const std::string& name) {
        Opened opened{{{"rules.toml", "table = \"" + name + "\""}}};
        parsers::ConfigTable root = opened.sources.files().front().root(opened.complaints);
        EXPECT_NE(opened.sources.table_named(*root.value("table"), name), nullptr);
        return opened.sources.digest();
    };
    const std::string files = parsers::hex(parsers::sha256("table = \"builtin:words\"")) +
                              std::string{builtin_file("builtin:words")->sha256};
    EXPECT_EQ(digest("builtin:words"), parsers::hex(parsers::sha256(files)));
}

TEST(RuleSources, SaysWhereSomethingStoodFirst) {
    EXPECT_EQ(first_place({"a.toml", 7, 1, 1}, {"a.toml", 9, 1, 1}), "first in line 7");
    EXPECT_EQ(first_place({"a.toml", 7, 1, 1}, {"b.toml", 9, 1, 1}), "first in a.toml:7");
}

}  // namespace
}  // namespace bellhop::rules
