#include "parsers/config/known_name.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

const std::vector<std::string> people{"Tom Tech", "Tess", "Raj Patel", "Ann", "Ann Marie", "Zoë"};

TEST(KnownName, IsWhatIsMeant) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"Tess", "Tess"},     {"tess", "Tess"},         {"tes", "Tess"},
        {"Tom", "Tom Tech"},  {"tom tech", "Tom Tech"}, {"R", "Raj Patel"},
        {"pat", "Raj Patel"}, {"raj p", "Raj Patel"},   {"Ann", "Ann"},
        {"ANN", "Ann"},       {"ann m", "Ann Marie"},   {"marie", "Ann Marie"},
        {"zo", "Zoë"},        {"tech", "Tom Tech"}};
    for (const auto& [typed, name] : cases) {
        const KnownName found = known_name("technician", typed, people);
        EXPECT_EQ(found.name, name) << typed;
        EXPECT_EQ(found.complaint, "") << typed;
    }
}

TEST(KnownName, SaysWhyNoneIsMeant) {
    const std::string there_are = "; there are: Tom Tech, Tess, Raj Patel, Ann, Ann Marie, Zoë";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"T", "\"T\" can mean several: Tom Tech, Tess"},
        {"an", "\"an\" can mean several: Ann, Ann Marie"},
        {"Tes s", "there is no technician \"Tes s\"" + there_are + "; did you mean \"Tess\"?"},
        {"atel", "there is no technician \"atel\"" + there_are},
        {"", "there is no technician \"\"" + there_are},
        {" ", "there is no technician \" \"" + there_are}};
    for (const auto& [typed, complaint] : cases) {
        const KnownName found = known_name("technician", typed, people);
        EXPECT_EQ(found.name, "") << typed;
        EXPECT_EQ(found.complaint, complaint);
    }
    EXPECT_EQ(known_name("team", "MIS", {}).complaint, "there is no team \"MIS\"");
    EXPECT_TRUE(known_name("team", "x", std::vector<std::string>(40, "t"))
                    .complaint.ends_with(", and others"));
}

TEST(KnownName, OfEveryNameIsItself) {
    for (const std::string& name : people) EXPECT_EQ(known_name("x", name, people).name, name);
}

}  // namespace
}  // namespace bellhop::parsers
