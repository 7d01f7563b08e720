#include "parsers/html/html_entities.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

struct Case {
    std::string html;
    char32_t value;
    std::size_t length;
};

void expect(EntityPlace place, const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        const Entity read = entity_at(each.html, place);
        EXPECT_EQ(read.value, each.value) << each.html;
        EXPECT_EQ(read.length, each.length) << each.html;
    }
}

TEST(HtmlEntities, ReadsNamesAndNumbers) {
    expect(EntityPlace::text, {{"&amp;", U'&', 5},
                               {"&euro;s", 0x20AC, 6},
                               {"&Eacute;", 0xC9, 8},
                               {"&eacute;", 0xE9, 8},
                               {"&thetasym;", 0x3D1, 10},
                               {"&#65;", U'A', 5},
                               {"&#65 ", U'A', 4},
                               {"&#x1F600;", 0x1F600, 9},
                               {"&#XE9;", 0xE9, 6}});
}

TEST(HtmlEntities, MeansWindows1252BelowLatin1) {
    expect(EntityPlace::text,
           {{"&#128;", 0x20AC, 6}, {"&#146;", 0x2019, 6}, {"&#x97;", 0x2014, 6}});
}

TEST(HtmlEntities, ShowsNumbersThatNameNoCharacter) {
    expect(EntityPlace::text, {{"&#0;", 0xFFFD, 4},
                               {"&#xD800;", 0xFFFD, 8},
                               {"&#x110000;", 0xFFFD, 10},
                               {"&#99999999999;", 0xFFFD, 14}});
}

TEST(HtmlEntities, AreBoundedInLength) {
    const Entity read = entity_at("&#" + std::string(1000, '9'), EntityPlace::text);
    EXPECT_EQ(read.value, 0xFFFDU);
    EXPECT_LE(read.length, 20U);
}

TEST(HtmlEntities, LackTheirSemicolonOnlyWhereOldOnesMay) {
    expect(EntityPlace::text, {{"&nbsp x", 0xA0, 5},
                               {"&copy2", 0xA9, 5},
                               {"&ampere", U'&', 4},
                               {"&euro 5", 0, 0},
                               {"&hellip", 0, 0}});
}

TEST(HtmlEntities, LeaveAddressesInAttributesAlone) {
    expect(EntityPlace::attribute,
           {{"&copy=2", 0, 0}, {"&copyright", 0, 0}, {"&amp;b=1", U'&', 5}, {"&amp", U'&', 4}});
}

TEST(HtmlEntities, AreNotEveryAmpersand) {
    expect(EntityPlace::text, {{"", 0, 0},
                               {"&", 0, 0},
                               {"& b", 0, 0},
                               {"&;", 0, 0},
                               {"&#;", 0, 0},
                               {"&#x;", 0, 0},
                               {"&unheardof;", 0, 0},
                               {"amp;", 0, 0}});
}

}  // namespace
}  // namespace bellhop::parsers
