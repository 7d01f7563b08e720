#include "daemon/desk/oauth_settings.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <unistd.h>

#include "daemon/net/http_post.hpp"
#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

using parsers::ConfigTable;
using parsers::in_quotes;

/// Where a cloud of Microsoft's keeps what. The scopes of an application name the mail service as a
/// whole, those of a person the two protocols.
struct MicrosoftCloud {
    std::string_view name;
    std::string_view login;     // host
    std::string_view service;   // of client credentials
    std::string_view resource;  // of a person's scopes
};
constexpr std::array clouds{
    MicrosoftCloud{"global", "login.microsoftonline.com", "https://outlook.office365.com/",
                   "https://outlook.office.com/"},
    MicrosoftCloud{"gcc_high", "login.microsoftonline.us", "https://outlook.office365.us/",
                   "https://outlook.office365.us/"},
    MicrosoftCloud{"china", "login.partner.microsoftonline.cn", "https://partner.outlook.cn/",
                   "https://partner.outlook.cn/"},
};

constexpr const char* google_endpoint = "https://oauth2.googleapis.com/token";
constexpr const char* google_scope = "https://mail.google.com/";

bool is_plain(std::string_view text, std::string_view more) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [more](unsigned char c) {
        return std::isalnum(c) != 0 || more.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

/// Reads one section.
class ApplicationReader {
public:
    ApplicationReader(ConfigTable& table, const std::filesystem::path& folder)
        : table_(table), folder_(folder) {}

    OauthSettings read(const std::string& name) {
        settings_.name = name;
        table_.require("provider", "provider = \"microsoft365\"");
        const auto provider =
            table_.one_of<OauthProvider>("provider", {{"microsoft365", OauthProvider::microsoft365},
                                                      {"google", OauthProvider::google},
                                                      {"other", OauthProvider::other}});
        if (!provider) return settings_;  // what else is needed depends on it
        settings_.provider = *provider;
        read_grant();
        read_credentials();
        read_client();
        switch (settings_.provider) {
            case OauthProvider::microsoft365:
                read_microsoft();
                break;
            case OauthProvider::google:
                settings_.scope = google_scope;
                if (!is_service_account()) settings_.token_endpoint = google_endpoint;
                break;
            case OauthProvider::other:
                break;
        }
        read_endpoints();
        read_scope();
        read_ca_file();
        table_.refuse_unknown_keys();
        return settings_;
    }

private:
    bool is_service_account() const { return settings_.grant == OauthGrant::service_account; }

    void read_grant() {
        const bool is_google = settings_.provider == OauthProvider::google;
        settings_.grant =
            table_
                .one_of<OauthGrant>("grant",
                                    {{"client_credentials", OauthGrant::client_credentials},
                                     {"service_account", OauthGrant::service_account},
                                     {"refresh_token", OauthGrant::refresh_token}})
                .value_or(is_google ? OauthGrant::service_account : OauthGrant::client_credentials);
        if (is_service_account() != is_google && settings_.grant != OauthGrant::refresh_token) {
            table_.complain("grant",
                            is_google ? "Google gives mailboxes to service accounts, not to client "
                                        "credentials"
                                      : "service accounts are Google's",
                            {is_google ? "expected one of: service_account, refresh_token"
                                       : "expected one of: client_credentials, refresh_token"});
        }
    }

    /// The keys of the one in use, or with "next_" those of the one that takes over.
    OauthCredential read_credential(const std::string& prefix, const std::string& kind) {
        const std::string name = prefix + kind;
        const SecretKeys keys{name + "_file", name + "_credential", {}, name, "NAME." + kind};
        OauthCredential credential;
        credential.source = read_secret_source(table_, keys, folder_);
        const bool both = !credential.source.file.empty() && !credential.source.credential.empty();
        if (both) {
            table_.complain(keys.credential, "several sources of one " + kind,
                            {"keep one of: " + keys.file + ", " + keys.credential});
        }
        if (kind == "secret") {
            if (const auto last = table_.date(name + "_expires")) {
                credential.ends = std::chrono::sys_days{*last};
            }
        }
        return credential;
    }

    void read_credentials() {
        constexpr std::array<std::pair<const char*, ClientProof>, 3> kinds{
            {{"secret", ClientProof::secret},
             {"certificate", ClientProof::certificate},
             {"service_account", ClientProof::key_file}}};
        for (const auto& [kind, proof] : kinds) {
            const OauthCredential now = read_credential("", kind);
            const OauthCredential next = read_credential("next_", kind);
            if (!now.source.is_named() && !next.source.is_named()) continue;
            if (settings_.proof != ClientProof::none) {
                table_.complain_at(table_.where(), "several kinds of credentials",
                                   {"keep one of: secret, certificate, service_account"});
            }
            settings_.proof = proof;
            settings_.credentials.clear();
            if (now.source.is_named()) settings_.credentials.push_back(now);
            if (next.source.is_named()) settings_.credentials.push_back(next);
        }
        settings_.signature =
            table_
                .one_of<SignatureAlgorithm>("signature", {{"PS256", SignatureAlgorithm::ps256},
                                                          {"RS256", SignatureAlgorithm::rs256}})
                .value_or(SignatureAlgorithm::ps256);
        check_proof();
    }

    void check_proof() {
        const bool has_key_file = settings_.proof == ClientProof::key_file;
        if (is_service_account() && !has_key_file) {
            table_.complain_at(table_.where(), "no key of the service account",
                               {"name one of: service_account_file, service_account_credential"});
        }
        if (!is_service_account() && has_key_file) {
            table_.complain_at(table_.where(), "the key of a service account is for Google only",
                               {"name one of: secret_file, secret_credential, certificate_file, "
                                "certificate_credential"});
        }
        if (settings_.grant == OauthGrant::client_credentials &&
            settings_.proof == ClientProof::none) {
            table_.complain_at(table_.where(), "nothing proves who the application is",
                               {"name one of: secret_file, secret_credential, certificate_file, "
                                "certificate_credential"});
        }
    }

    void read_client() {
        settings_.client_id = line_of(table_, "client_id");
        if (!is_service_account()) {
            table_.require("client_id", "client_id = \"00000000-0000-0000-0000-000000000000\"");
        } else if (table_.has("client_id")) {
            table_.complain("client_id", "the file of the service account names it itself",
                            {"leave it out; the Admin console wants it for delegation"});
        }
        if (!settings_.client_id.empty() && !is_plain(settings_.client_id, "-._~:/@")) {
            table_.complain("client_id", "not a client id: " + in_quotes(settings_.client_id));
        }
    }

    void read_microsoft() {
        const std::string tenant =
            table_.required_text("tenant", "tenant = \"school.onmicrosoft.com\"");
        const bool is_shared = tenant == "common" || tenant == "consumers";
        if (!tenant.empty() && (!is_plain(tenant, "-.") || is_shared)) {
            table_.complain("tenant", "not a tenant: " + in_quotes(tenant),
                            {"Directory (tenant) ID, or a domain of the tenant, for example: "
                             "\"school.onmicrosoft.com\""});
        }
        const MicrosoftCloud* cloud = &clouds.front();
        std::vector<std::string> names;
        for (const MicrosoftCloud& one : clouds) names.emplace_back(one.name);
        const std::optional<std::string> chosen = table_.choice("cloud", names);
        for (const MicrosoftCloud& one : clouds) {
            if (chosen == one.name) cloud = &one;
        }
        const std::string base =
            "https://" + std::string{cloud->login} + '/' + tenant + "/oauth2/v2.0/";
        settings_.token_endpoint = base + "token";
        settings_.device_endpoint = base + "devicecode";
        const std::string resource{cloud->resource};
        settings_.scope =
            settings_.grant == OauthGrant::client_credentials
                ? std::string{cloud->service} + ".default"
                : resource + "IMAP.AccessAsUser.All " + resource + "SMTP.Send offline_access";
    }

    /// A URL that secrets may go to.
    void read_endpoint(const std::string& key, std::string& place) {
        const std::string url = line_of(table_, key);
        if (url.empty()) return;
        place = url;
        if (is_acceptable_url(url)) return;
        table_.complain(key, "not an address that secrets may be sent to: " + in_quotes(url),
                        {"https://...; http:// is for this machine only (localhost)"});
    }

    void read_endpoints() {
        if (settings_.provider == OauthProvider::other) {
            table_.require("token_endpoint",
                           "token_endpoint = \"https://login.example.org/oauth2/token\"");
        }
        read_endpoint("token_endpoint", settings_.token_endpoint);
        read_endpoint("device_endpoint", settings_.device_endpoint);
    }

    void read_scope() {
        const std::vector<std::string> scopes = table_.texts("scope");
        if (scopes.empty()) return;
        settings_.scope = parsers::joined(scopes, " ");
        // RFC 6749 section 3.3: printable ASCII but " and \, words with one blank between.
        const bool is_right =
            std::all_of(settings_.scope.begin(), settings_.scope.end(),
                        [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
        if (!is_right) table_.complain("scope", "not a scope: " + in_quotes(settings_.scope));
    }

    void read_ca_file() {
        const std::string file = line_of(table_, "ca_file");
        if (file.empty()) return;
        settings_.ca_file = folder_ / file;
        if (access(settings_.ca_file.c_str(), R_OK) == 0) return;
        table_.complain("ca_file", "cannot read " + in_quotes(settings_.ca_file.string()) + ": " +
                                       std::generic_category().message(errno));
    }

    ConfigTable& table_;
    const std::filesystem::path& folder_;
    OauthSettings settings_ = {};
};

}  // namespace

std::vector<OauthSettings> read_applications(ConfigTable& root,
                                             const std::filesystem::path& folder) {
    std::vector<OauthSettings> applications;
    std::optional<ConfigTable> all = root.table("oauth");
    if (!all) return applications;
    for (const std::string& name : all->keys()) {
        std::optional<ConfigTable> table = all->table(name);
        if (!table) continue;
        if (!is_plain(name, "-_")) {
            table->complain_at(table->where(), "not a name: " + in_quotes(name),
                               {"letters, digits, - and _, for example: [oauth.school]"});
        }
        applications.push_back(ApplicationReader{*table, folder}.read(name));
    }
    return applications;
}

const OauthSettings& application_named(const std::vector<OauthSettings>& applications,
                                       const std::string& name) {
    const auto found = std::find_if(applications.begin(), applications.end(),
                                    [&name](const OauthSettings& one) { return one.name == name; });
    ensure(found != applications.end());
    return *found;
}

}  // namespace bellhop::daemon
