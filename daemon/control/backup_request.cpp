#include "daemon/control/backup_request.hpp"

#include "daemon/work/work_done.hpp"

namespace bellhop::daemon {

Answer note_backup(const RequestContext& context, const Request& request) {
    const std::string file = required_text(request, "file");
    const std::string tickets = std::to_string(required_number(request, "tickets"));
    note_work(context.store, {"backup", context.clock.now(), file + ", " + tickets + " tickets"});
    return {0, boost::json::object{}, {}};
}

}  // namespace bellhop::daemon
