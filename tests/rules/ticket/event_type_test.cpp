#include "rules/ticket/event_type.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(EventType, IsReadAsItWasWritten) {
    std::set<std::string> texts;
    for (const Event event : events()) {
        const EventType read = EventType::stored(EventType{event}.text());
        EXPECT_EQ(read, event);
        EXPECT_EQ(event_of(read), event);
        EXPECT_TRUE(texts.insert(read.text()).second) << read.text();
    }
    EXPECT_EQ(events().back(), Event::told) << "the list ends with the last of the types";
}

TEST(EventType, OfAMailsStepIsReadAsItWasWritten) {
    std::set<std::string> texts;
    for (const MailKind kind : mail_kinds()) {
        for (const MailStep step : mail_steps()) {
            const EventType read = EventType::stored(EventType{MailEvent{kind, step}}.text());
            EXPECT_TRUE(texts.insert(read.text()).second) << read.text();
            EXPECT_EQ(mail_event_of(read), (MailEvent{kind, step})) << read.text();
        }
    }
}

/// Logs on disk hold these words.
TEST(EventType, OfAMailsStepIsTheKindWithTheStepBehind) {
    const auto text = [](MailKind kind, MailStep step) {
        return EventType{MailEvent{kind, step}}.text();
    };
    EXPECT_EQ(text(MailKind::last_reminder, MailStep::queued), "last_reminder");
    EXPECT_EQ(text(MailKind::last_reminder, MailStep::sent), "last_reminder_sent");
    EXPECT_EQ(text(MailKind::reply, MailStep::deferred), "reply_deferred");
    EXPECT_EQ(text(MailKind::reply, MailStep::failed), "reply_failed");
    EXPECT_EQ(text(MailKind::notice, MailStep::cancelled), "notice_cancelled");
    EXPECT_EQ(text(MailKind::acknowledgement, MailStep::withheld), "acknowledgement_withheld");
}

TEST(EventType, KeepsTheWordOfAnotherVersion) {
    const EventType read = EventType::stored("tea_was_made");
    EXPECT_EQ(read.text(), "tea_was_made");
    EXPECT_EQ(event_of(read), std::nullopt);
    EXPECT_EQ(mail_event_of(read), std::nullopt);
    EXPECT_EQ(topic_of(read), EventTopic::ticket);
}

TEST(EventType, SaysWhatAnEntryIsAbout) {
    EXPECT_EQ(topic_of(Event::status), EventTopic::ticket);
    EXPECT_EQ(topic_of(Event::duplicate), EventTopic::threading);
    EXPECT_EQ(topic_of(Event::rules), EventTopic::rules);
    EXPECT_EQ(topic_of(Event::oversize), EventTopic::answer);
    for (const MailStep step : mail_steps()) {
        EXPECT_EQ(topic_of(MailEvent{MailKind::acknowledgement, step}), EventTopic::answer);
        EXPECT_EQ(topic_of(MailEvent{MailKind::resolved, step}), EventTopic::ticket);
    }
}

}  // namespace
}  // namespace bellhop::rules
