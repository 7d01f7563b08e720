#include "daemon/net/server_url.hpp"

#include <memory>

#include <curl/curl.h>

#include "daemon/net/connection_error.hpp"

namespace bellhop::daemon {

std::string server_url(MailProtocol protocol,
                       const ConnectionSettings& settings,
                       const std::string& helo_name) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url{curl_url(), &curl_url_cleanup};
    std::string scheme = protocol == MailProtocol::imap ? "imap" : "smtp";
    if (settings.security == Security::tls) scheme += 's';
    const bool ipv6 = settings.host.find(':') != std::string::npos;
    const std::string host = ipv6 ? '[' + settings.host + ']' : settings.host;
    const auto set = [&](CURLUPart part, const std::string& value, unsigned flags) {
        if (curl_url_set(url.get(), part, value.c_str(), flags) != CURLUE_OK) {
            throw ConnectionError(ConnectionErrc::unresolved, "not a host name: " + settings.host);
        }
    };
    set(CURLUPART_SCHEME, scheme, 0);
    set(CURLUPART_HOST, host, 0);
    set(CURLUPART_PORT, std::to_string(settings.port), 0);
    if (!helo_name.empty()) set(CURLUPART_PATH, "/" + helo_name, CURLU_URLENCODE);
    char* text = nullptr;
    if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) {
        throw ConnectionError(ConnectionErrc::unresolved, "not a host name: " + settings.host);
    }
    const std::unique_ptr<char, decltype(&curl_free)> owner{text, &curl_free};
    return text;
}

}  // namespace bellhop::daemon
