// Two databases on one mailbox: each makes a ticket of a mail and answers it, and each finds out.
#include <gtest/gtest.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

TEST_F(BusyDesk, NoticesThatAnotherDatabaseHasAnsweredTheSameMail) {
    storage::Store others{memory_.path() / "other.db"};
    Intake other{others, clock_, "another key"};
    IncomingMail mail;
    mail.mailbox = desk_->settings.mailboxes.front().name;
    mail.arrived = clock_.time;
    const auto both_take = [&](std::uint32_t uid, const std::string& bytes) {
        mail.key = {"it", 1, uid};
        mail.bytes = bytes;
        mail.size = bytes.size();
        other.take({&mail, 1}, *desk_);
        return intake_->take({&mail, 1}, *desk_).front().ticket.value();
    };
    const std::string from = "From: Ann <ann@hill.example>\r\n";
    const rules::TicketId ticket =
        both_take(1, from + "Subject: projector\r\nMessage-ID: <m1@hill.example>\r\n\r\nHelp.\r\n");
    const std::string fact = "other_gateway/" + mail.mailbox;
    EXPECT_EQ(store_->facts.find(fact), "");

    const std::string ours = store_->outbox.of_ticket(ticket).front().message_id;
    const std::string theirs = others.outbox.list({}).front().message_id;
    EXPECT_NE(ours, theirs);
    both_take(2, from +
                     "Subject: Re: projector\r\nMessage-ID: <m2@hill.example>\r\nIn-Reply-To: <" +
                     theirs + ">\r\nReferences: <m1@hill.example> <" + theirs +
                     ">\r\n\r\nThank you.\r\n");
    EXPECT_NE(store_->facts.find(fact).find(theirs), std::string::npos);
    EXPECT_EQ(others.facts.find(fact), "") << "the one whose answer it is has seen nothing odd";
}

}  // namespace
}  // namespace bellhop::daemon
