// The mails that go out unless somebody has written his own.
#include <filesystem>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/desk/config_folder.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/desk/presets.hpp"
#include "rules/ticket/mail_kind.hpp"
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
            {"targets", "answer: within 3 hours; solution: 1 business day"},
            {"desk_name", "IT Support"},
            {"desk_phone", "01632 960001"},
            {"opened_at", "Monday 2 November 2026, 8.05 am"},
            {"promise", "Somebody will answer you by Monday 2 November, 8.30 am."},
            {"chase", "If you have not heard from us in time, reply to this mail."},
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
    EXPECT_THAT(mail.text.render(values()), HasSubstr("    Priority:  P3\n"));
    EXPECT_THAT(mail.text.render(values()),
                HasSubstr("    Target:    answer: within 3 hours; solution: 1 business day\n"));
    EXPECT_THAT(mail.html.render(values()), HasSubstr("answer: within 3 hours; solution"));
    EXPECT_THAT(mail.html.render(values()), HasSubstr("Printer &lt;b&gt;7&lt;/b&gt;"));
    EXPECT_THAT(mail.html.render(values()), HasSubstr("<strong>01632 960001</strong></a>"));
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

/// What time and the desk send, with all values and with none but the ticket's.
TEST_F(ShippedTemplates, SayWhatLaterMailsMustSay) {
    rules::TemplateValues all = values();
    all["reason"] = "the colour of the cable";
    all["since"] = "Monday 2 November, 9 am";
    all["number"] = "2";
    all["of"] = "2";
    all["ends_at"] = "Friday 6 November, 9 am";
    all["resolves"] = "yes";
    all["reopen_until"] = "Monday 16 November";
    all["timer"] = "answer";
    all["due"] = "Monday 2 November, 10 am";
    all["breached"] = "yes";
    all["step"] = "breach";
    all["news"] = "Nobody has answered in time.";
    all["visit_day"] = "Thursday 15 October";
    all["survey"] = "yes";
    all["solution_agreed"] = "yes";
    all["list"] = "[HELP#1] one\n[HELP#2] two";
    all["words"] = "Try the blue one.\n\nAnd switch it on.";
    all["agent"] = "Tess";
    const auto text = [&](const char* name) { return text_named(*desk_, name).text.render(all); };
    const auto html = [&](const char* name) { return text_named(*desk_, name).html.render(all); };
    EXPECT_THAT(text("waiting"), HasSubstr("What we need to know: the colour of the cable"));
    EXPECT_THAT(text("reminder"), HasSubstr("This is reminder 2 of 2"));
    EXPECT_THAT(text("last_reminder"),
                HasSubstr("If we hear nothing by Friday 6 November, 9 am, we take it that all is "
                          "well"));
    EXPECT_THAT(text("last_reminder"), Not(HasSubstr("a colleague will look")));
    EXPECT_THAT(text("resolved"), HasSubstr("from 1 (poor) to 5 (very good)"));
    EXPECT_THAT(text("resolved"), HasSubstr("until Monday 16 November"));
    EXPECT_THAT(
        text("reply"),
        HasSubstr("Try the blue one.\n\nAnd switch it on.\n\nTess, IT Support, 01632 960001\n"));
    EXPECT_THAT(html("reply"), HasSubstr("Try the blue one.<br>\n<br>\nAnd switch it on.</p>"));
    EXPECT_THAT(text("notify"), HasSubstr("\nNobody has answered in time.\n"));
    EXPECT_THAT(text("visit"), HasSubstr("will come to look at it on Thursday 15 October."));
    EXPECT_THAT(text("visit"), HasSubstr("From the help desk: the colour of the cable"));
    EXPECT_THAT(text("agreed"), HasSubstr("it will be solved by Monday 2 November, 10 am."));
    EXPECT_THAT(text("agreed"), Not(HasSubstr("you will have an answer")));
    EXPECT_THAT(text("reply"), HasSubstr("We come on Thursday 15 October."));
    EXPECT_THAT(text("done"), HasSubstr("[HELP#2] two\n\nMonday 2 November, 10 am\n"));
    EXPECT_THAT(text("done"), HasSubstr("\"#undo\" takes all of it back"));
    EXPECT_THAT(text("returned"), HasSubstr("nothing was done, because the colour of the cable."));
    EXPECT_THAT(text("returned"), HasSubstr("You wrote:\n\nTry the blue one."));
    EXPECT_THAT(text("confirm"), HasSubstr("if you have written it: the colour of the cable."));
    EXPECT_THAT(text("confirm"), HasSubstr("It says:\n\nTry the blue one."));
    EXPECT_THAT(text("trouble"),
                HasSubstr("This is over: it was so from Monday 2 November, 9 am to "
                          "Friday 6 November, 9 am.\n\n[HELP#1] one\n"));
    EXPECT_THAT(html("digest"), HasSubstr("[HELP#1] one<br>\n[HELP#2] two"));
}

