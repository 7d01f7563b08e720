#include "rules/words/wildcard.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

struct Case {
    std::string pattern;
    std::string text;
    bool fits;
};

TEST(Wildcard, StandsForAnyCharactersAndOneDigit) {
    for (const Case& each : {Case{"", "", true},
                             {"", "a", false},
                             {"*", "", true},
                             {"**", "a", true},
                             {"a*c", "ac", true},
                             {"a*c", "abbc", true},
                             {"a*c", "abcd", false},
                             {"*a*b", "xaxb", true},
                             {"*ab", "aab", true},
                             {"*aab", "aaab", true},
                             {"#", "7", true},
                             {"#", "x", false},
                             {"#", "77", false},
                             {"##*", "12ann", true},
                             {"##*", "1ann", false},
                             {"A", "a", false},
                             {"*#", "room 12", true}}) {
        EXPECT_EQ(matches_wildcard(each.pattern, each.text), each.fits)
            << each.pattern << " / " << each.text;
    }
}

TEST(Wildcard, TakesNoMoreThanTheProductOfTheLengths) {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    EXPECT_FALSE(matches_wildcard(pattern + "b", std::string(20000, 'a')));
}

TEST(Wildcard, ComparesAddressesAndDomains) {
    for (const Case& each :
         {Case{"ann@oak.example", "ann@oak.example", true},
          {"*@oak.example", "bob@oak.example", true},
          {"*@oak.example", "bob@sub.oak.example", false},
          {"##*@oak.example", "21smith@oak.example", true},
          {"##*@oak.example", "smith@oak.example", false},
          // A domain stands for those below it, and for no other that ends like it.
          {"oak.example", "ann@oak.example", true},
          {"oak.example", "ann@pupils.oak.example", true},
          {"oak.example", "ann@noak.example", false},
          {"oak.example", "oak.example", false},
          {"*.oak.example", "ann@pupils.oak.example", true},
          {"*.oak.example", "ann@oak.example", false},
          {"*", "ann@anywhere.example", true},
          {"*", "nowhere", false}}) {
        EXPECT_EQ(matches_address(each.pattern, each.text), each.fits)
            << each.pattern << " / " << each.text;
    }
}

}  // namespace
}  // namespace bellhop::rules
