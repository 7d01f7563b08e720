#include "rules/mail/no_request.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

parsers::Message with_field(const char* name, const char* body) {
    parsers::Message message;
    message.fields = {{name, body}};
    return message;
}

TEST(NoRequest, IsWhatStrangersSendToMany) {
    for (const auto& message :
         {with_field("List-Unsubscribe", "<https://x.example>"), with_field("List-Id", "<news.x>"),
          with_field("Precedence", " Bulk "), with_field("precedence", "junk")}) {
        EXPECT_EQ(why_no_request(message, SenderIs::stranger), "a stranger's mail to many");
        EXPECT_EQ(why_no_request(message, SenderIs::known), "");
    }
    EXPECT_EQ(why_no_request(with_field("Precedence", "first-class"), SenderIs::stranger), "");
    EXPECT_EQ(why_no_request({}, SenderIs::stranger), "");
}

TEST(NoRequest, IsWhatShowsThatItWasMadeForMany) {
    parsers::Message offer;
    offer.html =
        "<a href='https://x.example/u'>Unsubscribe</a><img src='https://x.example/o' width=1 "
        "height=1>";
    EXPECT_EQ(why_no_request(offer, SenderIs::stranger), "a stranger's mail to many");
    EXPECT_EQ(why_no_request(offer, SenderIs::known), "");
}

TEST(NoRequest, IsAReportAboutNoMailOfOurs) {
    parsers::Message report;
    report.kind = parsers::MessageKind::bounce;
    EXPECT_NE(why_no_request(report, SenderIs::known), "");
    report.kind = parsers::MessageKind::automatic;
    EXPECT_EQ(why_no_request(report, SenderIs::known), "") << "an alarm wants somebody";
}

}  // namespace
}  // namespace bellhop::rules