/// What a technician reads on his telephone, and nothing of our own ways.
TEST_F(ShippedTemplates, TellTheDeskWhatItNeeds) {
    rules::TemplateValues all = values();
    all["answers"] = "yes";
    all["news"] = "Ann Lee asks for help.";
    all["words"] = "It <b>is</b> dead.\nPlease come.";
    all["quotation"] = "> It <b>is</b> dead.\n> Please come.";
    all["words_by"] = "Ann Lee, Monday 2 November, 8 am";
    all["requester_address"] = "ann@school.example";
    all["phone"] = "01632 960123";
    all["phone_link"] = "01632960123";
    all["attachments"] = "screen.png (20 kB)";
    all["due"] = "answer by Monday 2 November, 10 am";
    all["holder"] = "Tess";
    all["earlier"] = "[HELP#7] Mouse, Closed, Monday 26 October, 9 am";
    all["alike"] = "[HELP#9] Printer, Open, Monday 2 November, 7 am";
    const std::string text = text_named(*desk_, "notify").text.render(all);
    EXPECT_THAT(text, testing::HasSubstr("Reply to this mail, and Ann Lee gets your words"));
    for (const char* part :
         {"\n> It <b>is</b> dead.\n> Please come.\n", "ann@school.example", "01632 960123",
          "screen.png (20 kB)", "answer by Monday 2 November, 10 am", "Who has it:   Tess",
          "[HELP#7] Mouse", "[HELP#9] Printer"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    const std::string html = text_named(*desk_, "notify").html.render(all);
    EXPECT_THAT(html, HasSubstr("It &lt;b&gt;is&lt;/b&gt; dead.<br>\nPlease come."));
    EXPECT_THAT(html, HasSubstr("href=\"tel:01632960123\""));
    const std::string approval = text_named(*desk_, "approval").text.render(all);
    EXPECT_THAT(approval, HasSubstr("Reply to this mail with \"yes\" or \"no\"."));
    EXPECT_THAT(approval, HasSubstr("> It <b>is</b> dead."));
    for (const std::string& one : {text, html, approval}) {
        EXPECT_THAT(one, Not(HasSubstr("bellhop ticket")));
    }
    EXPECT_THAT(text_named(*desk_, "notify").subject.render(all),
                testing::EndsWith(" [HELP#1042] Printer <b>7</b>"));
}

TEST_F(ShippedTemplates, ReadWellWhereLaterMailsHaveLittleToSay) {
    rules::TemplateValues few{
        {"ticket_number", "7"},         {"subject", "your request"},
        {"desk_name", "IT Support"},    {"mailbox_address", "it@school.example"},
        {"list", "[HELP#1] one"},       {"answers", "yes"},
        {"news", "Ann asks for help."}, {"words_by", "Ann"},
        {"quotation", "> It is dead."}};
    for (const char* name : {"waiting", "reminder", "last_reminder", "resolved", "notify",
                             "approval", "approved", "refused", "missed", "digest", "visit",
                             "agreed", "done", "returned", "confirm", "trouble"}) {
        ASSERT_TRUE(desk_->texts.contains(name)) << name;
        const rules::MailText& mail = text_named(*desk_, name);
        EXPECT_THAT(mail.text.render(few), Not(HasSubstr("\n\n\n\n"))) << name;
        EXPECT_THAT(mail.text.render(few), Not(HasSubstr("call us"))) << name;
        EXPECT_THAT(mail.html.render(few), HasSubstr("role=\"presentation\"")) << name;
        EXPECT_THAT(mail.html.render(few), Not(HasSubstr("<!-- letter -->"))) << name;
    }
}

TEST_F(ShippedTemplates, PutTheDesksOwnWordsInTheFrameOfAllLetters) {
    std::filesystem::remove(folder_.path() / "templates" / "acknowledgement.html");
    folder_.write("templates/acknowledgement.txt", "Subject: Hello\n\nOur own words < yours.\n");
    const auto desk = load_desk(folder_.path());
    ASSERT_TRUE(desk.has_value());
    const std::string html = text_named(*desk, "acknowledgement").html.render(values());
    EXPECT_THAT(html, HasSubstr("Our own words &lt; yours."));
    EXPECT_THAT(html, HasSubstr("role=\"presentation\""));
    folder_.write("templates/letter.html", "<html>nothing</html>");
    EXPECT_FALSE(load_desk(folder_.path()).has_value());
}

TEST_F(ShippedTemplates, AreThereForEveryKindOfMail) {
    for (const rules::MailKind kind : rules::mail_kinds()) {
        EXPECT_TRUE(desk_->texts.contains(text_of(kind))) << name_of(kind);
    }
}

TEST_F(ShippedTemplates, SayWhatStandsInOtherMailsInTheDesksOwnWords) {
    folder_.write("templates/promise.txt", "Antwort bis {{respond_by}}.\n");
    folder_.write("templates/your_request.txt", "Ihre Anfrage\n");
    const auto desk = load_desk(folder_.path());
    ASSERT_TRUE(desk.has_value());
    EXPECT_EQ(desk->phrases.say(rules::MailPhrase::promise, {{"respond_by", "Montag"}}),
              "Antwort bis Montag.");
    EXPECT_EQ(letterhead(*desk, "the key").your_request, "Ihre Anfrage");
    EXPECT_EQ(desk->phrases.say(rules::MailPhrase::chase, {}),
              "If you do not hear from us, reply to this mail.");
    EXPECT_FALSE(desk->texts.contains("promise")) << "no rule may send it";
}

TEST_F(ShippedTemplates, SayWhatIsWrongWithSuchASentence) {
    const auto complaints = [this](const std::string& text) {
        folder_.write("templates/chase.txt", text);
        const auto desk = load_desk(folder_.path());
        return desk.has_value() ? std::string{} : render_all(desk.error());
    };
    EXPECT_THAT(complaints("Ring us by {{bye}}.\n"), HasSubstr("chase.txt:1:"));
    EXPECT_THAT(complaints("Ring us by {{bye}}.\n"), HasSubstr("did you mean"));
    EXPECT_THAT(complaints("Ring us about {{subject}}.\n"), HasSubstr("subject"));
    EXPECT_THAT(complaints("Subject: Hello\n\nRing us.\n"),
                HasSubstr("chase.txt:1:1: error: has a subject, but is no mail"));
    EXPECT_EQ(complaints("Ring us.\n"), "");
}

TEST_F(ShippedTemplates, StandInForFilesThatAreMissing) {
    std::filesystem::remove_all(folder_.path() / "templates");
    EXPECT_TRUE(load_desk(folder_.path()).has_value());
}

TEST_F(ShippedTemplates, LoadNothingFromElsewhere) {
    EXPECT_GE(desk_->texts.size(), 13U);
    for (const auto& [name, mail] : desk_->texts) {
        const std::string html = mail.html.render(values());
        EXPECT_THAT(html, Not(HasSubstr("http"))) << name;
        EXPECT_THAT(html, Not(HasSubstr("<img"))) << name;
        EXPECT_THAT(html, HasSubstr("<html lang=\"en-GB\">")) << name;
        EXPECT_THAT(html, HasSubstr("role=\"presentation\"")) << name;
        EXPECT_LT(html.size(), 20'000U) << "Gmail cuts mails near 100 kB; ours need not come close";
    }
}

TEST_F(ShippedTemplates, LeaveAWholePageOfTheDeskAsItIs) {
    folder_.write("templates/acknowledgement.html", "<html><p>{{ticket_number}}</p></html>");
    const auto desk = load_desk(folder_.path());
    ASSERT_TRUE(desk.has_value());
    EXPECT_EQ(text_named(*desk, "acknowledgement").html.render(values()),
              "<html><p>1042</p></html>");
}

}  // namespace
}  // namespace bellhop::daemon
