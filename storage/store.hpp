// The database with everything that is kept in it, opened as one. What the connection may do, and
// whether it makes or migrates the database, is Access (storage/database.hpp).
#pragma once

#include <filesystem>

#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "storage/facts.hpp"
#include "storage/generations.hpp"
#include "storage/ledger.hpp"
#include "storage/outbox.hpp"
#include "storage/past_mails.hpp"
#include "storage/quarantine.hpp"
#include "storage/removal.hpp"
#include "storage/spendings.hpp"
#include "storage/ticket_list.hpp"
#include "storage/ticket_store.hpp"
#include "storage/timers.hpp"
#include "storage/withheld_mails.hpp"

namespace bellhop::storage {

struct Store {
    /// Throws DatabaseError.
    explicit Store(const std::filesystem::path& file, const ConnectionSettings& settings = {})
        : database(file, settings) {}

    Database database;
    BlobStore blobs{database};
    Ledger ledger{database};
    TicketStore tickets{database};
    TicketList lists{database};
    Outbox outbox{database};
    Quarantine quarantine{database};
    WithheldMails withheld{database};
    PastMails past{database};
    Timers timers{database};
    Facts facts{database};
    Spendings spendings{database};
    Generations generations{database};
    Removal removal{database};
};

}  // namespace bellhop::storage
