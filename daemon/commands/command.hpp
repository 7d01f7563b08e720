// The commands: each declares its options and what runs, in a file of its own.
//
// A declaration is plain data. command_line.cpp reads a command line with it, and is the only file
// that knows the library for that.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace bellhop::daemon {

/// What stands before the command, and what comes out of it.
struct Invocation {
    std::filesystem::path config_folder = {};
    bool json = false;
    int exit_status = 0;  ///< sysexits.h; 1 = the answer is "no"
};

/// Ends the command: `what()` goes to standard error (whole lines), `status` is the exit status.
class CommandFailure : public std::runtime_error {
public:
    CommandFailure(int status, const std::string& text)
        : std::runtime_error(text), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};

/// An option, or a word that is known by its place. Made by flag(), value(), values(),
/// whole_number(); what it is besides is said behind that: value("DIR", "...").required().
struct Option {
    enum class Takes { nothing, one, several };

    std::string name = {};  ///< "--mailbox"; without dashes a word by its place: "FILE"
    std::string what = {};  ///< for --help
    Takes takes = Takes::one;
    std::string type = "TEXT";  ///< what --help calls the value; may be empty
    bool is_required = false;
    std::string default_value = {};
    std::vector<std::string> known = {};  ///< the only values that are right; empty: any
    /// What is wrong with a value; empty where nothing is.
    std::function<std::string(const std::string&)> complaint = {};

    Option& required();
    Option& by_default(std::string value);
    Option& among(std::vector<std::string> values);
    Option& called(std::string type_name);
};

Option flag(std::string name, std::string what);
Option value(std::string name, std::string what);
/// Given several times, or several words by their place.
Option values(std::string name, std::string what);

struct Bounds {
    std::int64_t least = 0;
    std::int64_t most = 0;
};
/// A number of [least, most].
Option whole_number(std::string name, std::string what, Bounds bounds);
/// The number of a mail, as a list shows it.
Option mail_number(const std::string& list);
Option mail_numbers(const std::string& list);

/// What was given for the options of a command, by name; one that it does not have is never asked.
class Arguments {
public:
    Arguments() = default;
    explicit Arguments(std::map<std::string, std::vector<std::string>> given)
        : given_(std::move(given)) {}

    bool has(const std::string& name) const { return !texts(name).empty(); }
    /// The value given, or the default; empty where there is neither.
    std::string text(const std::string& name) const;
    const std::vector<std::string>& texts(const std::string& name) const;
    /// Precondition: the option is a whole_number() that was given or has a default.
    std::int64_t number(const std::string& name) const;
    std::vector<std::int64_t> numbers(const std::string& name) const;

private:
    std::map<std::string, std::vector<std::string>> given_ = {};
};

/// A command, or a group of commands.
struct Command {
    std::string name = {};
    std::string what = {};    ///< one line of --help
    std::string footer = {};  ///< below the options: an example
    std::vector<Option> options = {};
    std::vector<Command> commands = {};  ///< where there are any, one must be chosen
    /// Throws CommandFailure where it cannot be done.
    std::function<void(const Arguments&, Invocation&)> run = {};
};

Command backup_command();
Command erase_command();
Command export_command();
Command retention_command();
Command calendar_command();
Command check_command();
Command completion_command();
Command doctor_command();
Command explain_command();
Command ingest_command();
Command init_command();
Command ledger_command();
Command login_command();
Command outbox_command();
Command parse_command();
Command quarantine_command();
Command quickstart_command();
Command replay_command();
Command report_command();
Command restore_command();
Command rules_command();
Command serve_command();
Command sla_command();
Command status_command();
Command ticket_command();

/// All of them, in the order of --help.
std::vector<Command> all_commands();

}  // namespace bellhop::daemon
