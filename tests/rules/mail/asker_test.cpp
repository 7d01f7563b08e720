#include "rules/mail/asker.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

std::string asker(const std::string& fields) {
    const auto found = asker_behind(parsers::parse_message(fields + "\r\nHelp.\r\n"));
    return found ? found->address : std::string{};
}

TEST(Asker, IsWhomAMachineSpeaksFor) {
    for (const char* from :
         {"webforms@hill.example", "Website <www-data@hill.example>", "noreply@forms.example",
          "scanner-office@hill.example", "MFP3@hill.example", "contact.form@hill.example"}) {
        EXPECT_EQ(asker(std::string{"From: "} + from + "\r\nReply-To: Ann <ann@hill.example>\r\n"),
                  "ann@hill.example")
            << from;
    }
}

TEST(Asker, IsTheWriterToAListThatHasPutItselfIntoFrom) {
    const std::string rest =
        "From: \"Bert via Staff\" <staff@lists.example>\r\nReply-To: bert@dale.example\r\n";
    EXPECT_EQ(asker(rest + "List-Id: <staff.lists.example>\r\n"), "bert@dale.example");
    EXPECT_EQ(asker(rest), "") << "anybody may call himself so";
}

/// A forged mail in a head's name with a Reply-To of its own would carry off what the desk answers.
TEST(Asker, IsNotWhomAPersonWritesThere) {
    for (const char* fields :
         {"From: head@hill.example\r\nReply-To: mallory@evil.example\r\n",
          "From: Webb <j.webb@hill.example>\r\nReply-To: mallory@evil.example\r\n",
          "From: webforms@hill.example\r\nReply-To: a@x.example, b@x.example\r\n",
          "From: webforms@hill.example\r\nReply-To: noreply@hill.example\r\n",
          "From: webforms@hill.example\r\nReply-To: webforms@hill.example\r\n",
          "From: webforms@hill.example\r\n", "Reply-To: ann@hill.example\r\n"}) {
        EXPECT_EQ(asker(fields), "") << fields;
    }
}

}  // namespace
}  // namespace bellhop::rules
