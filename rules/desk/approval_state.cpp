#include "rules/desk/approval_state.hpp"

#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

constexpr std::string_view gateway = "gateway";
constexpr const char* anybody = "team";  // who says yes where no rule names anybody

}  // namespace

ApprovalEnd end_of_approval(std::string_view from,
                            std::string_view to,
                            std::string_view actor,
                            const StatusRules& statuses) {
    if (actor == gateway) return ApprovalEnd::none;
    if (from == status::waiting_approval && to == status::resolved) return ApprovalEnd::refused;
    const bool is_let_go =
        clock_of(statuses, from) == ClockMode::pause && clock_of(statuses, to) == ClockMode::run;
    return is_let_go ? ApprovalEnd::approved : ApprovalEnd::none;
}

std::optional<std::string> wanted_approver(const std::vector<TicketEvent>& log,
                                           const StatusRules& statuses) {
    std::string approver = anybody;
    bool is_wanted = false;
    for (const TicketEvent& entry : log) {
        if (entry.type == Event::held) {
            const std::string_view name = value_of(entry, "approver");
            approver = name.empty() ? std::string{anybody} : std::string{name};
            is_wanted = true;
        }
        if (entry.type != Event::status) continue;
        const std::string_view to = value_of(entry, "to");
        const ApprovalEnd end = end_of_approval(value_of(entry, "from"), to, entry.actor, statuses);
        if (end == ApprovalEnd::approved) is_wanted = false;
        if (to == status::waiting_approval) is_wanted = true;
    }
    return is_wanted ? std::optional{approver} : std::nullopt;
}

std::string status_again(const std::optional<std::string>& approver,
                         const std::string& wanted,
                         const StatusRules& statuses) {
    const bool is_work = clock_of(statuses, wanted) == ClockMode::run;
    return approver && is_work ? status::waiting_approval : wanted;
}

Actions ask_again(const std::optional<std::string>& approver, const std::string& status) {
    if (!approver || status != status::waiting_approval) return {};
    return {Notify{{*approver}, {}, Occasion::approval_wanted}};
}

}  // namespace bellhop::rules
