#include "rules/people/tell_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/people/people.hpp"

namespace bellhop::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

People people(const std::string& text) {
    auto loaded = load_people("people.toml", text);
    if (loaded.has_error()) {
        ADD_FAILURE() << loaded.error().front().message;
        return {};
    }
    return *std::move(loaded);
}

TEST(TellTable, TellsSomebodyWhereTheFileSaysNothing) {
    for (const People& one : {people(""), people("[tell]\n")}) {
        EXPECT_THAT(one.tell.whom(Occasion::new_ticket), ElementsAre("team"));
        EXPECT_THAT(one.tell.whom(Occasion::chased), ElementsAre("assignee", "manager"));
        EXPECT_THAT(one.tell.whom(Occasion::undelivered), ElementsAre("writer"));
        EXPECT_EQ(one.tell.most_an_hour, 20U);
    }
}

TEST(TellTable, TakesWhatTheFileSaysForWhatItSays) {
    const People one = people(
        "[tell]\nnew = [\"team\", \"Tess\"]\nchased = []\ncomplaint = \"boss@desk.example\"\n"
        "most_an_hour = 3\n");
    EXPECT_THAT(one.tell.whom(Occasion::new_ticket), ElementsAre("team", "Tess"));
    EXPECT_THAT(one.tell.whom(Occasion::chased), IsEmpty());
    EXPECT_THAT(one.tell.whom(Occasion::complaint), ElementsAre("boss@desk.example"));
    EXPECT_THAT(one.tell.whom(Occasion::assigned), ElementsAre("assignee")) << "as before";
    EXPECT_EQ(one.tell.most_an_hour, 3U);
    EXPECT_EQ(one.tell.entries.at(Occasion::new_ticket).spans.at(1).line, 2U);
}

TEST(TellTable, RefusesWhatItDoesNotKnow) {
    for (const auto& [text, message] : std::vector<std::pair<std::string, std::string>>{
             {"[tell]\nchaised = [\"team\"]\n", "unknown key"},
             {"[tell]\nlate = [\"team\"]\n", "unknown key"},
             {"[tell]\nnew = [7]\n", "new"},
             {"[tell]\nmost_an_hour = 0\n", "most_an_hour"}}) {
        const auto loaded = load_people("people.toml", text);
        ASSERT_TRUE(loaded.has_error()) << text;
        EXPECT_THAT(loaded.error().front().message, HasSubstr(message)) << text;
    }
}

}  // namespace
}  // namespace bellhop::rules
