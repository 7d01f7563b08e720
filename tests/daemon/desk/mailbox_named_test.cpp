#include "daemon/desk/mailbox_named.hpp"

#include <gtest/gtest.h>

#include "daemon/desk/config_folder.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

TEST(MailboxNamed, FindsTheOneOfThatName) {
    const ConfigFolder folder;
    write_config_folder(folder.path(), "school", Overwriting::refused);
    const auto desk = load_desk(folder.path());
    ASSERT_TRUE(desk.has_value());
    for (const MailboxSettings& each : desk->settings.mailboxes)
        EXPECT_EQ(mailbox_named(*desk, each.name), &each);
    EXPECT_EQ(mailbox_named(*desk, ""), nullptr);
    EXPECT_EQ(mailbox_named(*desk, "nobody's"), nullptr);
}

}  // namespace
}  // namespace bellhop::daemon
