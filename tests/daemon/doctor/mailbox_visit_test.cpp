#include "daemon/doctor/mailbox_visit.hpp"

#include <gtest/gtest.h>

#include "daemon/net/connection_error.hpp"
#include "tests/daemon/imap_scene.hpp"

namespace bellhop::daemon {
namespace {

const rules::MailboxWishes moving{"INBOX", true, "Processed", "$BellhopProcessed"};

const std::string select =
    "C: $a SELECT \"INBOX\"\n"
    "S: * 3 EXISTS\n"
    "S: * OK [UIDVALIDITY 7] valid\n"
    "S: * OK [UIDNEXT 9] next\n"
    "S: * OK [PERMANENTFLAGS (\\Seen \\*)] kept\n"
    "S: $a OK [READ-WRITE] done\n";

class Visit {
public:
    explicit Visit(const std::string& transcript, rules::MailboxWishes wishes = moving)
        : server_(io_, {transcript}), loop_(io_.get_executor()) {
        ConnectionSettings connection;
        connection.host = "127.0.0.1";
        connection.port = server_.port();
        connection.security = Security::none;
        connection.authentication = Authentication::none;
        connection.timeouts.command = std::chrono::seconds{10};
        visit_ = std::make_unique<MailboxVisit>(loop_, std::move(connection), std::move(wishes));
    }
    ~Visit() {
        visit_.reset();
        server_.stop();
        io_.poll();
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    rules::MailboxTrial look() { return run(io_, visit_->look("mailbox it")); }
    void mark_ends() { run(io_, visit_->mark_ends()); }
    std::optional<FoundMail> find(const std::string& mark) { return run(io_, visit_->find(mark)); }
    void remove(FoundMail mail) { run(io_, visit_->remove(std::move(mail))); }
    const std::vector<std::string>& complaints() const { return server_.complaints(); }

private:
    boost::asio::io_context io_{1};
    ScriptedServer server_;
    CurlLoop loop_;
    std::unique_ptr<MailboxVisit> visit_ = {};
};

TEST(MailboxVisit, SeesWhatAServerOffersAndHolds) {
    Visit visit{login("NAMESPACE MOVE IDLE SPECIAL-USE") +
                "C: $a NAMESPACE\n"
                "S: * NAMESPACE ((\"INBOX.\" \".\")) NIL NIL\n"
                "S: $a OK done\n" +
                select + select +
                "C: $a LIST \"\" \"INBOX.Processed\"\n"
                "S: * LIST (\\HasNoChildren) \".\" \"INBOX.Processed\"\n"
                "S: $a OK done\n"
                "C: $a LIST (SPECIAL-USE) \"\" \"*\"\n"
                "S: * LIST (\\Sent) \".\" \"INBOX.Gesendet\"\n"
                "S: $a OK done\n"
                "C: $a LIST \"\" \"INBOX.%\"\n"
                "S: * LIST () \".\" \"INBOX.Sent\"\n"
                "S: $a OK done\n"};
    const rules::MailboxTrial trial = visit.look();
    EXPECT_EQ(visit.complaints(), no_complaints);
    EXPECT_EQ(trial.prefix, "INBOX.");
    EXPECT_EQ(trial.separator, ".");
    EXPECT_EQ(trial.processed_name, "INBOX.Processed");
    EXPECT_TRUE(trial.is_selected);
    EXPECT_FALSE(trial.is_read_only);
    EXPECT_EQ(trial.mails, 3U);
    EXPECT_TRUE(trial.can_move);
    EXPECT_TRUE(trial.keeps_flag);
    EXPECT_TRUE(trial.waits);
    EXPECT_TRUE(trial.has_processed);
    EXPECT_FALSE(trial.has_made_processed);
    EXPECT_EQ(trial.sent_folder, "INBOX.Gesendet");
}

TEST(MailboxVisit, MakesTheFolderThatIsMissing) {
    Visit visit{login("UIDPLUS") + select + select +
                "C: $a LIST \"\" \"Processed\"\n"
                "S: $a OK done\n"
                "C: $a CREATE \"Processed\"\n"
                "S: $a OK made\n"
                "C: $a LIST \"\" \"%\"\n"
                "S: * LIST () \"/\" \"Sent Items\"\n"
                "S: $a OK done\n"};
    const rules::MailboxTrial trial = visit.look();
    EXPECT_EQ(visit.complaints(), no_complaints);
    EXPECT_TRUE(trial.has_made_processed);
    EXPECT_EQ(trial.sent_folder, "Sent Items");
}

TEST(MailboxVisit, KeepsTheServersWordsOfARefusal) {
    Visit visit{login("UIDPLUS") + select + select +
                "C: $a LIST \"\" \"Processed\"\n"
                "S: $a OK done\n"
                "C: $a CREATE \"Processed\"\n"
                "S: $a NO [NOPERM] Permission denied\n"
                "C: $a LIST \"\" \"%\"\n"
                "S: $a OK done\n"};
    const rules::MailboxTrial trial = visit.look();
    EXPECT_FALSE(trial.has_processed);
    EXPECT_EQ(trial.create_words, "[NOPERM] Permission denied");
    EXPECT_EQ(trial.sent_folder, std::nullopt);
}

TEST(MailboxVisit, AFolderThatIsNotThereEndsTheLook) {
    Visit visit{login("UIDPLUS") +
                "C: $a SELECT \"INBOX\"\n"
                "S: $a NO [NONEXISTENT] no such mailbox\n"};
    const rules::MailboxTrial trial = visit.look();
    EXPECT_EQ(visit.complaints(), no_complaints);
    EXPECT_FALSE(trial.is_selected);
    EXPECT_EQ(trial.select_words, "[NONEXISTENT] no such mailbox");
}

TEST(MailboxVisit, SeesAMailboxThatMayOnlyBeRead) {
    rules::MailboxWishes staying = moving;
    staying.moves = false;
    const std::string read_only =
        "C: $a SELECT \"INBOX\"\n"
        "S: * 0 EXISTS\n"
        "S: * OK [UIDVALIDITY 7] valid\n"
        "S: * OK [UIDNEXT 1] next\n"
        "S: * OK [PERMANENTFLAGS ()] none\n"
        "S: $a OK [READ-ONLY] done\n";
    Visit visit{login("") + read_only + read_only +
                    "C: $a LIST \"\" \"%\"\n"
                    "S: $a OK done\n",
                staying};
    const rules::MailboxTrial trial = visit.look();
    EXPECT_EQ(visit.complaints(), no_complaints);
    EXPECT_TRUE(trial.is_read_only);
    EXPECT_FALSE(trial.keeps_flag);
}

TEST(MailboxVisit, FindsTheMailAmongNewOnesAndRemovesIt) {
    rules::MailboxWishes staying = moving;
    staying.moves = false;
    const std::string described =
        "S: * 1 FETCH (UID 9 RFC822.SIZE 20 INTERNALDATE \"01-Dec-2026 09:00:00 +0000\" FLAGS ())\n"
        "S: * 2 FETCH (UID 10 RFC822.SIZE 30 INTERNALDATE \"01-Dec-2026 09:00:05 +0000\" FLAGS "
        "())\n"
        "S: $a OK done\n";
    Visit visit{login("UIDPLUS") + select + select +
                    "C: $a LIST \"\" \"%\"\n"
                    "S: $a OK done\n" +
                    select + select + select +
                    "C: $a UID FETCH 9:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n" + described +
                    "C: $a UID FETCH 9 (BODY.PEEK[]<0.32768>)\n"
                    "S: * 1 FETCH (UID 9 BODY[]<0> \"From: a@b\")\n"
                    "S: $a OK done\n"
                    "C: $a UID FETCH 10 (BODY.PEEK[]<0.32768>)\n"
                    "S: * 2 FETCH (UID 10 BODY[]<0> \"Message-ID: <0.doctor-1.x@y>\")\n"
                    "S: $a OK done\n" +
                    select +
                    "C: $a UID STORE 10 +FLAGS.SILENT (\\Deleted \\Seen)\n"
                    "S: $a OK done\n"
                    "C: $a UID EXPUNGE 10\n"
                    "S: $a OK done\n",
                staying};
    visit.look();
    visit.mark_ends();
    auto found = visit.find("doctor-1");
    EXPECT_EQ(visit.complaints(), no_complaints);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->uid, MailUid{10});
    EXPECT_EQ(found->folder, "INBOX");
    visit.remove(std::move(*found));
    EXPECT_EQ(visit.complaints(), no_complaints);
}

/// Each folder has a UIDVALIDITY of its own, and one that cannot be opened ends nothing.
TEST(MailboxVisit, MarksTheEndsOfSeveralFolders) {
    Visit visit{
        login("UIDPLUS") + select + select +
        "C: $a LIST \"\" \"Processed\"\n"
        "S: * LIST () \"/\" \"Processed\"\n"
        "S: $a OK done\n"
        "C: $a LIST \"\" \"%\"\n"
        "S: * LIST (\\Junk) \"/\" \"Unwanted\"\n"
        "S: $a OK done\n"
        "C: $a SELECT \"Unwanted\"\n"
        "S: $a NO [NOPERM] not yours\n"
        "C: $a SELECT \"Processed\"\n"
        "S: * 1 EXISTS\n"
        "S: * OK [UIDVALIDITY 8] valid\n"
        "S: * OK [UIDNEXT 2] next\n"
        "S: $a OK [READ-WRITE] done\n" +
        select + select +
        "C: $a UID FETCH 9:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
        "S: $a OK done\n"
        "C: $a SELECT \"Processed\"\n"
        "S: * 1 EXISTS\n"
        "S: * OK [UIDVALIDITY 8] valid\n"
        "S: * OK [UIDNEXT 3] next\n"
        "S: $a OK [READ-WRITE] done\n"
        "C: $a UID FETCH 2:* (UID RFC822.SIZE INTERNALDATE FLAGS)\n"
        "S: * 2 FETCH (UID 2 RFC822.SIZE 20 INTERNALDATE \"01-Dec-2026 09:00:00 +0000\" FLAGS ())\n"
        "S: $a OK done\n"
        "C: $a UID FETCH 2 (BODY.PEEK[]<0.32768>)\n"
        "S: * 2 FETCH (UID 2 BODY[]<0> \"Message-ID: <0.doctor-1.x@y>\")\n"
        "S: $a OK done\n"};
    visit.look();
    visit.mark_ends();
    const auto found = visit.find("doctor-1");
    EXPECT_EQ(visit.complaints(), no_complaints);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->folder, "Processed");
    EXPECT_FALSE(found->is_junk);
}

}  // namespace
}  // namespace bellhop::daemon
