// bellhop doctor
#include <iostream>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/doctor_output.hpp"
#include "daemon/desk/settings.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

/// A mailbox that is not in the configuration is a slip of whoever typed it.
void require_mailbox(const DoctorOptions& options) {
    if (options.mailbox.empty()) return;
    const auto settings = load_settings(options.folder);
    if (!settings) return;  // told by the first check
    for (const MailboxSettings& one : settings->mailboxes) {
        if (one.name == options.mailbox) return;
    }
    throw CommandFailure(
        64, "bellhop: no mailbox is named \"" + on_one_line(options.mailbox, 40) + "\"\n");
}

void doctor(Invocation& invocation, const DoctorOptions& options) {
    require_mailbox(options);
    const boost::json::array findings = told_by_doctor(options, invocation);
    if (invocation.json) std::cout << boost::json::serialize(findings) << '\n';
}

}  // namespace

Command doctor_command() {
    Command command{"doctor", "try everything that the configuration names, and say what to do"};
    command.footer =
        "A line for each check: what was tried, what was seen, and what to do. Signs in to every\n"
        "server, asks the relay what it would take, makes the folder for processed mail where it\n"
        "is missing, and sends one mail from each mailbox to itself, which it looks for and\n"
        "deletes. A gateway may run meanwhile. Exit status 1 where something fails; warnings\n"
        "change nothing of it. Best run as root, or as the user of the service: they may read the\n"
        "passwords.\n\n"
        "Example:\n"
        "  sudo bellhop doctor support";
    command.options = {
        value("MAILBOX", "only this mailbox").called(""), flag("--no-mail", "send no mail"),
        whole_number("--patience", "seconds to wait for a mail to come back", {5, 3600})
            .by_default("60")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        DoctorOptions options;
        options.folder = invocation.config_folder;
        options.mailbox = given.text("MAILBOX");
        if (given.has("--no-mail")) options.self_mails = SelfMails::not_sent;
        options.patience = std::chrono::seconds{given.number("--patience")};
        doctor(invocation, options);
    };
    return command;
}

}  // namespace bellhop::daemon
