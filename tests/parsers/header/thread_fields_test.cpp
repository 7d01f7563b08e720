#include "parsers/header/thread_fields.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Ids = std::vector<std::string>;

TEST(ThreadFields, ReadsMessageIds) {
    EXPECT_EQ(parse_message_ids("<a@x> <b@y>\t<c@z>"), (Ids{"a@x", "b@y", "c@z"}));
    EXPECT_EQ(parse_message_ids("<a@x><b@y>,<a@x>"), (Ids{"a@x", "b@y"}));
    EXPECT_EQ(parse_message_ids("Your message of \"Monday\" <a@x> (was: lunch)"), (Ids{"a@x"}));
    EXPECT_EQ(parse_message_ids("a@x b@y"), (Ids{"a@x", "b@y"}));
    EXPECT_EQ(
        parse_message_ids("=?utf-8?q?=3C1=2Enotify-1=40desk=2E?= =?utf-8?q?example=3E?=\r\n <b@y>"),
        (Ids{"1.notify-1@desk.example", "b@y"}))
        << "as Python's email package writes long ones";
    EXPECT_EQ(parse_message_ids("<long\t part@x>"), (Ids{"longpart@x"}));
    EXPECT_EQ(parse_message_ids("<<a@x>> <b@y"), (Ids{"a@x", "b@y"}));
    EXPECT_EQ(parse_message_ids("<> < >"), Ids{});
    EXPECT_EQ(parse_message_ids("just some words"), Ids{});
    EXPECT_EQ(parse_message_ids("a@x>"), (Ids{"a@x"}));
}

TEST(ThreadFields, KeepsTheLastIdsOfAnEndlessThread) {
    std::string field;
    for (int i = 0; i < 1000; ++i) field += "<" + std::to_string(i) + "@x> ";
    const Ids ids = parse_message_ids(field);
    ASSERT_EQ(ids.size(), max_message_ids);
    EXPECT_EQ(ids.back(), "999@x");
}

TEST(ThreadFields, ReadsOneMessageId) {
    EXPECT_EQ(parse_message_id(" <a@x> trailing"), "a@x");
    EXPECT_EQ(parse_message_id("a@x"), "a@x");
    EXPECT_EQ(parse_message_id("<a@x"), "a@x");
    EXPECT_EQ(parse_message_id(""), "");
    EXPECT_EQ(parse_message_id(std::string(5000, 'a')).size(), max_message_id_bytes);
}

TEST(ThreadFields, FindsTheBaseSubject) {
    for (const char* subject :
         {"Printer", "Re: Printer", "RE : Printer", "AW: Re: Printer", "Fwd: Printer (fwd)",
          "Re[2]: Printer", "Antw: SV: WG: Printer", "  re:re:Printer ", "回复：Printer"}) {
        EXPECT_EQ(base_subject(subject), "Printer") << subject;
    }
    EXPECT_EQ(base_subject("Reading room"), "Reading room");
    EXPECT_EQ(base_subject("Room 5: projector"), "Room 5: projector");
    EXPECT_EQ(base_subject("Re:"), "");
}

TEST(ThreadFields, TellsReplyFromForward) {
    EXPECT_EQ(subject_mark("AW: Printer"), SubjectMark::reply);
    EXPECT_EQ(subject_mark("WG: Printer"), SubjectMark::forward);
    EXPECT_EQ(subject_mark("Printer"), SubjectMark::none);
}

}  // namespace
}  // namespace bellhop::parsers
