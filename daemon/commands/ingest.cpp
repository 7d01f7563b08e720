// bellhop ingest [--mailbox NAME] FILE...|-
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/control/holder.hpp"
#include "daemon/control/ingest_request.hpp"
#include "daemon/process/log.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

std::string read_input(const std::string& name) {
    const bool is_pipe = name == "-";
    std::ifstream file;
    if (!is_pipe) file.open(name, std::ios::binary);
    std::istream& in = is_pipe ? std::cin : file;
    std::string bytes;
    if (in) bytes.assign(std::istreambuf_iterator<char>{in}, {});
    if (!in || in.bad()) {
        throw CommandFailure(is_pipe ? EX_TEMPFAIL : EX_NOINPUT,
                             "bellhop: cannot read " + name + "\n");
    }
    if (bytes.empty())
        throw CommandFailure(EX_DATAERR, "bellhop: " + name + " is empty: no mail\n");
    return bytes;
}

void report(const Invocation& invocation, const std::string& file, json::object result) {
    if (invocation.json) {
        json::object object{{"file", file}};
        for (auto& [name, value] : result) object[name] = std::move(value);
        std::cout << json::serialize(object) << '\n';
        return;
    }
    const auto word = [&result](const char* name) {
        const json::value* value = result.if_contains(name);
        return value != nullptr && value->is_string() ? std::string{value->get_string().c_str()}
                                                      : "";
    };
    const std::string reason = word("reason");
    std::cout << fmt::format(
        "{}: {}{}{}\n", file, word("outcome"),
        result.contains("ticket") ? " " + json::serialize(result["ticket"]) : "",
        reason.empty() ? "" : " (" + on_one_line(reason, 160) + ")");
}

/// The configuration may be half written at the moment: that passes, and the daemon, where one
/// runs, goes on with the last good one.
Settings readable_settings(const std::filesystem::path& folder) {
    auto settings = load_settings(folder);
    if (!settings) throw CommandFailure(EX_TEMPFAIL, render_all(settings.error()));
    return std::move(*settings);
}

void take_all(const Invocation& invocation,
              const std::string& mailbox,
              const std::vector<std::string>& files) {
    const Settings settings = readable_settings(invocation.config_folder);
    std::optional<Desk> desk;
    Holder holder{settings.database, [&]() -> const Desk& {
                      auto loaded = load_desk(invocation.config_folder, OwnTests::may_fail);
                      if (!loaded) throw CommandFailure(EX_TEMPFAIL, render_all(loaded.error()));
                      return desk.emplace(std::move(*loaded));
                  }};
    for (const std::string& file : files) {
        Answer answer =
            holder.ask(ingest_request(mailbox.empty() ? settings.mailboxes.front().name : mailbox,
                                      read_input(file), settings.limits.message_bytes));
        if (answer.status != EX_OK) {
            throw CommandFailure(answer.status == EX_NOUSER ? EX_CONFIG : EX_TEMPFAIL,
                                 "bellhop: not taken: " + answer.complaint + '\n');
        }
        report(invocation, file, std::move(answer.result.as_object()));
    }
}

/// A mail server that pipes into it bounces the mail on any status but 0 and 75 (sysexits' "try
/// again"): so 75 is whatever may pass, and what is not known never to pass may.
void ingest(const Invocation& invocation,
            const std::string& mailbox,
            const std::vector<std::string>& files) {
    start_log("warn");
    try {
        take_all(invocation, mailbox, files);
    } catch (const CommandFailure&) {
        throw;
    } catch (const std::exception& error) {
        throw CommandFailure(EX_TEMPFAIL,
                             std::string{"bellhop: not taken: "} + error.what() + "\n");
    }
}

}  // namespace

Command ingest_command() {
    Command command{"ingest", "take mail from files or standard input, as the daemon would"};
    command.footer =
        "Example, in Postfix's master.cf:  argv=/usr/bin/bellhop ingest --mailbox support -\n"
        "Exit status 75 where nothing was taken: the mail server tries again.";
    command.options = {
        value("--mailbox", "the mailbox that it counts for; the first one by default"),
        values("FILE", "mails, each a file; - is standard input").required()};
    command.run = [](const Arguments& given, Invocation& invocation) {
        ingest(invocation, given.text("--mailbox"), given.texts("FILE"));
    };
    return command;
}

}  // namespace bellhop::daemon
