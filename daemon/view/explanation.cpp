#include "daemon/view/explanation.hpp"

#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "daemon/view/clock_output.hpp"
#include "daemon/view/output.hpp"
#include "parsers/header/domain_name.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/calendar/instant.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/rule/ruling.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

std::string_view clock_word(const Desk& desk, const std::string& status) {
    switch (rules::clock_of(desk.policy.statuses, status)) {
        case rules::ClockMode::run:
            return "run";
        case rules::ClockMode::pause:
            return "pause";
        case rules::ClockMode::stop:
            return "stop";
    }
    never_reached();
}

/// What became of a mail, and how it was read.
json::object explain_message(const storage::StoredMessage& message) {
    json::object object{{"id", static_cast<std::int64_t>(message.id)},
                        {"at", rules::to_text(message.at)},
                        {"from", message.from.address},
                        {"message_id", message.message_id}};
    object["kind"] = word_of(message.kind);
    if (!message.author.reason.empty()) object["sender_proof"] = to_json(message.author);
    object["evidence"] = to_json(message.evidence);
    object["defects"] = to_json(message.defects);
    return object;
}

/// What the rules decided, at each mail about which they had a say.
json::object explain_ruling(const rules::TicketEvent& event, const std::string& digest) {
    const rules::Ruling ruling = rules::read_ruling(event);
    json::object object{{"at", rules::to_text(event.at)},
                        {"reason", event.detail},
                        {"matched", json::value_from(ruling.matched)},
                        {"priority", ruling.outcome.priority},
                        {"team", ruling.outcome.team},
                        {"digest", ruling.digest},
                        {"rules_changed", ruling.digest != digest}};
    if (!ruling.proposed.empty()) object["proposed"] = ruling.proposed;
    return object;
}

/// The clocks of one cycle, span by span.
json::object explain_cycle(const rules::Cycle& cycle,
                           const TicketClocks& clocks,
                           const Desk& desk,
                           std::chrono::sys_seconds now) {
    const rules::Targets targets =
        rules::targets_for(desk.policy, cycle, clocks.plan, *clocks.calendar);
    json::object object{{"cycle", cycle.number},
                        {"started_at", rules::to_text(cycle.started_at)},
                        {"priority", cycle.priority},
                        {"calendar", clocks.calendar->plan().name}};
    if (!clocks.plan.empty()) object["plan"] = clocks.plan;
    json::array stays;
    for (const rules::StatusStay& stay : cycle.stays) {
        stays.push_back({{"status", stay.status},
                         {"clock", clock_word(desk, stay.status)},
                         {"from", rules::to_text(stay.from)},
                         {"to", rules::to_text(stay.to)}});
    }
    object["statuses"] = std::move(stays);
    for (const auto timer : {rules::TimerKind::response, rules::TimerKind::resolution}) {
        json::object way =
            to_json(rules::explain_due(cycle, timer, targets, *clocks.calendar, now));
        if (const auto stop = cycle.stop_of(timer)) way["met_at"] = rules::to_text(*stop);
        object[rules::to_text(timer)] = std::move(way);
    }
    return object;
}

/// Why a mail went out, where the log says more than that it did.
std::string reason_for(const storage::OutboxMail& mail,
                       const std::vector<rules::TicketEvent>& log) {
    for (const rules::TicketEvent& event : log) {
        if (rules::value_of(event, "message_id") != mail.message_id) continue;
        if (!event.detail.starts_with("queued for ")) return event.detail;
    }
    return {};
}

json::array explain_mails(const ExplainedTicket& subject) {
    json::array mails;
    for (const storage::OutboxMail& mail : subject.store.outbox.of_ticket(subject.ticket.id)) {
        json::object object = to_json(mail);
        const std::string reason = reason_for(mail, subject.log);
        if (!reason.empty()) object["reason"] = reason;
        mails.push_back(std::move(object));
    }
    return mails;
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr) return {};
    return value->is_string() ? std::string{value->get_string()} : json::serialize(*value);
}

