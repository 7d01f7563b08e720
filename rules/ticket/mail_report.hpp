// What a ticket's log says of the way of one mail of ours: who writes such an entry and who reads
// it agree here.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// How far a mail has come.
enum class MailWay {
    sent,       ///< a server answers for it
    deferred,   ///< not taken yet; told once
    refused,    ///< for good: the address, or the mail
    given_up,   ///< tried for long enough
    cancelled,  ///< by somebody of the desk
    withdrawn   ///< it has lost its point
};

struct MailReport {
    MailWay way = MailWay::sent;
    MailKind kind = MailKind::reply;
    std::string recipient = {};   ///< one; a reply with copies is a mail to each
    std::string message_id = {};  ///< the same for all copies
    std::string words = {};       ///< the server's, or why
    /// The actor who has written it, where the log that this goes into does not say so: the mail
    /// went out about a ticket that is a part of this one now.
    std::string writer = {};

    friend bool operator==(const MailReport&, const MailReport&) = default;
};

/// The entry: "reply_sent", "reply_failed", ..., "withdrawn"; "gateway" is the actor unless
/// somebody else is named. A refused one says which address failed ("failed", see ticket_history).
TicketEvent log_entry(const MailReport& report,
                      std::chrono::sys_seconds at,
                      const std::string& actor = "gateway");

/// The inverse; nothing for other entries, and for those of before the gateway wrote down which
/// mail they mean.
std::optional<MailReport> mail_report_of(const TicketEvent& entry);

}  // namespace bellhop::rules
