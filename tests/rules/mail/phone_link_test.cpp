#include "rules/mail/phone_link.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(PhoneLink, IsWhatATelephoneDials) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"01632 960001", "01632960001"},
        {"+44 (0)121 496 0000", "+441214960000"},
        {"(0121) 496-0000", "01214960000"},
        {"01632 960 123 ext 4", "01632960123;ext=4"},
        {"0121.496.0000 x12", "01214960000;ext=12"},
        {"01632 960001 or 07700 900123", "01632960001"},
        {"01632 960001 / 02", "01632960001"},
        {"0121 496 0000 extension", "01214960000"},
        {"ring the office", ""},
        {"", ""}};
    for (const auto& [written, dialled] : cases) EXPECT_EQ(phone_link(written), dialled) << written;
}

}  // namespace
}  // namespace bellhop::rules
