#include "parsers/protocol/service_account_key.hpp"

#include <boost/json.hpp>

namespace bellhop::parsers {

ReadServiceAccountKey read_service_account_key(std::string_view text) {
    ReadServiceAccountKey read;
    boost::system::error_code error;
    const boost::json::value value =
        boost::json::parse(boost::json::string_view{text.data(), text.size()}, error);
    if (error || !value.is_object()) {
        read.complaint = "it is no JSON";
        return read;
    }
    const auto text_of = [&](const char* name) {
        const boost::json::value* member = value.get_object().if_contains(name);
        return member != nullptr && member->is_string() ? std::string{member->get_string()}
                                                        : std::string{};
    };
    // Google gives the file of an OAuth client, "installed" or "web", in nearly the same place.
    if (text_of("type") != "service_account") {
        read.complaint = "it is not the key of a service account (\"type\": \"service_account\")";
        return read;
    }
    read.key = {text_of("client_email"), text_of("private_key"), text_of("private_key_id"),
                text_of("token_uri")};
    if (read.key.client_email.empty()) read.complaint = "it has no \"client_email\"";
    if (read.key.private_key.empty()) read.complaint = "it has no \"private_key\"";
    if (read.key.token_uri.empty()) read.complaint = "it has no \"token_uri\"";
    return read;
}

}  // namespace bellhop::parsers
