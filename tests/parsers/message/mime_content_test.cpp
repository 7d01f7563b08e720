#include "parsers/message/mime_content.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/mime_outline.hpp"
#include "parsers/message/mime_tree.hpp"

namespace bellhop::parsers {
namespace {

MimeContent content(const std::string& mail) {
    const MessageLimits limits;
    const Outline outline = outline_of(mail, limits);
    return content_of(outline, tree_of(outline), limits);
}

std::string multipart(const std::string& subtype, const std::vector<std::string>& parts) {
    std::string mail =
        "Content-Type: multipart/" + subtype + "; boundary=b-" + subtype + "\r\n\r\n";
    for (const std::string& part : parts) mail += "--b-" + subtype + "\r\n" + part + "\r\n";
    return mail + "--b-" + subtype + "--\r\n";
}

const std::string plain = "Content-Type: text/plain\r\n\r\nplain words";
const std::string html = "Content-Type: text/html\r\n\r\n<p>html words</p>";
const std::string image =
    "Content-Type: image/png; name=i.png\r\nContent-ID: <i@x>\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\naGk=";

TEST(MimeContent, TakesOneTextOfAlternatives) {
    const MimeContent both = content(multipart("alternative", {plain, html}));
    EXPECT_EQ(both.text, "plain words");
    EXPECT_TRUE(both.has_plain_text);
    EXPECT_EQ(both.html, "<p>html words</p>");
    EXPECT_TRUE(both.attachments.empty());
}

TEST(MimeContent, MakesTextOfHtmlWhereThereIsNoOther) {
    const MimeContent only = content(html);
    EXPECT_EQ(only.text, "html words");
    EXPECT_FALSE(only.has_plain_text);
    EXPECT_EQ(only.html, "<p>html words</p>");
}

TEST(MimeContent, KeepsFilesApartFromText) {
    const std::string note =
        "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=n.txt\r\n\r\nnote";
    const MimeContent mixed = content(multipart("mixed", {plain, note, image}));
    EXPECT_EQ(mixed.text, "plain words");
    ASSERT_EQ(mixed.attachments.size(), 2U);
    EXPECT_EQ(mixed.attachments[0].filename, "n.txt");
    EXPECT_EQ(mixed.attachments[0].bytes, "note");
    EXPECT_EQ(mixed.attachments[1].filename, "i.png");
    EXPECT_EQ(mixed.attachments[1].bytes, "hi");
}

TEST(MimeContent, TellsImagesThatThePageShows) {
    const std::string page = "Content-Type: text/html\r\n\r\n<img src=\"cid:i@x\">";
    const MimeContent related = content(multipart("related", {page, image}));
    ASSERT_EQ(related.attachments.size(), 1U);
    EXPECT_EQ(related.attachments[0].disposition, Disposition::inline_part);
}

TEST(MimeContent, JoinsTextsThatStandOneBelowTheOther) {
    const std::string below = "Content-Type: text/plain\r\n\r\nand more";
    const MimeContent two = content(multipart("mixed", {plain, image, below}));
    EXPECT_NE(two.text.find("plain words"), std::string::npos);
    EXPECT_GT(two.text.find("and more"), two.text.find("plain words"));
    EXPECT_EQ(two.attachments.size(), 1U);
}

TEST(MimeContent, TakesFilesOutOfTheText) {
    const MimeContent encoded =
        content("\r\nSee below.\r\nbegin 644 a.txt\r\n\"86\\`\r\n`\r\nend\r\n");
    EXPECT_TRUE(encoded.has_encoded_files);
    EXPECT_EQ(encoded.attachments.size(), 1U);
}

TEST(MimeContent, IsEmptyOfAnEmptyMail) {
    const MimeContent nothing = content("");
    EXPECT_EQ(nothing.text, "");
    EXPECT_EQ(nothing.html, std::nullopt);
    EXPECT_TRUE(nothing.attachments.empty());
    EXPECT_EQ(nothing.protection, Protection::none);
}

}  // namespace
}  // namespace bellhop::parsers
