#include "rules/desk/new_ticket.hpp"

#include <utility>

#include "parsers/config/diagnostic.hpp"
#include "parsers/config/known_name.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::rules {
namespace {

constexpr const char* noted = "noted";  // the template of the answer
constexpr std::size_t digits_of_message_id = 32;

/// The name among those known; what was typed where none are.
parsers::KnownName among(const std::string& kind,
                         const std::string& typed,
                         const std::vector<std::string>& known) {
    if (typed.empty() || known.empty()) return {typed, {}};
    return parsers::known_name(kind, typed, known);
}

struct Said {
    parsers::KnownName priority = {};
    parsers::KnownName team = {};
    parsers::KnownName person = {};
};

Said said_in(const NewTicketOrder& order, const DeskRules& desk) {
    static const People nobody;
    const People& people = desk.staff.people != nullptr ? *desk.staff.people : nobody;
    return {among("priority", order.priority, desk.priorities),
            among("team", order.team, parsers::names_of(people.teams)),
            among("technician", order.person, parsers::names_of(people.technicians))};
}

std::string complaint_about(const NewTicketOrder& order, const DeskRules& desk) {
    const std::string& address = order.requester.address;
    if (!parsers::is_sendable(address)) return parsers::in_quotes(address) + " is no mail address";
    if (is_own_address(desk.staff, address)) {
        return parsers::in_quotes(address) + " is an address of the desk itself";
    }
    if (order.text.find_first_not_of(" \t\r\n") == std::string::npos) return "the text is empty";
    const Said said = said_in(order, desk);
    for (const parsers::KnownName* one : {&said.priority, &said.team, &said.person}) {
        if (!one->complaint.empty()) return one->complaint;
    }
    return {};
}

/// No msg-id of the form that our own have.
std::string message_id_of(const NewTicketOrder& order,
                          const std::string& mailbox_address,
                          std::chrono::sys_seconds now) {
    const std::string words =
        to_text(now) + '\n' + order.requester.address + '\n' + order.subject + '\n' + order.text;
    return "noted-" + parsers::hex(parsers::sha256(words)).substr(0, digits_of_message_id) + "@" +
           mailbox_address.substr(mailbox_address.rfind('@') + 1);
}

/// Before the mails that tell of the ticket as it is then.
void put_before_mails(Actions& actions, Actions more) {
    auto place = actions.begin();
    while (place != actions.end() && !std::holds_alternative<SendMail>(*place) &&
           !std::holds_alternative<Notify>(*place)) {
        ++place;
    }
    actions.insert(place, more.begin(), more.end());
}

}  // namespace

boost::system::result<parsers::OutgoingMessage, std::string> mail_of_new_ticket(
    const NewTicketOrder& order,
    const DeskRules& desk,
    const std::string& mailbox_address,
    std::chrono::sys_seconds now) {
    if (std::string wrong = complaint_about(order, desk); !wrong.empty()) return wrong;
    parsers::OutgoingMessage mail;
    mail.from = order.requester;
    mail.to = {{{}, mailbox_address}};
    mail.subject = order.subject;
    mail.text = order.text;
    mail.date = now;
    mail.message_id = message_id_of(order, mailbox_address, now);
    return mail;
}

Actions opened_by(const std::string& actor,
                  const NewTicketOrder& order,
                  const DeskRules& desk,
                  Actions decided) {
    ensure(complaint_about(order, desk).empty());
    const Said said = said_in(order, desk);
    std::string priority;
    for (Action& action : decided) {
        if (auto* opened = std::get_if<OpenTicket>(&action)) {
            priority = opened->ticket.priority;
        } else if (auto* entry = std::get_if<Record>(&action);
                   entry != nullptr && entry->event.type == Event::created) {
            entry->event.actor = actor;
            entry->event.detail = "noted for " + order.requester.address;
        } else if (auto* mail = std::get_if<SendMail>(&action);
                   mail != nullptr && mail->kind == MailKind::acknowledgement &&
                   mail->text.empty()) {
            mail->text = noted;
        }
    }
    Actions more;
    const auto set = [&](TicketField field, const std::string& to) {
        if (!to.empty()) more.push_back(SetField{field, to, actor, "said when it was noted"});
    };
    if (said.priority.name != priority) set(TicketField::priority, said.priority.name);
    set(TicketField::team, said.team.name);
    set(TicketField::assignee, said.person.name);
    put_before_mails(decided, std::move(more));
    return decided;
}

}  // namespace bellhop::rules
