#include "daemon/desk/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <system_error>

#include "daemon/desk/folder_guard.hpp"
#include "daemon/desk/text_file.hpp"
#include "parsers/config/config_file.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "rules/calendar/local_zone.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::in_quotes;

constexpr std::size_t longest_name = 40;  // characters of a mailbox's name, and of a tag

bool is_plain_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '_';
           });
}

std::string required_line(ConfigTable& table, std::string_view key, const std::string& example) {
    const std::string text = table.required_text(key, example);
    line_of(table, key);
    return text;
}

std::string required_address(ConfigTable& table, const std::string& example) {
    const std::string address = table.required_text("address", example);
    if (!address.empty() && !parsers::is_sendable(address)) {
        table.complain("address", "not a mail address: " + in_quotes(address),
                       {"for example: " + example});
    }
    return address;
}

DeskSettings read_desk(ConfigTable& table) {
    DeskSettings desk;
    desk.name = required_line(table, "name", "name = \"IT Support\"");
    desk.ticket_tag = table.required_text("ticket_tag", "ticket_tag = \"HELP\"");
    if (!desk.ticket_tag.empty() && !is_plain_name(desk.ticket_tag)) {
        table.complain("ticket_tag", "not a tag: " + in_quotes(desk.ticket_tag),
                       {"letters, digits, - and _, as in [HELP#1042]"});
    }
    desk.time_zone = table.required_text("time_zone", "time_zone = \"Europe/London\"");
    if (!desk.time_zone.empty() && !rules::LocalZone::find(desk.time_zone)) {
        table.complain("time_zone", "unknown time zone " + in_quotes(desk.time_zone),
                       {"a name of the tz database, for example: \"Europe/London\""});
    }
    desk.phone = line_of(table, "phone");
    desk.manager = line_of(table, "manager");
    for (const ConfigValue& item : table.items("own_addresses")) {
        const std::string address = item.text().value_or("");
        if (parsers::is_sendable(address)) {
            desk.own_addresses.push_back(address);
        } else if (item.kind() == parsers::ConfigKind::text) {
            item.complain("not a mail address: " + in_quotes(address));
        }
    }
    desk.send_delay = table.duration("send_delay", 0s, 1h).value_or(desk.send_delay);
    table.refuse_unknown_keys();
    return desk;
}

