// Whether another gateway, with a database of its own, works in the same mailbox: then each mail
// has two tickets and two answers.
#pragma once

#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/ticket/threading.hpp"

namespace bellhop::rules {

/// The msg-id that tells of it; empty where nothing does.
///
/// It stands in a reply, has our form and our domain, and no key of ours has signed it; yet the
/// same person has written to us before in the conversation that it continues: so somebody else has
/// answered a mail of ours as we would have. Whoever only forges a msg-id cannot know the other one
/// of somebody else, and gains nothing. Where the reply goes to another address of our domain as
/// well, that desk may have a gateway of its own, and nothing is concluded.
///
/// `claims` are those of the mail, `candidates` what they lead to, `own_addresses` keys of
/// addresses (parsers::address_key). Pure.
std::string sign_of_another_gateway(const parsers::Message& message,
                                    const std::vector<Claim>& claims,
                                    const std::vector<Candidate>& candidates,
                                    const std::vector<std::string>& own_addresses);

}  // namespace bellhop::rules
