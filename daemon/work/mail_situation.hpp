// What a mail comes into: whose it is, which ticket it may belong to, what the rules say. Gathered
// from the store and the configuration for rules/desk/decide; changes nothing.
#pragma once

#include "daemon/work/filing.hpp"
#include "daemon/work/surge_memory.hpp"
#include "rules/desk/decide.hpp"

namespace bellhop::daemon {

/// All of the situation but the ruling.
rules::Situation situation_of(const Filing& filing,
                              const rules::MailReceived& mail,
                              const rules::MailPolicy& policy);

/// What the rules say of a mail that goes `way`: nothing about our own mails and reports on them.
/// The rules look at the whole mail where it opens a ticket, and as its requester's; at a follow-up
/// as its sender's.
rules::Ruling ruling_on(const rules::MailReceived& mail,
                        const rules::Situation& situation,
                        rules::Way way,
                        const Desk& desk,
                        SurgeMemory& surges);

/// Adds the ruling to a situation that has all else. Where a rule knows the form in which the text
/// names who asks (`requester_from`), he is the requester, and the rules decide once more, on his
/// mail.
void let_rules_decide(rules::Situation& situation,
                      const rules::MailReceived& mail,
                      rules::Way way,
                      const Filing& filing,
                      const rules::MailPolicy& policy,
                      SurgeMemory& surges);

}  // namespace bellhop::daemon