/// "open → resolved ", where an entry tells of a change.
std::string change_of(const json::object& entry) {
    if (!entry.contains("from") || !entry.contains("to")) return {};
    const std::string from = text_of(entry, "from");
    return (from.empty() ? "(none)" : from) + " → " + text_of(entry, "to") + ' ';
}

void print_section(std::ostream& out,
                   const char* title,
                   const json::object& whole,
                   std::string_view key,
                   const char* nothing) {
    out << title << '\n';
    const json::array& entries = whole.at(key).as_array();
    if (entries.empty()) out << "  " << nothing << '\n';
    for (const json::value& entry : entries) {
        const json::object& one = entry.as_object();
        out << fmt::format("  {}  {:<24} {}\n", text_of(one, "at"), text_of(one, "type"),
                           on_one_line(change_of(one) + text_of(one, "reason"), 200));
    }
}

void print_proof(std::ostream& out, const json::object& message) {
    const json::value* proof = message.if_contains("sender_proof");
    if (proof == nullptr) return;
    const json::object& one = proof->as_object();
    out << fmt::format("      sender {}, {}: {}\n", text_of(one, "level"),
                       one.at("believed").as_bool() ? "believed" : "NOT BELIEVED",
                       on_one_line(text_of(one, "because"), 160));
}

void print_messages(std::ostream& out, const json::array& messages) {
    out << "mails that came in\n";
    for (const json::value& entry : messages) {
        const json::object& one = entry.as_object();
        out << fmt::format("  {}  from {}: read as {}\n", text_of(one, "at"),
                           parsers::readable_address(text_of(one, "from")), text_of(one, "kind"));
        print_proof(out, one);
        for (const json::value& sign : one.at("evidence").as_array()) {
            out << fmt::format("      {} ({})\n",
                               on_one_line(text_of(sign.as_object(), "signal"), 160),
                               text_of(sign.as_object(), "grade"));
        }
        for (const json::value& defect : one.at("defects").as_array()) {
            out << fmt::format("      defect {}: {}\n", text_of(defect.as_object(), "code"),
                               on_one_line(text_of(defect.as_object(), "text"), 160));
        }
    }
}

void print_mails(std::ostream& out, const json::array& mails) {
    out << "mails that went out\n";
    if (mails.empty()) out << "  none\n";
    for (const json::value& entry : mails) {
        const json::object& one = entry.as_object();
        out << fmt::format("  {}  {} to {}: {} {}\n", text_of(one, "created_at"),
                           text_of(one, "kind"), text_of(one, "recipient"), text_of(one, "state"),
                           on_one_line(text_of(one, "last_reply"), 160));
        const std::string reason = text_of(one, "reason");
        if (!reason.empty()) out << "      " << on_one_line(reason, 200) << '\n';
    }
}

void print_rulings(std::ostream& out, const json::array& decisions, const std::string& name) {
    out << "what the rules decided\n";
    if (decisions.empty()) out << "  nothing is recorded\n";
    for (const json::value& entry : decisions) {
        const json::object& one = entry.as_object();
        const std::string team = text_of(one, "team");
        out << fmt::format("  {}  priority {}{}, {}\n", text_of(one, "at"),
                           text_of(one, "priority"), team.empty() ? "" : ", team " + team,
                           on_one_line(text_of(one, "reason"), 200));
        out << (one.at("rules_changed").as_bool() ? "      the rules have changed since; "
                                                  : "      the rules are still the same; ")
            << "every rule in order: bellhop rules explain " << name << '\n';
    }
}

