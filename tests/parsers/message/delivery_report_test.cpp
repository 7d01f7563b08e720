#include "parsers/message/delivery_report.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Recipients = std::vector<ReportedRecipient>;

Message bounce(std::string text, std::string subject = "failure notice") {
    Message message;
    message.from = Address{"", "MAILER-DAEMON@mx.example"};
    message.to = {{"", "desk@school.example"}};
    message.subject = std::move(subject);
    message.text = std::move(text);
    return message;
}

TEST(DeliveryReport, ReadsTheFieldsOfRfc3464) {
    const auto report = read_delivery_report(
        bounce("Sorry."),
        {{"text/plain", "Sorry."},
         {"message/delivery-status",
          "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; bo@example.org\nAction: "
          "failed\n"
          "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user here\n\n"
          "Original-Recipient: rfc822;<cy@example.org>\nFinal-Recipient: local; cy\nAction: "
          "Delayed (4h)\n"
          "Status: 4.4.7\n"},
         {"message/rfc822", "Subject: Key\nMessage-ID:\n <1.2@desk.example>\n\nlost\n"}});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->recipients,
              (Recipients{{"bo@example.org", "failed", "5.1.1", "550 5.1.1 no such user here"},
                          {"cy@example.org", "delayed", "4.4.7", ""}}));
    EXPECT_EQ(report->original_message_id, "1.2@desk.example");
}

TEST(DeliveryReport, ReadsGroupsThatRunTogether) {
    const auto report = read_delivery_report(
        bounce(""), {{"message/delivery-status",
                      "Reporting-MTA: dns; mx\r\nFinal-Recipient: rfc822; a@example.org\r\nAction: "
                      "failed\r\nStatus: 5.0.0\r\n"
                      "Final-Recipient: rfc822; b@example.org\r\nStatus: 2.1.5\r\n"},
                     {"text/rfc822-headers", "message-id: <3@desk.example>\n"}});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->recipients, (Recipients{{"a@example.org", "failed", "5.0.0", ""},
                                              {"b@example.org", "delivered", "2.1.5", ""}}));
    EXPECT_EQ(report->original_message_id, "3@desk.example");
}

TEST(DeliveryReport, ReadsTheWordsOfQmail) {
    const auto report = read_delivery_report(
        bounce(
            "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to "
            "deliver your message.\n\n"
            "<bo@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.2.2 "
            "mailbox full\n\n"
            "--- Below this line is a copy of the message.\n\nReturn-Path: <desk@school.example>\n"
            "Message-ID: <4@desk.example>\nTo: bo@example.org\n\nlost\n"),
        {});
    ASSERT_TRUE(report);
    EXPECT_EQ(
        report->recipients,
        (Recipients{
            {"bo@example.org", "failed", "5.2.2",
             "192.0.2.1 does not like recipient. Remote host said: 550 5.2.2 mailbox full"}}));
    EXPECT_EQ(report->original_message_id, "4@desk.example");
}

TEST(DeliveryReport, ReadsTheWordsOfEximSendmailExchangeAndGmail) {
    for (const std::string text : {"A message that you sent could not be delivered to one or more "
                                   "of its\nrecipients. The following address(es) "
                                   "failed:\n\n  bo@example.org\n    host mx.example.org "
                                   "[192.0.2.1]: 550 5.1.1 no such user\n",
                                   "   ----- The following addresses had permanent fatal errors "
                                   "-----\n<bo@example.org>\n    (reason: 550 5.1.1 no such "
                                   "user)\n",
                                   "Your message did not reach some or all of the intended "
                                   "recipients.\n\n      Subject: Key\n\nThe following "
                                   "recipient(s) cannot be reached:\n\n      'bo@example.org' on "
                                   "5/3/2021 10:12 AM\n            550 5.1.1 no such user\n",
                                   "Delivery to the following recipient failed permanently:\n\n    "
                                   " bo@example.org\n\nTechnical details:\nThe error "
                                   "was:\n550 5.1.1 no such user\n",
                                   "<bo@example.org>: host mx.example.org[192.0.2.1] said: 550 "
                                   "5.1.1 no such user\n    (in reply to RCPT TO command); "
                                   "could not be delivered\n"}) {
        const auto report = read_delivery_report(bounce(text), {});
        ASSERT_TRUE(report) << text;
        ASSERT_EQ(report->recipients.size(), 1U) << text;
        EXPECT_EQ(report->recipients[0].address, "bo@example.org");
        EXPECT_EQ(report->recipients[0].action, "failed");
        EXPECT_EQ(report->recipients[0].status, "5.1.1") << text;
        EXPECT_NE(report->recipients[0].diagnostic.find("no such user"), std::string::npos) << text;
    }
}

