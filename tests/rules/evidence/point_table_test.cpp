#include "rules/evidence/point_table.hpp"

#include <gtest/gtest.h>

#include "parsers/text/digest.hpp"
#include "rules/builtin/builtin_files.hpp"
#include "rules/evidence/mail_words.hpp"

namespace bellhop::rules {
namespace {

const std::string head = "bellhop points 1\nversion a desk's own\nstart 0.3 -0.1 0 12 -3.1\n";

std::string fault_of(const std::string& text) {
    const auto table = PointTable::read(text);
    return table.has_error() ? table.error() : "none";
}

TEST(PointTable, ReadsWhatIsWritten) {
    const Points start{0.3, -0.1, 0, 12, -3.1};
    const std::vector<std::pair<std::string, Points>> entries{{"wifi", {-1, 2.5, 0, 0, 0}},
                                                              {"no wifi", {1.26, -0.34, 0, 0, -10}},
                                                              {"so", {0.04, 0, -0.04, 0, 0}}};
    const std::string text = written("a desk's own", start, entries);
    EXPECT_EQ(text, head + "no wifi\t1.3 -0.3 0 0 -10\nwifi\t-1 2.5 0 0 0\n");
    const auto table = PointTable::read(text);
    ASSERT_TRUE(table.has_value()) << table.error();
    EXPECT_EQ(table->version(), "a desk's own");
    EXPECT_EQ(table->start(), start);
    EXPECT_EQ(table->size(), 2U);
    ASSERT_NE(table->find(word_key("no wifi")), nullptr);
    EXPECT_EQ(*table->find(word_key("no wifi")), (Points{1.3, -0.3, 0, 0, -10}));
    EXPECT_EQ(table->find(word_key("so")), nullptr);
}

TEST(PointTable, FindsEveryOneOfThousands) {
    std::vector<std::pair<std::string, Points>> entries;
    for (int i = 0; i < 20'000; ++i)
        entries.push_back({"word" + std::to_string(i), {static_cast<double>(i % 90) + 1}});
    const PointTable table{"many", {}, entries};
    for (const auto& [word, points] : entries) {
        ASSERT_NE(table.find(word_key(word)), nullptr) << word;
        EXPECT_EQ(*table.find(word_key(word)), points) << word;
    }
    EXPECT_EQ(table.find(word_key("word20000")), nullptr);
    EXPECT_EQ((PointTable{"none", {}, {}}).find(word_key("word")), nullptr);
}

TEST(PointTable, SaysInWhichLineItIsNone) {
    EXPECT_EQ(fault_of(""), "line 1: no table of points of a version I know");
    EXPECT_EQ(fault_of("bellhop points 2\n"), "line 1: no table of points of a version I know");
    EXPECT_EQ(fault_of("bellhop points 1\n"), "line 2: no version");
    EXPECT_EQ(fault_of("bellhop points 1\nversion x\nstart 1 2\n"),
              "line 3: no points to start with");
    EXPECT_EQ(fault_of(head), "none");
    for (const char* line :
         {"wifi", "wifi\t1", "wifi\t1 2 3 4 5 6", "wifi\t1 2 3 4 x", "wifi\t1 2 3 4 0.25",
          "wifi\t1 2 3 4 101", "wifi\t1 2 3 4 .5", "wifi\t1 2 3 4 --1", "\t1 2 3 4 5", ""}) {
        EXPECT_EQ(fault_of(head + "so\t1 2 3 4 5\n" + line + "\n"),
                  "line 5: no word with its points")
            << line;
    }
    EXPECT_EQ(fault_of(head + "so\t1 2 3 4 5\nso\t1 2 3 4 5\n"), "line 5: \"so\" stands twice");
}

TEST(PointTable, ComesWithTheProgramAsItsTextSays) {
    const BuiltinFile* file = builtin_file("builtin:words");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->sha256, parsers::hex(parsers::sha256(file->text)));
    const auto read = PointTable::read(file->text);
    ASSERT_TRUE(read.has_value()) << read.error();
    EXPECT_GT(read->size(), 5000U);
    const auto embedded = builtin_table("builtin:words");
    ASSERT_NE(embedded, nullptr);
    EXPECT_EQ(embedded->version(), read->version());
    EXPECT_EQ(embedded->start(), read->start());
    EXPECT_EQ(embedded->keys(), read->keys());
    EXPECT_EQ(embedded->points(), read->points());
    for (const std::uint64_t key : read->keys()) EXPECT_EQ(*embedded->find(key), *read->find(key));
    EXPECT_EQ(builtin_table("builtin:school"), nullptr);
    EXPECT_EQ(builtin_file("builtin:nothing"), nullptr);
}

}  // namespace
}  // namespace bellhop::rules
