#include "daemon/control/request.hpp"

#include <string>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

std::string without_newline(std::string line) {
    EXPECT_TRUE(line.ends_with('\n'));
    line.pop_back();
    EXPECT_EQ(line.find('\n'), std::string::npos) << "one request, one line";
    return line;
}

TEST(Request, ComesBackFromItsLine) {
    const Request request{
        "ticket.order", {{"text", "two\nlines\r\nand \"quotes\" \x01"}, {"ticket", 7}}, "bytes"};
    const auto announced = read_request(without_newline(line_of(request)));
    ASSERT_TRUE(announced) << announced.error();
    EXPECT_EQ(announced->request.name, request.name);
    EXPECT_EQ(announced->request.arguments, request.arguments);
    EXPECT_EQ(announced->body, 5u);
    EXPECT_EQ(text_argument(announced->request, "text"), "two\nlines\r\nand \"quotes\" \x01");
    EXPECT_EQ(number_argument(announced->request, "ticket"), 7);
    EXPECT_EQ(text_argument(announced->request, "ticket"), std::nullopt);
    EXPECT_EQ(number_argument(announced->request, "nothing"), std::nullopt);
    EXPECT_FALSE(flag_argument(announced->request, "text"));
}

TEST(Request, AnAnswerComesBackFromItsLine) {
    for (const Answer& answer : {Answer{0, {{"number", 17}}, ""}, Answer{1, {}, "no mail 18"}}) {
        const auto read = read_answer(without_newline(line_of(answer)));
        ASSERT_TRUE(read) << read.error();
        EXPECT_EQ(read->status, answer.status);
        EXPECT_EQ(read->result, answer.result);
        EXPECT_EQ(read->complaint, answer.complaint);
    }
}

TEST(Request, WhatIsNoneIsRefusedWithAReason) {
    const std::pair<std::string, std::string> table[] = {
        {"", "no JSON: incomplete JSON"},
        {"hello", "no JSON: syntax error"},
        {"[]", "no JSON object"},
        {"{}", "\"request\" names none"},
        {R"({"request":7})", "\"request\" names none"},
        {R"({"request":"status","arguments":[]})", "\"arguments\" is no object"},
        {R"({"request":"status","body":-1})", "\"body\" is no number of bytes"},
        {R"({"request":"status","body":"x"})", "\"body\" is no number of bytes"},
        {R"({"request":"status"} {})", "no JSON: extra data"},
        {R"({"a":)" + std::string(40, '[') + std::string(40, ']') + "}", "no JSON: too deep"},
        {std::string(longest_request_line + 1, ' '), "the line is too long"},
    };
    for (const auto& [line, reason] : table) {
        const auto read = read_request(line);
        ASSERT_FALSE(read) << line.substr(0, 80);
        EXPECT_TRUE(read.error().starts_with(reason)) << read.error();
    }
}

TEST(Request, KnowsWhoThisProcessIs) {
    EXPECT_EQ(own_peer().process, getpid());
    EXPECT_EQ(own_peer().user, getuid());
    EXPECT_FALSE(own_peer().login.empty());
    EXPECT_EQ(peer_of(4'000'000'000U, 1).login, "uid 4000000000");
}

}  // namespace
}  // namespace bellhop::daemon