TEST(DeliveryReport, TellsADelayFromAFailure) {
    const auto report =
        read_delivery_report(bounce("This is a warning message only. Your message has been "
                                    "delayed.\n\n  bo@example.org\n    451 4.4.1 timeout\n",
                                    "Warning: message delayed"),
                             {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->recipients,
              (Recipients{{"bo@example.org", "delayed", "4.4.1", "451 4.4.1 timeout"}}));
}

TEST(DeliveryReport, TellsByTheStatusWhatHappenedWhereNoActionIsNamed) {
    using Case = std::pair<std::string, std::string>;  // status, action
    for (const auto& [status, action] :
         {Case{"2.0.0", "delivered"}, Case{"2.1.5", "delivered"}, Case{"4.4.7", "delayed"},
          Case{"4.2.2", "delayed"}, Case{"5.1.1", "failed"}, Case{"5.0.0", "failed"}}) {
        const auto report = read_delivery_report(
            bounce("Sorry."), {{"message/delivery-status",
                                "Reporting-MTA: dns; mx.example\n\n"
                                "Final-Recipient: rfc822; bo@example.org\nStatus: " +
                                    status + "\n"}});
        ASSERT_TRUE(report) << status;
        EXPECT_EQ(report->recipients, (Recipients{{"bo@example.org", action, status, ""}}));
    }
}

TEST(DeliveryReport, ReadsFailedRecipientsFromTheHeader) {
    Message message =
        bounce("Delivery failed permanently.", "Delivery Status Notification (Failure)");
    message.fields = {{"X-Failed-Recipients", "bo@example.org, cy@example.org"}};
    const auto report = read_delivery_report(message, {});
    ASSERT_TRUE(report);
    ASSERT_EQ(report->recipients.size(), 2U);
    EXPECT_EQ(report->recipients[1].address, "cy@example.org");
}

TEST(DeliveryReport, ReadsNotificationsInJson) {
    const std::string json =
        R"({"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":)"
        R"([{"emailAddress":"bo@example.org","action":"failed","status":"5.1.1",)"
        R"("diagnosticCode":"smtp; 550 5.1.1 unknown"}]},"mail":{"messageId":"0101-ses",)"
        R"("destination":["bo@example.org"]}})";
    Message message = bounce(json);
    message.from = Address{"", "no-reply@sns.example"};
    const auto report = read_delivery_report(message, {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->recipients,
              (Recipients{{"bo@example.org", "failed", "5.1.1", "550 5.1.1 unknown"}}));
    EXPECT_EQ(report->original_message_id, "0101-ses");

    std::string escaped = "{\"Type\" : \"Notification\", \"Message\" : \"";
    for (const char c : json) escaped += c == '"' ? std::string{"\\\""} : std::string{c};
    message.text = escaped + "\"}";
    const auto inner = read_delivery_report(message, {});
    ASSERT_TRUE(inner);
    EXPECT_EQ(inner->recipients, report->recipients);
}

TEST(DeliveryReport, ReadsTheKindOfANotificationInJson) {
    struct Case {
        std::string type;
        std::string list;  // of the recipients, where it stands
        std::string action;
    };
    const std::vector<Case> cases{
        {"Bounce", R"("bounce":{"bouncedRecipients":)", "failed"},
        {"Delivery", R"("delivery":{"recipients":)", "delivered"},
        {"DeliveryDelay", R"("deliveryDelay":{"delayedRecipients":)", "delayed"},
        {"Bounce", R"("mail":{"destination":)", "failed"},
        {"DeliveryDelay", R"("mail":{"destination":)", "delayed"}};
    for (const Case& one : cases) {
        for (const std::string key : {"notificationType", "eventType"}) {
            for (const std::string who :
                 {R"(["bo@example.org"])", R"([{"emailAddress":"bo@example.org"}])"}) {
                const std::string json =
                    "{\"" + key + "\":\"" + one.type + "\"," + one.list + who + "}}";
                const auto report = read_delivery_report(bounce(json), {});
                ASSERT_TRUE(report) << json;
                EXPECT_EQ(report->recipients, (Recipients{{"bo@example.org", one.action, "", ""}}))
                    << json;
            }
        }
    }
}

TEST(DeliveryReport, IsNoneForOrdinaryMailAndOtherReports) {
    Message message = bounce(
        "Mail to <bo@example.org> could not be delivered: 550 5.1.1. What can I do?", "Beamer");
    message.from = Address{"Ann", "ann@example.org"};
    EXPECT_FALSE(read_delivery_report(message, {}));
    EXPECT_FALSE(read_delivery_report(bounce("complaint"),
                                      {{"message/feedback-report", "Feedback-Type: abuse\n"}}));
    EXPECT_FALSE(read_delivery_report(
        bounce("read"), {{"message/disposition-notification", "Disposition: displayed\n"}}));
}

TEST(DeliveryReport, NamesNeitherSenderNorDesk) {
    const auto report = read_delivery_report(
        bounce("Your message to <bo@example.org> could not be delivered.\n\nFrom: "
               "desk@school.example\n"),
        {});
    ASSERT_TRUE(report);
    ASSERT_EQ(report->recipients.size(), 1U);
    EXPECT_EQ(report->recipients[0].address, "bo@example.org");
}

TEST(DeliveryReport, IsBoundedForHostileReports) {
    std::string status;
    for (int i = 0; i < 20'000; ++i)
        status += "Final-Recipient: rfc822; a" + std::to_string(i) + "@example.org\n";
    const auto report = read_delivery_report(bounce(std::string(200'000, '@')),
                                             {{"message/delivery-status", status}});
    ASSERT_TRUE(report);
    EXPECT_LE(report->recipients.size(), 200U);
}

}  // namespace
}  // namespace bellhop::parsers
