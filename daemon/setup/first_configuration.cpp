#include "daemon/setup/first_configuration.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include <fmt/format.h>

#include "daemon/desk/presets.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::daemon {
namespace {

using rules::HostedBy;

constexpr const char* preset = "school";  // whose rules, targets and texts are taken
constexpr const char* service_folder = "/etc/bellhop";
constexpr std::size_t longest_text = 300;  // bytes of what was typed
constexpr const char* no_application = "00000000-0000-0000-0000-000000000000";

std::string local_part(const std::string& address) {
    return address.substr(0, address.rfind('@'));
}

std::string domain_of(const std::string& address) {
    return address.substr(address.rfind('@') + 1);
}

/// As TOML has it: nothing that was typed can end a text.
std::string in_toml(std::string_view text) {
    std::string result = "\"";
    for (const char c : parsers::printable(text, longest_text)) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

/// "helen.head" as "Helen Head".
std::string person_of(const std::string& address) {
    std::string name;
    bool is_first = true;
    for (const char c : local_part(address)) {
        if (c == '.' || c == '_' || c == '-') {
            name += ' ';
            is_first = true;
            continue;
        }
        const auto letter = static_cast<unsigned char>(c);
        name += is_first ? static_cast<char>(std::toupper(letter)) : c;
        is_first = false;
    }
    return name;
}

bool has_application(const FirstDesk& desk) {
    return desk.hosting.by != HostedBy::own;
}

std::string secret_name(const FirstDesk& desk) {
    return has_application(desk) ? std::string{to_text(desk.hosting.by)} : mailbox_name(desk);
}

/// "password_file = ..." where the mailbox has a password, "oauth = ..." where it has none.
std::string login_lines(const FirstDesk& desk) {
    if (has_application(desk)) {
        return fmt::format(
            "# Access tokens instead of a password: the section [oauth.{0}] below.\noauth = "
            "\"{0}\"\n",
            to_text(desk.hosting.by));
    }
    if (is_for_service(desk)) {
        return fmt::format(
            "# The file credentials/{0}, which only root reads: systemd hands it to the service.\n"
            "password_credential = \"password_{0}\"\n",
            secret_name(desk));
    }
    return fmt::format("# One line, chmod 600.\npassword_file = \"{}.password\"\n",
                       secret_name(desk));
}

std::string place_lines(const rules::MailPlace& place) {
    return fmt::format("host = {}\nport = {}\nsecurity = \"{}\"\n", in_toml(place.host), place.port,
                       place.is_starttls ? "starttls" : "tls");
}

std::string secret_line(const FirstDesk& desk, const char* key) {
    if (is_for_service(desk)) {
        return fmt::format("{}_credential = \"password_{}\"\n", key, secret_name(desk));
    }
    return fmt::format("{}_file = \"{}.secret\"\n", key, secret_name(desk));
}

std::string application_section(const FirstDesk& desk) {
    switch (desk.hosting.by) {
        case HostedBy::microsoft365:
            return fmt::format(
                "\n# The application that reads and sends for the mailbox. Its ids stand in Entra, "
                "App\n"
                "# registrations, Overview; its secret is the file that secret_... names.\n"
                "[oauth.microsoft365]\nprovider = \"microsoft365\"\ntenant = {}\nclient_id = "
                "{}\n{}",
                in_toml(desk.tenant.empty() ? domain_of(desk.address) : desk.tenant),
                in_toml(desk.client_id.empty() ? no_application : desk.client_id),
                secret_line(desk, "secret"));
        case HostedBy::google:
            return "\n# The service account that reads and sends for the mailbox: its key in JSON "
                   "is the file "
                   "that\n# service_account_... names.\n[oauth.google]\nprovider = \"google\"\n" +
                   secret_line(desk, "service_account");
        case HostedBy::own:
            break;
    }
    return {};
}

std::string proof_lines(const FirstDesk& desk) {
    if (desk.hosting.by == HostedBy::own) return {};
    return fmt::format(
        "# What these servers write into the header proves who sent a mail.\nprovider = \"{}\"\n",
        rules::to_text(desk.hosting.by));
}

std::string settings_text(const FirstDesk& desk) {
    const std::string database =
        is_for_service(desk) ? "/var/lib/bellhop/bellhop.db" : "data/bellhop.db";
    const bool is_exchange = desk.hosting.by == HostedBy::microsoft365;
    return fmt::format(
        R"(# Bellhop: what is set up once. bellhop.toml(5) describes every key.
#
#   bellhop doctor                   tries everything that stands here, and says what to do
#   bellhop check                    tells all that is wrong in this folder, with line and column
#   systemctl reload bellhop         takes a change; a wrong one is refused, and the old one goes on
#
# No password stands in here: it is read from a file that only the service may read.

# Tickets, mails and the log of all that happened.
database = "{database}"

[desk]
# Who the answers come from.
name = {name}
# Subjects carry it: [HELP#1042].
ticket_tag = "HELP"
# For the times in mails; calendar.toml has the same.
time_zone = {zone}
# Named in every answer for emergencies.
# phone = "01632 960001"
# Who hears of what is late, of complaints, and of what is wrong with the gateway itself.
manager = {manager}

[[mailbox]]
name = "{mailbox}"
address = {address}
# {because}
{imap}user = {address}
{login}{proof}# Where a mail goes once its ticket is safely stored. after_commit = "flag" leaves it where it is.
after_commit = "move"
processed_folder = "Processed"
# What lies in the mailbox before the first start: "only_new" leaves it alone, "everything" takes it.
first_start = "only_new"

[smtp]
{smtp}user = {address}
{login}{relay}
[acknowledgement]
# So often to one address at most. Two robots that answer each other would never stop.
limits = ["3 in 10min", "5 in 1h", "10 in 24h"]
{application})",
        fmt::arg("database", database), fmt::arg("name", in_toml(desk.desk)),
        fmt::arg("zone", in_toml(desk.time_zone)), fmt::arg("manager", in_toml(desk.manager)),
        fmt::arg("mailbox", mailbox_name(desk)), fmt::arg("address", in_toml(desk.address)),
        fmt::arg("because", desk.hosting.because), fmt::arg("imap", place_lines(desk.hosting.imap)),
        fmt::arg("login", login_lines(desk)), fmt::arg("proof", proof_lines(desk)),
        fmt::arg("smtp", place_lines(desk.hosting.smtp)),
        fmt::arg(
            "relay",
            is_exchange
                ? fmt::format("# Exchange Online takes no null sender, and 30 mails a minute.\n"
                              "envelope_sender = {}\nmessages_per_minute = 25\n",
                              in_toml(desk.address))
                : std::string{}),
        fmt::arg("application", application_section(desk)));
}

std::string people_text(const FirstDesk& desk) {
    return fmt::format(
        R"(# The school, its IT support and its people. bellhop-people(5) describes every key.

# Whoever writes from these domains is somebody of the school; a second school is a second [[school]].
[[school]]
name = {domain}
domains = [{domain}]

# rules.toml gives tickets to it.
[[team]]
name = "IT support"

# Who works here, each with an address of his own: new tickets are told to all of a team.
[[technician]]
name = {person}
address = {manager}
teams = ["IT support"]

# Who is asked for a yes, and who may not be forgotten:
# [[contact]]
# name = "Helen Head"
# address = "head@{plain}"
# school = {domain}
# slt = true

# Addresses that are all of one kind; "##*" is two digits and whatever follows.
# [groups]
# pupil = ["##*@{plain}"]
)",
        fmt::arg("domain", in_toml(domain_of(desk.address))),
        fmt::arg("plain", domain_of(desk.address)),
        fmt::arg("person", in_toml(person_of(desk.manager))),
        fmt::arg("manager", in_toml(desk.manager)));
}

