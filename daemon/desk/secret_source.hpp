// Where a secret is to be read from. It never stands in the configuration itself.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "parsers/config/config_value.hpp"

namespace bellhop::daemon {

struct SecretSource {
    std::filesystem::path file = {};  ///< refused where others than its owner may read it
    std::string credential = {};      ///< a name below $CREDENTIALS_DIRECTORY
    std::string environment = {};     ///< a variable

    bool is_named() const { return !file.empty() || !credential.empty() || !environment.empty(); }

    friend bool operator==(const SecretSource&, const SecretSource&) = default;
};

/// The keys that name a source.
struct SecretKeys {
    std::string file = {};         ///< "password_file"
    std::string credential = {};   ///< "password_credential"
    std::string environment = {};  ///< "password_env"; empty where a variable will not do
    std::string forbidden = {};    ///< "password": the key under which somebody may write it itself
    std::string example = {};      ///< of a file's name: "imap.password"
};

/// Reads the keys. Complaints go to the table's list: of a file that others may read, of a name
/// that is none, of several sources. Relative paths are relative to `folder`.
SecretSource read_secret_source(parsers::ConfigTable& table,
                                const SecretKeys& keys,
                                const std::filesystem::path& folder);

/// The text of `key`, which must be one line without control characters; empty where it is missing.
std::string line_of(parsers::ConfigTable& table, std::string_view key);

/// The secret's text without a trailing line end. Throws std::runtime_error naming the source
/// (never the secret) where it cannot be read, is empty or no single line, or its file may be read
/// by others. `what`: "password", for that error.
std::string read_secret(const SecretSource& source, std::string_view what = "password");

/// The same where it may have many lines: a key, a file of JSON.
std::string read_secret_text(const SecretSource& source, std::string_view what);

}  // namespace bellhop::daemon
