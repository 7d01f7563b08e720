// Tickets, their messages and their append-only log.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/proof/standing.hpp"
#include "rules/ticket/ticket.hpp"
#include "storage/direction.hpp"

namespace bellhop::storage {

class Database;

struct StoredAttachment {
    std::string filename = {};
    std::string content_type = {};
    std::uint64_t size = 0;
    std::string sha256 = {};  ///< names the blob
    parsers::Disposition disposition = parsers::Disposition::attachment;
    std::string content_id = {};

    friend bool operator==(const StoredAttachment&, const StoredAttachment&) = default;
};

struct StoredMessage {
    rules::MessageId id = {};
    rules::TicketId ticket = {};
    Direction direction = Direction::in;
    std::chrono::sys_seconds at = {};  ///< arrival, or when it was sent
    parsers::Address from = {};
    std::vector<std::string> to = {};  ///< addresses of To and Cc
    std::string message_id = {};       ///< without brackets; may be empty
    std::string subject = {};
    std::string text = {};
    std::string reply_text = {};
    std::string html_sha256 = {};  ///< the blob of the HTML as sent; empty where there is none
    std::string raw_sha256 = {};   ///< the blob of the mail as received or sent; empty for a note
    parsers::MessageKind kind = parsers::MessageKind::human;
    std::vector<parsers::Evidence> evidence = {};  ///< of `kind`
    std::vector<parsers::Defect> defects = {};
    std::vector<StoredAttachment> attachments = {};
    rules::Authorship author = {};  ///< what is proved of `from`, of a mail that came in

    friend bool operator==(const StoredMessage&, const StoredMessage&) = default;
};

struct TicketLink {
    rules::TicketId other = {};
    std::string kind = {};  ///< "possibly_belongs_to", "follows", "child_of", "merged_into"

    friend bool operator==(const TicketLink&, const TicketLink&) = default;
};

/// Where a foreign message-id has been seen.
struct MessageIdSighting {
    rules::TicketId ticket = {};
    std::string from = {};  ///< address key of who sent the mail that bears it
};

struct SearchHit {
    rules::Ticket ticket = {};
    std::string excerpt =
        {};  ///< one line, the found words between U+0002 and U+0003; empty for restricted
};

/// When the tickets of a search were opened.
struct SearchSpan {
    std::chrono::sys_seconds since = std::chrono::sys_seconds::min();
    std::chrono::sys_seconds until = std::chrono::sys_seconds::max();
};

/// An entry of the log with its place among those of all tickets.
struct LoggedEvent {
    std::int64_t number = 0;  ///< rises with every entry
    rules::TicketId ticket = {};
    rules::TicketEvent event = {};
};

class TicketStore {
public:
    explicit TicketStore(Database& database);

    /// Stores a new ticket; `ticket.id` is ignored. Returns its number. Numbers only ever grow.
    rules::TicketId open(const rules::Ticket& ticket);
    std::optional<rules::Ticket> find(rules::TicketId id) const;
    /// Writes all of `ticket` but its id and opened_at. Throws DatabaseError where it is gone.
    void update(const rules::Ticket& ticket);

    /// Stores a message of the ticket named in it, and notes its text for the search index: the
    /// first 64 Ki characters; not that of a mail of ours whose kind is automatic.
    /// `message.id` is ignored. The blobs that it names are stored by the caller (BlobStore),
    /// before.
    rules::MessageId add_message(const StoredMessage& message);
    /// Brings the search index up to date with the oldest messages noted, at most `most`; returns
    /// whether more wait. For idle moments: search() finds them before, too.
    bool index_messages(std::size_t most);
    bool has_to_index() const;                                      ///< whether any are noted
    std::size_t waiting_for_index() const;                          ///< how many
    std::vector<StoredMessage> messages(rules::TicketId id) const;  ///< oldest first
    std::optional<StoredMessage> find_message(rules::MessageId id) const;

    void record(rules::TicketId id, const rules::TicketEvent& event);
    std::vector<rules::TicketEvent> events(rules::TicketId id) const;  ///< in the order recorded
    /// The entries of all tickets behind that number, in the order recorded; at most `limit`.
    std::vector<LoggedEvent> events_after(std::int64_t number, std::size_t limit) const;

    void link(rules::TicketId from, rules::TicketId to, const std::string& kind);
    std::vector<TicketLink> links(rules::TicketId id) const;        ///< from this ticket to others
    std::vector<TicketLink> linked_from(rules::TicketId id) const;  ///< from others to this one

    /// Makes `from` a part of `into`: its messages stand there from now on, and current() leads
    /// there. Precondition: both exist, and current(into) is not `from`.
    void merge(rules::TicketId from, rules::TicketId into);
    /// The ticket that this one is now: what it was merged into, and that into what; itself where
    /// it was not.
    rules::TicketId current(rules::TicketId id) const;

    /// Tickets with a stored message of this msg-id, and who sent it; at most 10.
    std::vector<MessageIdSighting> sightings(const std::string& message_id) const;

    /// Numbers of tickets behind `after` that are not closed, ascending, at most `limit`.
    std::vector<rules::TicketId> not_closed(rules::TicketId after, std::size_t limit) const;
    /// Tickets opened at or after `since`, the newest `limit` of them, oldest first.
    std::vector<rules::Ticket> opened_since(std::chrono::sys_seconds since,
                                            std::size_t limit) const;
    /// Tickets opened in [since, until], the newest `limit` of them, oldest first.
    std::vector<rules::Ticket> opened_between(std::chrono::sys_seconds since,
                                              std::chrono::sys_seconds until,
                                              std::size_t limit) const;
    /// Search in subjects and texts, and in what is written on tickets: requester, school, team,
    /// technician, tags. Every word must occur, the last may be a beginning. Any input is a valid
    /// query (it is quoted). Restricted tickets match by number only ("1042", "#1042"). The ticket
    /// of that number comes first, then the newest.
    std::vector<SearchHit> search(std::string_view query,
                                  std::size_t limit,
                                  const SearchSpan& span = {}) const;
    /// Messages that search() does not look at yet: some of the oldest of very many that have just
    /// come in.
    std::size_t not_searched() const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
