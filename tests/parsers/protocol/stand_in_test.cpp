#include "parsers/protocol/stand_in.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

const std::string exchange =
    "From: Microsoft Exchange Server 2010\r\nSubject: Retrieval using the IMAP4 protocol failed\r\n"
    " for the following message:\r\n 15541\r\n\r\nThe server couldn't retrieve it.\r\n";
const std::string courier =
    "From: root@localhost\nTo: undisclosed-recipients:;\nSubject: message unavailable\n\nSorry.\n";

TEST(StandIn, KnowsTheApologiesOfServers) {
    EXPECT_EQ(stand_in(exchange), StandIn::apology);
    EXPECT_EQ(stand_in(courier), StandIn::apology);
}

TEST(StandIn, TakesNoMailOfAPersonForOne) {
    const std::string person = "From: ann@hill.example\r\nMessage-ID: <1@hill.example>\r\n";
    EXPECT_EQ(stand_in(person + exchange), StandIn::none);
    EXPECT_EQ(stand_in(person + courier), StandIn::none);
    EXPECT_EQ(stand_in("From: ann@hill.example\r\nSubject: I get \"message unavailable\"\r\n\r\n?"),
              StandIn::none);
    EXPECT_EQ(stand_in("From: ann@hill.example\r\nSubject: help\r\n\r\n" + exchange),
              StandIn::none);
    EXPECT_EQ(stand_in(exchange + std::string(20'000, 'x')), StandIn::none);
    EXPECT_EQ(stand_in(""), StandIn::none);
}

TEST(StandIn, KnowsTheNamesOfAttachmentsThatAreBeingScanned) {
    const auto part = [](const std::string& field) {
        return stand_in("Subject: scan\r\n\r\n--x\r\n" + field + "\r\n\r\nx");
    };
    EXPECT_EQ(part("Content-Disposition: attachment; filename=\"ATP Scan In Progress.eml\""),
              StandIn::scan_in_progress);
    EXPECT_EQ(part("Content-Type: message/rfc822; name=\"Safe Attachments Scan In Progress\""),
              StandIn::scan_in_progress);
    EXPECT_EQ(
        part("Content-Disposition: attachment;\r\n filename*=utf-8''ATP%20Scan%20In%20Progress"),
        StandIn::scan_in_progress);
    EXPECT_EQ(part("What is \"ATP Scan In Progress\"?"), StandIn::none);
    EXPECT_EQ(part("Content-Disposition: attachment; filename=\"Scan In Progress.pdf\""),
              StandIn::none);
}

}  // namespace
}  // namespace bellhop::parsers
