// Whether a new ticket's sender is told that the mail has arrived.
//
// RFC 3834 and what other desks learned the hard way: never answer a robot, a list, a null
// reverse-path, an address of our own; never more than a few mails to one address, and to all
// strangers, in a while, whatever the headers say. The ticket is made in any case; only the answer
// is withheld, and the reason is recorded on the ticket.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/mail/budget.hpp"

namespace bellhop::rules {

struct AnswerPolicy {
    bool enabled = true;
    std::vector<std::string> own_addresses =
        {};  ///< keys (parsers::address_key) of every address of the desk
    Budget budget = {};
    std::string loop_mark =
        {};  ///< what our own mails carry in X-Bellhop-Loop; empty = not looked for
};

struct AnswerVerdict {
    bool send = false;
    std::string recipient = {};            ///< where to, if it is sent
    std::string reason = {};               ///< why not, one line; empty if it is sent
    std::optional<BudgetOf> kept_by = {};  ///< where only a budget keeps it back

    friend bool operator==(const AnswerVerdict&, const AnswerVerdict&) = default;
};

/// Who asks to be answered.
struct AnswerSeeker {
    /// Of a mail that does not plainly name one author nobody knows whom an answer would reach.
    bool is_plain = true;
    Familiarity familiarity = Familiarity::known;
    Spent recent = {};  ///< automatic mails of late
};

/// Whether `message` may be answered automatically.
AnswerVerdict may_answer(const parsers::Message& message,
                         const AnswerPolicy& policy,
                         const AnswerSeeker& seeker);

}  // namespace bellhop::rules
