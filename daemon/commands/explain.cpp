// bellhop explain TICKET
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/output.hpp"
#include "daemon/commands/session.hpp"
#include "rules/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

/// What became of a mail, and how it was read.
json::object explain_message(const storage::StoredMessage& message) {
    json::object object{{"id", static_cast<std::int64_t>(message.id)},
                        {"at", rules::to_text(message.at)},
                        {"from", message.from.address},
                        {"message_id", message.message_id}};
    object["kind"] = word_of(message.kind);
    object["evidence"] = to_json(message.evidence);
    object["defects"] = to_json(message.defects);
    return object;
}

bool is_about(const rules::TicketEvent& event, std::string_view beginning) {
    return event.type.starts_with(beginning);
}

json::object explanation(const storage::Store& store, const rules::Ticket& ticket) {
    json::array messages;
    for (const storage::StoredMessage& one : store.tickets.messages(ticket.id)) {
        if (one.direction == storage::Direction::in) messages.push_back(explain_message(one));
    }
    json::array threading;
    json::array answers;
    json::array other;
    for (const rules::TicketEvent& event : store.tickets.events(ticket.id)) {
        if (is_about(event, "thread_evidence") || is_about(event, "linked") ||
            is_about(event, "duplicate")) {
            threading.push_back(to_json(event));
        } else if (is_about(event, "acknowledgement") || is_about(event, "oversize")) {
            answers.push_back(to_json(event));
        } else {
            other.push_back(to_json(event));
        }
    }
    json::array mails;
    for (const storage::OutboxMail& mail : store.outbox.of_ticket(ticket.id))
        mails.push_back(to_json(mail));
    json::object object{
        {"ticket", number(ticket.id)}, {"priority", ticket.priority}, {"status", ticket.status}};
    object["messages"] = std::move(messages);
    object["threading"] = std::move(threading);
    object["acknowledgement"] = std::move(answers);
    object["events"] = std::move(other);
    object["mails"] = std::move(mails);
    return object;
}

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr) return {};
    return value->is_string() ? std::string{value->get_string()} : json::serialize(*value);
}

void print_section(const char* title,
                   const json::object& whole,
                   std::string_view key,
                   const char* nothing) {
    std::cout << title << '\n';
    const json::array& entries = whole.at(key).as_array();
    if (entries.empty()) std::cout << "  " << nothing << '\n';
    for (const json::value& entry : entries) {
        const json::object& one = entry.as_object();
        std::cout << fmt::format("  {}  {:<24} {}\n", text_of(one, "at"), text_of(one, "type"),
                                 on_one_line(text_of(one, "reason"), 200));
    }
}

void print_messages(const json::array& messages) {
    std::cout << "mails that came in\n";
    for (const json::value& entry : messages) {
        const json::object& one = entry.as_object();
        std::cout << fmt::format("  {}  from {}: read as {}\n", text_of(one, "at"),
                                 text_of(one, "from"), text_of(one, "kind"));
        for (const json::value& sign : one.at("evidence").as_array()) {
            std::cout << fmt::format("      {} ({})\n",
                                     on_one_line(text_of(sign.as_object(), "signal"), 160),
                                     text_of(sign.as_object(), "grade"));
        }
        for (const json::value& defect : one.at("defects").as_array()) {
            std::cout << fmt::format("      defect {}: {}\n", text_of(defect.as_object(), "code"),
                                     on_one_line(text_of(defect.as_object(), "text"), 160));
        }
    }
}

void print_mails(const json::array& mails) {
    std::cout << "mails that went out\n";
    if (mails.empty()) std::cout << "  none\n";
    for (const json::value& entry : mails) {
        const json::object& one = entry.as_object();
        std::cout << fmt::format("  {}  {} to {}: {} {}\n", text_of(one, "created_at"),
                                 text_of(one, "kind"), text_of(one, "recipient"),
                                 text_of(one, "state"),
                                 on_one_line(text_of(one, "last_reply"), 160));
    }
}

void explain(const Invocation& invocation, const std::string& name) {
    const Desk desk = configured_desk(invocation);
    const auto store = opened_store(desk);
    const rules::Ticket ticket = ticket_named(*store, name);
    const json::object whole = explanation(*store, ticket);
    if (invocation.json) {
        std::cout << json::serialize(whole) << '\n';
        return;
    }
    std::cout << fmt::format("ticket {}: {}\n", number(ticket.id),
                             on_one_line(ticket.subject, 200));
    print_messages(whole.at("messages").as_array());
    print_section("which ticket it belongs to", whole, "threading",
                  "nothing named a ticket: a new one");
    print_section("acknowledgement", whole, "acknowledgement", "none");
    print_section("what else happened", whole, "events", "nothing");
    print_mails(whole.at("mails").as_array());
}

}  // namespace

void add_explain_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command = app.add_subcommand("explain", "why a ticket is as it is");
    command->footer("Example: bellhop explain 1042");
    auto name = std::make_shared<std::string>();
    command->add_option("TICKET", *name, "its number")->required();
    command->callback([&invocation, name] { explain(invocation, *name); });
}

}  // namespace bellhop::daemon
