#include "rules/doctor/mailbox_trial.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

MailboxTrial in_order() {
    MailboxTrial trial;
    trial.what = "mailbox it";
    trial.wishes = {"INBOX", true, "Processed", "$BellhopProcessed"};
    trial.tells_namespaces = true;
    trial.prefix = "INBOX.";
    trial.separator = ".";
    trial.processed_name = "INBOX.Processed";
    trial.is_selected = true;
    trial.mails = 12;
    trial.can_move = true;
    trial.keeps_flag = true;
    trial.has_processed = true;
    trial.waits = true;
    trial.sent_folder = "INBOX.Sent";
    return trial;
}

TEST(MailboxTrial, TellsHowItIsInOrder) {
    EXPECT_EQ(judge_mailbox(in_order()),
              (Findings{well("mailbox it: namespace", "prefix \"INBOX.\", separator \".\""),
                        well("mailbox it: folder",
                             "\"INBOX\", 12 mails; new mail is told at once (IDLE)"),
                        well("mailbox it: processed folder", "\"INBOX.Processed\" is there"),
                        well("mailbox it: sent folder", "\"INBOX.Sent\"")}));
}

TEST(MailboxTrial, SaysWhereAFolderWasMade) {
    MailboxTrial trial = in_order();
    trial.has_made_processed = true;
    EXPECT_EQ(judge_mailbox(trial)[2].seen, "\"INBOX.Processed\" was made");
}

TEST(MailboxTrial, AFolderThatCannotBeOpenedEndsIt) {
    MailboxTrial trial = in_order();
    trial.is_selected = false;
    trial.select_words = "[NONEXISTENT] no such mailbox";
    const Findings found = judge_mailbox(trial);
    EXPECT_EQ(found.size(), 2U);
    EXPECT_EQ(found.back(), failing("mailbox it: folder",
                                    "\"INBOX\" cannot be opened: [NONEXISTENT] no such mailbox",
                                    "correct folder in bellhop.toml (nearly always \"INBOX\"), or "
                                    "give the account the right to read it"));
    trial.select_words = "User is authenticated but not connected.";
    EXPECT_NE(judge_mailbox(trial).back().remedy.find("full access"), std::string::npos);
}

TEST(MailboxTrial, AMailboxThatMayOnlyBeReadFails) {
    MailboxTrial trial = in_order();
    trial.is_read_only = true;
    EXPECT_EQ(judge_mailbox(trial)[1].state, FindingState::fail);
    EXPECT_EQ(judge_mailbox(trial).size(), 4U);
}

TEST(MailboxTrial, AFolderThatCannotBeMadeFails) {
    MailboxTrial trial = in_order();
    trial.has_processed = false;
    trial.create_words = "Permission denied";
    EXPECT_EQ(judge_mailbox(trial)[2],
              failing("mailbox it: processed folder",
                      "\"INBOX.Processed\" is not there and cannot be made: Permission denied",
                      "make the folder in a mail program, or write as processed_folder one that is "
                      "there"));
    trial.tells_namespaces = false;
    trial.create_words = "Mailbox name should probably be prefixed with: INBOX.";
    EXPECT_EQ(judge_mailbox(trial)[2].remedy,
              "write processed_folder with the prefix that the server wants");
}

TEST(MailboxTrial, WhereMailsStayTheFlagMustBeKept) {
    MailboxTrial trial = in_order();
    trial.wishes.moves = false;
    EXPECT_EQ(judge_mailbox(trial)[2],
              well("mailbox it: processed flag", "mails stay, with the flag $BellhopProcessed"));
    trial.keeps_flag = false;
    EXPECT_EQ(judge_mailbox(trial)[2],
              failing("mailbox it: processed flag",
                      "the mailbox does not keep the flag $BellhopProcessed",
                      "write after_commit = \"move\""));
}

TEST(MailboxTrial, AServerThatCannotMoveFlags) {
    MailboxTrial trial = in_order();
    trial.can_move = false;
    EXPECT_EQ(judge_mailbox(trial)[2].state, FindingState::warn);
    trial.keeps_flag = false;
    EXPECT_EQ(judge_mailbox(trial)[2].state, FindingState::fail);
    EXPECT_NE(judge_mailbox(trial)[2].remedy.find("\\\\Seen"), std::string::npos);
}

TEST(MailboxTrial, WithoutIdleOrSentFolder) {
    MailboxTrial trial = in_order();
    trial.waits = false;
    trial.sent_folder.reset();
    EXPECT_NE(judge_mailbox(trial)[1].seen.find("no IDLE"), std::string::npos);
    EXPECT_EQ(judge_mailbox(trial)[3].state, FindingState::warn);
}

TEST(MailboxTrial, ABrokenConnectionIsTold) {
    EXPECT_EQ(judge_broken_mailbox("mailbox it", "connection lost: closed").state,
              FindingState::fail);
}

}  // namespace
}  // namespace bellhop::rules
