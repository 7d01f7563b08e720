// All that waits in the outbox, whether its turn has come or not.
#pragma once

#include <algorithm>
#include <vector>

#include "storage/store.hpp"

namespace bellhop::daemon {

/// With their bytes, in the order in which they were queued. Outbox::due() names one mail at a time
/// to one reader about one ticket.
inline std::vector<storage::OutboxMail> queued_mails(const storage::Store& store) {
    std::vector<storage::OutboxMail> mails =
        store.outbox.list({{storage::OutboxState::queued}, 1000});
    std::reverse(mails.begin(), mails.end());
    for (storage::OutboxMail& mail : mails) mail = store.outbox.find(mail.id).value();
    return mails;
}

}  // namespace bellhop::daemon
