// The mails that go out unless somebody has written his own.
#include <filesystem>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/config_folder.hpp"
#include "daemon/desk.hpp"
#include "daemon/presets.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;

rules::TemplateValues values() {
    return {{"ticket_number", "1042"},
            {"ticket_tag", "[HELP#1042]"},
            {"subject", "Printer <b>7</b>"},
            {"requester_name", "Ann Lee"},
            {"priority", "P3"},
            {"desk_name", "IT Support"},
            {"desk_phone", "01632 960001"},
            {"opened_at", "Monday 2 November 2026, 8.05 am"},
            {"promise", "Somebody will answer you by Monday 2 November, 8.30 am."},
            {"chase", "If you have not heard from us by then, reply to this mail."},
            {"mailbox_address", "it@school.example"},
            {"size_limit", "25 MB"},
            {"also_noted", "Your request is about web filtering."}};
}

class ShippedTemplates : public testing::Test {
protected:
    ShippedTemplates() {
        write_config_folder(folder_.path(), "school", Overwriting::refused);
        auto desk = load_desk(folder_.path());
        if (desk) desk_.emplace(std::move(*desk));
    }
    void SetUp() override { ASSERT_TRUE(desk_.has_value()); }

    ConfigFolder folder_;
    std::optional<Desk> desk_;
};

TEST_F(ShippedTemplates, AcknowledgeWithNumberPromiseAndPhone) {
    const rules::MailText& mail = text_named(*desk_, "acknowledgement");
    EXPECT_THAT(mail.subject.render(values()), HasSubstr(" [HELP#1042] Printer <b>7</b>"));
    EXPECT_THAT(
        mail.text.render(values()),
        HasSubstr("Somebody will answer you by Monday 2 November, 8.30 am. If you have not"));
    EXPECT_THAT(mail.text.render(values()), HasSubstr("call us on 01632 960001"));
    EXPECT_THAT(mail.html.render(values()), HasSubstr("Printer &lt;b&gt;7&lt;/b&gt;"));
    EXPECT_THAT(mail.html.render(values()), HasSubstr("call us on <strong>01632 960001</strong>"));
}

TEST_F(ShippedTemplates, SayHowToSendALargeMailInstead) {
    const rules::MailText& mail = text_named(*desk_, "oversize");
    EXPECT_THAT(mail.text.render(values()), HasSubstr("it is larger than 25 MB"));
    EXPECT_THAT(mail.html.render(values()), HasSubstr("share them with it@school.example"));
}

/// Nothing is left of a section whose value is missing: no label, no half sentence, no gap.
TEST_F(ShippedTemplates, ReadWellWhereValuesAreMissing) {
    rules::TemplateValues few = values();
    for (const char* name : {"requester_name", "desk_phone", "promise", "also_noted", "subject"}) {
        few[name] = "";
    }
    for (const rules::MailText* mail :
         {&text_named(*desk_, "acknowledgement"), &text_named(*desk_, "oversize")}) {
        const std::string text = mail->text.render(few);
        EXPECT_THAT(text, HasSubstr("Hello,\n"));
        EXPECT_THAT(text, Not(HasSubstr("\n\n\n")));
        EXPECT_THAT(text, Not(HasSubstr("call us")));
        EXPECT_THAT(mail->html.render(few), Not(HasSubstr("call us")));
    }
    EXPECT_THAT(text_named(*desk_, "acknowledgement").text.render(few), HasSubstr("(no subject)"));
}

TEST_F(ShippedTemplates, StandInForFilesThatAreMissing) {
    std::filesystem::remove_all(folder_.path() / "templates");
    EXPECT_TRUE(load_desk(folder_.path()).has_value());
}

TEST_F(ShippedTemplates, LoadNothingFromElsewhere) {
    for (const PresetFile& file : preset_files("school")) {
        if (!file.path.ends_with(".html")) continue;
        const std::string text{file.text};
        EXPECT_THAT(text, Not(HasSubstr("http"))) << file.path;
        EXPECT_THAT(text, Not(HasSubstr("<img"))) << file.path;
        EXPECT_THAT(text, HasSubstr("<html lang=\"en-GB\">")) << file.path;
        EXPECT_THAT(text, HasSubstr("role=\"presentation\"")) << file.path;
        EXPECT_LT(text.size(), 20'000U) << "Gmail cuts mails near 100 kB; ours need not come close";
    }
}

}  // namespace
}  // namespace bellhop::daemon
