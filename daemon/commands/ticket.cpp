// bellhop ticket list|show|search, and the orders of daemon/orders/order_form.hpp
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/input_file.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/commands/since_option.hpp"
#include "daemon/commands/ticket_attachment.hpp"
#include "daemon/orders/actor.hpp"
#include "daemon/orders/given_order.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/log.hpp"
#include "daemon/view/output.hpp"
#include "daemon/view/ticket_list.hpp"
#include "daemon/view/ticket_page.hpp"
#include "parsers/config/known_name.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t most_hits = 100;
constexpr std::size_t longest_reply = 1024 * 1024;  // bytes from standard input

/// Whoever is logged in; behind sudo whoever has called it.
std::string login_at_the_keyboard() {
    for (const char* variable : {"SUDO_USER", "LOGNAME", "USER"}) {
        const char* login = std::getenv(variable);
        if (login != nullptr && *login != '\0') return login;
    }
    return {};
}

/// The name that an option means among those that there are; what was typed where none are known.
std::string meant(const Arguments& given,
                  const std::string& option,
                  const std::string& kind,
                  const std::vector<std::string>& known) {
    const std::string typed = given.text(option);
    if (typed.empty() || known.empty()) return typed;
    const parsers::KnownName found = parsers::known_name(kind, typed, known);
    if (found.complaint.empty()) return found.name;
    throw CommandFailure(EX_USAGE, "bellhop: " + option + ": " + found.complaint + "\n");
}

/// Whoever says who he is, or is logged in.
std::string own_name(const Arguments& given, const Desk& desk) {
    const std::string said = given.text("--as");
    const Actor actor = actor_of(desk, said.empty() ? login_at_the_keyboard() : said);
    if (!actor.complaint.empty()) {
        throw CommandFailure(EX_USAGE, "bellhop: --mine: " + actor.complaint + "\n");
    }
    return actor.name.substr(std::string_view{"agent "}.size());
}

ListQuestion question_of(const Arguments& given, const Desk& desk, std::chrono::sys_seconds now) {
    static const rules::People nobody;
    const rules::People* known = desk.rules.known_people();
    const rules::People& people = known != nullptr ? *known : nobody;
    std::vector<std::string> priorities;
    for (const rules::Priority& one : desk.policy.priorities) priorities.push_back(one.id);
    ListQuestion question;
    storage::ListFilter& filter = question.filter;
    filter.all = given.has("--all");
    filter.status = meant(given, "--status", "status", parsers::names_of(desk.policy.statuses));
    filter.priority = meant(given, "--priority", "priority", priorities);
    filter.school = meant(given, "--school", "school", parsers::names_of(people.schools));
    filter.team = meant(given, "--team", "team", parsers::names_of(people.teams));
    filter.assignee =
        meant(given, "--assignee", "technician", parsers::names_of(people.technicians));
    if (given.has("--mine")) filter.assignee = own_name(given, desk);
    filter.unassigned = given.has("--unassigned");
    filter.requester = given.text("--requester");
    if (given.has("--since")) {
        filter.opened_since = instant_of_option(given.text("--since"), "--since", desk, now);
    }
    question.only_overdue = given.has("--overdue");
    question.only_breached = given.has("--breached");
    return question;
}

void list(const Invocation& invocation, const Arguments& given) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const auto now = SystemClock{}.now();
    const TicketListing listing = listed_tickets(*store, desk, question_of(given, desk, now), now);
    if (!invocation.json) {
        std::cout << in_words(listing, now);
        return;
    }
    std::cout << json::serialize(to_json(listing)) << '\n';
    if (listing.is_cut) {
        std::cerr << "bellhop: there are more than " << TicketListing::most << " tickets\n";
    }
}

void show(const Invocation& invocation, const std::string& name, Extent extent) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const auto now = SystemClock{}.now();
    const TicketPage page = ticket_page(*store, desk, ticket_numbered(*store, name), now);
    std::cout << (invocation.json ? json::serialize(to_json(page)) + "\n"
                                  : in_words(page, desk, extent, now));
}

