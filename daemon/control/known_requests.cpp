#include "daemon/control/known_requests.hpp"

#include "daemon/control/backup_request.hpp"
#include "daemon/control/ingest_request.hpp"
#include "daemon/control/outbox_requests.hpp"
#include "daemon/control/quarantine_request.hpp"
#include "daemon/control/ticket_requests.hpp"

namespace bellhop::daemon {

RequestTable known_requests() {
    return {
        {"backup.made", note_backup},    {"ingest", ingest},
        {"outbox.cancel", cancel_mails}, {"outbox.retry", retry_mails},
        {"quarantine.drop", drop_mail},  {"quarantine.release", release_mail},
        {"ticket.order", order_ticket},
    };
}

}  // namespace bellhop::daemon
