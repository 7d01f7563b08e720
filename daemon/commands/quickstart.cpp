// bellhop quickstart ADDRESS
#include <cstdlib>
#include <iostream>
#include <optional>
#include <system_error>

#include <boost/json.hpp>
#include <sys/stat.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/doctor_output.hpp"
#include "daemon/setup/first_configuration.hpp"
#include "daemon/setup/mail_lookup.hpp"
#include "daemon/setup/secret_writing.hpp"
#include "daemon/view/output.hpp"
#include "parsers/header/address.hpp"
#include "parsers/text/ascii.hpp"
#include "rules/calendar/local_zone.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using rules::HostedBy;

constexpr std::size_t longest_answer = 4096;  // bytes

[[noreturn]] void wrong(const std::string& text) {
    throw CommandFailure(EX_USAGE, "bellhop: " + text + '\n');
}

/// The terminal shows nothing of what is typed, while it lives.
class Unseen {
public:
    Unseen() {
        if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        is_changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~Unseen() {
        if (!is_changed_) return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::cerr << '\n';
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    termios before_ = {};
    bool is_changed_ = false;
};

/// Asks at a terminal what no option has said; elsewhere nobody is asked.
class Questions {
public:
    explicit Questions(bool may_ask) : may_ask_(may_ask) {}

    /// The option's value, or the answer, or the default where nothing is answered.
    std::string ask(const std::string& given,
                    const std::string& question,
                    const std::string& usual) {
        if (!given.empty() || !may_ask_) return given.empty() ? usual : given;
        std::cerr << question << (usual.empty() ? "" : " [" + usual + "]") << ' ';
        const std::string answer = line();
        return answer.empty() ? usual : answer;
    }

    bool may_ask() const { return may_ask_; }

    std::string ask_secret(const std::string& question) {
        if (!may_ask_) return {};
        std::cerr << question << ' ';
        const Unseen unseen;
        return line();
    }

private:
    static std::string line() {
        std::string text;
        std::getline(std::cin, text);
        if (text.size() > longest_answer) wrong("the answer is too long");
        return std::string{parsers::trimmed(text)};
    }

    bool may_ask_;
};

/// "Europe/London" of /etc/localtime, which is a link into the zones.
std::string zone_of_machine() {
    std::error_code error;
    const std::string link = std::filesystem::read_symlink("/etc/localtime", error).string();
    const std::string mark = "zoneinfo/";
    const std::size_t at = link.find(mark);
    const std::string zone = at == std::string::npos ? "" : link.substr(at + mark.size());
    return rules::LocalZone::find(zone) ? zone : "Europe/London";
}

rules::MailHosting hosting_for(const std::string& provider, const std::string& domain) {
    if (provider == "microsoft365") return rules::hosting_by(HostedBy::microsoft365, domain);
    if (provider == "google") return rules::hosting_by(HostedBy::google, domain);
    if (provider == "own") return rules::hosting_by(HostedBy::own, domain);
    std::cerr << "Looking for the mail servers of " << domain << " ...\n";
    return rules::hosting_of(domain, look_up_mail(domain));
}

/// "host", "host:port"; a port of STARTTLS is known as such.
void put_place(const std::string& text, rules::MailPlace& place) {
    if (text.empty()) return;
    const std::size_t colon = text.rfind(':');
    place.host = text.substr(0, colon);
    if (colon == std::string::npos) return;
    const int port = std::atoi(text.c_str() + colon + 1);
    if (port < 1 || port > 65535) wrong("not a port: \"" + on_one_line(text, 80) + '"');
    place.port = static_cast<std::uint16_t>(port);
    place.is_starttls = port == 143 || port == 587;
}

std::string required_address(const std::string& text, const std::string& what) {
    if (!parsers::is_sendable(text))
        wrong("not a mail address for " + what + ": \"" + on_one_line(text, 80) + '"');
    return text;
}

std::string chosen_zone(const std::string& given) {
    const std::string zone = given.empty() ? zone_of_machine() : given;
    if (!rules::LocalZone::find(zone)) wrong("unknown time zone \"" + on_one_line(zone, 80) + '"');
    return zone;
}

/// Who hears of what; not the desk itself, where it would come in as a ticket.
std::string chosen_manager(const Arguments& given, const FirstDesk& desk, Questions& questions) {
    const std::string manager = required_address(
        questions.ask(given.text("--manager"),
                      "Who hears of new tickets and of troubles (an address, not the desk's)?", ""),
        "--manager");
    if (parsers::address_key(manager) == parsers::address_key(desk.address)) {
        wrong("--manager is the desk's own address: a mail to it would come in as a ticket");
    }
    return manager;
}

/// Asked where DNS does not name them.
void choose_servers(const Arguments& given, Questions& questions, rules::MailHosting& hosting) {
    const auto choose = [&](const char* option, const char* question, rules::MailPlace& place) {
        const std::string usual = place.host + ":" + std::to_string(place.port);
        put_place(hosting.is_guessed ? questions.ask(given.text(option), question, usual)
                                     : given.text(option),
                  place);
    };
    choose("--imap", "The IMAP server?", hosting.imap);
    choose("--smtp", "The SMTP server?", hosting.smtp);
    const bool are_given = !given.text("--imap").empty() && !given.text("--smtp").empty();
    if (!are_given && !(hosting.is_guessed && questions.may_ask())) return;
    hosting.is_guessed = false;
    hosting.because = "as given to quickstart";
}

/// At most five questions: desk, manager, two of the servers or of the application, password.
FirstDesk asked_for(const Arguments& given,
                    const std::filesystem::path& folder,
                    Questions& questions) {
    FirstDesk desk;
    desk.folder = folder;
    desk.address = required_address(given.text("ADDRESS"), "the mailbox");
    const std::string domain = desk.address.substr(desk.address.rfind('@') + 1);
    desk.time_zone = chosen_zone(given.text("--time-zone"));
    desk.hosting = hosting_for(given.text("--provider"), domain);
    std::cerr << desk.hosting.because << ".\n";
    desk.desk = questions.ask(given.text("--desk"), "What is the desk called?", desk.desk);
    desk.manager = chosen_manager(given, desk, questions);
    if (desk.hosting.by == HostedBy::microsoft365) {
        desk.tenant = questions.ask(given.text("--tenant"),
                                    "The tenant (a domain of it, or the Directory ID)?", domain);
        desk.client_id = questions.ask(given.text("--client-id"),
                                       "The Application (client) ID, if there is one already?", "");
    }
    choose_servers(given, questions, desk.hosting);
    return desk;
}

WrittenFolder written(const FirstDesk& desk) {
    try {
        WrittenFolder result = write_files(desk.folder, first_files(desk), Overwriting::refused);
        if (!result.existing.empty()) {
            throw CommandFailure(EX_CANTCREAT,
                                 "bellhop: " + desk.folder.string() +
                                     " holds a configuration already (" + result.existing.front() +
                                     "); nothing was written. --config names another folder\n");
        }
        if (!is_for_service(desk)) make_data_folder(desk.folder);
        return result;
    } catch (const std::system_error& error) {
        throw CommandFailure(EX_CANTCREAT, std::string{"bellhop: "} + error.what() + '\n');
    }
}

void keep_secret(const FirstDesk& desk, Questions& questions) {
    if (desk.hosting.by != HostedBy::own) return;
    const std::string secret = questions.ask_secret("The password of " + desk.address +
                                                    " (nothing: it is written later)?");
    if (secret.empty()) return;
    try {
        write_secret(secret_file(desk), secret);
    } catch (const std::system_error& error) {
        throw CommandFailure(EX_CANTCREAT, std::string{"bellhop: "} + error.what() + '\n');
    }
}

void quickstart(const Arguments& given, Invocation& invocation) {
    Questions questions{isatty(STDIN_FILENO) == 1 && !given.has("--no-questions")};
    const FirstDesk desk = asked_for(given, invocation.config_folder, questions);
    const WrittenFolder result = written(desk);
    keep_secret(desk, questions);
    if (!invocation.json) {
        std::cout << "Wrote " << result.written.size() << " files into " << desk.folder.string()
                  << ".\n\n"
                  << next_steps(desk) << '\n';
        std::cout << "Then: "
                  << (is_for_service(desk) ? "sudo systemctl enable --now bellhop"
                                           : "bellhop --config " + desk.folder.string() + " serve")
                  << "\n\n";
    }
    json::array findings;
    if (!given.has("--no-doctor")) {
        DoctorOptions options;
        options.folder = desk.folder;
        findings = told_by_doctor(options, invocation);
    }
    if (!invocation.json) return;
    json::array files;
    for (const std::string& path : result.written) files.emplace_back(path);
    std::cout << json::serialize(
                     json::object{{"folder", desk.folder.string()},
                                  {"provider", std::string{rules::to_text(desk.hosting.by)}},
                                  {"because", desk.hosting.because},
                                  {"files", std::move(files)},
                                  {"secret_file", secret_file(desk).string()},
                                  {"doctor", std::move(findings)}})
              << '\n';
}

}  // namespace

Command quickstart_command() {
    Command command{"quickstart", "a first configuration for a mailbox, in five questions"};
    command.footer =
        "Finds out where the mail of the address is kept, asks at a terminal what it does not "
        "know,\n"
        "writes a commented configuration for one desk into the folder of --config, says what is\n"
        "left to be done at the provider, and ends with \"doctor\", whose exit status is its own.\n"
        "Nothing that is there is overwritten. For a provider of many schools, or a district, see\n"
        "\"init\".\n\n"
        "Example:\n"
        "  sudo bellhop quickstart support@school.example";
    command.options = {
        value("ADDRESS", "the desk's mailbox").called("").required(),
        value("--provider", "where the mailbox is; asked of DNS where it is not said")
            .called("NAME")
            .among({"microsoft365", "google", "own"}),
        value("--desk", "what the desk is called").called("NAME"),
        value("--manager", "who hears of new tickets and of troubles").called("ADDRESS"),
        value("--imap", "the IMAP server").called("HOST[:PORT]"),
        value("--smtp", "the SMTP server").called("HOST[:PORT]"),
        value("--tenant", "of Microsoft 365").called("NAME"),
        value("--client-id", "of the application at Microsoft").called("ID"),
        value("--time-zone", "of the desk; else the machine's").called("ZONE"),
        flag("--no-questions", "ask nothing, also at a terminal"),
        flag("--no-doctor", "do not try it at once")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        quickstart(given, invocation);
    };
    return command;
}

}  // namespace bellhop::daemon
