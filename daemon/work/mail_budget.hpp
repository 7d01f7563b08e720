// What senders have had of us of late: read from the database for rules/mail/budget, and written
// down there.
#pragma once

#include "daemon/work/filing.hpp"
#include "rules/desk/decide.hpp"

namespace bellhop::daemon {

/// Fills in `answers` and `tickets` of a situation whose parties and familiarity are known, and
/// `flood` where the mail is one too many.
void add_what_was_spent(rules::Situation& situation,
                        const Filing& filing,
                        const rules::MailReceived& mail,
                        const rules::MailPolicy& policy);

/// Writes down what `actions`, carried out as `filed`, have spent, and which ticket collects.
void note_what_is_spent(const Filing& filing,
                        const rules::MailReceived& mail,
                        const rules::Situation& situation,
                        const rules::Actions& actions,
                        const Filed& filed);

/// What budgets have kept back within a day, for people to look at.
struct KeptBack {
    std::size_t answers = 0;    ///< automatic ones to strangers, or to all; cut at `most_counted`
    std::size_t collected = 0;  ///< mails that opened no ticket of their own; likewise
    std::optional<rules::Ticket> ticket = {};  ///< that has collected them, until a person is done
    std::optional<std::chrono::sys_seconds> since = {};  ///< the first of them
    bool goes_on = false;                                ///< some within the last hour

    static constexpr std::size_t most_counted = 10'000;
};

KeptBack kept_back(const storage::Store& store, std::chrono::sys_seconds now);

/// The newest ticket that has collected what was too many; nothing where there is none, or a person
/// is done with it.
std::optional<rules::Ticket> flood_ticket(const storage::Store& store);

}  // namespace bellhop::daemon
