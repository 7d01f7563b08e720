// Who asks for help in a mail, and who else takes part in the ticket from its first day.
#pragma once

#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/people/people.hpp"

namespace bellhop::rules {

/// What names the requester: where From is a machine, Reply-To does, or the text where a rule says
/// so.
enum class NamedBy { from, reply_to, text };

struct Parties {
    parsers::Address requester = {};
    /// A technician or the desk's own mailbox has forwarded the requester's mail.
    bool on_behalf = false;
    std::string subject = {};  ///< of the mail that was forwarded; may be empty
    NamedBy named_by = NamedBy::from;
    /// Keys (parsers::address_key), each once, the requester's first.
    std::vector<std::string> participants = {};

    friend bool operator==(const Parties&, const Parties&) = default;
};

constexpr std::size_t most_participants = 20;  // of one mail

/// The parties of a mail that opens a ticket. `people` may be null: then the sender alone is one.
///
/// The requester is the sender, or, where a technician or an address of the desk's own forwards the
/// mail of somebody whom people.toml knows, the one who wrote that. Anybody else's forwarded header
/// is text that can be typed, and an answer to it could go to anybody. Where From is a machine it
/// is the one person in Reply-To, who is answered, but by whom nothing is known. Colleagues who got
/// the mail as well take part where they are of the requester's school: an address from elsewhere
/// in To or Cc must not become a reader of what follows. The desk's own addresses, technicians and
/// robots take no part.
Parties parties_of(const parsers::Message& message,
                   const People* people,
                   const std::vector<std::string>& own_addresses);

}  // namespace bellhop::rules
