#include "rules/ticket/subject_tag.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

std::vector<std::int64_t> numbers(std::string_view text, std::string_view tag = "HELP") {
    std::vector<std::int64_t> found;
    for (const FoundTag& one : find_tags(text, tag, 10)) {
        found.push_back(static_cast<std::int64_t>(one.ticket));
    }
    return found;
}

TEST(SubjectTag, IsWrittenInOneWay) {
    EXPECT_EQ(subject_tag("HELP", TicketId{1042}), "[HELP#1042]");
}

TEST(FindTags, ReadsThemAsProgramsAndPeopleLeaveThem) {
    for (const char* text : {
             "[HELP#9]", "re:[help#9]", "AW: Re: [HELP# 9 ] x", "[EXTERNAL] RE: [HELP#9] x",
             "Re: [HELP #9] Printer", "Re: [ HELP # 9 ] Printer",
             "[HELP\u00a0#9]",                                    // no-break space
             "[HELP#\u200b9]",                                    // zero width
             "[\u2068HELP#9\u2069]",                              // isolates
             "\uff3bHELP\uff039\uff3d",                           // full-width signs
             "\uff3b\uff28\uff25\uff2c\uff30\uff03\uff19\uff3d",  // full-width all through
             "\u3010HELP\uff039\u3011",                           // lenticular brackets
             "[[HELP#9]]", "[HELP [HELP#9]",
             "\xff\xe2\x82[HELP#9]\xc3",  // bytes that are no UTF-8 around it
         }) {
        EXPECT_EQ(numbers(text), std::vector<std::int64_t>{9}) << text;
    }
}

TEST(FindTags, TakesNothingElseForOne) {
    for (const char* text :
         {"", "HELP#9", "[HELP#]", "[HELP#-9]", "[HELP#9", "[HELP#9a]", "[OTHER#9]", "[HELP#0]",
          "[HELP9]", "[H ELP#9]", "(HELP#9)", "[HELP#9.5]", "[HELP#99999999999999999999]", "["}) {
        EXPECT_TRUE(numbers(text).empty()) << text;
    }
    EXPECT_TRUE(numbers("[#9]", "").empty());
}

TEST(FindTags, TellsWhereTheyStandAndStopsInTime) {
    const std::vector<FoundTag> found = find_tags("é [HELP#7] [help#8] [HELP#9]", "HELP", 2);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].begin, 3U);
    EXPECT_EQ(found[0].end, 11U);
    EXPECT_EQ(found[1].ticket, TicketId{8});
    EXPECT_TRUE(numbers(std::string(70'000, ' ') + "[HELP#9]").empty());
    EXPECT_EQ(numbers(std::string(60'000, '[') + "[HELP#9]"), std::vector<std::int64_t>{9});
}

TEST(WithoutTags, LeavesTheSubjectThatThePersonWrote) {
    EXPECT_EQ(without_tags("Re: [HELP#7] projector [help#8]", "HELP"), "Re: projector");
    EXPECT_EQ(without_tags("Re: [HELP #7] projector", "HELP"), "Re: projector");
    EXPECT_EQ(without_tags("no tag", "HELP"), "no tag");
    EXPECT_EQ(without_tags("[HELP#7]", "HELP"), "");
    EXPECT_EQ(without_tags("[HELP#7] x", ""), "[HELP#7] x");
}

}  // namespace
}  // namespace bellhop::rules
