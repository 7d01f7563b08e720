// Mails about tickets: composed from the desk's texts, and put into the outbox.
//
//     answer   to the mail that has just come in: the acknowledgement, or why it was not taken
//     whole reply    what somebody of the desk has written; kept with the ticket, the only mail
//     that is
//              not automatic
//     send     everything else about one ticket, that time or an order brings: to the requester, in
//              the conversation of the ticket, or to staff
//     digest   to staff, about many tickets
//     trouble  to staff, about the gateway itself
//
// Each ends in queue(), which gives the mail its row in the outbox and the ticket the entry in its
// log that names the msg-id.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "daemon/desk/desk.hpp"
#include "daemon/work/answer_letter.hpp"
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
                   std::chrono::sys_seconds now,
                   std::chrono::seconds send_delay = std::chrono::seconds{0})
        : store_(store), desk_(desk), key_(key), now_(now), send_delay_(send_delay) {}

    /// Answers the mail that opened the ticket. An acknowledgement keeps what it is composed of.
    void answer(const rules::Ticket& ticket,
                const rules::SendMail& mail,
                const rules::MailReceived& original);

    /// Sends what time or the desk brings: to the requester in the same conversation, or to staff.
    void send(const rules::Ticket& ticket, const rules::SendMail& mail);

    /// Sends a person's words to the requester, with copies to others, and keeps them with the
    /// ticket.
    void reply(const rules::Ticket& ticket, const rules::SendReply& reply);

    /// Tells somebody of the desk `count` things at once: `list` has a line for each. `about` is
    /// the ticket that all of them are about: then a reply is a note on it. Null where they are
    /// about several: then a reply comes back.
    void digest(const std::string& recipient,
                const std::string& list,
                std::size_t count,
                const rules::Ticket* about);

    /// Tells somebody of the desk how the gateway itself does. `values` are of the text "trouble".
    /// The mail, to take it back by; nothing where he was told the same at the same instant.
    std::optional<storage::OutboxId> trouble(const std::string& recipient,
                                             const std::string& cause,
                                             rules::TemplateValues values);
    /// The same mail, put nowhere: for whoever sends it where the database takes nothing, of which
    /// it reads and writes nothing.
    storage::OutboxMail trouble_past_store(const std::string& recipient,
                                           const std::string& cause,
                                           rules::TemplateValues values) const;
    /// Answers somebody of the desk about no ticket. `mail.label` is unique for ever.
    void send_about_none(const rules::SendMail& mail);

    /// An answer that has waited, once more, for now: its bytes are new, its msg-id is not. As it
    /// stands where its text is no more among the desk's. Precondition: it has a letter, and no
    /// server has seen it.
    void compose_anew(const rules::Ticket& ticket, storage::OutboxMail& mail);

private:
    /// An answer, and what it promises.
    struct Answer {
        parsers::OutgoingMessage mail = {};
        std::string promise = {};
    };

    rules::Letterhead letterhead() const;
    Answer composed(const rules::Ticket& ticket,
                    rules::MailKind kind,
                    const std::string& recipient,
                    const AnswerLetter& letter) const;
    std::string approver_of(const rules::Ticket& ticket) const;
    std::string text_for(rules::MailKind kind) const;
    parsers::OutgoingMessage written_mail(const rules::Ticket& ticket,
                                          const rules::SendReply& reply) const;
    void keep(const rules::Ticket& ticket,
              const rules::SendReply& reply,
              const parsers::OutgoingMessage& mail);
    void record_promise(rules::TicketId ticket, const std::string& promise);
    std::string label_of_many(rules::MailKind kind,
                              const std::string& recipient,
                              const std::string& what) const;
    storage::OutboxMail row_about_no_ticket(const rules::Letterhead& head,
                                            const std::string& recipient,
                                            rules::MailKind kind,
                                            const std::string& what,
                                            rules::TemplateValues values) const;
    storage::OutboxMail row_of(const std::string& recipient,
                               const parsers::OutgoingMessage& mail,
                               rules::MailKind kind,
                               const std::string& key) const;
    storage::OutboxMail row_about(rules::TicketId ticket,
                                  const std::string& recipient,
                                  const parsers::OutgoingMessage& mail,
                                  rules::MailKind kind,
                                  const std::string& key) const;
    void queue(const storage::OutboxMail& row);
    rules::AnswerFacts facts_for(const rules::Ticket& ticket, const std::string& recipient) const;
    /// As for what has arrived at `arrived`.
    void add_promise(const rules::Ticket& ticket,
                     std::chrono::sys_seconds arrived,
                     rules::AnswerFacts& facts) const;
    bool has_waited_from_the_start(rules::TicketId ticket) const;
    void add_what_holds(const rules::Ticket& ticket, rules::AnswerFacts& facts) const;
    std::string address_of(const std::string& mailbox) const;
    bool is_among_the_desk(const storage::StoredMessage& message,
                           const std::string& requester) const;
    rules::Conversation conversation_of(const rules::Ticket& ticket) const;
    std::vector<parsers::OutgoingFile> images_of(const rules::Ticket& ticket,
                                                 const rules::SendMail& mail) const;

    storage::Store& store_;
    const Desk& desk_;
    const std::string& key_;
    std::chrono::sys_seconds now_;
    std::chrono::seconds send_delay_;  // of what goes to requesters
};

/// Whether the desk knows who asks: people.toml does, and he is believed to be who he says.
bool is_requester_known(const Desk& desk, const rules::Ticket& ticket);

}  // namespace bellhop::daemon
