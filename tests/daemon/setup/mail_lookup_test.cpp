#include "daemon/setup/mail_lookup.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

using rules::NamedHost;

std::string word(int number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
}

std::string name(std::initializer_list<std::string> labels) {
    std::string text;
    for (const std::string& label : labels) text += static_cast<char>(label.size()) + label;
    return text + '\0';
}

constexpr int mx = 15;
constexpr int srv = 33;
constexpr int cname = 5;

/// A record about the question's name, which stands at offset 12.
std::string record(int type, const std::string& data) {
    return word(0xc00c) + word(type) + word(1) + word(0) + word(300) +
           word(static_cast<int>(data.size())) + data;
}

/// RFC 1035 section 4: header, question, answers.
std::string answer(int type, const std::vector<std::string>& records) {
    std::string text = word(1) + word(0x8180) + word(1) + word(static_cast<int>(records.size())) +
                       word(0) + word(0) + name({"school", "example"}) + word(type) + word(1);
    for (const std::string& one : records) text += one;
    return text;
}

TEST(MailLookup, ReadsExchangersWithTheirPreference) {
    const std::string bytes =
        answer(mx, {record(mx, word(10) + name({"mx1", "school", "example"})),
                    // The name goes on at the question's.
                    record(mx, word(5) + std::string{"\3mx2"} + word(0xc00c))});
    EXPECT_EQ(
        named_hosts(bytes, NamedBy::mx),
        (std::vector<NamedHost>{{"mx1.school.example", 0, 10}, {"mx2.school.example", 0, 5}}));
}

TEST(MailLookup, ReadsServicesWithTheirPort) {
    const std::string bytes = answer(
        srv, {record(srv, word(1) + word(7) + word(993) + name({"imap", "school", "example"}))});
    EXPECT_EQ(named_hosts(bytes, NamedBy::srv),
              (std::vector<NamedHost>{{"imap.school.example", 993, 1}}));
}

TEST(MailLookup, ARootMeansThatThereIsNone) {
    EXPECT_EQ(named_hosts(answer(mx, {record(mx, word(0) + name({}))}), NamedBy::mx),
              (std::vector<NamedHost>{{".", 0, 0}}));
}

TEST(MailLookup, OtherRecordsAreLeftOut) {
    EXPECT_EQ(named_hosts(answer(mx, {record(cname, name({"other", "example"}))}), NamedBy::mx),
              std::vector<NamedHost>{});
}

TEST(MailLookup, WhatIsDamagedNamesNobody) {
    const std::string whole =
        answer(mx, {record(mx, word(10) + name({"mx1", "school", "example"}))});
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_EQ(named_hosts(whole.substr(0, length), NamedBy::mx), std::vector<NamedHost>{})
            << length;
    }
    // A name that points to itself.
    EXPECT_EQ(
        named_hosts(answer(mx, {record(mx, word(10) + word(0xc000 + 12 + 20 + 14))}), NamedBy::mx),
        std::vector<NamedHost>{});
    EXPECT_EQ(named_hosts(answer(mx, {record(mx, word(10))}), NamedBy::mx),
              std::vector<NamedHost>{});
}

TEST(MailLookup, TakesNoMoreThanFifty) {
    std::vector<std::string> records(80, record(mx, word(10) + name({"mx", "example"})));
    EXPECT_EQ(named_hosts(answer(mx, records), NamedBy::mx).size(), 50U);
}

}  // namespace
}  // namespace bellhop::daemon
