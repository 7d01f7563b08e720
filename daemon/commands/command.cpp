#include "daemon/commands/command.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

constexpr Bounds row_numbers{1, std::numeric_limits<std::int64_t>::max()};

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

}  // namespace

Option& Option::required() {
    is_required = true;
    return *this;
}

Option& Option::by_default(std::string value) {
    default_value = std::move(value);
    return *this;
}

Option& Option::among(std::vector<std::string> values) {
    known = std::move(values);
    return *this;
}

Option& Option::called(std::string type_name) {
    type = std::move(type_name);
    return *this;
}

Option flag(std::string name, std::string what) {
    Option option{std::move(name), std::move(what)};
    option.takes = Option::Takes::nothing;
    return option;
}

Option value(std::string name, std::string what) {
    return {std::move(name), std::move(what)};
}

Option values(std::string name, std::string what) {
    Option option{std::move(name), std::move(what)};
    option.takes = Option::Takes::several;
    return option;
}

Option whole_number(std::string name, std::string what, Bounds bounds) {
    Option option{std::move(name), std::move(what)};
    option.type = fmt::format("{} to {}", bounds.least, bounds.most);
    option.complaint = [bounds](const std::string& text) -> std::string {
        const auto number = number_in(text);
        if (number && *number >= bounds.least && *number <= bounds.most) return {};
        return fmt::format("{} is not a whole number from {} to {}", parsers::in_quotes(text),
                           bounds.least, bounds.most);
    };
    return option;
}

Option mail_number(const std::string& list) {
    Option option = whole_number("NUMBER", "as " + list + " shows it", row_numbers);
    option.type.clear();
    option.complaint = [](const std::string& text) {
        const auto number = number_in(text);
        return number && *number >= row_numbers.least
                   ? std::string{}
                   : parsers::in_quotes(text) + " is not the number of a mail";
    };
    return option.required();
}

Option mail_numbers(const std::string& list) {
    Option option = mail_number(list);
    option.takes = Option::Takes::several;
    return option;
}

std::string Arguments::text(const std::string& name) const {
    const std::vector<std::string>& all = texts(name);
    return all.empty() ? std::string{} : all.back();
}

const std::vector<std::string>& Arguments::texts(const std::string& name) const {
    const auto found = given_.find(name);
    ensure(found != given_.end());
    return found->second;
}

std::int64_t Arguments::number(const std::string& name) const {
    const auto number = number_in(text(name));
    ensure(number.has_value());
    return *number;
}

std::vector<std::int64_t> Arguments::numbers(const std::string& name) const {
    std::vector<std::int64_t> all;
    for (const std::string& text : texts(name)) {
        const auto number = number_in(text);
        ensure(number.has_value());
        all.push_back(*number);
    }
    return all;
}

std::vector<Command> all_commands() {
    return {quickstart_command(), init_command(),      check_command(),  doctor_command(),
            login_command(),      serve_command(),     ingest_command(), parse_command(),
            ticket_command(),     explain_command(),   outbox_command(), quarantine_command(),
            replay_command(),     ledger_command(),    sla_command(),    rules_command(),
            calendar_command(),   report_command(),    backup_command(), restore_command(),
            export_command(),     retention_command(), erase_command(),  status_command(),
            completion_command()};
}

}  // namespace bellhop::daemon
