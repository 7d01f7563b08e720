// Mails that wait to be sent, and what became of those that were.
//
// At-least-once with a stable Message-ID, which is fixed at enqueue. The bytes are fixed as soon as
// a server may have seen them: a mail whose sending was under way when the process died is sent
// again, the same to the byte. One that no server has seen may be composed anew, where it says
// something of time.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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
    std::chrono::sys_seconds expires_at = {};            ///< given up when not sent by then
    std::chrono::sys_seconds composed_at = {};           ///< the instant that it speaks from
    std::optional<std::chrono::sys_seconds> until = {};  ///< it has no point afterwards
    /// What it can be composed of anew, for whoever composes; empty: it is sent as it stands.
    std::vector<std::pair<std::string, std::string>> letter = {};

    OutboxState state = OutboxState::queued;
    int attempts = 0;
    bool shown = false;           ///< a server may have seen its bytes
    std::string last_reply = {};  ///< the server's own words at the last attempt
    std::optional<std::chrono::sys_seconds> sent_at = {};

    friend bool operator==(const OutboxMail&, const OutboxMail&) = default;
};

/// Whether a server may have seen the bytes of a mail at an attempt.
enum class Exposure { none, possible };

struct OutboxFilter {
    std::vector<OutboxState> states = {};  ///< empty: all
    std::size_t limit = 1000;
};

/// What stands in the outbox, in numbers: for `status`.
struct OutboxSummary {
    std::size_t queued = 0;   ///< or just being sent
    std::size_t written = 0;  ///< of these, by a person
    std::optional<std::chrono::sys_seconds> oldest_queued_at = {};
    std::size_t failed = 0;
    std::size_t failed_written = 0;  ///< of these, by a person
    std::size_t given_up = 0;        ///< of the failed ones: tried for long enough
    OutboxId last_given_up = {};     ///< the newest of these

    friend bool operator==(const OutboxSummary&, const OutboxSummary&) = default;
};

class Outbox {
public:
    explicit Outbox(Database& database);

    /// Queues a mail; `id`, `state`, `attempts` are set here. It is due no earlier than what waits
    /// for the same reader about the same ticket, but for some hours at most. Nothing where its
    /// unique_key is taken already.
    std::optional<OutboxId> enqueue(const OutboxMail& mail);

    /// Queued mails whose next attempt is due at `now`, with their bytes: what people have written
    /// first, then the others, each earliest first. To one reader about one ticket one mail at a
    /// time, in the order in which they were queued: what was queued before a person's mail goes
    /// before it. None, and no instant, while a restored database has still to read its mailboxes
    /// again (generations.hpp).
    std::vector<OutboxMail> due(std::chrono::sys_seconds now, std::size_t limit) const;
    /// When the earliest queued mail is due; nothing where none is queued.
    std::optional<std::chrono::sys_seconds> next_due() const;

    /// Makes due at `now` what waits for an instant after `latest`, which a wrong clock has made.
    /// Returns how many.
    std::size_t pull_back(std::chrono::sys_seconds now, std::chrono::sys_seconds latest);

    /// queued -> sending, attempts + 1. To be committed before the connection is used; from then on
    /// its bytes count as shown, until an answer tells otherwise. Returns those that were still
    /// queued: another process may have cancelled one since due() named it.
    std::vector<OutboxId> claim(const std::vector<OutboxId>& ids);
    /// sending -> queued, as if it had never been claimed: its turn has not come. `mail` is as it
    /// was before the claim.
    void release(const OutboxMail& mail);

    // What came of a claim. Each returns false, and changes nothing, where the mail is not being
    // sent: it is gone, erased with its ticket.

    /// sending -> sent, with this reverse-path.
    bool accepted(OutboxId id,
                  std::chrono::sys_seconds at,
                  const std::string& reply,
                  const std::string& envelope_sender);
    /// sending -> queued, to be tried again at `next_attempt`, and with it what was queued behind
    /// it for the same reader about the same ticket, but for some hours at most. Its bytes are free
    /// to change again where no server has seen them at any attempt.
    bool deferred(OutboxId id,
                  std::chrono::sys_seconds next_attempt,
                  const std::string& reply,
                  Exposure exposure);
    /// sending -> failed: never tried again, unless a person says so.
    bool failed(OutboxId id, const std::string& reply);
    /// The same after so long a time that nobody tries any more.
    bool given_up(OutboxId id, const std::string& reply);
    /// sent -> failed: a server that had taken it reports that it did not arrive. That may be known
    /// before its own word is written down: then it is sending -> failed. False, and nothing
    /// changes, where it is neither.
    bool came_back(OutboxId id, const std::string& words);

    /// sending -> queued, due at once: what a dead process left. Returns how many. Called once at
    /// start.
    std::size_t recover(std::chrono::sys_seconds now);

    /// New bytes for a mail that no server has seen, composed at `at`; they are
    /// its own, as its msg-id is. Does nothing where it is gone.
    void compose_anew(OutboxId id, const std::string& bytes, std::chrono::sys_seconds at);

    /// By a person: queued or failed or cancelled -> queued, due at `now`, for at least as long as
    /// it had at first. False where it is none of these.
    bool retry(OutboxId id, std::chrono::sys_seconds now);
    /// Changes with every retry(): a person wants to see it tried now.
    std::string last_retry() const;
    /// By a person, or because its reason is gone: queued or failed -> cancelled. False where it is
    /// neither.
    bool cancel(OutboxId id, const std::string& reason);

    /// Without their bytes, newest first.
    std::vector<OutboxMail> list(const OutboxFilter& filter) const;
    /// How many there are in these states; none named: in all.
    std::size_t count(const std::vector<OutboxState>& states) const;
    OutboxSummary summary() const;
    std::vector<OutboxMail> of_ticket(
        rules::TicketId ticket) const;                  ///< without bytes, oldest first
    std::optional<OutboxMail> find(OutboxId id) const;  ///< with its bytes
    /// The mails of ours that have this msg-id, one for each reader, without bytes, oldest first.
    std::vector<OutboxMail> with_message_id(const std::string& message_id) const;
    /// Those about no ticket that have not arrived: no log tells of them. Without bytes, newest
    /// first.
    std::vector<OutboxMail> failed_about_none(std::size_t limit) const;

    /// Automatic mails queued or sent to an address since an instant, for the rate limit.
    std::size_t automatic_mails_to(const std::string& recipient,
                                   std::chrono::sys_seconds since) const;
    /// Mails of one kind to an address since an instant, whatever has become of them.
    std::size_t mails_of_kind(rules::MailKind kind,
                              const std::string& recipient,
                              std::chrono::sys_seconds since) const;

private:
    bool is_held() const;
    OutboxId first_before(const OutboxMail& mail, std::chrono::sys_seconds now) const;
    std::chrono::sys_seconds not_before_others(const OutboxMail& mail) const;
    std::vector<OutboxMail> of_state(OutboxState state, std::int64_t most) const;

    Database& database_;
};

std::string to_string(OutboxState state);

}  // namespace bellhop::storage
