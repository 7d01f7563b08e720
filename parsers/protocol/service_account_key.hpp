// The file that Google gives for a key of a service account: JSON with the private key in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

struct ServiceAccountKey {
    std::string client_email = {};
    std::string private_key = {};  ///< PEM
    std::string private_key_id = {};
    std::string token_uri = {};
};

/// What is wrong with a file that should be one: `complaint` is empty where nothing is.
struct ReadServiceAccountKey {
    ServiceAccountKey key = {};
    std::string complaint = {};
};

/// Never says a word of the file itself: it is a secret.
ReadServiceAccountKey read_service_account_key(std::string_view text);

}  // namespace bellhop::parsers
