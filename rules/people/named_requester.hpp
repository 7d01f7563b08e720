// Who asks in a mail that a machine has sent for somebody: forms of web sites, voicemail, copiers,
// lists that rewrite From.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/people/people.hpp"

namespace bellhop::rules {

/// Where rules may look for the person: "reply-to", or a line of the text with "*" in place of his
/// address or name, as in "Email: *" and "voicemail from * (". Empty: nothing is wrong with it;
/// else what is.
std::string fault_of_form(std::string_view form);

/// The person whom a mail names in one of `forms`, the first that does. Case does not count, blanks
/// count as one; where a line ends behind what stands before "*", the next one has it. A name is
/// looked for among the contacts of `people`, which may be null, and must be that of one person.
/// The desk's own addresses, technicians and robots are nobody. Looks at 500 lines.
std::optional<parsers::Address> named_requester(const parsers::Message& message,
                                                std::span<const std::string> forms,
                                                const People* people,
                                                const std::vector<std::string>& own_addresses);

/// The person in Reply-To, where From is a machine: nobody reads what is sent there, or a list has
/// put itself in the writer's place. Nothing where Reply-To names none or several.
std::optional<parsers::Address> requester_in_reply_to(
    const parsers::Message& message,
    const People* people,
    const std::vector<std::string>& own_addresses);

}  // namespace bellhop::rules
