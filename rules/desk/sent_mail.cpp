#include "rules/desk/sent_mail.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/desk/proof.hpp"

namespace bellhop::rules {
namespace {

/// Exchange names in Sender who has written on behalf of a mailbox; where nothing names a
/// technician, it was the desk.
std::string actor_of(const MailReceived& mail, const Situation& situation) {
    if (situation.desk_writer && !situation.desk_writer->name.empty()) {
        return "agent " + situation.desk_writer->name;
    }
    return mail.mailbox_address;
}

bool is_written_to(const parsers::Message& message, const std::string& address) {
    const std::string key = parsers::address_key(address);
    const auto is_he = [&key](const parsers::Address& one) {
        return !key.empty() && parsers::address_key(one.address) == key;
    };
    return std::any_of(message.to.begin(), message.to.end(), is_he) ||
           std::any_of(message.cc.begin(), message.cc.end(), is_he);
}

TicketEvent entry_about(const MailReceived& mail,
                        const Ticket& ticket,
                        const Situation& situation) {
    const bool is_answer = is_written_to(mail.message, ticket.requester.address);
    return {mail.at,
            is_answer ? Event::agent_reply : Event::staff_mail,
            actor_of(mail, situation),
            is_answer ? "sent from the mailbox to " + ticket.requester.address
                      : "sent from the mailbox to others",
            {}};
}

}  // namespace

Actions sent_mail(const MailReceived& mail, const Situation& situation, const MailPolicy& policy) {
    ensure(way_of(mail, situation, policy) == Way::sent);
    if (mail.message.kind != parsers::MessageKind::human) {
        return {Ignore{"a program has sent it from here"}};
    }
    if (!situation.ticket) return {Ignore{"it was sent from here and is about no ticket"}};
    const Ticket& ticket = *situation.ticket;
    Actions actions{AppendTo{ticket.id}};
    for (const std::string& line : situation.thread.evidence) {
        actions.push_back(Record{{mail.at, Event::thread_evidence, "gateway", line, {}}});
    }
    actions.push_back(Record{entry_about(mail, ticket, situation)});
    // What it quotes of a mail to the desk's people has come into other hands.
    append(expose(mail.message, ticket.id, policy.keys, mail.at), actions);
    return actions;
}

Actions proved_by_copy(const MailReceived& sent,
                       const Ticket& ticket,
                       MessageId row,
                       const Situation& situation) {
    TicketEvent confirmed{sent.at,
                          Event::confirmed,
                          "gateway",
                          "it lies in the folder of what is sent from the mailbox",
                          {{"message", std::to_string(static_cast<std::int64_t>(row))}}};
    return {Record{std::move(confirmed)}, Record{entry_about(sent, ticket, situation)}};
}

}  // namespace bellhop::rules