std::string calendar_text(const FirstDesk& desk) {
    return fmt::format(R"(# When the desk is open. bellhop-calendar(5) describes every key.

zone = {}
# What holds where no [[period]] below says something else.
otherwise = "open"

[hours.open]
weekdays = "08:00-17:00"

# Terms and holidays, a period each, once a year:
# [hours.holidays]
# weekdays = "09:00-12:00"
# [[period]]
# name = "Summer holidays"
# from = 2027-07-22
# to = 2027-08-31
# hours = "holidays"

# Days on which nobody is there:
# [[closed]]
# name = "Christmas"
# from = 2026-12-24
# to = 2027-01-01
)",
                       in_toml(desk.time_zone));
}

/// The tests of the preset are about its invented people.
std::string without_tests(std::string text) {
    const std::string include = ", \"tests.toml\"";
    const std::size_t at = text.find(include);
    ensure(at != std::string::npos);
    return text.erase(at, include.size());
}

std::string microsoft_steps(const FirstDesk& desk) {
    return fmt::format(
        R"(At Microsoft, as an administrator:
  1. https://entra.microsoft.com, App registrations, New registration: "Bellhop". From its Overview,
     put the Directory (tenant) ID and the Application (client) ID into [oauth.microsoft365] of
     {folder}/bellhop.toml.
  2. API permissions, Add, APIs my organization uses, "Office 365 Exchange Online", Application
     permissions: IMAP.AccessAsApp and SMTP.SendAsApp; then Grant admin consent.
  3. Certificates & secrets, New client secret. Write its Value, not its ID, into the file:
       {install}
  4. In PowerShell; OBJECT is the Object ID of the Enterprise application, not that of the registration:
       Connect-ExchangeOnline
       New-ServicePrincipal -AppId {client} -ObjectId OBJECT
       Add-MailboxPermission -Identity {address} -User OBJECT -AccessRights FullAccess
       Add-RecipientPermission -Identity {address} -Trustee OBJECT -AccessRights SendAs -Confirm:$false
       Set-CASMailbox -Identity {address} -ImapEnabled $true -SmtpClientAuthenticationDisabled $false
     What is changed there counts after up to two hours.
)",
        fmt::arg("folder", desk.folder.string()),
        fmt::arg("install", "sudo install -m 600 /dev/stdin " + secret_file(desk).string()),
        fmt::arg("client", desk.client_id.empty() ? "CLIENT-ID" : desk.client_id),
        fmt::arg("address", desk.address));
}