/// The way to each due instant, so that a person can check every minute with the calendar at hand.
void print_clocks(std::ostream& out, const ExplainedTicket& subject) {
    out << "by when\n";
    if (subject.clocks.cycles.empty()) out << "  nothing is recorded\n";
    const rules::BusinessCalendar& calendar = *subject.clocks.calendar;
    for (const rules::Cycle& cycle : subject.clocks.cycles) {
        out << fmt::format(
            "  cycle {}: from {}, priority {}, calendar \"{}\"{}\n", cycle.number,
            rules::moment_for_log(calendar, cycle.started_at), cycle.priority, calendar.plan().name,
            subject.clocks.plan.empty() ? "" : ", plan \"" + subject.clocks.plan + "\"");
        for (const rules::StatusStay& stay : cycle.stays) {
            out << fmt::format("    {} - {}  {} ({})\n", rules::moment_for_log(calendar, stay.from),
                               rules::moment_for_log(calendar, stay.to), stay.status,
                               clock_word(subject.desk, stay.status));
        }
        const rules::Targets targets =
            rules::targets_for(subject.desk.policy, cycle, subject.clocks.plan, calendar);
        for (const auto timer : {rules::TimerKind::response, rules::TimerKind::resolution}) {
            const auto way = rules::explain_due(cycle, timer, targets, calendar, subject.now);
            out << "  " << rules::render(way, calendar);
            if (const auto stop = cycle.stop_of(timer)) {
                out << "    " << (timer == rules::TimerKind::response ? "answered" : "resolved")
                    << ' ' << rules::moment_for_log(calendar, *stop) << '\n';
            }
        }
    }
}

}  // namespace

ExplainedTicket explained(const Desk& desk,
                          const storage::Store& store,
                          const rules::Ticket& ticket,
                          std::chrono::sys_seconds now) {
    std::vector<rules::TicketEvent> log = store.tickets.events(ticket.id);
    TicketClocks clocks = clocks_of(desk, ticket, log, now);
    return {desk, store, ticket, std::move(log), std::move(clocks), now};
}

json::object to_json(const ExplainedTicket& subject) {
    json::array messages;
    for (const storage::StoredMessage& one : subject.store.tickets.messages(subject.ticket.id)) {
        if (one.direction == storage::Direction::in) messages.push_back(explain_message(one));
    }
    json::array threading;
    json::array answers;
    json::array decisions;
    json::array other;
    for (const rules::TicketEvent& event : subject.log) {
        switch (topic_of(event.type)) {
            case rules::EventTopic::rules:
                decisions.push_back(
                    explain_ruling(event, subject.desk.rules.rule_set().book().digest));
                break;
            case rules::EventTopic::threading:
                threading.push_back(to_json(event));
                break;
            case rules::EventTopic::answer:
                answers.push_back(to_json(event));
                break;
            case rules::EventTopic::ticket:
                other.push_back(to_json(event));
                break;
        }
    }
    json::array cycles;
    for (const rules::Cycle& cycle : subject.clocks.cycles)
        cycles.push_back(explain_cycle(cycle, subject.clocks, subject.desk, subject.now));
    json::object object{{"ticket", number(subject.ticket.id)},
                        {"priority", subject.ticket.priority},
                        {"status", subject.ticket.status}};
    object["messages"] = std::move(messages);
    object["threading"] = std::move(threading);
    object["rules"] = std::move(decisions);
    object["acknowledgement"] = std::move(answers);
    object["clocks"] = std::move(cycles);
    object["events"] = std::move(other);
    object["mails"] = explain_mails(subject);
    return object;
}

std::string in_words(const ExplainedTicket& subject) {
    const json::object whole = to_json(subject);
    std::ostringstream out;
    const std::string name = std::to_string(number(subject.ticket.id));
    out << fmt::format("ticket {}: {}\n", name, on_one_line(subject.ticket.subject, 200));
    print_messages(out, whole.at("messages").as_array());
    print_section(out, "which ticket it belongs to", whole, "threading",
                  "nothing named a ticket: a new one");
    print_rulings(out, whole.at("rules").as_array(), name);
    print_section(out, "acknowledgement", whole, "acknowledgement", "none");
    print_clocks(out, subject);
    print_section(out, "what else happened", whole, "events", "nothing");
    print_mails(out, whole.at("mails").as_array());
    return std::move(out).str();
}

}  // namespace bellhop::daemon
