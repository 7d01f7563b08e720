#include "rules/desk/outage.hpp"

#include <algorithm>

#include "rules/ticket/cycle.hpp"

namespace bellhop::rules {

Actions raise_first(const Ticket& first,
                    const std::string& priority,
                    const std::vector<std::string>& priorities,
                    const std::string& reason) {
    const auto rank = [&priorities](const std::string& name) {
        return std::find(priorities.begin(), priorities.end(), name);
    };
    if (rank(priority) >= rank(first.priority)) return {};
    return {SetField{TicketField::priority, priority, "gateway", reason}};
}

std::optional<DeskOrder> order_for_part(const DeskOrder& order) {
    if (const auto* reply = std::get_if<ReplyOrder>(&order)) {
        ReplyOrder part = *reply;
        if (part.status == status::waiting_customer) part.status.clear();
        return part;
    }
    if (const auto* to = std::get_if<StatusOrder>(&order)) {
        if (to->to == status::waiting_customer) return std::nullopt;
        return order;
    }
    if (std::holds_alternative<UndoOrder>(order)) return order;
    return std::nullopt;
}

std::string words_for_parts(std::size_t parts) {
    return parts == 1
               ? "Said to the one other who has reported it, too."
               : "Said to the " + std::to_string(parts) + " others who have reported it, too.";
}

}  // namespace bellhop::rules
