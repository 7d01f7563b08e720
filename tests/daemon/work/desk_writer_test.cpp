#include "daemon/work/desk_writer.hpp"

#include <gtest/gtest.h>

#include "daemon/work/desk_work.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/ticket/own_message_id.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::Bond;
using rules::ReplyMeans;
using rules::TicketId;

const std::string tom = "tom@desk.example";

class DeskWriterTest : public BusyDesk {
protected:
    DeskWriterTest() {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]

[[team]]
name = "network"
address = "network@desk.example"

[[technician]]
name = "Tom Brown"
address = "tom@desk.example"
teams = ["network"]

[[technician]]
name = "Raj Patel"
address = "raj@desk.example"
)");
    }

    Filing filing() { return {*store_, *desk_, key_, clock_.time}; }

    std::string sent_to(const std::string& reader,
                        TicketId id,
                        ReplyMeans reply = ReplyMeans::answer,
                        const std::string& label = "notify-1") const {
        return make_message_id({id, label}, Bond{reader, reply},
                               store_->generations.keys(key_).current, "school.example");
    }

    rules::MailReceived mail(const std::string& from, const std::string& answers) const {
        rules::MailReceived mail;
        mail.message = parsers::parse_message(
            "From: " + from + "\r\nSubject: Re: Printer\r\n" +
            (answers.empty() ? "" : "In-Reply-To: <" + answers + ">\r\n") + "\r\nHello\r\n");
        mail.at = clock_.time;
        return mail;
    }

    std::optional<rules::DeskWriter> writer(const std::string& from,
                                            const std::string& answers,
                                            std::optional<TicketId> ticket) {
        rules::ThreadDecision thread;
        thread.ticket = ticket;
        rules::MailPolicy policy = mail_policy(*desk_, key_);
        policy.keys = store_->generations.keys(key_);
        return desk_writer(filing(), mail(from, answers), thread, policy);
    }
    bool proves(const std::string& from, const std::string& answers, TicketId ticket) {
        const auto found = writer(from, answers, ticket);
        return found && found->proof;
    }

    void merge(TicketId one, TicketId into) {
        ASSERT_TRUE(carry_out(filing(), one, rules::MergeOrder{into}, "agent Tom Brown"));
    }

    /// The customer writes, and quotes what she should not have seen.
    void expose(const std::string& id) {
        receive("ann@hill.example", "Re: Printer", "References: <" + id + ">\r\n");
    }

    std::string key_ = "the key";
};

TEST_F(DeskWriterTest, IsNobodyOutsideWithoutAMailOfOurs) {
    const TicketId id = take("ann@hill.example", "Printer");
    EXPECT_FALSE(writer("ann@hill.example", {}, id));
    EXPECT_FALSE(writer("head@hill.example", sent_to(tom, id), id));
    const auto head =
        writer("head@hill.example", sent_to("head@hill.example", id, ReplyMeans::note), id);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->name, "") << "he speaks for himself";
    EXPECT_EQ(head->address, "head@hill.example");
    EXPECT_EQ(head->proof->reply, ReplyMeans::note);
}

TEST_F(DeskWriterTest, IsWhoeverFromNamesProvedOrNot) {
    const TicketId id = take("ann@hill.example", "Printer");
    for (const auto& [from, name] :
         {std::pair{tom, "Tom Brown"}, {std::string{"Network@Desk.example"}, "network"}}) {
        const auto unproved = writer(from, {}, id);
        ASSERT_TRUE(unproved) << from;
        EXPECT_EQ(unproved->name, name);
        EXPECT_FALSE(unproved->proof);
        EXPECT_TRUE(proves(from, sent_to("network@desk.example", id), id)) << from;
    }
    EXPECT_FALSE(proves("raj@desk.example", sent_to("network@desk.example", id), id))
        << "he is not in that team";
    const auto own = writer(desk_->settings.mailboxes.front().address, {}, id);
    ASSERT_TRUE(own);
    EXPECT_EQ(own->name, "");
    EXPECT_EQ(own->address, "") << "nobody can be asked there";
}

TEST_F(DeskWriterTest, ProvesNothingOfAnotherTicket) {
    const TicketId one = take("ann@hill.example", "Printer");
    const TicketId other = take("bob@hill.example", "Beamer");
    EXPECT_TRUE(proves(tom, sent_to(tom, one), one));
    EXPECT_FALSE(proves(tom, sent_to(tom, one), other));
    EXPECT_FALSE(proves(tom, sent_to(tom, TicketId{}), one));
    EXPECT_TRUE(writer(tom, sent_to(tom, TicketId{}, ReplyMeans::note), std::nullopt)->proof);
}

