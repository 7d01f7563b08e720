#include "parsers/message/bulk_signs.hpp"

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

Message html_mail(const std::string& html, const std::string& header = {}) {
    return parse_message("From: offers@shop.example\r\nSubject: Whiteboards\r\n" + header +
                         "Content-Type: text/html; charset=utf-8\r\n\r\n" + html);
}
Message text_mail(const std::string& text, const std::string& header = {}) {
    return parse_message("From: offers@shop.example\r\nSubject: Whiteboards\r\n" + header +
                         "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text);
}

const std::string unsubscribe = "<p><a href=\"https://x.example/u?i=7\">Unsubscribe</a></p>";
const std::string web_copy = "<a href=\"https://x.example/v\">View this in your browser</a>";
const std::string point = "<img src=\"https://x.example/o.gif\" width=\"1\" height=\"1\">";

TEST(BulkSigns, AreALinkToBeUnsubscribed) {
    for (const char* html :
         {"<a href='https://x.example/u'>Unsubscribe</a>",
          "<a href='https://x.example/unsubscribe?id=7'>here</a>",
          "If you do not want these, <a href=\"https://x.example\"><b>opt</b>-out</a>.",
          "<a href='mailto:leave@x.example?subject=unsubscribe'>Leave</a>",
          "<a href='https://x.example'>Newsletter abbestellen</a>",
          "<a href='https://x.example'>Se d\xc3\xa9sinscrire</a>"}) {
        EXPECT_TRUE(bulk_signs(html_mail(html)).offers_to_unsubscribe) << html;
    }
    for (const char* html :
         {"<p>How do I unsubscribe from the staff list?</p>", "<a href='#'>Unsubscribe</a>",
          "<a>Unsubscribe</a>", "<a href='https://x.example'>Our site</a>"}) {
        EXPECT_FALSE(bulk_signs(html_mail(html)).offers_to_unsubscribe) << html;
    }
    EXPECT_TRUE(
        bulk_signs(text_mail("News\n\nUnsubscribe: https://x.example/u\n")).offers_to_unsubscribe);
    EXPECT_FALSE(bulk_signs(text_mail("I cannot unsubscribe, can you help?\nhttps://a.example\n"))
                     .offers_to_unsubscribe);
}

TEST(BulkSigns, AreACopyOnTheWeb) {
    EXPECT_TRUE(bulk_signs(html_mail(web_copy)).offers_web_copy);
    EXPECT_TRUE(bulk_signs(text_mail("View online: https://x.example/v\n")).offers_web_copy);
    EXPECT_FALSE(bulk_signs(html_mail("<p>It looks odd in my browser.</p>")).offers_web_copy);
    EXPECT_FALSE(bulk_signs(text_mail("https://hill.example does not open in my browser\n"))
                     .offers_web_copy);
}

TEST(BulkSigns, AreAPictureThatCountsReaders) {
    for (const std::string& html :
         {point, std::string{"<IMG SRC='http://x.example/o' style='WIDTH: 1px; height:1px'>"},
          std::string{"<img src='//x.example/o' width=0 height='0'>"},
          std::string{"<img src='https://x.example/o' style='display:none'>"}}) {
        EXPECT_TRUE(bulk_signs(html_mail(html)).counts_readers) << html;
    }
    for (const char* html : {"<img src='cid:logo' width='1' height='1'>",
                             "<img src='https://x.example/rule.gif' width='600' height='1'>",
                             "<img src='https://x.example/logo.png'>",
                             "<img src='https://x.example/a.png' width='100%' height='auto'>"}) {
        EXPECT_FALSE(bulk_signs(html_mail(html)).counts_readers) << html;
    }
}

TEST(BulkSigns, AreFieldsOfCampaigns) {
    for (const char* field : {"Feedback-ID: 7:x:y\r\n", "X-CSA-Complaints: a@b.example\r\n",
                              "X-Campaign: spring\r\n"}) {
        EXPECT_TRUE(bulk_signs(text_mail("News", field)).names_campaign) << field;
    }
    EXPECT_FALSE(bulk_signs(text_mail("News", "X-Mailer: Thunderbird\r\n")).names_campaign);
}

TEST(BulkSigns, MakeAMailingWhereTwoComeTogether) {
    EXPECT_FALSE(bulk_signs(html_mail(unsubscribe)).is_to_many()) << "one alone";
    EXPECT_FALSE(bulk_signs(html_mail(web_copy + point)).is_to_many())
        << "a service that sends somebody's request so";
    EXPECT_TRUE(bulk_signs(html_mail(unsubscribe + web_copy)).is_to_many());
    EXPECT_TRUE(bulk_signs(html_mail(unsubscribe + point)).is_to_many());
    EXPECT_TRUE(bulk_signs(html_mail(unsubscribe, "Feedback-ID: 7\r\n")).is_to_many());
    EXPECT_FALSE(bulk_signs(Message{}).is_to_many());
}

/// A teacher forwards an offer and asks whether it is genuine.
TEST(BulkSigns, AreNoneOfAMailAboutAnother) {
    const std::string html = unsubscribe + web_copy + point;
    for (const char* header : {"In-Reply-To: <a@b.example>\r\n", "References: <a@b.example>\r\n"}) {
        EXPECT_EQ(bulk_signs(html_mail(html, header)), BulkSigns{}) << header;
    }
    Message forwarded = html_mail(html);
    forwarded.subject = "Fwd: Whiteboards";
    EXPECT_EQ(bulk_signs(forwarded), BulkSigns{});
}

TEST(BulkSigns, AreFoundInLinearTime) {
    std::string html;
    for (int i = 0; i < 200'000; ++i) html += "<a href=\"https://x.example\">";
    EXPECT_FALSE(bulk_signs(html_mail(html)).is_to_many());
    EXPECT_FALSE(bulk_signs(text_mail(std::string(1'000'000, 'x'))).is_to_many());
}

}  // namespace
}  // namespace bellhop::parsers
