#include "rules/ticket/mail_kind.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(MailKind, HasANameAndALabelThatNoOtherHas) {
    std::set<std::string_view> names;
    std::set<std::string_view> labels;
    for (const MailKind kind : mail_kinds()) {
        EXPECT_TRUE(names.insert(entry_of(kind).name).second) << name_of(kind);
        EXPECT_TRUE(labels.insert(entry_of(kind).label).second) << name_of(kind);
        EXPECT_EQ(mail_kind_of(name_of(kind)), kind);
    }
    EXPECT_EQ(mail_kinds().back(), MailKind::missed) << "the list ends with the last of the kinds";
}

TEST(MailKind, IsOfNoOtherWord) {
    for (const char* word : {"", "Reminder", "reminder_sent", "acknowledgment"}) {
        EXPECT_EQ(mail_kind_of(word), std::nullopt) << word;
    }
}

/// Labels stand in msg-ids: letters and hyphens need no quoting (RFC 5322 section 3.6.4).
TEST(MailKind, HasALabelThatAMessageIdMayHold) {
    for (const MailKind kind : mail_kinds()) {
        EXPECT_EQ(entry_of(kind).label.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"),
                  std::string_view::npos)
            << name_of(kind);
    }
}

/// What staff is told may be overtaken, but never has been wrong: only what the requester was to be
/// told of a status is taken back.
TEST(MailKind, IsTakenBackOnlyWhereTheRequesterReadsIt) {
    for (const MailKind kind : mail_kinds()) {
        const MailKindEntry entry = entry_of(kind);
        if (entry.withdrawal == Withdrawal::never) continue;
        EXPECT_EQ(entry.reader, MailReader::requester) << name_of(kind);
        EXPECT_EQ(entry.writer, MailWriter::gateway) << name_of(kind);
    }
}

/// What a requester reads proves nothing of anybody; every mail to the desk says what a reply is.
TEST(MailKind, IsBoundToItsReaderWhereTheDeskReadsIt) {
    for (const MailKind kind : mail_kinds()) {
        const MailKindEntry entry = entry_of(kind);
        EXPECT_EQ(entry.reply == ReplyMeans::nothing, entry.reader == MailReader::requester)
            << name_of(kind);
    }
}

}  // namespace
}  // namespace bellhop::rules