storage::SearchSpan span_of(const Arguments& given,
                            const Desk& desk,
                            std::chrono::sys_seconds now) {
    storage::SearchSpan span;
    if (given.has("--since")) {
        span.since = instant_of_option(given.text("--since"), "--since", desk, now);
    }
    if (given.has("--before")) {
        span.until = instant_of_option(given.text("--before"), "--before", desk, now);
    }
    return span;
}

void say_what_was_not_searched(const storage::Store& store, bool is_cut) {
    if (is_cut) std::cerr << "bellhop: only the newest " << most_hits << " are shown\n";
    if (const std::size_t missing = store.tickets.not_searched(); missing > 0) {
        std::cerr << "bellhop: " << missing
                  << " mails that have just come in are not searched yet\n";
    }
}

void search(Invocation& invocation, const Arguments& given) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    const auto now = SystemClock{}.now();
    std::vector<storage::SearchHit> hits = store->tickets.search(
        parsers::joined(given.texts("WORD"), " "), most_hits + 1, span_of(given, desk, now));
    const bool is_cut = hits.size() > most_hits;
    if (is_cut) hits.pop_back();
    invocation.exit_status = hits.empty() ? 1 : 0;
    if (invocation.json) {
        std::cout << json::serialize(to_json(hits)) << '\n';
    } else {
        std::cout << in_words(hits, desk, now);
        if (hits.empty()) {
            std::cerr << "bellhop: nothing found (restricted tickets are found by number only)\n";
        }
    }
    say_what_was_not_searched(*store, is_cut);
}

