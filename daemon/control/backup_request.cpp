#include "daemon/control/backup_request.hpp"

#include "daemon/work/work_done.hpp"

namespace bellhop::daemon {

Answer note_backup(const RequestContext& context, const Request& request) {
    const std::string words = required_text(request, "file") + ", " +
                              std::to_string(required_number(request, "tickets")) + " tickets";
    note_work(context.store, {"backup", context.clock.now(), words});
    return {0, boost::json::object{}, {}};
}

}  // namespace bellhop::daemon
