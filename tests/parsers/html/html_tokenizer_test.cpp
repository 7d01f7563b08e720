#include "parsers/html/html_tokenizer.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// "<p class=a>" as "<p a>", "</p>" as "</p>", text in quotes.
std::string tokens(std::string_view html) {
    HtmlTokenizer tokenizer{html};
    HtmlToken token;
    std::string text;
    while (tokenizer.next(token)) {
        if (!text.empty()) text += ' ';
        if (token.kind == HtmlTokenKind::text) {
            text += "'" + std::string{token.text} + "'";
        } else {
            text += token.kind == HtmlTokenKind::end_tag ? "</" : "<";
            text += token.name;
            for (const HtmlAttribute& attribute : token.attributes) {
                text += ' ' + std::string{attribute.name} + "=" + std::string{attribute.value};
            }
            text += '>';
        }
    }
    return text;
}

TEST(HtmlTokenizer, CutsTagsAndText) {
    EXPECT_EQ(tokens("<P Class=\"a b\" id='c' dir=ltr hidden>Hi<br/></p>"),
              "<p Class=a b id=c dir=ltr hidden=> 'Hi' <br> </p>");
}

TEST(HtmlTokenizer, PassesOverWhatNobodyReads) {
    for (const char* silent :
         {"<!-- a > b -->", "<!DOCTYPE html>", "<?xml version=\"1.0\"?>",
          "<!--[if mso]><table><![endif]-->", "<style>p > a { color: red }</style>",
          "<script>if (a < b) run('</p>');</script>", "<title>x</title>"}) {
        EXPECT_EQ(tokens(std::string{"a"} + silent + "b").find("color"), std::string::npos);
        const std::string read = tokens(std::string{"<i>a</i>"} + silent + "<b>c</b>");
        EXPECT_NE(read.find("'a'"), std::string::npos) << silent;
        EXPECT_NE(read.find("'c'"), std::string::npos) << silent;
        EXPECT_EQ(read.find("run"), std::string::npos) << silent;
        EXPECT_EQ(read.find("table"), std::string::npos) << silent;
    }
}

/// What is never closed costs only its own opening.
TEST(HtmlTokenizer, ReadsOnBehindWhatIsNeverClosed) {
    for (const char* open :
         {"<!-- ", "<script> ", "<style> ", "<a href=\" ", "<a href=' ", "<! "}) {
        const std::string read = tokens(std::string{"before "} + open + "behind");
        EXPECT_NE(read.find("before"), std::string::npos) << open;
        EXPECT_NE(read.find("behind"), std::string::npos) << open << ": " << read;
    }
}

TEST(HtmlTokenizer, TakesAFreeLessThanForText) {
    EXPECT_EQ(tokens("1 < 2"), "'1 ' '< 2'");
    EXPECT_EQ(tokens("if x <y"), "'if x ' '<y'");
}

TEST(HtmlTokenizer, KeepsSoManyAttributesOnly) {
    std::string tag = "<p";
    for (std::size_t i = 0; i < 2 * max_attributes; ++i) tag += " a" + std::to_string(i) + "=x";
    HtmlTokenizer tokenizer{tag += ">"};
    HtmlToken token;
    ASSERT_TRUE(tokenizer.next(token));
    EXPECT_EQ(token.attributes.size(), max_attributes);
    EXPECT_EQ(token.attribute("a0"), "x");
    EXPECT_FALSE(token.has_attribute("a63"));
}

}  // namespace
}  // namespace bellhop::parsers
