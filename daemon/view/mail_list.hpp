// Lists of mails as JSON and for a terminal: the outbox, the quarantine, the ledger.
#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "daemon/view/output.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// to_json() of each.
template <class Rows>
boost::json::array to_array(const Rows& rows) {
    boost::json::array array;
    for (const auto& row : rows) array.push_back(to_json(row));
    return array;
}

/// A line for each mail, and one below it for what stopped it.
std::string in_words(const std::vector<storage::OutboxMail>& mails);
std::string in_words(const std::vector<storage::QuarantinedMail>& mails);
/// A line for each entry.
std::string in_words(const std::vector<storage::LedgerEntry>& entries);

/// "support/1234/17": mailbox, UIDVALIDITY and UID.
std::string place_of(const storage::MailKey& key);

}  // namespace bellhop::daemon
