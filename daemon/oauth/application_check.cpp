#include "daemon/oauth/application_check.hpp"

#include <cstdlib>
#include <stdexcept>

#include "daemon/desk/text_file.hpp"
#include "daemon/oauth/signing_key.hpp"
#include "daemon/oauth/token_request.hpp"

namespace bellhop::daemon {
namespace {

std::string kind_of(ClientProof proof) {
    switch (proof) {
        case ClientProof::certificate:
            return "certificate";
        case ClientProof::key_file:
            return "key";
        case ClientProof::secret:
        case ClientProof::none:
            break;
    }
    return "client secret";
}

/// What the service manager hands to the service nobody else sees.
bool may_be_read(const SecretSource& source) {
    return source.credential.empty() || std::getenv("CREDENTIALS_DIRECTORY") != nullptr;
}

/// What is wrong with a credential; empty where nothing is seen. A request is composed with it, and
/// not sent.
std::string fault_of(const OauthSettings& application,
                     const OauthCredential& credential,
                     std::chrono::sys_seconds now) {
    try {
        static_cast<void>(token_request(application, &credential, {"somebody", "a token", now}));
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

std::vector<rules::CredentialEnd> credential_ends(const OauthSettings& application) {
    std::vector<rules::CredentialEnd> ends;
    for (const OauthCredential& one : application.credentials) {
        ends.push_back({kind_of(application.proof), end_of(application, one)});
    }
    return ends;
}

parsers::Diagnostics lint_applications(const Settings& settings, std::chrono::sys_seconds now) {
    parsers::Diagnostics found;
    const std::filesystem::path file = settings.folder / "bellhop.toml";
    const auto warn = [&](const OauthSettings& application, std::string message,
                          std::vector<std::string> hints) {
        found.push_back({place_of_line(file, "[oauth." + application.name + "]"),
                         std::move(message), std::move(hints), parsers::Severity::warning});
    };
    for (const OauthSettings& application : settings.applications) {
        for (const OauthCredential& credential : application.credentials) {
            if (!may_be_read(credential.source)) continue;
            const std::string fault = fault_of(application, credential, now);
            if (!fault.empty()) warn(application, fault, {});
        }
        const auto ending =
            rules::ending_credential(application.name, credential_ends(application), now);
        if (ending) {
            warn(application, ending->headline,
                 {"make the next one at the provider, and name it with next_secret_file or "
                  "next_certificate_file: both count until the old one is gone"});
        }
    }
    return found;
}

}  // namespace bellhop::daemon