bool is_keyword(std::string_view flag) {
    return !flag.empty() && std::all_of(flag.begin(), flag.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view{"$_-.+"}.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

void read_processing(ConfigTable& table, MailboxSettings& mailbox) {
    mailbox.after_commit = table
                               .one_of<AfterCommit>("after_commit", {{"move", AfterCommit::move},
                                                                     {"flag", AfterCommit::flag}})
                               .value_or(mailbox.after_commit);
    if (table.has("processed_folder")) {
        mailbox.processed_folder =
            required_line(table, "processed_folder", "processed_folder = \"Processed\"");
    }
    if (mailbox.after_commit == AfterCommit::move && mailbox.processed_folder == mailbox.folder) {
        table.complain("processed_folder",
                       "mail would be moved into the folder that it is taken from",
                       {"for example: processed_folder = \"Processed\""});
    }
    if (const auto flag = table.text("processed_flag")) mailbox.processed_flag = *flag;
    if (!is_keyword(mailbox.processed_flag)) {
        table.complain("processed_flag",
                       "not an IMAP keyword: " + in_quotes(mailbox.processed_flag),
                       {"for example: processed_flag = \"$BellhopProcessed\""});
    }
}

/// An authserv-id is a token or a domain name (RFC 8601 section 2.2).
bool is_authserv_id(std::string_view text) {
    constexpr std::size_t longest = 255;
    return !text.empty() && text.size() <= longest &&
           std::none_of(text.begin(), text.end(), [](unsigned char c) {
               return c <= ' ' || c == 0x7f ||
                      std::string_view{"()<>@,;:\\\"/[]?="}.find(static_cast<char>(c)) !=
                          std::string_view::npos;
           });
}

rules::ProofPolicy read_proof(ConfigTable& table) {
    rules::ProofPolicy policy;
    const std::vector<std::pair<std::string, rules::MailProvider>> providers{
        {"microsoft365", rules::MailProvider::microsoft365},
        {"google", rules::MailProvider::google},
        {"rfc8601", rules::MailProvider::rfc8601}};
    const auto provider = table.one_of("provider", providers);
    if (provider) policy.provider = *provider;
    for (const ConfigValue& item : table.items("authserv_id")) {
        const std::optional<std::string> id = item.text();
        if (!id) continue;
        if (is_authserv_id(*id)) {
            policy.authserv_ids.push_back(*id);
        } else {
            item.complain("not an authserv-id: " + in_quotes(*id),
                          {"the first word of your own server's Authentication-Results, for "
                           "example: authserv_id = [\"mx.school.example\"]"});
        }
    }
    if (policy.provider == rules::MailProvider::microsoft365 && table.has("authserv_id")) {
        table.complain("authserv_id", "the servers of microsoft365 have no authserv-id",
                       {"leave it out"});
    }
    if (provider == rules::MailProvider::rfc8601 && !table.has("authserv_id")) {
        table.complain("provider", "\"rfc8601\" proves nobody without authserv_id",
                       {"for example: authserv_id = [\"mx.school.example\"]"});
    }
    return policy;
}

/// IMAP's INBOX is the same in any case (RFC 9051 section 5.1).
bool is_same_folder(const std::string& left, const std::string& right) {
    constexpr std::string_view inbox = "inbox";
    return left == right ||
           (parsers::lower_case(left) == inbox && parsers::lower_case(right) == inbox);
}

/// What lies in it counts as written by the desk: nothing that others write may get there.
void read_sent_folder(ConfigTable& table, MailboxSettings& mailbox) {
    if (!table.has("sent_folder")) return;
    const std::string example = "sent_folder = \"Sent\"";
    mailbox.sent_folder = required_line(table, "sent_folder", example);
    const bool takes_mail = is_same_folder(mailbox.sent_folder, mailbox.folder) ||
                            (mailbox.after_commit == AfterCommit::move &&
                             is_same_folder(mailbox.sent_folder, mailbox.processed_folder));
    if (takes_mail) {
        table.complain("sent_folder", "mail that comes in would count as sent by the desk",
                       {"the folder in which mail programs keep what is sent from the mailbox, for "
                        "example: " +
                        example});
    }
}

/// What the sections of servers refer to.
struct Surroundings {
    const std::filesystem::path& folder;
    const std::vector<OauthSettings>& applications;
};

MailboxSettings read_mailbox(ConfigTable& table, const Surroundings& around) {
    MailboxSettings mailbox;
    mailbox.name = table.required_text("name", "name = \"it\"");
    if (!mailbox.name.empty() && !is_plain_name(mailbox.name)) {
        table.complain("name", "not a name of a mailbox: " + in_quotes(mailbox.name),
                       {"letters, digits, - and _, for example: name = \"it\""});
    }
    mailbox.address = required_address(table, "address = \"it@example.org\"");
    mailbox.server = read_server(table, MailProtocol::imap, around.folder, around.applications);
    if (table.has("folder")) mailbox.folder = required_line(table, "folder", "folder = \"INBOX\"");
    read_processing(table, mailbox);
    mailbox.proof = read_proof(table);
    read_sent_folder(table, mailbox);
    mailbox.first_start =
        table
            .one_of<FirstStart>("first_start", {{"only_new", FirstStart::only_new},
                                                {"everything", FirstStart::everything}})
            .value_or(mailbox.first_start);
    mailbox.poll_interval =
        table.duration("poll_interval", 1s, 24h).value_or(mailbox.poll_interval);
    mailbox.idle = table.boolean("idle").value_or(mailbox.idle);
    table.refuse_unknown_keys();
    return mailbox;
}

/// Whether a folder that one reads is a folder of the other, or one reads as sent what the other
/// has taken.
bool reads_the_same(const MailboxSettings& left, const MailboxSettings& right) {
    const bool is_one_account = left.server.host == right.server.host &&
                                left.server.user == right.server.user &&
                                left.server.port == right.server.port && !left.server.user.empty();
    const auto is_sent_of = [](const MailboxSettings& mailbox, const std::string& folder) {
        return !mailbox.sent_folder.empty() && is_same_folder(mailbox.sent_folder, folder);
    };
    const auto is_read_as_sent = [&](const MailboxSettings& one, const MailboxSettings& other) {
        return is_sent_of(one, other.folder) || is_sent_of(one, other.sent_folder) ||
               (other.after_commit == AfterCommit::move && is_sent_of(one, other.processed_folder));
    };
    return is_one_account && (is_same_folder(left.folder, right.folder) ||
                              is_read_as_sent(left, right) || is_read_as_sent(right, left));
}

/// The ledger and the commands know a mailbox by its name, and two sessions on one folder would
/// take turns in moving each other's mail.
void refuse_twins(const std::vector<ConfigTable>& tables,
                  const std::vector<MailboxSettings>& mailboxes) {
    for (std::size_t later = 1; later < mailboxes.size(); ++later) {
        const MailboxSettings& twin = mailboxes[later];
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            const MailboxSettings& first = mailboxes[earlier];
            const std::vector<std::string> hint{"the first one stands in line " +
                                                std::to_string(tables[earlier].where().line)};
            if (!twin.name.empty() && twin.name == first.name) {
                tables[later].complain("name", "two mailboxes are called " + in_quotes(twin.name),
                                       hint);
                break;
            }
            if (reads_the_same(twin, first)) {
                tables[later].complain_at(
                    tables[later].where(),
                    "reads the same folder as mailbox " + in_quotes(first.name), hint);
                break;
            }
        }
    }
}

std::vector<MailboxSettings> read_mailboxes(ConfigTable& root, const Surroundings& around) {
    root.require("mailbox", "[[mailbox]]");
    std::vector<ConfigTable> tables = root.tables("mailbox");
    std::vector<MailboxSettings> mailboxes;
    for (ConfigTable& table : tables) mailboxes.push_back(read_mailbox(table, around));
    refuse_twins(tables, mailboxes);
    return mailboxes;
}

SmtpSettings read_smtp(ConfigTable& table, const Surroundings& around) {
    SmtpSettings smtp;
    smtp.server = read_server(table, MailProtocol::smtp, around.folder, around.applications);
    smtp.helo_name = line_of(table, "helo_name");
    const bool is_name =
        std::all_of(smtp.helo_name.begin(), smtp.helo_name.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '[' || c == ']' || c == ':';
        });
    if (!is_name) {
        table.complain("helo_name", "not a host name: " + in_quotes(smtp.helo_name),
                       {"for example: helo_name = \"desk.example.org\""});
    }
    smtp.envelope_sender = line_of(table, "envelope_sender");
    if (!smtp.envelope_sender.empty() && !parsers::is_sendable(smtp.envelope_sender)) {
        table.complain("envelope_sender", "not a mail address: " + in_quotes(smtp.envelope_sender),
                       {"leave it out for the null reverse-path"});
    }
    smtp.messages_per_minute =
        static_cast<std::size_t>(table.integer("messages_per_minute", 1, 100'000).value_or(0));
    smtp.mails_per_connection = static_cast<std::size_t>(
        table.integer("mails_per_connection", 1, 10'000)
            .value_or(static_cast<std::int64_t>(smtp.mails_per_connection)));
    smtp.idle_timeout = table.duration("idle_timeout", 1s, 10min).value_or(smtp.idle_timeout);
    table.refuse_unknown_keys();
    return smtp;
}

storage::RetentionRules read_retention(ConfigTable& table) {
    constexpr std::chrono::days shortest{7};  // a mistyped unit shall not empty the database
    constexpr std::chrono::days longest{50 * 366};
    storage::RetentionRules retention;
    retention.closed_tickets = table.duration("closed_tickets", shortest, longest);
    retention.quarantine = table.duration("quarantine", shortest, longest);
    table.refuse_unknown_keys();
    return retention;
}

std::filesystem::path default_database(const std::filesystem::path& folder) {
    // The service manager separates several folders by colons (systemd.exec(5)).
    const char* state = std::getenv("STATE_DIRECTORY");
    const std::string first =
        state == nullptr ? "" : std::string{state}.substr(0, std::string{state}.find(':'));
    return first.empty() ? folder / "data" / "bellhop.db"
                         : std::filesystem::path{first} / "bellhop.db";
}

std::filesystem::path read_database(ConfigTable& root, const std::filesystem::path& folder) {
    const std::filesystem::path named =
        root.value("database")
            ? folder / required_line(root, "database", "database = \"data/bellhop.db\"")
            : default_database(folder);
    // Lock, key and socket stand beside the file itself, whatever link leads there.
    std::error_code unknown;
    std::filesystem::path meant = std::filesystem::weakly_canonical(named, unknown);
    return unknown ? named : meant;
}

std::string read_default_priority(ConfigTable& root) {
    const std::string priority = root.text("default_priority").value_or("P3");
    if (!is_plain_name(priority)) {
        root.complain("default_priority", "not a name of a priority: " + in_quotes(priority),
                      {"for example: default_priority = \"P3\""});
    }
    return priority;
}

/// The section, or an empty one where it is missing: its defaults hold then.
template <class Section>
Section section_of(ConfigTable& root, std::string_view name, Section (*read)(ConfigTable&)) {
    std::optional<ConfigTable> table = root.table(name);
    return table ? read(*table) : Section{};
}

Settings read_settings(ConfigTable& root, const std::filesystem::path& folder) {
    Settings settings;
    settings.folder = folder;
    settings.database = read_database(root, folder);
    settings.default_priority = read_default_priority(root);
    settings.log_level =
        root.choice("log_level", {"debug", "info", "warn", "error"}).value_or("info");
    root.require("desk", "[desk]");
    settings.desk = section_of(root, "desk", read_desk);
    settings.applications = read_applications(root, folder);
    const Surroundings around{folder, settings.applications};
    settings.mailboxes = read_mailboxes(root, around);
    root.require("smtp", "[smtp]");
    if (std::optional<ConfigTable> smtp = root.table("smtp")) {
        settings.smtp = read_smtp(*smtp, around);
    }
    settings.acknowledgement = section_of(root, "acknowledgement", read_acknowledgement);
    settings.limits = section_of(root, "limits", read_limits);
    settings.retention = section_of(root, "retention", read_retention);
    root.refuse_unknown_keys();
    return settings;
}

/// What a complaint may show of its file: nothing of one that is no configuration, or that is a
/// link to such a one, as a password behind an `include`.
std::string shown_text(const std::string& file) {
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(file, error);
    if (error || !is_configuration_file(real)) return {};
    return read_text_file(file).value_or("");
}

std::string counted(std::ptrdiff_t count, const std::string& noun) {
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

}  // namespace

boost::system::result<Settings, parsers::Diagnostics> load_settings(
    const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "bellhop.toml";
    std::error_code error;
    const std::optional<std::string> text = read_text_file(path, error);
    if (!text) {
        parsers::Diagnostic complaint = cannot_be_read(path, error);
        if (error == std::errc::no_such_file_or_directory) {
            complaint.hints = {"bellhop init " + folder.string() +
                               " writes a configuration to start from"};
        }
        return parsers::Diagnostics{std::move(complaint)};
    }
    auto file = parsers::ConfigFile::parse(path.string(), *text);
    if (!file) return file.error();
    parsers::Diagnostics complaints;
    ConfigTable root = file->root(complaints);
    Settings settings = read_settings(root, folder);
    settings.digest = parsers::hex(parsers::sha256(*text));
    parsers::sort_by_place(complaints);
    if (parsers::has_errors(complaints)) return complaints;
    return settings;
}

std::string render_all(const parsers::Diagnostics& diagnostics) {
    std::map<std::string, std::string> sources;
    std::string text;
    for (const parsers::Diagnostic& each : diagnostics) {
        const std::string& file = each.where.file;
        const auto known = sources.find(file);
        const std::string& source = known != sources.end()
                                        ? known->second
                                        : sources.emplace(file, shown_text(file)).first->second;
        text += parsers::render(each, source);
    }
    const auto errors = std::count_if(
        diagnostics.begin(), diagnostics.end(),
        [](const parsers::Diagnostic& each) { return each.severity == parsers::Severity::error; });
    const auto warnings = static_cast<std::ptrdiff_t>(diagnostics.size()) - errors;
    text += counted(errors, "error");
    if (warnings != 0) text += ", " + counted(warnings, "warning");
    return text + '\n';
}

}  // namespace bellhop::daemon
