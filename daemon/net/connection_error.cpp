#include "daemon/net/connection_error.hpp"

#include "parsers/text/printable.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t max_detail = 500;  // bytes of the server's words that fit a log line

// Boost's category has a protected, non-virtual destructor: categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class ConnectionCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "bellhop.connection"; }

    std::string message(int value) const override {
        switch (static_cast<ConnectionErrc>(value)) {
            case ConnectionErrc::lost:
                return "connection lost";
            case ConnectionErrc::timed_out:
                return "no answer in time";
            case ConnectionErrc::unresolved:
                return "host name not found";
            case ConnectionErrc::unreachable:
                return "cannot connect";
            case ConnectionErrc::login_refused:
                return "login refused";
            case ConnectionErrc::no_token:
                return "no access token";
            case ConnectionErrc::untrusted:
                return "certificate not trusted";
            case ConnectionErrc::unprotected:
                return "connection cannot be protected";
            case ConnectionErrc::bye:
                return "the server said goodbye";
            case ConnectionErrc::refused:
                return "refused by the server";
            case ConnectionErrc::not_protocol:
                return "the server does not follow the protocol";
            case ConnectionErrc::mailbox_changed:
                return "the mailbox was replaced by another one";
        }
        return "unknown";
    }
};
#pragma GCC diagnostic pop

}  // namespace

const boost::system::error_category& connection_category() {
    static const ConnectionCategory category;
    return category;
}

boost::system::error_code make_error_code(ConnectionErrc code) {
    return {static_cast<int>(code), connection_category()};
}

ConnectionError::ConnectionError(ConnectionErrc code,
                                 std::string detail,
                                 std::optional<std::chrono::seconds> retry_after)
    : system_error(make_error_code(code), parsers::printable(detail, max_detail)),
      detail_(parsers::printable(detail, max_detail)),
      retry_after_(retry_after) {}

bool ConnectionError::needs_operator() const {
    switch (kind()) {
        case ConnectionErrc::login_refused:
        case ConnectionErrc::no_token:
        case ConnectionErrc::untrusted:
        case ConnectionErrc::unprotected:
            return true;
        default:
            return false;
    }
}

}  // namespace bellhop::daemon
