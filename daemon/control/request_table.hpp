// The requests that the holder of the database carries out: one entry each.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "daemon/control/request.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/work/intake.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// What a request works with: the same in the daemon and in a command that holds the lock itself.
struct RequestContext {
    storage::Store& store;
    const Desk& desk;
    const std::string& key;  ///< of our msg-ids
    Intake& intake;
    const Clock& clock;
    const Peer& peer;
};

/// Carries out one request, with a transaction of its own where it writes.
///
/// It must not hold the loop for more than 50 ms: work that is longer is cut into slices, and the
/// answer says from where the command is to ask again. Throws RequestRefused,
/// storage::DatabaseError, std::system_error.
using RequestFunction = std::function<Answer(const RequestContext&, const Request&)>;
using RequestTable = std::map<std::string, RequestFunction, std::less<>>;

/// Ends a request: the command prints `what()` and exits with `status`.
class RequestRefused : public std::runtime_error {
public:
    RequestRefused(int status, const std::string& complaint)
        : std::runtime_error(complaint), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};

/// Looks the request up and carries it out. What is refused, or fails for the environment, is an
/// answer: EX_TEMPFAIL where asking again may help. A fault of the program comes out as it is.
Answer carried_out(const RequestTable& table,
                   const RequestContext& context,
                   const Request& request);

/// The exit status of a command that the database fails: EX_TEMPFAIL where that may pass.
int status_of(const storage::DatabaseError& error);

/// Arguments that must be there. Throw RequestRefused (EX_USAGE).
std::string required_text(const Request& request, std::string_view name);
std::int64_t required_number(const Request& request, std::string_view name);

}  // namespace bellhop::daemon
