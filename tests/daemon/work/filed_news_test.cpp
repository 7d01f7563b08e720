#include "daemon/work/filed_news.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/sla/ticket_history.hpp"
#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class FiledNews : public BusyDesk {
protected:
    FiledNews() {
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]
[[contact]]
name = "Helen Head"
address = "head@hill.example"
school = "Hill Primary"
[[team]]
name = "network"
[[technician]]
name = "Tess"
address = "tess@desk.example"
teams = ["network"]
)");
    }

    void SetUp() override {
        BusyDesk::SetUp();
        id_ = take("ann@hill.example", "Printer");
        before_ = ticket(id_);
        before_->assignee = "Tess";
        after_ = *before_;
    }

    /// The words of the news that these actions make; empty where nobody is told.
    std::string told(const rules::Actions& actions, const rules::MailReceived* mail = nullptr) {
        const std::size_t entries = store_->tickets.events(id_).size();
        tell_desk(*store_, *desk_, {actions, before_, after_, mail, {}, wants_yes_, is_proved_},
                  clock_.time);
        const auto log = store_->tickets.events(id_);
        if (log.size() == entries) return {};
        EXPECT_EQ(log.back().type, rules::Event::news);
        return std::string{rules::value_of(log.back(), "words")};
    }

    static rules::MailReceived mail_of(const std::string& name, const std::string& address) {
        rules::MailReceived mail;
        mail.message.from = parsers::Address{name, address};
        return mail;
    }
    static rules::Actions replied() {
        return {rules::Record{{{}, rules::Event::customer_reply, "x", {}, {}}}};
    }

    rules::TicketId id_ = {};
    std::optional<rules::Ticket> before_ = {};
    rules::Ticket after_ = {};
    bool wants_yes_ = false;
    bool is_proved_ = true;
};

TEST_F(FiledNews, NamesTheSenderAsPeopleCallHim) {
    rules::MailReceived mail = mail_of("Ann Lee", "ann@hill.example");
    EXPECT_THAT(told(replied(), &mail), StartsWith("Ann Lee has answered"));
    mail = mail_of("", "HEAD@hill.example");
    EXPECT_THAT(told(replied(), &mail), StartsWith("Helen Head has"));
    after_.requester.name = "Ann of the file";
    mail = mail_of("", "ann@hill.example");
    EXPECT_THAT(told(replied(), &mail), StartsWith("Ann of the file has"));
    mail = mail_of("", "new@hill.example");
    EXPECT_THAT(told(replied(), &mail), StartsWith("new@hill.example has"));
    mail = mail_of("Ann\r\nBcc: x@evil.example", "ann@hill.example");
    EXPECT_EQ(told(replied(), &mail).find('\n'), std::string::npos);
}

TEST_F(FiledNews, NamesWhoHasGivenTheOrder) {
    before_->assignee.clear();
    EXPECT_THAT(told({rules::SetField{rules::TicketField::assignee, "Tess", "agent Raj", ""}}),
                StartsWith("Raj has given you this ticket"));
    EXPECT_EQ(told({rules::SetField{rules::TicketField::assignee, "Tess", "agent Tess", ""}}), "")
        << "her own deed";
}

/// In whose name somebody has written, without proof, has done nothing, and is told.
TEST_F(FiledNews, DoesNotTakeAnUnprovedNameForTheDoer) {
    const rules::MailReceived mail = mail_of("Tess", "tess@desk.example");
    const rules::Actions actions{rules::Notify{{"Tess"}, "Look at it."}};
    EXPECT_EQ(told(actions, &mail), "");
    is_proved_ = false;
    EXPECT_EQ(told(actions, &mail), "Look at it.");
}

TEST_F(FiledNews, KnowsWhetherAYesWasWanted) {
    before_->status = rules::status::waiting_approval;
    const rules::Actions let_go{rules::SetStatus{"open", "", "head@hill.example"}};
    EXPECT_EQ(told(let_go), "");
    wants_yes_ = true;
    EXPECT_THAT(told(let_go), HasSubstr("has approved it"));
}

}  // namespace
}  // namespace bellhop::daemon
