#include "parsers/message/two_forms.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::parsers {
namespace {

const std::string words =
    "Hello, the printer in the office is jammed again and nobody can open the lower tray. ";

TEST(ChooseForm, KeepsThePlainTextThatSaysTheSame) {
    for (const std::string html :
         {"<p>" + words + "</p>", "<style>p { color: red; margin: 0 0 0 0 }</style><p>" + words,
          "<title>no title of mine</title><!-- a b c d e f g h i j --><p>" + words,
          "<p>" + words + "&nbsp;&nbsp;</p><p>&nbsp;</p><p>&nbsp;</p><p>&nbsp;</p>",
          "<p>Hello, <b>the</b> printer in the <i>office</i> is jammed again and nobody can open "
          "the "
          "lower tray.</p><img src=\"cid:logo\">",
          "<p>" + words + "</p><a href=\"https://elm.example/x\"><img src=\"cid:logo\"></a>"}) {
        EXPECT_EQ(choose_form(words, html).form, TextForm::plain) << html;
    }
}

TEST(ChooseForm, KeepsLineBreaksOfThePlainText) {
    EXPECT_EQ(choose_form("Hello,\nthe printer in\nthe office is\njammed",
                          "<p>Hello, the printer "
                          "in the office is jammed")
                  .form,
              TextForm::plain);
    EXPECT_EQ(choose_form("打印机\n坏了，请\n修理", "<p>打印机坏了，请修理</p>").form,
              TextForm::plain);
}

TEST(ChooseForm, TakesTheHtmlThatSaysMore) {
    const std::string table =
        "<table><tr><td>Tablet seven</td><td>cracked screen</td></tr><tr><td>Tablet nine</td>"
        "<td>without sound</td></tr></table>";
    for (const std::string plain :
         {std::string{}, std::string{"-"}, words, std::string{"[image: logo]"}}) {
        EXPECT_EQ(choose_form(plain, "<p>" + words + "</p>" + table).form, TextForm::html) << plain;
    }
    // Half the text, of any length.
    std::string half;
    std::string whole = "<p>";
    for (int i = 0; i < 300; ++i) {
        const std::string word = "word" + std::to_string(i) + " ";
        if (i < 150) half += word;
        whole += word;
    }
    EXPECT_EQ(choose_form(half, whole).form, TextForm::html);
}

TEST(ChooseForm, TakesTheHtmlThatLeadsSomewhere) {
    const std::string html =
        "<p>" + words +
        "Please <a href=\"https://elm.example/form?a=1&amp;b=2\">look here</a>.</p>";
    EXPECT_EQ(choose_form(words + "Please look here.", html).form, TextForm::html);
    EXPECT_EQ(
        choose_form(words + "Please look here <https://elm.example/form?a=1&b=2>.", html).form,
        TextForm::plain);
    EXPECT_EQ(
        choose_form(words + "Please look here.", "<p>" + words +
                                                     "Please <a href=\"mailto:a@elm.example\">look "
                                                     "here</a>.</p>")
            .form,
        TextForm::plain);
}

TEST(ChooseForm, LosesNeitherWhereEachSaysWhatTheOtherDoesNot) {
    const FormChoice choice =
        choose_form(words + "\nThe key lies with Bob in the kitchen until four today.",
                    "<p>" + words +
                        "</p><table><tr><td>Tablet seven</td><td>cracked screen</td></tr>"
                        "<tr><td>Tablet nine</td><td>without any sound</td></tr></table>");
    EXPECT_EQ(choice.form, TextForm::both);
    EXPECT_EQ(choice.addition, "Tablet seven cracked screen\nTablet nine without any sound\n");
}

TEST(ChooseForm, IsReadInAMail) {
    const auto mail = [](const std::string& plain, const std::string& html) {
        return parse_message(
            "From: a@elm.example\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
            "Content-Type: text/plain\r\n\r\n" +
            plain + "\r\n--b\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--b--\r\n");
    };
    const std::string rows =
        "<table><tr><td>Tablet seven</td></tr><tr><td>without any sound</td></tr></table>";
    EXPECT_EQ(mail("Broken ones:", "<p>Broken ones:</p>" + rows).text,
              "Broken ones:\n\nTablet seven\nwithout any sound");
    const Message both =
        mail("The key lies with Bob in the kitchen.", "<p>Broken ones of today:</p>" + rows);
    EXPECT_EQ(
        both.text,
        "The key lies with Bob in the kitchen.\n\nBroken ones of today:\nTablet seven\nwithout "
        "any sound\n");
    EXPECT_EQ(
        both.reply_text,
        "The key lies with Bob in the kitchen.\n\nBroken ones of today:\nTablet seven\nwithout "
        "any sound");
}

TEST(ChooseForm, IsLinear) {
    std::string plain;
    std::string html;
    for (int i = 0; i < 200000; ++i) {
        plain += "a ";
        html += "<a href=x>";
    }
    EXPECT_EQ(choose_form(plain, html).form, TextForm::plain);
    EXPECT_EQ(choose_form("word", std::string(3000000, '<')).form, TextForm::plain);
}

}  // namespace
}  // namespace bellhop::parsers
