#include "rules/rule/mail_facts.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

MailFacts facts_of_golden_mail(const std::string& name) {
    std::ifstream stream{BELLHOP_SOURCE_DIR "/tests/golden/mail/" + name + ".eml"};
    const std::string mail{std::istreambuf_iterator<char>{stream}, {}};
    return facts_of(parsers::parse_message(mail), {});
}

TEST(MailFacts, TellsWhatTheContentAmountsTo) {
    using parsers::MessageContent;
    const auto content = [](const std::string& name) { return facts_of_golden_mail(name).content; };
    EXPECT_EQ(content("empty_mail"), MessageContent::empty);
    EXPECT_EQ(content("signature_is_all_that_was_written"), MessageContent::empty);
    EXPECT_EQ(content("scan_to_mail_image_only"), MessageContent::image_only);
    EXPECT_EQ(content("screenshot_in_html_without_a_word"), MessageContent::image_only);
    EXPECT_EQ(content("photo_from_a_phone_with_its_signature"), MessageContent::image_only);
    EXPECT_EQ(content("attachment_only_without_text"), MessageContent::attachment_only);
    EXPECT_EQ(content("scan_to_mail_pdf_is_the_whole_mail"), MessageContent::attachment_only);
    EXPECT_EQ(content("apple_mail_photo_between_two_texts"), MessageContent::text);
    EXPECT_EQ(content("forward_from_french_apple_mail"), MessageContent::text);
    EXPECT_EQ(content("winmail_dat_with_text_and_file"), MessageContent::text);
}

TEST(MailFacts, ReadsAForwardedMailWithWhatIsSaidAboutIt) {
    const MailFacts facts = facts_of_golden_mail("forward_as_attached_message");
    EXPECT_EQ(facts.body, "One for the music room.\n\nHalf of the headphones are broken.\n");
    EXPECT_EQ(facts.from, "nia@desk.example");
    ASSERT_EQ(facts.attachments.size(), 1U);
    EXPECT_EQ(facts.attachments[0].type, "message/rfc822");
}

TEST(MailFacts, ReadsWhatIsQuotedBelowABareForward) {
    const auto body = [](const std::string& subject, const std::string& above = "") {
        return facts_of(
                   parsers::parse_message("Subject: " + subject +
                                          "\r\n\r\nCan you look at this please?\r\n\r\n" + above +
                                          "> Scratch has vanished from\r\n"
                                          "> > every laptop.\r\n"),
                   {})
            .body;
    };
    EXPECT_EQ(body("Fwd: software"),
              "Can you look at this please?\n\nScratch has vanished from\nevery laptop.");
    EXPECT_EQ(body("Re: software"), "Can you look at this please?");
    EXPECT_EQ(body("Fwd: software", "On Mon, 4 Jan 2027 Ann wrote:\r\n"),
              "Can you look at this please?\n");
}

TEST(MailFacts, DecodesTheHeaderFields) {
    const MailFacts facts = facts_of(
        parsers::parse_message("X-Form: =?utf-8?q?Caf=C3=A9?=\r\nX-Plain: a = b\r\n\r\nhello\r\n"),
        {});
    ASSERT_EQ(facts.fields.size(), 2U);
    EXPECT_EQ(facts.fields[0].body, "Café");
    EXPECT_EQ(facts.fields[1].body, "a = b");
}

}  // namespace
}  // namespace bellhop::rules
