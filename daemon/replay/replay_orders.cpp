#include "daemon/replay/replay_orders.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <CLI/CLI.hpp>

#include "daemon/orders/desk_orders.hpp"
#include "daemon/work/desk_work.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* nobody_named = "Tom";  // whoever works where a script does not say who

std::optional<rules::TicketId> ticket_of(const std::string& word) {
    const char* begin = word.data() + (word.starts_with('#') ? 1 : 0);
    std::int64_t number = 0;
    const auto read = std::from_chars(begin, word.data() + word.size(), number);
    const bool is_number = read.ec == std::errc{} && read.ptr == word.data() + word.size();
    return is_number ? std::optional{rules::TicketId{number}} : std::nullopt;
}

std::string carry_out_order(const Filing& filing, const GivenOrder& given) {
    const auto ticket = ticket_of(given.ticket);
    if (!ticket || !filing.store.tickets.find(*ticket)) return "no ticket \"" + given.ticket + "\"";
    const std::string who = given.by.empty() ? nobody_named : given.by;
    const auto done = carry_out(filing, *ticket, given.order, "agent " + who);
    return done.has_error() ? done.error() : std::string{};
}

}  // namespace

std::string carry_out_words(const Filing& filing,
                            const std::vector<std::string>& words,
                            const std::string& text) {
    CLI::App desk{"the desk"};
    desk.require_subcommand(1);
    std::string refusal;
    add_desk_orders(
        desk, [&](const GivenOrder& given) { refusal = carry_out_order(filing, given); },
        [&text] { return text; });
    try {
        // CLI11 takes them from the back.
        desk.parse(std::vector<std::string>{words.rbegin(), words.rend()});
    } catch (const CLI::ParseError& error) {
        return error.what();
    }
    return refusal;
}

}  // namespace bellhop::daemon
