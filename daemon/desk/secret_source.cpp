#include "daemon/desk/secret_source.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::daemon {
namespace {

using parsers::ConfigTable;
using parsers::in_quotes;

constexpr std::size_t longest_secret = 64 * 1024;  // bytes; an access token has 2 to 4 kB

void check_file_mode(const ConfigTable& table,
                     const std::string& key,
                     const std::filesystem::path& file) {
    struct stat status = {};
    // A file that is not there yet is the operator's next step, not a fault of the configuration.
    if (stat(file.c_str(), &status) != 0) return;
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        table.complain(key, "others may read " + in_quotes(file.string()),
                       {"chmod 600 " + file.string()});
    }
}

bool is_variable_name(const std::string& name) {
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// A secret that cannot be read: whose it is, and where it should be.
struct Origin {
    std::string_view what;
    std::string source;

    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error("cannot read the " + std::string{what} + " from " + source + ": " +
                                 why);
    }
};

/// Closes the file when it goes.
class OpenFile {
public:
    explicit OpenFile(const std::filesystem::path& file)
        : descriptor_(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

enum class Privacy { of_owner, of_service_manager };

std::string read_file(const std::filesystem::path& path, Privacy privacy, const Origin& origin) {
    const OpenFile file{path};
    if (file.descriptor() < 0) origin.fail(std::generic_category().message(errno));
    struct stat status = {};
    if (fstat(file.descriptor(), &status) != 0) {
        origin.fail(std::generic_category().message(errno));
    }
    if (!S_ISREG(status.st_mode)) origin.fail("not a file");
    // systemd grants a credential by an access control list, which shows as a group's permission.
    if (privacy == Privacy::of_owner && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        origin.fail("others may read it; chmod 600 " + path.string());
    }
    std::string text(longest_secret + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t count = read(file.descriptor(), text.data() + size, text.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) origin.fail(std::generic_category().message(errno));
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    if (size > longest_secret) origin.fail("too long");
    text.resize(size);
    return text;
}

Origin origin_of(const SecretSource& source, std::string_view what) {
    if (!source.file.empty()) return {what, source.file.string()};
    if (!source.credential.empty()) return {what, "credential " + in_quotes(source.credential)};
    return {what, "variable " + in_quotes(source.environment)};
}

std::string bytes_of(const SecretSource& source, const Origin& origin) {
    if (!source.file.empty()) return read_file(source.file, Privacy::of_owner, origin);
    if (!source.credential.empty()) {
        const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
        if (folder == nullptr) origin.fail("the service manager gives no credentials");
        const std::filesystem::path file = std::filesystem::path{folder} / source.credential;
        return read_file(file, Privacy::of_service_manager, origin);
    }
    const char* value = std::getenv(source.environment.c_str());
    if (source.environment.empty() || value == nullptr) origin.fail("it is not set");
    return value;
}

}  // namespace

std::string line_of(ConfigTable& table, std::string_view key) {
    const std::string text = table.text(key).value_or("");
    for (std::string_view rest = text; !rest.empty();) {
        const parsers::Utf8Character character = parsers::first_character(rest);
        if (parsers::is_control(character.code_point)) {
            table.complain(key, in_quotes(key) + " must be one line without control characters");
            break;
        }
        rest.remove_prefix(character.octets.size());
    }
    return text;
}

SecretSource read_secret_source(ConfigTable& table,
                                const SecretKeys& keys,
                                const std::filesystem::path& folder) {
    SecretSource source;
    const std::string file = line_of(table, keys.file);
    if (!file.empty()) {
        source.file = folder / file;
        check_file_mode(table, keys.file, source.file);
        if (file.ends_with(".toml")) {
            table.complain(keys.file, "rules may include " + in_quotes(file),
                           {"a secret needs another ending, as in \"it.password\""});
        }
    }
    source.credential = line_of(table, keys.credential);
    if (source.credential.find('/') != std::string::npos || source.credential.starts_with(".")) {
        table.complain(keys.credential, "not a name: " + in_quotes(source.credential),
                       {"LoadCredential=NAME:/path in the unit, and NAME here"});
    }
    if (!keys.environment.empty()) {
        source.environment = line_of(table, keys.environment);
        if (table.has(keys.environment) && !is_variable_name(source.environment)) {
            table.complain(keys.environment,
                           "not the name of a variable: " + in_quotes(source.environment),
                           {"for example: " + keys.environment + " = \"BELLHOP_IMAP_PASSWORD\""});
        }
    }
    if (!keys.forbidden.empty() && table.value(keys.forbidden)) {
        table.complain_at(table.where_key(keys.forbidden), "a secret never stands in this file",
                          {"write it into a file that only the service may read, and name it: " +
                           keys.file + " = " + in_quotes(keys.example)});
    }
    return source;
}

std::string read_secret_text(const SecretSource& source, std::string_view what) {
    return bytes_of(source, origin_of(source, what));
}

std::string read_secret(const SecretSource& source, std::string_view what) {
    const Origin origin = origin_of(source, what);
    std::string secret = bytes_of(source, origin);
    if (secret.ends_with('\n')) secret.pop_back();
    if (secret.ends_with('\r')) secret.pop_back();
    if (secret.empty()) origin.fail("it is empty");
    if (secret.find_first_of(std::string_view{"\r\n\0", 3}) != std::string::npos) {
        origin.fail("it has more than one line");
    }
    return secret;
}

}  // namespace bellhop::daemon
