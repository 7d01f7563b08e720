#include "daemon/desk/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <system_error>

#include "daemon/desk/text_file.hpp"
#include "parsers/config/config_file.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/quantity.hpp"
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
            const bool is_same = twin.server.host == first.server.host &&
                                 twin.server.user == first.server.user &&
                                 twin.server.port == first.server.port &&
                                 twin.folder == first.folder && !twin.server.user.empty();
            if (is_same) {
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

std::optional<RateLimit> parse_rate_limit(std::string_view text) {
    constexpr std::string_view between = " in ";
    constexpr int most = 1000;
    const std::size_t at = text.find(between);
    if (at == 0 || at == std::string_view::npos) return std::nullopt;
    int count = 0;
    for (const char c : text.substr(0, at)) {
        if (c < '0' || c > '9' || count > most) return std::nullopt;
        count = count * 10 + (c - '0');
    }
    const auto window = parsers::parse_duration(text.substr(at + between.size()));
    if (count < 1 || count > most || !window || *window < 1s) return std::nullopt;
    return RateLimit{count, *window};
}

AcknowledgementSettings read_acknowledgement(ConfigTable& table) {
    AcknowledgementSettings acknowledgement;
    acknowledgement.enabled = table.boolean("enabled").value_or(true);
    for (const ConfigValue& item : table.items("limits")) {
        const std::optional<std::string> text = item.text();
        if (!text) continue;
        if (const auto limit = parse_rate_limit(*text)) {
            acknowledgement.limits.push_back(*limit);
        } else {
            item.complain("not a limit: " + in_quotes(*text),
                          {"for example: limits = [\"3 in 10min\", \"10 in 24h\"]"});
        }
    }
    const auto written = table.value("limits");
    if (written && written->items().empty()) {
        written->complain("without a limit two robots would answer each other for ever",
                          {"for example: limits = [\"3 in 10min\", \"10 in 24h\"]"});
    }
    table.refuse_unknown_keys();
    return acknowledgement;
}

LimitSettings read_limits(ConfigTable& table) {
    constexpr std::size_t kilobyte = 1000;
    constexpr std::size_t gigabyte = kilobyte * kilobyte * kilobyte;
    LimitSettings limits;
    limits.message_bytes =
        table.size("message_size", 100 * kilobyte, gigabyte / 2).value_or(limits.message_bytes);
    limits.free_disk_bytes =
        table.size("free_disk", 0, 1000 * gigabyte).value_or(limits.free_disk_bytes);
    limits.attempts = static_cast<int>(table.integer("attempts", 1, 10).value_or(limits.attempts));
    table.refuse_unknown_keys();
    return limits;
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
    if (settings.acknowledgement.limits.empty()) {
        settings.acknowledgement.limits = {{3, 10min}, {5, 1h}, {10, 24h}};
    }
    settings.limits = section_of(root, "limits", read_limits);
    settings.retention = section_of(root, "retention", read_retention);
    root.refuse_unknown_keys();
    return settings;
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
        complaint.hints = {"bellhop init " + folder.string() +
                           " writes a configuration to start from"};
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
        const std::string& source =
            known != sources.end()
                ? known->second
                : sources.emplace(file, read_text_file(file).value_or("")).first->second;
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
