#include "daemon/control/request_table.hpp"

#include <system_error>

#include <boost/system/system_error.hpp>
#include <sysexits.h>

#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {

Answer carried_out(const RequestTable& table,
                   const RequestContext& context,
                   const Request& request) {
    const auto entry = table.find(request.name);
    if (entry == table.end()) {
        return refused(EX_TEMPFAIL, "the daemon that runs does not know \"" + request.name +
                                        "\": it is of another version; restart it");
    }
    try {
        return entry->second(context, request);
    } catch (const RequestRefused& refusal) {
        return refused(refusal.status(), refusal.what());
    } catch (const storage::DatabaseError& error) {
        return refused(status_of(error), error.what());
    } catch (const std::system_error& error) {
        return refused(EX_TEMPFAIL, error.what());
    }
}

int status_of(const storage::DatabaseError& error) {
    using storage::DatabaseFault;
    switch (error.fault()) {
        case DatabaseFault::busy:
        case DatabaseFault::full:
        case DatabaseFault::older:
            return EX_TEMPFAIL;
        case DatabaseFault::missing:
            return EX_NOINPUT;
        case DatabaseFault::newer:
        case DatabaseFault::foreign:
            return EX_CONFIG;
        case DatabaseFault::bad_values:
            return EX_DATAERR;
        case DatabaseFault::damaged:
        case DatabaseFault::gone:
        case DatabaseFault::other:
            return EX_IOERR;
    }
    never_reached();
}

std::string required_text(const Request& request, std::string_view name) {
    auto text = text_argument(request, name);
    if (!text) {
        throw RequestRefused(EX_USAGE, request.name + " needs a text: " + std::string{name});
    }
    return std::move(*text);
}

std::int64_t required_number(const Request& request, std::string_view name) {
    const auto number = number_argument(request, name);
    if (!number) {
        throw RequestRefused(EX_USAGE, request.name + " needs a number: " + std::string{name});
    }
    return *number;
}

}  // namespace bellhop::daemon
