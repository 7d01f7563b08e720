// bellhop ingest [--mailbox NAME] FILE...|-
#include <fstream>
#include <iostream>
#include <iterator>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/process/log.hpp"
#include "daemon/view/output.hpp"
#include "daemon/work/intake.hpp"
#include "parsers/text/digest.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

std::string read_input(const std::string& name) {
    if (name == "-") return {std::istreambuf_iterator<char>{std::cin}, {}};
    std::ifstream in{name, std::ios::binary};
    std::string bytes;
    if (in) bytes.assign(std::istreambuf_iterator<char>{in}, {});
    if (!in || in.bad()) throw CommandFailure(EX_NOINPUT, "bellhop: cannot read " + name + "\n");
    return bytes;
}

std::uint32_t four_bytes(const parsers::Sha256& digest, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | digest[i];
    return value;
}

/// A mail that comes without a UID gets one from its content: given twice it is known, and one that
/// kills the parser is recognised however often the mail server offers it.
storage::MailKey key_for(const std::string& mailbox, const std::string& bytes) {
    const parsers::Sha256 digest = parsers::sha256(bytes);
    return {"ingest/" + mailbox, four_bytes(digest, 0), four_bytes(digest, 4)};
}

IncomingMail incoming(const MailboxSettings& mailbox,
                      std::string bytes,
                      const Desk& desk,
                      const Clock& clock) {
    IncomingMail mail;
    mail.key = key_for(mailbox.name, bytes);
    mail.mailbox = mailbox.name;
    mail.size = bytes.size();
    mail.arrived = clock.now();
    if (bytes.size() > desk.settings.limits.message_bytes) {
        mail.extent = rules::Extent::header_only;
        const std::size_t end = bytes.find("\n\r\n");
        const std::size_t end_lf = bytes.find("\n\n");
        bytes.resize(std::min({end, end_lf, std::size_t{256 * 1024}, bytes.size()}));
    }
    mail.bytes = std::move(bytes);
    return mail;
}

void report(const Invocation& invocation, const std::string& file, const Taken& taken) {
    if (invocation.json) {
        json::object object{{"file", file}, {"outcome", to_string(taken.outcome)}};
        if (taken.ticket) object["ticket"] = number(*taken.ticket);
        if (!taken.reason.empty()) object["reason"] = taken.reason;
        std::cout << json::serialize(object) << '\n';
        return;
    }
    std::cout << fmt::format(
        "{}: {}{}{}\n", file, to_string(taken.outcome),
        taken.ticket ? fmt::format(" {}", number(*taken.ticket)) : "",
        taken.reason.empty() ? "" : " (" + on_one_line(taken.reason, 160) + ")");
}

void ingest(const Invocation& invocation,
            const std::string& mailbox_name,
            const std::vector<std::string>& files) {
    const Desk desk = configured_desk(invocation);
    const MailboxSettings& mailbox = chosen_mailbox(desk, mailbox_name);
    start_log("warn");
    const SystemClock clock;
    try {
        const auto store = store_to_write(desk);
        Intake intake{*store, clock, load_or_make_key(desk.settings.database)};
        for (const std::string& file : files) {
            const IncomingMail mail = incoming(mailbox, read_input(file), desk, clock);
            const std::vector<Taken> taken = intake.take({&mail, 1}, desk);
            report(invocation, file, taken.front());
        }
    } catch (const storage::DatabaseError& error) {
        // RFC 3463 has no say here: sysexits' 75 makes the mail server keep the mail and try again.
        throw CommandFailure(EX_TEMPFAIL,
                             std::string{"bellhop: not taken: "} + error.what() + "\n");
    }
}

}  // namespace

void add_ingest_command(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        app.add_subcommand("ingest", "take mail from files or standard input, as the daemon would");
    command->footer(
        "Example, in Postfix's master.cf:  argv=/usr/bin/bellhop ingest --mailbox support -\n"
        "Exit status 75 where nothing was taken: the mail server tries again.");
    auto mailbox = std::make_shared<std::string>();
    auto files = std::make_shared<std::vector<std::string>>();
    command->add_option("--mailbox", *mailbox,
                        "the mailbox that it counts for; the first one by default");
    command->add_option("FILE", *files, "mails, each a file; - is standard input")->required();
    command->callback([&invocation, mailbox, files] { ingest(invocation, *mailbox, *files); });
}

}  // namespace bellhop::daemon
