// Mails that wait to be sent, and what became of those that were.
//
// At-least-once with a stable Message-ID: bytes and Message-ID are fixed at enqueue. A mail whose
// sending was under way when the process died is sent again, the same to the byte.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::storage {

class Database;

enum class OutboxId : std::int64_t {};

enum class OutboxState { queued, sending, sent, failed, cancelled };

struct OutboxMail {
    OutboxId id = {};
    std::optional<rules::TicketId> ticket = {};
    rules::MailKind kind = rules::MailKind::acknowledgement;
    std::string unique_key = {};       ///< "ack/1042/1": one mail for each, ever
    std::string message_id = {};       ///< without brackets
    std::string envelope_sender = {};  ///< reverse-path; empty is the null reverse-path
    std::string recipient = {};
    std::string bytes = {};  ///< as composed, CRLF line ends; stored in the blob store
    bool automatic = true;   ///< counts for the limit of automatic mails to one address

    std::chrono::sys_seconds created_at = {};
    std::chrono::sys_seconds next_attempt_at = {};
    std::chrono::sys_seconds expires_at = {};  ///< given up when not sent by then

    OutboxState state = OutboxState::queued;
    int attempts = 0;
    std::string last_reply = {};  ///< the server's own words at the last attempt
    std::optional<std::chrono::sys_seconds> sent_at = {};

    friend bool operator==(const OutboxMail&, const OutboxMail&) = default;
};

class Outbox {
public:
    explicit Outbox(Database& database);

    /// Queues a mail; `id`, `state`, `attempts` are set here. Nothing where its unique_key is taken
    /// already.
    std::optional<OutboxId> enqueue(const OutboxMail& mail);

    /// Queued mails whose next attempt is due at `now`, earliest first, with their bytes. None, and
    /// no instant, while a restored database has still to read its mailboxes again
    /// (generations.hpp).
    std::vector<OutboxMail> due(std::chrono::sys_seconds now, std::size_t limit) const;
    /// When the earliest queued mail is due; nothing where none is queued.
    std::optional<std::chrono::sys_seconds> next_due() const;

    /// queued -> sending, attempts + 1. To be committed before the connection is used. Returns
    /// those that were still queued: another process may have cancelled one since due() named it.
    std::vector<OutboxId> claim(const std::vector<OutboxId>& ids);
    /// sending -> sent.
    void accepted(OutboxId id, std::chrono::sys_seconds at, const std::string& reply);
    /// sending -> queued, to be tried again at `next_attempt`.
    void deferred(OutboxId id, std::chrono::sys_seconds next_attempt, const std::string& reply);
    /// sending -> failed: never tried again, unless a person says so.
    void failed(OutboxId id, const std::string& reply);
    /// sending -> queued, due at once: what a dead process left. Returns how many. Called once at
    /// start.
    std::size_t recover(std::chrono::sys_seconds now);

    /// By a person: queued or failed or cancelled -> queued, due at `now`, for at least as long as
    /// it had at first. False where it is none of these.
    bool retry(OutboxId id, std::chrono::sys_seconds now);
    /// By a person, or because its reason is gone: queued -> cancelled. False where it is not
    /// queued.
    bool cancel(OutboxId id, const std::string& reason);

    /// Without their bytes, newest first; all states, or one.
    std::vector<OutboxMail> list(std::optional<OutboxState> state, std::size_t limit) const;
    std::vector<OutboxMail> of_ticket(
        rules::TicketId ticket) const;                  ///< without bytes, oldest first
    std::optional<OutboxMail> find(OutboxId id) const;  ///< with its bytes
    /// The mail of ours that has this msg-id, without bytes: for bounces.
    std::optional<OutboxMail> find_by_message_id(const std::string& message_id) const;

    /// Automatic mails queued or sent to an address since an instant, for the rate limit.
    std::size_t automatic_mails_to(const std::string& recipient,
                                   std::chrono::sys_seconds since) const;

private:
    bool is_held() const;

    Database& database_;
};

std::string to_string(OutboxState state);

}  // namespace bellhop::storage
