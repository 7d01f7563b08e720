#include "parsers/message/body_forms.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

BodyForms plain(const std::string& text) {
    BodyForms body;
    body.text = text;
    body.has_text = body.has_plain = true;
    return body;
}

BodyForms html(const std::string& markup) {
    BodyForms body;
    body.html = markup;
    body.has_html = true;
    return body;
}

TEST(BodyForms, ReadHtmlAsTextWhereThereIsNoOther) {
    BodyForms body = html("<p>One</p>");
    read_html_as_text(body);
    EXPECT_EQ(body.text, "One");
    EXPECT_FALSE(body.has_plain);
    BodyForms both = plain("Two");
    both.html = "<p>One</p>";
    both.has_html = true;
    read_html_as_text(both);
    EXPECT_EQ(both.text, "Two");
}

TEST(BodyForms, StandOneBelowTheOther) {
    BodyForms body;
    append(body, {});
    EXPECT_TRUE(body.is_empty());
    append(body, html("<p>One</p>"));
    append(body, html("<p>Two</p>"));
    EXPECT_FALSE(body.has_text) << "all of it is HTML";
    EXPECT_EQ(body.html, "<p>One</p>\n<p>Two</p>");
    append(body, plain("Three"));
    EXPECT_EQ(body.text, "One\n\nTwo\nThree");
    EXPECT_TRUE(body.has_plain);
}

TEST(BodyForms, SettleWhichAlternativeIsRead) {
    BodyForms body;
    add_alternative(body, plain("The board is dark, and the lamp of it is red."));
    add_alternative(body, html("<p>The board is dark, and the lamp of it is red.</p>"));
    add_alternative(body, plain("a third"));
    settle_alternatives(body);
    EXPECT_EQ(body.text, "The board is dark, and the lamp of it is red.");
    EXPECT_TRUE(body.has_plain && body.has_html);

    BodyForms excuse;
    add_alternative(excuse, plain("This message requires an HTML viewer."));
    add_alternative(excuse, html("<p>The board is dark, and the lamp of it is red.</p>"));
    settle_alternatives(excuse);
    EXPECT_FALSE(excuse.has_text);
    EXPECT_FALSE(excuse.has_plain);

    BodyForms alone;
    add_alternative(alone, plain(""));
    settle_alternatives(alone);
    EXPECT_TRUE(alone.has_plain);
}

}  // namespace
}  // namespace bellhop::parsers
