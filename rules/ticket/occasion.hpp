// What happens to a ticket and the people of the desk have to know, in one table: what people.toml
// calls it, whom it tells of it by default, and by which kind of mail.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/ticket/mail_kind.hpp"

namespace bellhop::rules {

/// The most telling first: who is to be told of several at once is told of the first.
enum class Occasion {
    approval_wanted,
    late,  ///< a step of the ladder
    undelivered,
    complaint,
    chased,
    reopened,
    approved,
    refused,
    assigned,
    handed_back,
    reopened_often,
    still_waits,
    new_ticket,
    customer_replied,
    notified  ///< a rule wants them to know
};

struct OccasionEntry {
    std::string_view name = {};  ///< in [tell], and in the log
    /// Whom [tell] tells where it says nothing; parted by blanks. Empty: it stands not in [tell],
    /// since whoever decides on it names them.
    std::string_view tell = {};
    MailKind kind = MailKind::notify;
};

OccasionEntry entry_of(Occasion occasion);

/// Nothing for a word that is the name of none.
std::optional<Occasion> occasion_of(std::string_view name);

/// All of them, in the order of the enumeration.
const std::vector<Occasion>& occasions();

}  // namespace bellhop::rules
