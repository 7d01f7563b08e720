#include "parsers/text/text_print.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

const std::string disclaimer =
    "If anything in this message worries you, for example a virus or a loss of data, ring our "
    "office at once. The school answers for nothing that a pupil writes without leave.";

TEST(TextPrint, DoesNotDependOnHowATextIsSet) {
    const std::vector<std::string> forms = {
        "IF ANYTHING in this message worries you, for example a virus or a loss of data, ring our "
        "office at once. The school answers for nothing that a pupil writes without leave.",
        "If anything in this message worries you, for example\na virus or a loss of data, ring "
        "our\noffice at once.  The school answers for nothing\r\nthat a pupil writes without "
        "leave.",
        "* If anything in this message worries you - for example a virus or a loss of data - ring "
        "our office at once! The school answers for nothing that a pupil writes without leave. 17",
        "If anything in this message worries you, for example a virus or a loss of data, ring our "
        "office at once (desk@example.org, https://example.org/x). The school answers for nothing "
        "that a pupil writes without leave."};
    for (const std::string& form : forms) EXPECT_EQ(print_of(form), print_of(disclaimer)) << form;
}

TEST(TextPrint, IsAlikeWhereOneWordIsAnother) {
    for (const auto& [word, other] : std::vector<std::pair<std::string, std::string>>{
             {"office", "secretary"}, {"school", "college"}, {"worries", "troubles"}}) {
        std::string text = disclaimer;
        text.replace(text.find(word), word.size(), other);
        EXPECT_TRUE(are_alike(print_of(text), print_of(disclaimer))) << text;
    }
}

TEST(TextPrint, IsNotAlikeForOtherTexts) {
    const std::vector<std::string> texts = {
        disclaimer,
        "The printer in the main office is jammed again and nobody can open the lower tray, could "
        "you please send somebody before the parents' evening?",
        "All the laptops of the trolley in room twelve ask for a password that none of us has been "
        "given, and the lesson starts in an hour from now.",
        "我们学校的打印机坏了，请尽快派人来看一下，谢谢您的帮助。",
        "五年级二班的投影仪打不开，指示灯是红色的，老师不能上课。"};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = 0; j < texts.size(); ++j) {
            EXPECT_EQ(are_alike(print_of(texts[i]), print_of(texts[j])), i == j) << texts[i] << "\n"
                                                                                 << texts[j];
        }
    }
}

TEST(TextPrint, OfAFewWordsMustBeTheSame) {
    EXPECT_TRUE(
        are_alike(print_of("Proud to serve our village"), print_of("proud to serve our village.")));
    EXPECT_FALSE(
        are_alike(print_of("Proud to serve our village"), print_of("Proud to serve our town")));
    EXPECT_FALSE(are_alike(print_of(""), print_of("")));
    EXPECT_FALSE(are_alike(print_of("12 34"), print_of("56")));
}

/// It is stored: a change of it would make forgotten what was learnt.
TEST(TextPrint, IsTheSameForEver) {
    const TextPrint print = print_of("The school is closed on Fridays.");
    EXPECT_EQ(print.words, 6U);
    EXPECT_EQ(print.bits, 0U) << std::hex << print.bits;
}

TEST(TextPrint, TakesABoundedBeginning) {
    std::string text;
    for (int i = 0; i < 100000; ++i)
        text += "word" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
    EXPECT_LT(print_of(text).words, 2000U);
}

}  // namespace
}  // namespace bellhop::parsers