std::string google_steps(const FirstDesk& desk) {
    return fmt::format(
        R"(At Google, as an administrator:
  1. https://console.cloud.google.com, a project, APIs & Services: enable the Gmail API; IAM & Admin,
     Service Accounts, Create: "bellhop"; Keys, Add key, JSON. Put the file here:
       sudo install -m 600 FILE.json {file}
  2. https://admin.google.com, Security, Access and data control, API controls, Manage domain-wide
     delegation, Add new: the account's Client ID (a number), and as OAuth scope
       https://mail.google.com/
  3. Apps, Google Workspace, Gmail, End User Access: IMAP is on for {address}.
)",
        fmt::arg("file", secret_file(desk).string()), fmt::arg("address", desk.address));
}

std::string own_steps(const FirstDesk& desk) {
    const std::string correct =
        desk.hosting.is_guessed
            ? fmt::format(
                  "  1. Correct host, port and security in {}/bellhop.toml: they are guesses.\n",
                  desk.folder.string())
            : std::string{};
    return fmt::format(
        "On your mail server:\n{}  {}. Write the password of {} into its file, one line:\n"
        "       {}install -m 600 /dev/stdin {}\n",
        correct, correct.empty() ? 1 : 2, desk.address, is_for_service(desk) ? "sudo " : "",
        secret_file(desk).string());
}

}  // namespace

std::string mailbox_name(const FirstDesk& desk) {
    std::string name;
    for (const char c : parsers::lower_case(local_part(desk.address))) {
        const bool is_plain =
            std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
        name += is_plain ? c : '-';
    }
    constexpr std::size_t longest = 40;
    name.resize(std::min(name.size(), longest));
    return name;
}

bool is_for_service(const FirstDesk& desk) {
    return (desk.folder / "").lexically_normal() == std::filesystem::path{service_folder} / "";
}

std::filesystem::path secret_file(const FirstDesk& desk) {
    if (is_for_service(desk)) return desk.folder / "credentials" / secret_name(desk);
    return desk.folder / (secret_name(desk) + (has_application(desk) ? ".secret" : ".password"));
}

std::vector<NewFile> first_files(const FirstDesk& desk) {
    std::vector<NewFile> files{{"bellhop.toml", settings_text(desk)},
                               {"people.toml", people_text(desk)},
                               {"calendar.toml", calendar_text(desk)}};
    for (const PresetFile& file : preset_files(preset)) {
        if (file.path == "tests.toml") continue;
        const bool is_written =
            std::any_of(files.begin(), files.end(),
                        [&file](const NewFile& one) { return one.path == file.path; });
        if (is_written) continue;
        std::string text{file.text};
        if (file.path == "rules.toml") text = without_tests(std::move(text));
        files.push_back({std::string{file.path}, std::move(text)});
    }
    return files;
}

std::string next_steps(const FirstDesk& desk) {
    switch (desk.hosting.by) {
        case HostedBy::microsoft365:
            return microsoft_steps(desk);
        case HostedBy::google:
            return google_steps(desk);
        case HostedBy::own:
            return own_steps(desk);
    }
    never_reached();
}

}  // namespace bellhop::daemon
