// The examples of bellhop-rules(5) do what the page says.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

#include <gtest/gtest.h>

#include "tests/rules/manual_page.hpp"
#include "tests/rules/rules_fixture.hpp"

namespace bellhop::rules {
namespace {

std::vector<std::string> examples() {
    return manual_page("bellhop-rules.5").examples;
}

TEST(RulesManual, ShowsExamplesThatWork) {
    const std::vector<std::string> blocks = examples();
    ASSERT_GT(blocks.size(), 10U);
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const LoadedRules rules = loaded(blocks[0] + blocks[i]);
        EXPECT_FALSE(rules.tests.empty()) << blocks[i];
        for (const TestFailure& failure : run_tests(rules.rules, rules.tests, nullptr)) {
            ADD_FAILURE() << blocks[i] << failure.name << ": "
                          << testing::PrintToString(failure.lines);
        }
    }
}

constexpr const char* nobodys_key = "qqqqqqqqqqqq";

/// All keys that the reader knows where `text` has one that it does not: it lists them.
std::vector<std::string> known_keys(const std::string& text) {
    const auto loaded = load_rules("rules.toml", reader_of({{"rules.toml", text}}), {});
    static const std::string begin = "known here: ";
    std::vector<std::string> keys;
    if (loaded.has_value()) return keys;
    for (const parsers::Diagnostic& each : loaded.error()) {
        if (each.hints.empty() || !each.hints.front().starts_with(begin)) continue;
        std::istringstream names{each.hints.front().substr(begin.size())};
        for (std::string name; std::getline(names >> std::ws, name, ',');) keys.push_back(name);
    }
    return keys;
}

/// A kind of table: lines with the unknown key in it, and how the examples write a key of it.
struct KeyedTable {
    std::string lines;
    std::string written;  // a pattern; KEY stands for the key
};

const std::vector<KeyedTable>& keyed_tables() {
    static const std::string key = nobodys_key;
    static const std::string rule = "[[rule]]\nname = \"r\"\nthen.stop = true\n";
    static const std::string test = "[[test]]\nsubject = \"x\"\n";
    static const std::string alone = "(^|\n)KEY(\\.[^ ]+)? = ";
    static const std::string within = "[{,] KEY = ";
    static const std::vector<KeyedTable> tables{
        {key + " = 1\n" + basics, "(^|\n)(\\[\\[?KEY\\]|KEY = )"},
        {basics + rule + "when." + key + " = 1\n", "(when|unless)\\.KEY(\\.[^ ]+)? = |" + within},
        {basics + rule + "when.text = { words = \"a\", " + key + " = 1 }\n", within},
        {basics + rule + "when.dates = { " + key + " = 1 }\n", within},
        {basics + rule + "when.surge = { " + key + " = 1 }\n", within},
        {basics + rule + "then." + key + " = 1\n", "then\\.KEY = "},
        {basics + "[[rule]]\n" + key + " = 1\n", "(^|\n)KEY(\\.[^ ]+)? = "},
        {basics + "[words]\na = { words = \"x\", " + key + " = 1 }\n", within},
        {basics + "[[boost]]\n" + key + " = 1\n", alone},
        {basics + "[proposals]\n" + key + " = 1\n", alone},
        {basics + test + key + " = 1\n", alone},
        {basics + test + "ticket." + key + " = 1\n", within},
        {basics + test + "earlier." + key + " = 1\n", within},
        {basics + test + "expect." + key + " = 1\n", "expect\\.KEY = "}};
    return tables;
}

TEST(RulesManual, ShowsEveryKeyInAnExample) {
    std::string all;
    for (const std::string& block : examples()) all += block + '\n';
    for (const KeyedTable& table : keyed_tables()) {
        const std::vector<std::string> keys = known_keys(table.lines);
        EXPECT_FALSE(keys.empty()) << table.lines;
        for (const std::string& key : keys) {
            const bool needs_second_file =
                key == "include" || key == "disabled" || key == "replaces";
            if (needs_second_file) continue;
            const std::string pattern = std::regex_replace(table.written, std::regex{"KEY"}, key);
            EXPECT_TRUE(std::regex_search(all, std::regex{pattern}))
                << "no example has the key \"" << key << "\" as in " << table.lines;
        }
    }
}

/// In running text, not in an example.
TEST(RulesManual, ExplainsEveryKey) {
    std::ifstream file{BELLHOP_SOURCE_DIR "/docs/man/bellhop-rules.5"};
    std::set<std::string> words;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(".Bd")) inside = true;
        if (line == ".Ed") inside = false;
        const bool names = line.starts_with(".It Ic ") || line.starts_with(".Ic ") ||
                           line.starts_with(".Pq Ic ") || line.starts_with(".Bq ");
        if (inside || !names) continue;
        std::string word;
        for (const char c : line + ' ') {
            if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
                word += c;
            } else {
                words.insert(std::exchange(word, {}));
            }
        }
    }
    for (const KeyedTable& table : keyed_tables()) {
        for (const std::string& key : known_keys(table.lines))
            EXPECT_TRUE(words.contains(key)) << key << " as in " << table.lines;
    }
}

}  // namespace
}  // namespace bellhop::rules
