#include "storage/stored_words.hpp"

#include <gtest/gtest.h>

#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

/// They stand in databases: none may ever change.
TEST(StoredWords, AreWhatStandsInDatabases) {
    EXPECT_EQ(name_of(Direction::in), "in");
    EXPECT_EQ(name_of(Direction::out), "out");
    EXPECT_EQ(name_of(Direction::note), "note");
    EXPECT_EQ(name_of(parsers::MessageKind::human), "human");
    EXPECT_EQ(name_of(parsers::MessageKind::automatic), "automatic");
    EXPECT_EQ(name_of(parsers::MessageKind::bounce), "bounce");
    EXPECT_EQ(name_of(parsers::Disposition::inline_part), "inline");
    EXPECT_EQ(name_of(parsers::Disposition::attachment), "attachment");
}

TEST(StoredWords, AreReadAsTheyWereWritten) {
    for (const Direction each : {Direction::in, Direction::out, Direction::note})
        EXPECT_EQ(direction_of(name_of(each)), each);
    for (const auto each : {parsers::MessageKind::human, parsers::MessageKind::automatic,
                            parsers::MessageKind::bounce})
        EXPECT_EQ(kind_of(name_of(each)), each);
    for (const auto each : {parsers::Disposition::inline_part, parsers::Disposition::attachment})
        EXPECT_EQ(disposition_of(name_of(each)), each);
    const std::vector<parsers::Evidence> evidence{{"a", parsers::EvidenceGrade::weak},
                                                  {"b", parsers::EvidenceGrade::medium},
                                                  {"c", parsers::EvidenceGrade::strong}};
    EXPECT_EQ(evidence_of(pairs_of(evidence)), evidence);
    EXPECT_EQ(pairs_of(evidence)[2], (std::pair<std::string, std::string>{"c", "strong"}));
    const std::vector<parsers::Defect> defects{{"nul_bytes", "it holds NUL bytes"}};
    const auto read = defects_of(pairs_of(defects));
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0].code, "nul_bytes");
    EXPECT_EQ(read[0].text, "it holds NUL bytes");
}

TEST(StoredWords, AreDamageWhereNobodyKnowsThem) {
    for (const char* unknown : {"", "In", "inn", "bounced"}) {
        EXPECT_THROW(direction_of(unknown), DatabaseError) << unknown;
        EXPECT_THROW(kind_of(unknown), DatabaseError) << unknown;
        EXPECT_THROW(disposition_of(unknown), DatabaseError) << unknown;
    }
    EXPECT_THROW(evidence_of({{"a", "certain"}}), DatabaseError);
}

}  // namespace
}  // namespace bellhop::storage
