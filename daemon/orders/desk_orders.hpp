// The words of `bellhop ticket` that change a ticket.
#pragma once

#include <functional>
#include <string>

#include "rules/desk/desk_order.hpp"

namespace CLI {
class App;
}

namespace bellhop::daemon {

struct GivenOrder {
    std::string ticket = {};  ///< as it was typed: "7", "#7"
    rules::DeskOrder order = rules::NoteOrder{};
    std::string by = {};  ///< --as; empty: whoever is logged in
};

/// Adds status, priority, assign, reply, note, reopen and agree to `ticket`. `carry_out` is called
/// with what was ordered; `read_text` gives the text of a reply for which none is named, or "-".
/// Both outlive `ticket`, as copies.
void add_desk_orders(CLI::App& ticket,
                     const std::function<void(const GivenOrder&)>& carry_out,
                     const std::function<std::string()>& read_text);

}  // namespace bellhop::daemon