/// A merged ticket's mails are answered as before, by whoever was sent them.
TEST_F(DeskWriterTest, ProvesWithMailsOfWhatBecameAPart) {
    const TicketId first = take("ann@hill.example", "Printer");
    const TicketId second = take("ann@hill.example", "Printer again");
    const TicketId third = take("ann@hill.example", "Printer still");
    merge(first, second);
    merge(second, third);
    for (const TicketId one : {first, second, third}) {
        EXPECT_TRUE(proves(tom, sent_to(tom, one), third));
    }
}

/// What a customer has read proves nothing from then on, wherever she showed it and whatever has
/// become of the ticket.
TEST_F(DeskWriterTest, ProvesNothingWithWhatACustomerHasRead) {
    const TicketId first = take("ann@hill.example", "Printer");
    const TicketId second = take("ann@hill.example", "Printer again");
    const TicketId third = take("ann@hill.example", "Printer still");
    const std::string shown = sent_to(tom, first);
    const std::string kept = sent_to(tom, first, ReplyMeans::answer, "notify-2");
    expose(shown);
    EXPECT_FALSE(proves(tom, shown, first));
    merge(first, second);
    EXPECT_FALSE(proves(tom, shown, second)) << "after a merge";
    merge(second, third);
    EXPECT_FALSE(proves(tom, shown, third)) << "after two";
    EXPECT_TRUE(proves(tom, kept, third)) << "what nobody has shown still does";
    expose(kept);
    EXPECT_FALSE(proves(tom, kept, third)) << "shown after the merge";
}

/// Of several tokens in one mail the newest decides where it lies; the others are shown all the
/// same.
TEST_F(DeskWriterTest, ProvesNothingWithWhatWasShownInAnotherTicket) {
    const TicketId one = take("ann@hill.example", "Printer");
    const TicketId other = take("bob@hill.example", "Beamer");
    const std::string of_one = sent_to(tom, one);
    const std::string of_other = sent_to(tom, other);
    receive("ann@hill.example", "Re: Printer",
            "In-Reply-To: <" + of_one + ">\r\nReferences: <" + of_other + ">\r\n");
    EXPECT_FALSE(proves(tom, of_one, one));
    EXPECT_FALSE(proves(tom, of_other, other)) << "shown in a mail that lies elsewhere";
}

TEST_F(DeskWriterTest, CountsHowOftenHeWasAskedToday) {
    const TicketId id = take("ann@hill.example", "Printer");
    const std::string tag = "[" + desk_->settings.desk.ticket_tag + "#1]";
    EXPECT_EQ(writer(tom, {}, id)->asked, 0U);
    receive(tom, "Re: " + tag + " Printer");
    EXPECT_EQ(writer(tom, {}, id)->asked, 1U);
    clock_.time += 25h;
    EXPECT_EQ(writer(tom, {}, id)->asked, 0U);
}

TEST_F(DeskWriterTest, FindsTheMailThatHeIsAskedAbout) {
    const TicketId id = take("ann@hill.example", "Printer");
    receive(tom, "Re: [" + desk_->settings.desk.ticket_tag + "#1] Printer", {}, "The code is 12.");
    const auto messages = store_->tickets.messages(id);
    const std::string row = std::to_string(static_cast<std::int64_t>(messages.back().id));
    const auto asked = [&](const std::string& label) {
        return writer(tom, sent_to(tom, id, ReplyMeans::confirmation, label), id)->asked_about;
    };
    ASSERT_TRUE(asked("confirm-" + row));
    EXPECT_EQ(asked("confirm-" + row)->mail.message.reply_text, "The code is 12.");
    EXPECT_FALSE(asked("confirm-" + row)->is_settled);
    EXPECT_FALSE(asked("confirm-" + row)->has_opened);
    EXPECT_FALSE(asked("confirm-9999"));
    EXPECT_FALSE(asked("confirm"));
    EXPECT_FALSE(asked("confirm-x"));
    const std::string first = std::to_string(static_cast<std::int64_t>(messages.front().id));
    EXPECT_TRUE(asked("confirm-" + first)->has_opened);
    store_->tickets.record(id, {clock_.time, rules::Event::disowned, tom, {}, {{"message", row}}});
    EXPECT_TRUE(asked("confirm-" + row)->is_settled);
}

}  // namespace
}  // namespace bellhop::daemon
