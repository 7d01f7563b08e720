#include "daemon/view/message_view.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::daemon {
namespace {

parsers::Message message() {
    return parsers::parse_message(
        "From: Ann <ann@school.example>\nTo: help@desk.example\nSubject: Screenshot\nDate: Thu, 5 "
        "Mar 2026 13:00:00 +0100\n"
        "Message-ID: <m1@school.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee "
        "\x1b[31mattached\n"
        "--b\nContent-Type: image/png; name=a.png\nContent-ID: <x@y>\n\nPNG\n--b--\n");
}

TEST(MessageView, GivesTheContractsObject) {
    const boost::json::object object = message_object(message(), "a.eml");
    EXPECT_EQ(object.at("file"), "a.eml");
    EXPECT_EQ(object.at("from"),
              (boost::json::object{{"name", "Ann"}, {"address", "ann@school.example"}}));
    EXPECT_EQ(object.at("date"), "2026-03-05T12:00:00Z");
    EXPECT_EQ(object.at("message_id"), "m1@school.example");
    EXPECT_TRUE(object.at("html").is_null());
    EXPECT_TRUE(object.at("bounce").is_null());
    EXPECT_TRUE(object.at("answerable").is_bool());
    EXPECT_FALSE(object.contains("sender"));
    const boost::json::object& attachment = object.at("attachments").at(0).as_object();
    EXPECT_EQ(attachment.at("filename"), "a.png");
    EXPECT_EQ(attachment.at("size"), 3);
    EXPECT_EQ(attachment.at("disposition"), "attachment");
    EXPECT_EQ(attachment.at("content_id"), "x@y");
    EXPECT_EQ(attachment.at("sha256").as_string().size(), 64U);
}

TEST(MessageView, SaysWhyAMailCannotBeUnderstood) {
    const boost::json::object object = message_object(parsers::parse_message(""), "-");
    EXPECT_EQ(object.at("text"), "");
    EXPECT_FALSE(object.contains("from"));
    EXPECT_FALSE(object.at("defects").as_array().empty());
}

TEST(MessageView, ShowsPeopleNoControlCharacters) {
    const std::string text = readable(message(), "a.eml");
    EXPECT_NE(text.find("From:        Ann <ann@school.example>\n"), std::string::npos) << text;
    EXPECT_NE(text.find("a.png (image/png, 3 bytes)"), std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace bellhop::daemon
