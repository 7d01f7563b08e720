// A desk with rules, hours and promises, mails that come in, and staff who act on tickets.
#pragma once

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "daemon/desk/config_folder.hpp"
#include "daemon/work/intake.hpp"
#include "tests/daemon/config_folder.hpp"
#include "tests/daemon/fakes.hpp"
#include "tests/storage/store_fixture.hpp"

namespace bellhop::daemon {

/// Tuesday 15 September 2026, 10 am in London: the desk is open.
inline constexpr std::chrono::sys_seconds tuesday_morning =
    std::chrono::sys_days{std::chrono::year{2026} / 9 / 15} + std::chrono::hours{9};

class BusyDesk : public testing::Test {
protected:
    BusyDesk() {
        write_config_folder(config_.path(), "school", Overwriting::refused);
        config_.write("people.toml", R"(
[[school]]
name = "Hill Primary"
domains = ["hill.example"]

[[team]]
name = "MIS"
address = "mis@desk.example"
)");
        config_.write("calendar.toml", R"(
zone = "Europe/London"
otherwise = "term"
[hours.term]
monday_to_friday = "08:30-16:30"
)");
        config_.write("sla.toml", R"(
default = "P3"
[priority.P1]
name = "Major"
respond = "30 minutes"
resolve = "4 hours"
[priority.P3]
name = "Normal"
respond = "4 hours"
resolve = "3 business days"
)");
        write_rules(R"(
[[rule]]
name = "SIMS"
when.text = ["sims"]
then.team = "MIS"

[[rule]]
name = "outage"
when.text = ["internet down"]
when.surge = { tickets = 3, people = 2, within = "15 min" }
then.priority = "P1"

[[rule]]
name = "chased"
when.text = ["still waiting"]
when.arrival = "follow-up"
then.priority = "P1"

[[rule]]
name = "safeguarding"
when.text = ["safeguarding"]
then.restricted = true
)");
        clock_.time = tuesday_morning;
    }

    void SetUp() override {
        load();
        store_.emplace(memory_.path() / "bellhop.db");
        intake_.emplace(*store_, clock_, "the key");
    }

    void write_rules(const std::string& text) const {
        config_.write("rules.toml", "[default]\npriority = \"P3\"\n" + text);
    }

    void load() {
        auto loaded = load_desk(config_.path());
        ASSERT_TRUE(loaded.has_value()) << render_all(loaded.error());
        desk_.emplace(std::move(*loaded));
    }

    /// A mail that comes in now; `more` are header fields.
    Taken receive(const std::string& from,
                  const std::string& subject,
                  const std::string& more = {},
                  const std::string& text = "Please help.") {
        IncomingMail mail;
        mail.key = {"it", 1, ++uid_};
        mail.mailbox = desk_->settings.mailboxes.front().name;
        mail.bytes = "From: Ann <" + from + ">\r\nSubject: " + subject + "\r\nMessage-ID: <m" +
                     std::to_string(uid_) + "@" + from.substr(from.find('@') + 1) + ">\r\n" + more +
                     "\r\n" + text + "\r\n";
        mail.size = mail.bytes.size();
        mail.arrived = clock_.time;
        return intake_->take({&mail, 1}, *desk_).front();
    }
    rules::TicketId take(const std::string& from,
                         const std::string& subject,
                         const std::string& more = {}) {
        return receive(from, subject, more).ticket.value();
    }

    /// A reply of the same person to the ticket.
    rules::TicketId reply(rules::TicketId to, const std::string& text) {
        return take("ann@hill.example", "Re: [" + desk_->settings.desk.ticket_tag + "#" +
                                            std::to_string(static_cast<std::int64_t>(to)) + "] " +
                                            text);
    }

    rules::Ticket ticket(rules::TicketId id) const { return store_->tickets.find(id).value(); }

    /// Staff sets a field of a ticket now.
    void staff(rules::TicketId id, rules::Event field, const std::string& to) {
        rules::Ticket one = ticket(id);
        std::string& value = field == rules::Event::priority ? one.priority
                             : field == rules::Event::team   ? one.team
                                                             : one.status;
        store_->tickets.record(
            id, {clock_.time, field, "agent Tom", {}, {{"from", value}, {"to", to}}});
        value = to;
        store_->tickets.update(one);
    }

    ConfigFolder config_;
    storage::TemporaryFolder memory_;
    FakeClock clock_;
    std::optional<Desk> desk_;
    std::optional<storage::Store> store_;
    std::optional<Intake> intake_;
    std::uint32_t uid_ = 0;
};

}  // namespace bellhop::daemon
