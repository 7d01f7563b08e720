// Mails about tickets: composed from the desk's texts, and put into the outbox.
#pragma once

#include <chrono>
#include <string>

#include "daemon/desk/desk.hpp"
#include "rules/desk/decide.hpp"
#include "rules/mail/answer_mail.hpp"
#include "rules/ticket/action.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Works inside the caller's transaction. Every mail that it queues leaves an entry in the ticket's
/// log that names its msg-id.
class Correspondence {
public:
    /// All outlive this object. `key` is of our msg-ids.
    Correspondence(storage::Store& store,
                   const Desk& desk,
                   const std::string& key,
                   std::chrono::sys_seconds now)
        : store_(store), desk_(desk), key_(key), now_(now) {}

    /// Answers the mail that opened the ticket.
    void answer(const rules::Ticket& ticket,
                const rules::SendMail& mail,
                const rules::MailReceived& original);

    /// Sends what time or the desk brings: to the requester in the same conversation, or to staff.
    void send(const rules::Ticket& ticket, const rules::SendMail& mail);

    /// Sends a person's words to the requester, with copies to others, and keeps them with the
    /// ticket.
    void reply(const rules::Ticket& ticket, const rules::SendReply& reply);

    /// Tells somebody of the desk about many tickets at once: `list` has a line for each.
    void digest(const std::string& recipient, const std::string& list, std::size_t count);

    /// Queues a mail about `ticket`. Nothing where one of the same key has been queued before.
    void queue(rules::TicketId ticket,
               const parsers::OutgoingMessage& mail,
               rules::MailKind kind,
               const std::string& key);

private:
    rules::Letterhead letterhead() const;
    void queue_for(const std::string& recipient,
                   rules::TicketId ticket,
                   const parsers::OutgoingMessage& mail,
                   rules::MailKind kind,
                   const std::string& key);
    storage::OutboxMail row_of(const std::string& recipient,
                               const parsers::OutgoingMessage& mail,
                               rules::MailKind kind,
                               const std::string& key) const;
    rules::AnswerFacts facts_for(const rules::Ticket& ticket, const std::string& recipient) const;
    void add_promise(const rules::Ticket& ticket, rules::AnswerFacts& facts) const;
    std::string address_of(const std::string& mailbox) const;
    rules::Conversation conversation_of(rules::TicketId ticket) const;

    storage::Store& store_;
    const Desk& desk_;
    const std::string& key_;
    std::chrono::sys_seconds now_;
};

/// Whether the desk knows who writes from `address`: it stands in people.toml, or there is none.
bool is_known(const Desk& desk, const std::string& address);

}  // namespace bellhop::daemon