std::string text_from_standard_input() {
    std::string text;
    for (char c = 0; std::cin.get(c);) {
        if (text.size() == longest_reply) {
            throw CommandFailure(EX_DATAERR, "bellhop: the text is longer than 1 MiB\n");
        }
        text += c;
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

/// "ticket 7: status open, priority P3, team MIS, assigned to Tess"
std::string ticket_in_words(const json::object& ticket) {
    const auto part = [&ticket](const char* key, const char* name) {
        const json::value* value = ticket.if_contains(key);
        return value == nullptr ? std::string{} : name + std::string{value->as_string()};
    };
    return fmt::format("ticket {}: {}{}{}{}\n", ticket.at("id").as_int64(),
                       part("status", "status "), part("priority", ", priority "),
                       part("team", ", team "), part("assignee", ", assigned to "));
}

/// Files as they are called on this machine.
std::vector<rules::AttachedFile> files_to_send(const std::vector<std::string>& names,
                                               const Desk& desk) {
    if (names.size() > most_files) {
        throw CommandFailure(
            EX_USAGE, "bellhop: --attach: no more than " + std::to_string(most_files) + " files\n");
    }
    std::vector<rules::AttachedFile> files;
    std::size_t rest = desk.settings.limits.message_bytes;
    for (const std::string& name : names) {
        std::string bytes = required_input(name, EX_NOINPUT);
        if (bytes.size() > rest) {
            throw CommandFailure(EX_DATAERR,
                                 "bellhop: --attach: together larger than a mail may "
                                 "be (message_size)\n");
        }
        rest -= bytes.size();
        files.push_back({std::filesystem::path{name}.filename().string(), std::move(bytes)});
    }
    return files;
}

void give_order(Invocation& invocation,
                GivenOrder given,
                const std::vector<std::string>& attached) {
    if (lacks_letter(given)) set_letter(given, text_from_standard_input());
    if (given.by.empty()) given.by = login_at_the_keyboard();
    const Desk desk = configured_desk(invocation);
    given.files = files_to_send(attached, desk);
    start_log("warn");
    const json::object ticket =
        asked(desk, {"ticket.order", to_json(given), bytes_of_files(given)}, invocation)
            .as_object();
    std::cout << (invocation.json ? json::serialize(ticket) + "\n" : ticket_in_words(ticket));
    if (const json::value* crossed = ticket.if_contains("crossed")) {
        std::cerr << "bellhop: " << std::string_view{crossed->as_string()} << '\n';
    }
}

Option option_of(const OrderWord& word) {
    if (word.kind == WordKind::yes) return flag(word.name, word.what);
    Option option = value(word.name, word.what);
    if (!word.choices.empty()) option.among(word.choices);
    // What is not typed comes from standard input.
    const bool is_typed = word.kind != WordKind::letter || !word.name.starts_with("--");
    if (word.is_required && is_typed) option.required();
    return option;
}

GivenOrder order_given(const OrderForm& form, const Arguments& given) {
    const std::string ticket = form.opens_ticket() ? std::string{} : given.text("TICKET");
    GivenOrder order{form.name, ticket, given.text("--as"), {}, {}};
    for (const OrderWord& word : form.words) {
        std::string text = given.text(word.name);
        if (!text.empty()) order.words[word.key] = std::move(text);
    }
    return order;
}

Command order_command(const OrderForm& form) {
    Command command{form.name, form.what, "Example: bellhop ticket " + form.example};
    if (!form.opens_ticket()) command.options.push_back(value("TICKET", "its number").required());
    command.options.push_back(
        value("--as", "who does it: a technician (default: whoever is logged in)"));
    for (const OrderWord& word : form.words) command.options.push_back(option_of(word));
    if (form.takes_files) {
        command.options.push_back(
            values("--attach", "a file to send with it; may be given several times")
                .called("FILE"));
    }
    command.run = [&form](const Arguments& given, Invocation& invocation) {
        give_order(invocation, order_given(form, given),
                   form.takes_files ? given.texts("--attach") : std::vector<std::string>{});
    };
    return command;
}

Command list_command() {
    Command command{"list", "tickets that are not resolved or closed",
                    "Example: bellhop ticket list --status open"};
    command.options = {flag("--all", "resolved and closed ones too"),
                       value("--status", "only this status"),
                       value("--priority", "only this priority"),
                       value("--school", "only this school"),
                       value("--team", "only this team's"),
                       value("--assignee", "only this person's"),
                       flag("--mine", "only those of whoever is logged in"),
                       value("--as", "with --mine: who you are, on a login that others use, too"),
                       flag("--unassigned", "only those that nobody has taken"),
                       value("--requester", "a part of the requester's name or address"),
                       value("--since", "only those opened since a day, or so long ago"),
                       flag("--overdue", "only those that are late now"),
                       flag("--breached", "only those that have missed a target")};
    command.run = [](const Arguments& given, Invocation& invocation) { list(invocation, given); };
    return command;
}

Command show_command() {
    Command command{"show", "one ticket whole", "Example: bellhop ticket show 1042"};
    command.options = {value("TICKET", "its number").required(),
                       flag("--full", "each mail whole, with what it quotes")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        show(invocation, given.text("TICKET"),
             given.has("--full") ? Extent::whole_text : Extent::new_text);
    };
    return command;
}

Command search_command() {
    Command command{"search", "find words in mails, and names, addresses, schools, technicians",
                    "Example: bellhop ticket search projector hall --since monday"};
    command.options = {
        values("WORD", "every word must occur; the last may be a beginning").required(),
        value("--since", "only tickets opened since a day, or so long ago"),
        value("--before", "only tickets opened before a day, or so long ago")};
    command.run = [](const Arguments& given, Invocation& invocation) { search(invocation, given); };
    return command;
}

}  // namespace

Command ticket_command() {
    Command ticket{"ticket", "look at tickets, and work on them"};
    ticket.commands = {list_command(), show_command(), search_command(), attachment_command()};
    for (const OrderForm& form : order_forms()) ticket.commands.push_back(order_command(form));
    return ticket;
}

}  // namespace bellhop::daemon
