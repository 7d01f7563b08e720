#include "rules/desk/new_ticket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::chrono::sys_seconds now{1'790'000'000s};
const std::string desk_address = "it@desk.example";

class NewTicketTest : public testing::Test {
protected:
    NewTicketTest() {
        people_.technicians = {{"Tess Tech", "tess@desk.example", {}, false, {}}};
        people_.teams = {{"network", "", {}, {}}, {"MIS", "", {}, {}}};
        staff_ = {&people_, {}, {desk_address}};
        call_.requester = {"Ann Lee", "ann@hill.example"};
        call_.subject = "Projector";
        call_.text = "It is dark.";
    }

    DeskRules desk() const { return {policy_, staff_, {"P1", "P2"}, {}, {}}; }

    auto mail() const { return mail_of_new_ticket(call_, desk(), desk_address, now); }
    std::string refused() const {
        const auto made = mail();
        return made.has_error() ? made.error() : "not refused";
    }

    /// As the rules decide on the mail: a ticket, its entries, an acknowledgement, word to the
    /// team.
    Actions decided() const {
        Ticket ticket;
        ticket.priority = "P2";
        ticket.team = "MIS";
        return {OpenTicket{ticket},
                Record{{now, Event::created, "gateway", "mail to it@desk.example", {}}},
                SendMail{MailKind::acknowledgement, "ann@hill.example"}, Notify{{"team"}}};
    }
    Actions opened() const { return opened_by("agent Tess Tech", call_, desk(), decided()); }

    SlaPolicy policy_;
    People people_;
    Staff staff_;
    NewTicketOrder call_;
};

TEST_F(NewTicketTest, IsAMailOfWhoeverRang) {
    const auto made = mail();
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->from.address, "ann@hill.example");
    EXPECT_EQ(made->to.front().address, desk_address);
    EXPECT_EQ(made->subject, "Projector");
    EXPECT_EQ(made->text, "It is dark.");
    EXPECT_EQ(made->date, now);
    EXPECT_EQ(made->message_id, mail()->message_id) << "the same order makes the same mail";
    EXPECT_FALSE(read_message_id(made->message_id, "the key")) << "not of our own form";
    const std::string before = made->message_id;
    call_.text += ".";
    EXPECT_NE(mail()->message_id, before);
}

TEST_F(NewTicketTest, IsRefusedWithWhatIsWrong) {
    call_.text = " \n";
    EXPECT_EQ(refused(), "the text is empty");
    call_.text = "It is dark.";
    call_.priority = "P9";
    EXPECT_THAT(refused(), HasSubstr("P9"));
    call_.priority.clear();
    call_.team = "nobody";
    EXPECT_THAT(refused(), HasSubstr("nobody"));
    call_.team.clear();
    call_.person = "Zoe";
    EXPECT_THAT(refused(), HasSubstr("Zoe"));
    call_.person.clear();
    for (const char* address : {"", "ann", "ann@", "it@desk.example"}) {
        call_.requester.address = address;
        EXPECT_NE(refused(), "not refused") << address;
    }
}

TEST_F(NewTicketTest, SaysWhoHasNotedItAndThatItIsNoted) {
    const Actions actions = opened();
    ASSERT_EQ(actions.size(), 4U);
    const TicketEvent& created = std::get<Record>(actions[1]).event;
    EXPECT_EQ(created.actor, "agent Tess Tech");
    EXPECT_EQ(created.detail, "noted for ann@hill.example");
    EXPECT_EQ(std::get<SendMail>(actions[2]).text, "noted");
}

/// What he has said counts instead of the rules, and stands in the mails that tell of the ticket.
TEST_F(NewTicketTest, CountsWhatHeHasSaidBeforeAnybodyIsTold) {
    call_.priority = "p1";
    call_.team = "net";
    call_.person = "tess";
    const Actions actions = opened();
    ASSERT_EQ(actions.size(), 7U);
    const auto field = [&](std::size_t i) {
        const auto& set = std::get<SetField>(actions[i]);
        EXPECT_EQ(set.actor, "agent Tess Tech");
        return set.to;
    };
    EXPECT_EQ(field(2), "P1");
    EXPECT_EQ(field(3), "network");
    EXPECT_EQ(field(4), "Tess Tech") << "by the beginning of his name";
    EXPECT_TRUE(std::holds_alternative<SendMail>(actions[5]));
    call_.priority = "P2";
    call_.team.clear();
    call_.person.clear();
    EXPECT_EQ(opened().size(), 4U) << "as the rules say already";
}

TEST_F(NewTicketTest, LeavesATextThatARuleWants) {
    Actions ruled = decided();
    std::get<SendMail>(ruled[2]).text = "dns-needs-text";
    const Actions actions = opened_by("agent Tess Tech", call_, desk(), ruled);
    EXPECT_EQ(std::get<SendMail>(actions[2]).text, "dns-needs-text");
}

}  // namespace
}  // namespace bellhop::rules
