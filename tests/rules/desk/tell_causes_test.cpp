#include "rules/desk/tell_causes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TellCauses : public testing::Test {
protected:
    TellCauses() {
        before_ = Ticket{};
        before_->id = TicketId{7};
        before_->status = status::open;
        after_ = *before_;
    }

    /// The occasions, in order.
    std::vector<std::string> causes(const Actions& actions) const {
        std::vector<std::string> names;
        for (const Cause& one : causes_of({actions, before_, after_, "gateway", {}, "P1"}, {})) {
            names.emplace_back(entry_of(one.occasion).name);
            EXPECT_FALSE(one.words.empty());
        }
        return names;
    }

    static Record entry(Event type, std::string actor = "ann@hill.example") {
        return {{{}, type, std::move(actor), {}, {}}, {}};
    }

    std::optional<Ticket> before_ = {};
    Ticket after_ = {};
};

TEST_F(TellCauses, AreReadInTheOrderOfWhatWasDone) {
    EXPECT_THAT(causes({Reopen{"a person replied"}, Notify{{}, {}, Occasion::chased},
                        entry(Event::customer_reply)}),
                ElementsAre("reopened", "chased", "customer_replied"));
}

TEST_F(TellCauses, AreNoneWhereNobodyHasToKnow) {
    EXPECT_THAT(causes({AddNote{"x", "agent Tess"}, AddTags{{"x"}},
                        SetField{TicketField::priority, "P1", "agent Tess", {}},
                        entry(Event::automatic_mail)}),
                IsEmpty());
    EXPECT_THAT(causes({entry(Event::customer_reply), entry(Event::thanks)}), IsEmpty());
    EXPECT_THAT(causes({Record{entry(Event::customer_reply).event, TicketId{9}}}), IsEmpty())
        << "an entry of another ticket";
}

/// A new ticket that waits for a yes is told to whoever can say it; the grave ones to all.
TEST_F(TellCauses, LeaveAWaitingRequestToItsApprover) {
    after_.status = status::waiting_approval;
    EXPECT_THAT(causes({OpenTicket{after_}}), IsEmpty());
    after_.priority = "P1";
    EXPECT_THAT(causes({OpenTicket{after_}}), ElementsAre("new"));
    after_.priority.clear();
    after_.restricted = true;
    EXPECT_THAT(causes({OpenTicket{after_}}), ElementsAre("new"));
}

TEST_F(TellCauses, AreANoteByAnybodyButATechnician) {
    EXPECT_THAT(causes({entry(Event::note, "agent Tess")}), IsEmpty()) << "nobody is known by name";
    EXPECT_THAT(causes({entry(Event::note, "head@hill.example")}), ElementsAre("customer_replied"));
}

}  // namespace
}  // namespace bellhop::rules
