#include "parsers/message/robot_address.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// Each name as systems spell it, and each with something before and behind it.
TEST(RobotAddress, ThatSaysSoIsReadByNobody) {
    for (const std::string name :
         {"noreply",           "no-reply",     "no_reply",        "No.Reply",
          "donotreply",        "do-not-reply", "Do_Not.Reply",    "dont-reply",
          "noanswer",          "no-answer",    "nicht-antworten", "keineantwort",
          "ne-pas-repondre",   "no_responder", "nao-responda",    "non.rispondere",
          "niet-beantwoorden", "svara-inte",   "nie-odpowiadac",  "unattended",
          "autoresponder",     "auto-reply"}) {
        for (const std::string& local :
             {name, name + "-calendar", name + "123", name + "+a=b", "alerts-" + name,
              "alerts." + name, "Billing_" + name + "_eu", "system+" + name}) {
            EXPECT_EQ(reader_of(local + "@x.example"), AddressReader::nobody) << local;
        }
    }
    EXPECT_EQ(reader_of("mailnoreply@x.example"), AddressReader::nobody);
    EXPECT_EQ(reader_of("no-reply"), AddressReader::nobody) << "without a domain";
}

TEST(RobotAddress, OfAProgramIsNotRead) {
    for (const char* local : {"MAILER-DAEMON", "postmaster", "owner-staff", "staff-request",
                              "staff-bounces", "staff-owner", "bounces+12-ab", "bounce-17",
                              "bounces", "prvs=1234ab=ann", "msprvs1=19999=bounces", "listserv",
                              "majordomo", "mailman", "www-data", "nobody", "cron", "daemon"}) {
        EXPECT_EQ(reader_of(std::string{local} + "@x.example"), AddressReader::program) << local;
    }
}

TEST(RobotAddress, OfARoleMayBeRead) {
    for (const char* local : {"abuse", "root", "Webmaster", "hostmaster"}) {
        EXPECT_EQ(reader_of(std::string{local} + "@x.example"), AddressReader::role) << local;
        EXPECT_FALSE(is_robot_address(std::string{local} + "@x.example")) << local;
    }
}

TEST(RobotAddress, OfAPersonIsNone) {
    for (const char* local :
         {"ann", "owner", "request", "bounce.house.hire", "reply", "noel.reply", "nino.reply",
          "replyno", "office", "a.postmaster", "cronin", "daemonica", "rootes", "webmasters.office",
          "answer.no", "it.request.form", ""}) {
        EXPECT_EQ(reader_of(std::string{local} + "@x.example"), AddressReader::person) << local;
    }
    EXPECT_EQ(reader_of("ann@noreply.example"), AddressReader::person) << "only a domain";
    EXPECT_EQ(reader_of(""), AddressReader::person);
}

}  // namespace
}  // namespace bellhop::parsers
