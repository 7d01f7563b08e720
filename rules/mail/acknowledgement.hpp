// Whether a new ticket's sender is told that the mail has arrived.
//
// RFC 3834 and what other desks learned the hard way: never answer a robot, a list, a null
// reverse-path, an address of our own; never more than a few mails to one address in a while,
// whatever the headers say. The ticket is made in any case; only the answer is withheld, and the
// reason is recorded on the ticket.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::rules {

/// At most `count` automatic mails to one address within `window`.
struct MailLimit {
    std::size_t count = 0;
    std::chrono::seconds window{0};

    friend bool operator==(const MailLimit&, const MailLimit&) = default;
};

struct AnswerPolicy {
    bool enabled = true;
    std::vector<std::string> own_addresses =
        {};  ///< keys (parsers::address_key) of every address of the desk
    std::vector<MailLimit> limits = {};
    std::string loop_mark =
        {};  ///< what our own mails carry in X-Bellhop-Loop; empty = not looked for
};

struct AnswerVerdict {
    bool send = false;
    std::string recipient = {};  ///< where to, if it is sent
    std::string reason = {};     ///< why not, one line; empty if it is sent

    friend bool operator==(const AnswerVerdict&, const AnswerVerdict&) = default;
};

/// Whether `message` may be answered automatically. `recent[i]` is how many automatic mails went to
/// the sender within policy.limits[i].window. Precondition: recent.size() == policy.limits.size().
AnswerVerdict may_answer(const parsers::Message& message,
                         const AnswerPolicy& policy,
                         const std::vector<std::size_t>& recent);

}  // namespace bellhop::rules
