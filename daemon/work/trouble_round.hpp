// A person is told what is wrong with the gateway itself, and when that is over.
#pragma once

#include <vector>

#include "daemon/work/filing.hpp"
#include "rules/mail/trouble.hpp"

namespace bellhop::daemon {

/// Queues what is to be told of `troubles`, which are all that there are now, in one transaction. A
/// mail about the same cause that has not gone out yet is taken back. Says nothing while the desk
/// is closed. Returns whether anything was queued. Throws storage::DatabaseError.
bool tell_troubles(const Filing& filing, const std::vector<rules::Trouble>& troubles);

/// The mails that tell of a trouble of the database itself: composed now, and put nowhere, for
/// whoever sends them. Nothing of the database is read or written. None while the desk is closed.
std::vector<storage::OutboxMail> mails_past_store(const Filing& filing,
                                                  const rules::Trouble& trouble);

/// What a person was told of and is not over.
std::vector<rules::ToldTrouble> told_troubles(const storage::Store& store);

}  // namespace bellhop::daemon
