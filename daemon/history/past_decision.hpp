// A stored mail as the rules saw it when it came in, and what they decided then.
//
// Exact by reading the raw bytes again: header fields, attachments and the kind of a mail are what
// the parser of today makes of them. The ticket is the one of then, out of its log; hours are those
// of the calendar as it stands. Of people.toml there is no history: groups are those of today,
// a ticket's school is the one that it was given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "rules/rule/mail_facts.hpp"
#include "rules/rule/ruling.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

struct PastDecision {
    rules::MailFacts facts = {};  ///< without tickets of a surge
    /// What was decided then, as far as the log tells. Where no rule had a say about a follow-up:
    /// what the ticket was.
    rules::Ruling then = {};
    bool is_recorded = false;  ///< whether the log has a ruling; else `then` is what the ticket was
    /// What staff made of the priority afterwards; nothing where they left it.
    std::optional<std::string> corrected_priority = {};
    bool is_restricted = false;  ///< today
};

class PastDecisions {
public:
    /// Both outlive this object.
    PastDecisions(const storage::Store& store, const Desk& desk) : store_(store), desk_(desk) {}

    /// Nothing where the bytes of the mail are gone, where its ticket is, or where the rules have
    /// no say: a robot's mail and a delivery report that came to a ticket change nothing on it.
    std::optional<PastDecision> of(const storage::ReceivedMail& mail) const;

    /// Tickets that counted for a surge when `mail` came in, as the log tells.
    std::vector<rules::RecentTicket> surge_before(const storage::ReceivedMail& mail) const;

private:
    std::string mailbox_of(const storage::ReceivedMail& mail,
                           const rules::Ticket& ticket,
                           const parsers::Message& message,
                           std::string_view bytes) const;

    const storage::Store& store_;
    const Desk& desk_;
};

}  // namespace bellhop::daemon
