#include "daemon/desk/watched_folder.hpp"

#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

MailboxSettings mailbox(const std::string& name, const std::string& sent = {}) {
    MailboxSettings settings;
    settings.name = name;
    settings.sent_folder = sent;
    settings.first_start = FirstStart::everything;
    return settings;
}

TEST(WatchedFolder, IsEachMailboxAndWhatIsSentFromIt) {
    Settings settings;
    settings.mailboxes = {mailbox("it", "Sent Items"), mailbox("office")};
    std::vector<std::string> names;
    for (const MailboxSettings& one : watched_folders(settings)) names.push_back(one.name);
    EXPECT_EQ(names, (std::vector<std::string>{"it", "sent/it", "office"}));
    EXPECT_EQ(watched_folder(settings, "office")->folder, "INBOX");
    EXPECT_FALSE(watched_folder(settings, "sent/office"));
    EXPECT_FALSE(watched_folder(settings, "nobody's"));
}

/// A desk that was there before the gateway has years of sent mail.
TEST(WatchedFolder, OfSentMailIsReadFromTheFirstStartOnAndLeftAsItIs) {
    Settings settings;
    settings.mailboxes = {mailbox("it", "Sent Items")};
    const MailboxSettings sent = watched_folder(settings, "sent/it").value();
    EXPECT_EQ(sent.folder, "Sent Items");
    EXPECT_EQ(sent.after_commit, AfterCommit::leave);
    EXPECT_EQ(sent.first_start, FirstStart::only_new);
}

TEST(WatchedFolder, HasTheMailboxBehindTheLastSlash) {
    for (const char* name : {"it", "sent/it", "ingest/it", "restored/it"}) {
        EXPECT_EQ(mailbox_behind(name), "it") << name;
        EXPECT_EQ(holds_sent_mail(name), std::string{name} == sent_folder_name("it")) << name;
    }
}

}  // namespace
}  // namespace bellhop::daemon
