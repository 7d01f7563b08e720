#include "parsers/message/json_report.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using Recipients = std::vector<ReportedRecipient>;

constexpr const char* bounce_json =
    R"({"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":)"
    R"([{"emailAddress":"bo@example.org","action":"failed","status":"5.1.1",)"
    R"("diagnosticCode":"smtp; 550 5.1.1 unknown"}]},"mail":{"messageId":"0101-ses",)"
    R"("destination":["bo@example.org"],"headers":[{"name":"Subject","value":"Hi"},)"
    R"({"name":"message-id","value":"<ours@desk.example>"}]}})";

/// `text` as a text of JSON.
std::string quoted(const std::string& text) {
    std::string all = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') all += '\\';
        if (c == '\n') {
            all += "\\n";
        } else {
            all += c;
        }
    }
    return all + '"';
}

TEST(JsonReport, ReadsABounceInEachWrapping) {
    const std::string json = bounce_json;
    std::string broken = json;
    broken.insert(json.find("550 5.1.1") + 3, "\r\n");
    std::string spaced;
    for (const char c : json) spaced += c == ',' ? std::string{",\n    "} : std::string{c};
    const std::string escaped = R"({"Type":"Notification","Message":)" + quoted(json) + "}";
    for (const std::string& text :
         {json, "  \n" + json, json + "\n\n--\nIf you wish to stop receiving notifications, {}",
          spaced, escaped, escaped + "\n--\nbye", broken}) {
        const auto report = read_json_report(text);
        ASSERT_TRUE(report) << text;
        ASSERT_EQ(report->recipients.size(), 1U);
        EXPECT_EQ(report->recipients[0].address, "bo@example.org");
        EXPECT_EQ(report->recipients[0].action, "failed");
        EXPECT_EQ(report->recipients[0].status, "5.1.1");
        EXPECT_EQ(report->original_message_id, "ours@desk.example");
    }
    EXPECT_EQ(read_json_report(json)->recipients[0].diagnostic, "550 5.1.1 unknown");
}

TEST(JsonReport, ReadsEachKindAndWhatIsLeftOut) {
    struct Case {
        std::string json;
        Recipients recipients;
        std::string message_id;
    };
    const std::vector<Case> cases{
        {R"({"notificationType":"Delivery","delivery":{"recipients":["a@x.example","b@x.example"]}})",
         {{"a@x.example", "delivered", "", ""}, {"b@x.example", "delivered", "", ""}},
         ""},
        {R"({"eventType":"DeliveryDelay","deliveryDelay":{"delayedRecipients":[)"
         R"({"emailAddress":"a@x.example","diagnosticCode":"smtp; 421 4.4.2 busy"}]},)"
         R"("mail":{"messageId":"7","commonHeaders":{"messageId":" <c@desk.example> "}}})",
         {{"a@x.example", "delayed", "4.4.2", "421 4.4.2 busy"}},
         "c@desk.example"},
        {R"({"notificationType":"Bounce","mail":{"messageId":"7","destination":["a@x.example"]}})",
         {{"a@x.example", "failed", "", ""}},
         "7"},
        {R"({"notificationType":"Bounce"})", {{"", "failed", "", ""}}, ""},
        // A key of ours in the words of a stranger is no key.
        {R"({"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"diagnosticCode":)"
         R"("\"emailAddress\":\"evil@x.example\"","emailAddress":"a@x.example"}]}})",
         {{"a@x.example", "failed", "", R"("emailAddress":"evil@x.example")"}},
         ""},
        {"{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":"
         "\"\\u0061\\u0040x.example\"}]}}",
         {{"a@x.example", "failed", "", ""}},
         ""}};
    for (const Case& one : cases) {
        const auto report = read_json_report(one.json);
        ASSERT_TRUE(report) << one.json;
        EXPECT_EQ(report->recipients, one.recipients) << one.json;
        EXPECT_EQ(report->original_message_id, one.message_id);
    }
}

TEST(JsonReport, IsNothingWhereItIsNone) {
    const std::string deep = R"({"notificationType":"Bounce","x":)" + std::string(100, '[') +
                             std::string(100, ']') + "}";
    const std::string long_one =
        R"({"notificationType":"Bounce","x":")" + std::string(300 * 1024, 'x') + "\"}";
    const std::string whole = bounce_json;
    for (const std::string& text :
         {std::string{}, std::string{"{}"}, std::string{"[]"}, std::string{"Dear all, {\"a\":1}"},
          std::string{R"({"notificationType":"Complaint"})"},
          std::string{R"({"notificationType":7})"},
          std::string{R"({"Message":"not JSON","notificationType":"Bounce"})"}, deep, long_one,
          R"({"Message":)" + quoted(R"({"Message":)" + quoted(whole) + "}") + "}"}) {
        EXPECT_FALSE(read_json_report(text)) << text.substr(0, 100);
    }
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(read_json_report(whole.substr(0, size))) << size;
    }
}

TEST(JsonReport, SurvivesValuesOfEveryOtherType) {
    const std::vector<std::pair<std::string, std::string>> places{
        {R"("bounce":)", ""},
        {R"("mail":)", ""},
        {R"("bounce":{"bouncedRecipients":)", "}"},
        {R"("bounce":{"bouncedRecipients":[{"emailAddress":)", "}]}"},
        {R"("mail":{"messageId":)", "}"},
        {R"("mail":{"headers":)", "}"},
        {R"("mail":{"headers":[{"name":"Message-ID","value":)", "}]}"},
        {R"("mail":{"commonHeaders":)", "}"},
        {R"("mail":{"destination":)", "}"}};
    for (const auto& [before, behind] : places) {
        for (const std::string value :
             {"null", "true", "7", "1e99", "\"x\"", "[]", "{}", "[[]]", "[null]", "[{}]"}) {
            const std::string json =
                R"({"notificationType":"Bounce",)" + before + value + behind + "}";
            EXPECT_TRUE(read_json_report(json)) << json;
        }
    }
}

}  // namespace
}  // namespace bellhop::parsers
