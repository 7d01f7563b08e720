#include "rules/rule/word_list_reader.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"

namespace bellhop::rules {
namespace {

/// The lists of files, in the order given: "name: words; except", and then what was complained of.
std::vector<std::string> read(const std::vector<std::string>& texts, std::size_t most = 1000) {
    parsers::Diagnostics complaints;
    std::vector<parsers::ConfigFile> files;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto file = parsers::ConfigFile::parse(std::to_string(i) + ".toml", texts[i]);
        EXPECT_TRUE(file.has_value()) << texts[i];
        files.push_back(std::move(*file));
    }
    std::vector<parsers::ConfigTable> roots;
    for (const parsers::ConfigFile& file : files) roots.push_back(file.root(complaints));
    RuleReading reading;
    KeywordCount count{most, complaints};
    WordListReader reader{reading, count, complaints};
    for (parsers::ConfigTable& root : roots) reader.name(root);
    for (parsers::ConfigTable& root : roots) reader.read(root);
    std::vector<std::string> said;
    for (const WordList& list : std::move(reader).ordered()) {
        std::string line = list.name + ':';
        for (const Keyword& each : list.words.keywords) line += ' ' + each.written;
        for (const Keyword& each : list.words.except) line += " -" + each.written;
        EXPECT_EQ(list.word_spans.size(), list.words.keywords.size()) << line;
        said.push_back(line);
    }
    for (const parsers::Diagnostic& each : complaints) {
        said.push_back(each.message);
        for (const std::string& hint : each.hints) said.push_back("= " + hint);
    }
    return said;
}

using Said = std::vector<std::string>;

TEST(WordListReader, ReadsListsInBothForms) {
    EXPECT_EQ(read({"[words]\nnet = [\"wifi\", \"internet\"]\n"
                    "lamp = {words = \"lamp*\", except = \"lamp post\"}"}),
              (Said{"net: wifi internet", "lamp: lamp* -lamp post"}));
    EXPECT_EQ(read({"[rule]\n"}), Said{});
}

TEST(WordListReader, PutsAListBehindThoseThatItUses) {
    EXPECT_EQ(read({"[words]\na = \"@b\"\nb = {words = \"x\", except = \"@c\"}\nc = \"y\""}),
              (Said{"c: y", "b: x -@c", "a: @b"}));
}

TEST(WordListReader, ComplainsOfListsThatUseThemselves) {
    EXPECT_EQ(read({"[words]\na = \"@b\"\nb = \"@a\"\nc = \"x\""}),
              (Said{"c: x", "word list \"a\" uses itself", "word list \"b\" uses itself"}));
}

TEST(WordListReader, ChangesAListOfAnIncludedFile) {
    EXPECT_EQ(read({"[words]\nnet = [\"wifi\", \"lan\", \"internet\"]",
                    "[words.net]\nadd = \"vpn\"\nremove = [\"lan\"]"}),
              (Said{"net: wifi internet vpn"}));
    EXPECT_EQ(read({"[words]\nnet = [\"wifi\"]", "[words.net]\nremove = [\"lan\"]"}),
              (Said{"net: wifi", "\"lan\" does not stand in the list \"net\"",
                    "= `bellhop rules show net` prints it"}));
    EXPECT_EQ(read({"[words]\nnet = [\"wifi\"]", "[words.nett]\nadd = \"lan\""}),
              (Said{"net: wifi", "no list \"nett\" to change", "= did you mean \"net\"?"}));
}

TEST(WordListReader, RefusesTheSameNameTwiceAndNoName) {
    EXPECT_EQ(read({"[words]\nnet = \"wifi\"", "[words]\nnet = \"lan\""})[2],
              "word list \"net\" stands twice");
    EXPECT_EQ(read({"[words]\n\"no name\" = \"wifi\""})[1],
              "\"no name\" cannot be the name of a list");
}

TEST(WordListReader, CountsWordsOnce) {
    const Said said = read({"[words]\na = [\"1\", \"2\"]\nb = [\"3\"]\nc = [\"4\"]"}, 2);
    EXPECT_EQ((Said{said.begin() + 3, said.end()}),
              (Said{"too many words", "= at most 2 in all lists and rules"}));
}

}  // namespace
}  // namespace bellhop::rules
