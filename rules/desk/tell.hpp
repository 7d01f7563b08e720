// Who of the desk is told of what has been decided about a ticket: on a mail, an instant, an order
// alike.
//
// Two steps, parted by the log. Where a decision is filed, news_of() says who is to hear of it, and
// each piece of news becomes an entry "news". What no entry "told" answers is pending: due_work
// says when it may go (grave news at once, all else in the desk's hours), the due round bundles it
// over all tickets by person. So nothing is told twice and nothing is lost, whenever the gateway
// stands still.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "rules/people/staff.hpp"
#include "rules/ticket/action.hpp"
#include "rules/ticket/cycle.hpp"
#include "rules/ticket/occasion.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// What has happened. What it refers to outlives it.
struct Happening {
    const Actions& actions;               ///< that were decided on
    const std::optional<Ticket>& before;  ///< nothing: the actions have opened it
    const Ticket& after;                  ///< as the actions leave it
    std::string actor = {};               ///< an address, "agent NAME", or "gateway"
    std::string actor_name = {};          ///< as people call him; empty for the gateway
    std::string top_priority = {};        ///< the most urgent of the desk
};

struct News {
    Occasion occasion = Occasion::notified;
    std::vector<std::string> to = {};  ///< addresses, each once over all news of a happening
    std::string words = {};            ///< one sentence for them; without names of rules
    std::string why = {};              ///< for the log
    bool is_grave = false;             ///< told at any hour

    friend bool operator==(const News&, const News&) = default;
};

struct Tidings {
    std::vector<News> news = {};              ///< the most telling first
    std::vector<std::string> unreached = {};  ///< names that a rule tells and that have no address

    friend bool operator==(const Tidings&, const Tidings&) = default;
};

/// Whom the table [tell] and the rules want to hear of it. Nobody is told of his own deed, and
/// nobody of two things at once: of the most telling only. A member of a team that is told by an
/// address of its own counts as told. Where a word of [tell] reaches nobody, the team hears of it,
/// then the manager. A note by anybody but a technician is always read by somebody else. Pure.
Tidings news_of(const Happening& happening, const Staff& staff);

/// The entry of the log; `number` counts the ticket's news from 1, `message` is the row of the mail
/// that brought it.
TicketEvent news_event(const News& news,
                       std::size_t number,
                       std::optional<MessageId> message,
                       std::chrono::sys_seconds now);

/// One piece of news that one person has still to hear.
struct PendingNews {
    std::string key = {};  ///< of its entry, unique within the ticket
    Occasion occasion = Occasion::notified;
    std::string to = {};  ///< an address
    std::string words = {};
    bool is_grave = false;
    std::optional<MessageId> message = {};
    std::chrono::sys_seconds at = {};
    /// A warning has no point afterwards.
    std::optional<std::chrono::sys_seconds> until = {};

    friend bool operator==(const PendingNews&, const PendingNews&) = default;
};

/// In the order in which it happened.
std::vector<PendingNews> pending_news(const std::vector<TicketEvent>& log);

/// Why it need not be told any more: somebody who works late has resolved the ticket, or decided
/// what waited for approval. Null where it is still news.
const char* why_no_news(Occasion occasion, const std::string& status, const StatusRules& statuses);

/// How many entries "news" the log has.
std::size_t news_count(const std::vector<TicketEvent>& log);

/// The entry that answers it. `how` is "by mail", or why not.
TicketEvent told_event(const PendingNews& news,
                       const std::string& how,
                       std::chrono::sys_seconds now);

}  // namespace bellhop::rules
