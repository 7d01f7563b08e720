#include "rules/mail/learnt_furniture.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using parsers::Apart;

const parsers::TextPrint print = parsers::print_of(
    "Snow day? When the school is shut everybody is told by text before seven in the morning.");
const std::chrono::sys_seconds monday = std::chrono::sys_days{2026y / 11 / 2};

/// What is known after mails that show the paragraph so, by these people, each about a ticket of
/// its own.
std::vector<LearntFurniture> after(const std::vector<std::pair<std::string, Apart>>& mails) {
    std::vector<LearntFurniture> known;
    int ticket = 0;
    for (const auto& [person, by] : mails) {
        FurnitureSighting sighting;
        sighting.paragraphs = {{print, by}};
        sighting.person = person;
        sighting.ticket = TicketId{++ticket};
        sighting.at = monday + ticket * 1h;
        for (LearntFurniture& one : learnt_from(sighting, known)) {
            const bool is_new = one.id == 0;
            one.id = 1;
            if (is_new) {
                known.push_back(std::move(one));
            } else {
                known.front() = std::move(one);
            }
        }
    }
    return known;
}

bool is_learnt(const std::vector<std::pair<std::string, Apart>>& mails) {
    return !known_furniture(after(mails)).is_empty();
}

TEST(LearntFurniture, IsWhatComesBackBelowNames) {
    EXPECT_FALSE(is_learnt({{"a", Apart::place}, {"b", Apart::place}}));
    EXPECT_TRUE(is_learnt({{"a", Apart::place}, {"b", Apart::place}, {"c", Apart::place}}));
    EXPECT_TRUE(is_learnt({{"a", Apart::place}, {"a", Apart::place}, {"a", Apart::place}}))
        << "of one person, about three things";
    EXPECT_TRUE(is_learnt({{"a", Apart::place}, {"b", Apart::nothing}, {"a", Apart::nothing}}));
    EXPECT_FALSE(is_learnt({{"a", Apart::place}, {"a", Apart::nothing}, {"a", Apart::nothing}}));
}

TEST(LearntFurniture, NeedsMoreWhereNothingSetsItApart) {
    EXPECT_FALSE(is_learnt({{"a", Apart::words}, {"a", Apart::words}, {"a", Apart::words}}));
    EXPECT_TRUE(is_learnt({{"a", Apart::words}, {"b", Apart::words}, {"a", Apart::words}}));
    std::vector<std::pair<std::string, Apart>> mails(5, {"a", Apart::nothing});
    EXPECT_FALSE(is_learnt(mails));
    for (const char* person : {"b", "c"}) mails.emplace_back(person, Apart::nothing);
    EXPECT_FALSE(is_learnt(mails)) << "three people";
    mails.emplace_back("d", Apart::nothing);
    EXPECT_TRUE(is_learnt(mails));
}

TEST(LearntFurniture, CountsAMailAboutTheSameTicketByTheSamePersonOnce) {
    FurnitureSighting sighting;
    sighting.paragraphs = {{print, Apart::place}, {print, Apart::place}};
    sighting.person = "a";
    sighting.ticket = TicketId{7};
    sighting.at = monday;
    std::vector<LearntFurniture> known = learnt_from(sighting, {});
    ASSERT_EQ(known.size(), 1U) << "twice in one mail";
    for (int i = 0; i < 5; ++i) known = learnt_from(sighting, known);
    EXPECT_EQ(known[0].in_place, 1);
    sighting.person = "b";
    EXPECT_EQ(learnt_from(sighting, known)[0].in_place, 2);
}

TEST(LearntFurniture, IsWrittenAgainOnlyNowAndThenOnceItIsKnown) {
    std::vector<LearntFurniture> known =
        after({{"a", Apart::place}, {"b", Apart::place}, {"c", Apart::place}});
    FurnitureSighting sighting{{{print, Apart::place}}, {}, "d", TicketId{9}, monday + 5h};
    EXPECT_TRUE(learnt_from(sighting, known).empty());
    sighting.at = monday + std::chrono::days{40};
    EXPECT_EQ(learnt_from(sighting, known).at(0).last_seen, sighting.at);
}

TEST(LearntFurniture, IsAnImageOfSeveralPeopleOrManyMails) {
    LearntFurniture image;
    image.image = "abc";
    image.in_place = 3;
    image.people = {"a"};
    EXPECT_FALSE(is_furniture(image));
    image.people.emplace_back("b");
    EXPECT_TRUE(is_furniture(image));
    image.people = {"a"};
    image.in_place = 5;
    EXPECT_TRUE(is_furniture(image)) << "a screenshot is not sent five times";
    EXPECT_EQ(known_furniture({&image, 1}).images, std::vector<std::string>{"abc"});
}

TEST(LearntFurniture, IsSeenInMailsOfPeopleOnly) {
    const std::string body =
        "\r\nThe board is dark.\r\n\r\nKind regards\r\nAnn\r\n\r\nSnow day? When the school is "
        "shut "
        "everybody is told by text before seven in the morning.\r\n";
    const parsers::Message human = parsers::parse_message("From: Ann <ann@elm.example>\r\n" + body);
    const FurnitureSighting seen = sighting_in(human, TicketId{3}, monday);
    EXPECT_EQ(seen.paragraphs, (std::vector<parsers::SetOffParagraph>{{print, Apart::place}}));
    EXPECT_EQ(seen.person.size(), 4U) << "too little to tell who it is";
    const parsers::Message robot = parsers::parse_message(
        "From: Ann <ann@elm.example>\r\nAuto-Submitted: auto-generated\r\n" + body);
    EXPECT_TRUE(sighting_in(robot, TicketId{3}, monday).paragraphs.empty());
}

}  // namespace
}  // namespace bellhop::rules
