#include "parsers/message/mime_outline.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// The outline in one line: a multipart is "(", its parts, ")", a leaf its body in quotes.
std::string drawn(const Outline& outline) {
    std::string text;
    int open = 0;
    for (const OutlinePart& part : outline.parts) {
        for (; open > part.depth; --open) text += ')';
        if (!text.empty() && text.back() != '(') text += ' ';
        if (part.is_multipart) {
            text += '(';
            ++open;
        } else {
            text += "'" + std::string{part.body} + "'";
        }
    }
    return text + std::string(static_cast<std::size_t>(open), ')');
}

bool has_defect(const Outline& outline, std::string_view code) {
    return std::any_of(outline.defects.begin(), outline.defects.end(),
                       [&](const Defect& defect) { return defect.code == code; });
}

std::string multipart(std::string_view boundary, std::string_view body) {
    return "Content-Type: multipart/mixed; boundary=\"" + std::string{boundary} + "\"\n\n" +
           std::string{body};
}

Outline outlined(std::string_view mail, const MessageLimits& limits = {}) {
    static std::string kept;  // the outline's bodies are views
    kept = mail;
    return outline_of(kept, limits);
}

TEST(MimeOutline, OfABodyWithoutParts) {
    const Outline outline = outlined("Subject: x\n\nhello\n");
    EXPECT_EQ(drawn(outline), "'hello\n'");
    EXPECT_EQ(outline.parts[0].type.value, "text/plain");
    EXPECT_TRUE(outline.defects.empty());
}

TEST(MimeOutline, FindsPartsWithoutTheLineEndsThatBelongToBoundaries) {
    const Outline outline =
        outlined(multipart("b", "preamble\n--b\n\none\n--b\n\ntwo\n\n--b--\nepilogue\n"));
    EXPECT_EQ(drawn(outline), "('one' 'two\n')");
    EXPECT_TRUE(outline.defects.empty());
}

struct Variation {
    const char* name;
    std::string mail;
    const char* drawn;
    const char* defect;  ///< or empty
};

/// What senders get wrong (or right in a strange way) about boundaries.
TEST(MimeOutline, UnderstandsBoundariesAsSendersWriteThem) {
    const std::vector<Variation> variations{
        {"never closed", multipart("b", "--b\n\none\n--b\n\ntwo\n"), "('one' 'two\n')",
         "unterminated_boundary"},
        {"white space behind", multipart("b", "--b \t\n\none\n--b-- \n"), "('one')", ""},
        {"a boundary that begins as another",
         multipart("b",
                   "--b\n" + multipart("bb", "--bb\n\ninner\n--bb--\n") + "--b\n\nouter\n--b--\n"),
         "(('inner') 'outer')", ""},
        {"an inner multipart that is never closed",
         multipart("o", "--o\n" + multipart("i", "--i\n\ninner\n") + "--o\n\nouter\n--o--\n"),
         "(('inner') 'outer')", "unterminated_boundary"},
        {"a dashed line that is no boundary", multipart("b", "--b\n\n-- \nAnn\n--bx\n--b--\n"),
         "('-- \nAnn\n--bx')", ""},
        {"parts behind the end of the outer one",
         multipart("b", "--b\n\none\n--b--\n--b\n\nlate\n--b--\n"), "('one' 'late')", ""},
    };
    for (const Variation& each : variations) {
        for (const char* end : {"\n", "\r\n"}) {
            std::string mail;
            for (const char c : each.mail) mail += c == '\n' ? std::string{end} : std::string{c};
            const Outline outline = outlined(mail);
            std::string found = drawn(outline);
            std::erase(found, '\r');
            EXPECT_EQ(found, each.drawn) << each.name;
            EXPECT_TRUE(*each.defect == '\0' || has_defect(outline, each.defect)) << each.name;
        }
    }
}

TEST(MimeOutline, StopsAtItsBoundsAndSaysSo) {
    MessageLimits limits;
    limits.parts = 3;
    const Outline many =
        outlined(multipart("b", "--b\n\n1\n--b\n\n2\n--b\n\n3\n--b\n\n4\n--b--\n"), limits);
    EXPECT_EQ(many.parts.size(), 3U);
    EXPECT_TRUE(has_defect(many, "too_many_parts"));

    limits = {};
    limits.nesting = 2;
    std::string mail = "\n\ndeep\n";
    for (const char* boundary : {"e", "d", "c", "b", "a"})
        mail = multipart(boundary, "--" + std::string{boundary} + "\n" + mail + "\n--" +
                                       std::string{boundary} + "--\n");
    const Outline deep = outlined(mail, limits);
    const auto& last = deep.parts.back();
    EXPECT_TRUE(last.is_too_deep);
    EXPECT_LE(last.depth, limits.nesting);
    EXPECT_TRUE(has_defect(deep, "nested_too_deep")) << drawn(deep);
}

/// Whatever is cut off a mail, what is left has an outline: each part inside the bytes, depths that
/// make a tree.
TEST(MimeOutline, HoldsForEveryBeginningOfAMail) {
    const std::string mail =
        multipart("o", "--o\n" + multipart("i", "--i\n\none\n--i\nX: y\n\ntwo\n--i--\n") +
                           "--o\nContent-Type: text/html\n\n<p>\n--o--\nrest\n");
    for (std::size_t length = 0; length <= mail.size(); ++length) {
        const std::string_view cut = std::string_view{mail}.substr(0, length);
        const Outline outline = outline_of(cut, {});
        ASSERT_FALSE(outline.parts.empty());
        EXPECT_EQ(outline.parts[0].depth, 0);
        for (std::size_t i = 1; i < outline.parts.size(); ++i) {
            const OutlinePart& before = outline.parts[i - 1];
            EXPECT_LE(outline.parts[i].depth, before.depth + (before.is_multipart ? 1 : 0));
            EXPECT_GE(outline.parts[i].depth, 1);
            const std::string_view body = outline.parts[i].body;
            if (!body.empty()) {
                EXPECT_GE(body.data(), cut.data());
                EXPECT_LE(body.data() + body.size(), cut.data() + cut.size());
            }
        }
    }
}

}  // namespace
}  // namespace bellhop::parsers
