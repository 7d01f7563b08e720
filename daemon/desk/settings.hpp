// bellhop.toml: what is set up once, by whoever installs the gateway.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "daemon/desk/limit_settings.hpp"
#include "daemon/desk/server_settings.hpp"
#include "parsers/config/diagnostic.hpp"
#include "rules/proof/sender_proof.hpp"
#include "storage/retention_rules.hpp"

namespace bellhop::daemon {

enum class AfterCommit {
    move,
    flag,
    leave,  ///< what was sent from the mailbox: no setting says so
};
enum class FirstStart { only_new, everything };

struct MailboxSettings {
    std::string name = {};  ///< how commands, rules and the ledger call it
    std::string address =
        {};  ///< the desk's address behind it: From of the answers, never answered itself
    ServerSettings server = {};
    std::string folder = "INBOX";
    /// Where mail programs put what people send from the mailbox; empty: it is not read.
    std::string sent_folder = {};
    AfterCommit after_commit = AfterCommit::move;
    std::string processed_folder = "Processed";
    std::string processed_flag = "$BellhopProcessed";
    FirstStart first_start = FirstStart::only_new;
    std::chrono::seconds poll_interval{30};
    bool idle = true;
    rules::ProofPolicy proof = {};  ///< `provider`, `authserv_id`: who proves whose mail it is
};

struct SmtpSettings {
    ServerSettings server = {};
    std::string helo_name = {};             ///< EHLO; the host's name where empty
    std::string envelope_sender = {};       ///< of automatic mail; empty = null reverse-path
    std::chrono::seconds idle_timeout{20};  ///< a connection not used for so long is closed
    std::size_t messages_per_minute = 0;    ///< at most; 0: no limit
    std::size_t mails_per_connection = 50;  ///< then a new one is opened
};

struct DeskSettings {
    std::string name = {};        ///< "IT Support": display name of outgoing mail
    std::string ticket_tag = {};  ///< "HELP": subjects carry [HELP#1042]
    std::string time_zone = {};   ///< IANA; for instants in mails
    std::string phone = {};       ///< for outages; empty = not named
    std::string manager = {};     ///< who is told of breaches: an address, or a name of people.toml
    std::vector<std::string> own_addresses = {};  ///< further addresses of the desk, never answered
    /// How long what people of the desk have sent by mail waits, so that they can take it back.
    std::chrono::seconds send_delay{60};
};

struct Settings {
    std::filesystem::path folder = {};  ///< of the configuration
    DeskSettings desk = {};
    std::filesystem::path database = {};
    std::vector<MailboxSettings> mailboxes = {};   ///< at least one
    std::vector<OauthSettings> applications = {};  ///< [oauth.NAME]
    SmtpSettings smtp = {};
    AcknowledgementSettings acknowledgement = {};
    LimitSettings limits = {};
    storage::RetentionRules retention = {};
    std::string default_priority = {};  ///< "P3"; until rules decide
    std::string log_level = "info";
    std::string digest = {};  ///< SHA-256 of the file, in hexadecimal
};

/// Reads `folder`/bellhop.toml. Errors: every complaint at once, each with its place. Relative
/// paths are relative to `folder`; the database's default is data/bellhop.db in it, or
/// $STATE_DIRECTORY/bellhop.db where the service manager gives one.
boost::system::result<Settings, parsers::Diagnostics> load_settings(
    const std::filesystem::path& folder);

/// What `check` and `serve` say on wrong configuration: every complaint rendered with its line,
/// then a count. Reads the files again that the complaints point into.
std::string render_all(const parsers::Diagnostics& diagnostics);

}  // namespace bellhop::daemon
