#include "rules/letter/mail_phrase.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

std::string said(const std::string& text, const TemplateValues& values = {}) {
    MailPhrases phrases;
    phrases.set(MailPhrase::promise,
                *MailTemplate::create("test", text, Escaping::none, {"by", "opens"}));
    return phrases.say(MailPhrase::promise, values);
}

TEST(MailPhrase, HasANameThatNoOtherHas) {
    std::set<std::string_view> names;
    for (const MailPhrase phrase : all_mail_phrases()) {
        EXPECT_TRUE(names.insert(entry_of(phrase).name).second) << entry_of(phrase).name;
    }
    EXPECT_EQ(all_mail_phrases().back(), MailPhrase::your_request)
        << "the list ends with the last of them";
}

TEST(MailPhrase, IsOneLineHoweverItIsWritten) {
    EXPECT_EQ(said("One.\nTwo.\r\n\n  Three.\t\n"), "One. Two. Three.");
    EXPECT_EQ(said("{{#by}}\nBy {{by}}.\n{{/by}}\n{{^by}}\nSoon.\n{{/by}}\n", {{"by", "noon"}}),
              "By noon.");
    EXPECT_EQ(said("{{#by}}\nBy {{by}}.\n{{/by}}\n{{^by}}\nSoon.\n{{/by}}\n"), "Soon.");
    EXPECT_EQ(said("\n \n"), "");
}

TEST(MailPhrase, EndsWithOneFullStopWhereATimeBringsItsOwn) {
    EXPECT_EQ(said("By {{by}}. Or later.", {{"by", "11:30 a.m."}}), "By 11:30 a.m. Or later.");
    EXPECT_EQ(said("By {{by}}.", {{"by", "1:30 p.m."}}), "By 1:30 p.m.");
    EXPECT_EQ(said("By {{by}}.", {{"by", "11.30 am"}}), "By 11.30 am.");
    EXPECT_EQ(said("Wait ..."), "Wait ...");
}

TEST(MailPhraseDeathTest, IsNotSaidWithoutItsText) {
    EXPECT_DEATH(MailPhrases{}.say(MailPhrase::chase, {}), "found");
}

}  // namespace
}  // namespace bellhop::rules
