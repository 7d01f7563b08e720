// bellhop replay: what would have happened, and who would have got which mail.
#include "daemon/replay/replay.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <vector>

#include <boost/json.hpp>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/input_file.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/config_folder.hpp"
#include "daemon/process/log.hpp"
#include "daemon/replay/replay_timeline.hpp"
#include "daemon/view/output.hpp"
#include "parsers/header/date_time.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t most_mails = 100'000;

struct ReplayOptions {
    std::string mail_folder = {};
    std::string mailbox = {};
    std::string script = {};
    std::string from = {};
    std::string to = {};
    bool texts = false;
};

std::optional<std::chrono::sys_seconds> instant_of(const std::string& option,
                                                   const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto instant = rules::parse_instant(text);
    if (!instant) {
        throw CommandFailure(EX_USAGE, "bellhop: " + option + ": \"" + text +
                                           "\" is not an instant such as 2026-10-26T12:30:00Z\n");
    }
    return instant;
}

struct DatedMail {
    std::chrono::sys_seconds at = {};
    std::filesystem::path file = {};
};

/// When the mail came in: the topmost Received field, which the school's own server wrote; the Date
/// field where there is none.
std::optional<std::chrono::sys_seconds> arrival_of(const parsers::Message& message) {
    const std::string_view received = message.field("Received");
    if (const std::size_t date = received.rfind(';'); date != std::string_view::npos) {
        if (const auto at = parsers::parse_date_time(received.substr(date + 1))) return at;
    }
    return message.date;
}

/// The mails of a folder by arrival.
std::vector<DatedMail> dated_mails(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<DatedMail> mails;
    for (std::filesystem::recursive_directory_iterator it{folder, error}, end; !error && it != end;
         it.increment(error)) {
        const std::filesystem::directory_entry& entry = *it;
        std::error_code unknown;
        if (!entry.is_regular_file(unknown)) continue;
        if (mails.size() == most_mails) break;
        const auto at =
            arrival_of(parsers::parse_message(required_input(entry.path(), EX_DATAERR)));
        if (at) {
            mails.push_back({*at, entry.path()});
        } else {
            std::cerr << "bellhop: " << entry.path().string() << " has no date; it is left out\n";
        }
    }
    if (error) {
        throw CommandFailure(
            EX_DATAERR, "bellhop: cannot read " + folder.string() + ": " + error.message() + "\n");
    }
    std::sort(mails.begin(), mails.end(), [](const DatedMail& left, const DatedMail& right) {
        return std::tie(left.at, left.file) < std::tie(right.at, right.file);
    });
    return mails;
}

json::object to_json(const ReplayedStep& step) {
    json::object object{{"at", rules::to_text(step.at)}, {"what", step.what}};
    if (step.ticket) object["ticket"] = static_cast<std::int64_t>(*step.ticket);
    if (step.mail) {
        object["mail"] = {{"kind", step.mail->kind},
                          {"recipient", step.mail->recipient},
                          {"subject", step.mail->subject},
                          {"reason", step.mail->reason},
                          {"text", step.mail->text}};
    }
    return object;
}

std::string indented(const std::string& text) {
    std::string lines = "    | ";
    for (std::size_t at = 0; at < text.size(); ++at) {
        lines += text[at];
        if (text[at] == '\n' && at + 1 < text.size()) lines += "    | ";
    }
    if (!lines.ends_with('\n')) lines += '\n';
    return lines;
}

/// Prints what happens, as it happens.
class Printer {
public:
    Printer(const Invocation& invocation, const ReplayOptions& options)
        : invocation_(invocation), options_(options) {}

    void begin(const Replay& replay) { replay_ = &replay; }

    void operator()(const ReplayedStep& step) const {
        if (invocation_.json) {
            std::cout << json::serialize(to_json(step)) << '\n';
            return;
        }
        std::cout << harmless_text(timeline_line(step, replay_->desk()));
        if (!step.mail) return;
        if (!step.mail->reason.empty()) {
            std::cout << "    because of " << harmless_text(step.mail->reason) << '\n';
        }
        if (options_.texts) std::cout << harmless_text(indented(step.mail->text));
    }

private:
    const Invocation& invocation_;
    const ReplayOptions& options_;
    const Replay* replay_ = nullptr;
};

[[noreturn]] void refuse(int status, const parsers::Diagnostics& complaints) {
    throw CommandFailure(status, render_all(complaints));
}

void play_script(Replay& replay, const ReplayOptions& options) {
    const auto script =
        parse_replay_script(options.script, required_input(options.script, EX_DATAERR));
    if (!script) refuse(EX_DATAERR, script.error());
    const auto complaints =
        replay.play(*script, std::filesystem::path{options.script}.parent_path());
    if (!complaints.empty()) refuse(EX_DATAERR, complaints);
}

void play_mails(Replay& replay, const ReplayOptions& options) {
    const auto from = instant_of("--from", options.from);
    const auto to = instant_of("--to", options.to);
    for (const DatedMail& mail : dated_mails(options.mail_folder)) {
        if ((from && mail.at < *from) || (to && mail.at > *to)) continue;
        replay.take(mail.at, required_input(mail.file, EX_DATAERR), options.mailbox);
    }
    if (to) replay.run_until(*to);
}

void replay(Invocation& invocation, const ReplayOptions& options) {
    if (options.script.empty() == options.mail_folder.empty()) {
        throw CommandFailure(EX_USAGE, "bellhop: replay what? --script FILE or --mail DIR\n");
    }
    start_log("error");
    Printer printer{invocation, options};
    Replay replay{invocation.config_folder,
                  [&printer](const ReplayedStep& step) { printer(step); }};
    printer.begin(replay);
    if (options.script.empty()) {
        if (const auto wrong = replay.load(); !wrong.empty()) refuse(EX_CONFIG, wrong);
        play_mails(replay, options);
    } else {
        play_script(replay, options);
    }
    if (!invocation.json) std::cout << timeline_end(replay);
}

}  // namespace

Command replay_command() {
    Command command{"replay", "play mails and desk work on a clock of its own"};
    command.footer =
        "Nothing is sent, and nothing is kept: it works on a copy of the configuration and on a\n"
        "database of its own. Every mail that would go out is printed with instant, recipient and\n"
        "reason.\n\n"
        "Examples:\n"
        "  bellhop replay --mail old-mails --from 2026-09-01T00:00:00Z --to 2026-12-31T00:00:00Z\n"
        "  bellhop replay --script half-term.txt --texts";
    command.options = {value("--mail", "a folder of mails, each at its arrival"),
                       value("--mailbox", "that they came in by; the first one"),
                       value("--from", "leave out mails before this instant"),
                       value("--to", "go on until this instant"),
                       value("--script", "mails and desk work in words; bellhop(8)"),
                       flag("--texts", "print the mails that would go out")};
    command.run = [](const Arguments& given, Invocation& invocation) {
        replay(invocation, {given.text("--mail"), given.text("--mailbox"), given.text("--script"),
                            given.text("--from"), given.text("--to"), given.has("--texts")});
    };
    return command;
}

}  // namespace bellhop::daemon
