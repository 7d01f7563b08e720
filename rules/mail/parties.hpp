// Who asks for help in a mail, and who else takes part in the ticket from its first day.
#pragma once

#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/people/staff.hpp"
#include "rules/proof/standing.hpp"

namespace bellhop::rules {

struct Parties {
    parsers::Address requester = {};
    /// Somebody of the desk has forwarded the requester's mail.
    bool on_behalf = false;
    std::string subject = {};  ///< of the mail that was forwarded; may be empty
    /// A program has named the requester in Reply-To: he is answered, and not believed.
    bool is_named_by_program = false;
    /// Keys (parsers::address_key), each once, the requester's first.
    std::vector<std::string> participants = {};

    friend bool operator==(const Parties&, const Parties&) = default;
};

constexpr std::size_t most_participants = 20;  // of one mail

/// The parties of a mail that opens a ticket. Without people the sender alone is one.
///
/// The requester is the sender, or, where somebody of the desk forwards the mail of somebody whom
/// people.toml knows, the one who wrote that. Anybody else's forwarded header is text that can be
/// typed, and an answer to it could go to anybody. Of a web form, a scanner and a list it is whom
/// they name in Reply-To (rules/mail/asker), who takes no part by that: a program has written it.
/// Colleagues who got the mail as well take part where they are of the requester's school: an
/// address from elsewhere in To or Cc must not become a reader of what follows, and neither does a
/// pupil of what an adult asks. Robots take no part, and neither does who is of the desk.
///
/// Where the sender is not believed (`standing`) nobody else takes part, and nothing is forwarded
/// for anybody; where he is nobody, he takes no part either.
Parties parties_of(const parsers::Message& message,
                   const Staff& staff,
                   Standing standing = Standing::himself);

/// What the requester may count as in a mail whose author counts as `author`: nobody is believed to
/// be whom a program has named.
Standing standing_of_requester(const Parties& parties, Standing author);

}  // namespace bellhop::rules
