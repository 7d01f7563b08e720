#include "daemon/net/connection_settings.hpp"

#include <boost/asio/ip/address.hpp>

namespace bellhop::daemon {

bool is_loopback(const std::string& host) {
    if (host == "localhost") return true;
    boost::system::error_code error;
    const boost::asio::ip::address address = boost::asio::ip::make_address(host, error);
    return !error && address.is_loopback();
}

}  // namespace bellhop::daemon
