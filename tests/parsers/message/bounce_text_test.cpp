#include "parsers/message/bounce_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// "address action status", one a recipient.
std::vector<std::string> read(const std::string& notice,
                              const std::vector<std::string>& ours = {}) {
    std::vector<std::string> all;
    for (const ReportedRecipient& each : recipients_in_text(notice, ours))
        all.push_back(each.address + ' ' + each.action + ' ' + each.status);
    return all;
}

using Lines = std::vector<std::string>;

TEST(BounceText, FindsTheCodeInAServersWords) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"550 5.1.1 <ann@x.example>: User unknown", "5.1.1"},
        {"smtp; 452 4.2.2 mailbox full", "4.2.2"},
        {"(5.7.133) sender not allowed", "5.7.133"},
        {"550 no such user", "5.0.0"},
        {"450 try later", "4.0.0"},
        // An address of a host and a version are no code.
        {"host 5.1.1.7 said hello", ""},
        {"v4.2.2a", ""},
        {"1.5.1.1", ""},
        {"", ""}};
    for (const auto& [words, code] : cases) EXPECT_EQ(status_in(words), code) << words;
}

TEST(BounceText, TakesTypeAndBracketsOffAValue) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"rfc822; <ann@x.example>", "ann@x.example"},
        {"rfc822;ann@x.example", "ann@x.example"},
        {"<ann@x.example>", "ann@x.example"},
        {"ann@x.example; bob", "ann@x.example; bob"},
        {"", ""}};
    for (const auto& [value, bare] : cases) EXPECT_EQ(typed_value(value), bare) << value;
}

TEST(BounceText, ReadsTheFormsOfMailServers) {
    EXPECT_EQ(read("Hi. This is the qmail-send program at x.example.\n\n"
                   "<ann@oak.example>:\n192.0.2.1 does not like recipient.\n"
                   "Remote host said: 550 5.1.1 User unknown\n"),
              (Lines{"ann@oak.example failed 5.1.1"}));
    EXPECT_EQ(read("This is the mail system at host x.example.\n\n"
                   "<ann@oak.example>: host mx.oak.example said: 550 5.7.1 refused\n"
                   "    (in reply to RCPT TO command)\n\n"
                   "<bob@oak.example>: host mx.oak.example said: 452 4.2.2 full\n"),
              (Lines{"ann@oak.example failed 5.7.1", "bob@oak.example failed 4.2.2"}));
    EXPECT_EQ(read("The following address failed:\n\n  ann@oak.example\n    No such person here\n"),
              (Lines{"ann@oak.example failed "}));
}

TEST(BounceText, TakesTheDesksOwnAddressForNoRecipient) {
    const std::string notice =
        "A message that you sent to\n\n  ann@oak.example\n\nfrom\n\n  desk@school.example\n\n"
        "could not be delivered: 550 5.1.1 unknown\n";
    EXPECT_EQ(read(notice, {"desk@school.example"}), (Lines{"ann@oak.example failed 5.1.1"}));
}

TEST(BounceText, NamesNobodyWhereNobodyIsNamed) {
    EXPECT_EQ(read(""), Lines{});
    EXPECT_EQ(read("It could not be delivered.\n"), Lines{});
}

TEST(BounceText, IsBounded) {
    std::string notice;
    for (int i = 0; i < 1000; ++i) notice += "<u" + std::to_string(i) + "@x.example>: 550 no\n";
    EXPECT_EQ(read(notice).size(), max_reported);
}

}  // namespace
}  // namespace bellhop::parsers
