#include "parsers/compose/mbox.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

constexpr std::chrono::sys_seconds at{std::chrono::seconds{1'790'000'000}};

TEST(Mbox, BeginsWithSenderAndDateAndEndsWithAnEmptyLine) {
    EXPECT_EQ(mbox_entry("Subject: x\r\n\r\nHello.\r\n", "ann@x.test", at),
              "From ann@x.test Mon Sep 21 14:13:20 2026\nSubject: x\n\nHello.\n\n");
    EXPECT_EQ(mbox_entry("x", "", std::chrono::sys_seconds{}),
              "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nx\n\n");
    EXPECT_TRUE(mbox_entry("x", "a b\n@x", at).starts_with("From MAILER-DAEMON "));
}

/// What a reader of mboxrd makes of an entry.
std::string read_back(std::string entry) {
    entry.erase(0, entry.find('\n') + 1);
    entry.pop_back();
    std::string mail;
    while (!entry.empty()) {
        std::string line = entry.substr(0, entry.find('\n'));
        entry.erase(0, line.size() + 1);
        const std::size_t begin = line.find_first_not_of('>');
        if (begin != 0 && begin != std::string::npos && line.substr(begin).starts_with("From ")) {
            line.erase(0, 1);
        }
        mail += line + '\n';
    }
    return mail;
}

TEST(Mbox, GivesEveryMailBack) {
    for (const char* mail : {"From me\n", ">From me\n", ">>>From me\n\nFrom\nFromage\n> From x\n",
                             "\n\n", "Subject: x\n\nFrom a\n>From b\nend\n"}) {
        const std::string entry = mbox_entry(mail, "ann@x.test", at);
        EXPECT_EQ(read_back(entry), mail);
        // Nothing but its own first line can be taken for the begin of a mail.
        EXPECT_EQ(entry.find("\nFrom "), std::string::npos) << entry;
    }
}

}  // namespace
}  // namespace bellhop::parsers
