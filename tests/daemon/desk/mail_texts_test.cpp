#include "daemon/desk/mail_texts.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

class MailTextFiles : public testing::Test {
protected:
    MailTexts load() {
        complaints_.clear();
        return load_mail_texts(folder_.path() / "templates", complaints_);
    }
    /// What is complained of after one file more.
    std::string complaints_with(const std::string& file, const std::string& text) {
        folder_.write("templates/" + file, text);
        load();
        std::string all;
        for (const parsers::Diagnostic& each : complaints_) all += each.message + '\n';
        return all;
    }
    std::string subject(const MailTexts& texts, const std::string& name) const {
        return std::string{parsers::stripped(texts.at(name).subject.render({}))};
    }

    ConfigFolder folder_;
    parsers::Diagnostics complaints_ = {};
};

TEST_F(MailTextFiles, AreTheProgramsOwnWhereADeskHasNone) {
    const MailTexts texts = load();
    EXPECT_TRUE(complaints_.empty());
    EXPECT_TRUE(texts.contains("acknowledgement"));
}

TEST_F(MailTextFiles, AreTheDesksWhereItHasSome) {
    folder_.write("templates/acknowledgement.txt", "Subject: Ours\n\nThank you.\n");
    folder_.write("templates/exam_week.txt", "Subject: Exams\n\nIt may take longer.\n");
    const MailTexts texts = load();
    ASSERT_TRUE(complaints_.empty()) << complaints_.front().message;
    EXPECT_EQ(subject(texts, "acknowledgement"), "Ours");
    EXPECT_EQ(subject(texts, "exam_week"), "Exams");
    // The same words in the frame of all letters.
    EXPECT_NE(texts.at("exam_week").html.render({}).find("It may take longer."), std::string::npos);
}

TEST_F(MailTextFiles, AreRefusedWithAReason) {
    EXPECT_EQ(complaints_with("a.txt", "Hello\n\nThank you.\n"),
              "the first line is not the subject\n");
    folder_.write("templates/a.txt", "Subject: x\n\nThank you.\n");
    EXPECT_NE(complaints_with("b.txt", "Subject: x\n\n{{unheard_of}}\n"), "");
    folder_.write("templates/b.txt", "Subject: x\n\nThank you.\n");
    EXPECT_EQ(complaints_with("letter.html", "<html>no place</html>"),
              "has no place for the letter\n");
}

TEST_F(MailTextFiles, AreNoBooks) {
    EXPECT_EQ(complaints_with("a.txt", "Subject: x\n\n" + std::string(300 * 1024, 'x')),
              "is larger than 256 KiB\n");
}

TEST_F(MailTextFiles, AreCheckedToTheLine) {
    complaints_with("a.txt", "Subject: x\n\nfine\n{{unheard_of}}\n");
    ASSERT_FALSE(complaints_.empty());
    EXPECT_EQ(complaints_.front().where.line, 4U);
}

TEST_F(MailTextFiles, HoldPhrasesThatAreNoMails) {
    parsers::Diagnostics complaints;
    load_phrases(folder_.path() / "templates", complaints);
    EXPECT_TRUE(complaints.empty());
    const std::string name{entry_of(rules::all_mail_phrases().front()).name};
    folder_.write("templates/" + name + ".txt", "Subject: x\n\nno mail\n");
    load_phrases(folder_.path() / "templates", complaints);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].message, "has a subject, but is no mail");
    EXPECT_FALSE(load().contains(name));
}

}  // namespace
}  // namespace bellhop::daemon
