#include "parsers/message/attachment_list.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/digest.hpp"

namespace bellhop::parsers {
namespace {

OutlinePart part(const std::string& type) {
    OutlinePart made;
    made.type.value = type;
    return made;
}

TEST(AttachmentList, KeepsNameTypeAndDigest) {
    const MessageLimits limits;
    AttachmentList list{limits};
    const OutlinePart pdf = part("application/pdf");
    list.add(Leaf{pdf, "plan.pdf", {}, "one@x"}, "bytes");
    list.add_file("C:\\secret\\notes.txt", "", "text");
    const auto all = list.take();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].filename, "plan.pdf");
    EXPECT_EQ(all[0].content_type, "application/pdf");
    EXPECT_EQ(all[0].content_id, "one@x");
    EXPECT_EQ(all[0].sha256, hex(sha256("bytes")));
    EXPECT_EQ(all[0].disposition, Disposition::attachment);
    EXPECT_EQ(all[1].filename, "notes.txt");
    EXPECT_EQ(all[1].content_type, "application/octet-stream");
}

TEST(AttachmentList, CallsANamelessMailAfterItsSubject) {
    const MessageLimits limits;
    AttachmentList list{limits};
    const OutlinePart mail = part("message/rfc822");
    list.add(Leaf{mail, {}, {}, {}}, "Subject: =?utf-8?q?Caf=C3=A9?= a/b\r\n\r\nHello");
    list.add(Leaf{mail, {}, {}, {}}, "From: ann@x.example\r\n\r\n");
    const OutlinePart invitation = part("text/calendar");
    list.add(Leaf{invitation, {}, {}, {}}, "BEGIN:VCALENDAR");
    const auto all = list.take();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].filename, "Café a_b.eml");
    EXPECT_EQ(all[1].filename, "message.eml");
    EXPECT_EQ(all[2].filename, "invite.ics");
}

TEST(AttachmentList, IsBounded) {
    MessageLimits limits;
    limits.attachments = 2;
    AttachmentList list{limits};
    for (int i = 0; i < 2; ++i) list.add_file("a", "", "x");
    EXPECT_FALSE(list.is_full());
    list.add_file("a", "", "x");
    EXPECT_TRUE(list.is_full());
    EXPECT_EQ(list.take().size(), 2U);
}

TEST(AttachmentList, KeepsAWinmailThatCannotBeUnpacked) {
    const MessageLimits limits;
    AttachmentList list{limits};
    const OutlinePart tnef = part("application/ms-tnef");
    list.add(Leaf{tnef, "winmail.dat", {}, {}}, "no TNEF at all");
    EXPECT_TRUE(list.has_unread_tnef());
    const auto all = list.take();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].bytes, "no TNEF at all");
}

TEST(AttachmentList, MakesAMailOfWhatIsNestedTooDeep) {
    const MessageLimits limits;
    AttachmentList list{limits};
    const std::string head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    OutlinePart deep = part("multipart/mixed");
    deep.header = read_header_block(head, HeaderOwner::body_part, limits);
    deep.is_too_deep = true;
    list.add(Leaf{deep, {}, {}, {}}, "--b\r\n\r\nHello\r\n--b--");
    const auto all = list.take();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].content_type, "message/rfc822");
    EXPECT_EQ(all[0].bytes, head + "--b\r\n\r\nHello\r\n--b--");
}

TEST(AttachmentList, TellsImagesInTheTextFromAttachments) {
    const MessageLimits limits;
    AttachmentList list{limits};
    const OutlinePart image = part("image/png");
    for (const char* id : {"logo@x", "a b@x", "other@x", ""})
        list.add(Leaf{image, "i.png", {}, id}, id);
    list.mark_inline(
        "<img src=\"cid:logo@x\"><img src='cid:a%20b@x'><p>cid:othe</p><img src=cid:>");
    const auto all = list.take();
    EXPECT_EQ(all[0].disposition, Disposition::inline_part);
    EXPECT_EQ(all[1].disposition, Disposition::inline_part);
    EXPECT_EQ(all[2].disposition, Disposition::attachment);
    EXPECT_EQ(all[3].disposition, Disposition::attachment);
}

}  // namespace
}  // namespace bellhop::parsers
