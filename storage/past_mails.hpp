// The mail of the past, in the order in which it came in: for trying rules, statistics, reports.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "parsers/message/message.hpp"
#include "parsers/reply/text_piece.hpp"
#include "rules/ticket/ticket.hpp"
#include "storage/blob_store.hpp"

namespace bellhop::storage {

class Database;

/// A mail that was put on a ticket.
struct ReceivedMail {
    rules::MessageId id = {};
    rules::TicketId ticket = {};
    std::chrono::sys_seconds at = {};  ///< arrival
    parsers::MessageKind kind = parsers::MessageKind::human;
    std::optional<BlobId> raw = {};               ///< none: its bytes are no longer kept
    bool opens_ticket = false;                    ///< the first mail of its ticket
    std::vector<parsers::TextPiece> pieces = {};  ///< of its text, as it was read then

    friend bool operator==(const ReceivedMail&, const ReceivedMail&) = default;
};

class PastMails {
public:
    explicit PastMails(Database& database) : database_(database) {}

    /// How many mails came in at or after `since`.
    std::int64_t count(std::chrono::sys_seconds since) const;

    /// The first `limit` mails that came in at or after `since`, oldest first; where `after` is
    /// given, those behind it.
    std::vector<ReceivedMail> received(std::chrono::sys_seconds since,
                                       const std::optional<ReceivedMail>& after,
                                       std::size_t limit) const;

    /// The mail that opened the ticket; nothing for one that no mail has opened.
    std::optional<ReceivedMail> first_of(rules::TicketId ticket) const;

    /// Tickets that mail came in for at or after `since`, by number.
    std::vector<rules::TicketId> tickets_with_mail(std::chrono::sys_seconds since) const;

    /// Tickets opened before `until` to which something happened at or after `since`, or that are
    /// unfinished; by number.
    std::vector<rules::TicketId> tickets_alive(std::chrono::sys_seconds since,
                                               std::chrono::sys_seconds until) const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
