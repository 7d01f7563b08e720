#include "rules/desk/tell_causes.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "parsers/text/lists.hpp"
#include "rules/desk/approval_state.hpp"
#include "rules/desk/tell_words.hpp"
#include "rules/sla/ticket_history.hpp"

namespace bellhop::rules {
namespace {

using Names = std::vector<std::string>;

constexpr int low_rating = 2;  // of 5: somebody should ask what went wrong
constexpr std::string_view agent = "agent ";

/// Whether a technician has done it: he works on the ticket, and so do those who look at it.
bool is_by_technician(std::string_view actor, const Staff& staff) {
    if (!actor.starts_with(agent)) return false;
    const std::string_view name = actor.substr(agent.size());
    return staff.people == nullptr || staff.people->technician(name) != nullptr;
}

/// Reads the causes off what was decided, in its order.
class CauseReader {
public:
    CauseReader(const Happening& happening, const Staff& staff)
        : happening_(happening), staff_(staff) {}

    std::vector<Cause> read() && {
        for (const Action& action : happening_.actions) std::visit(*this, action);
        if (has_reply_ && !is_courtesy_) add(Occasion::customer_replied);
        if (has_note_) add_note();
        // Of a person's own words that came back their writer is told.
        if (!bounced_.empty() && !is_reply_back_) {
            add(Occasion::undelivered).words = bounce_words(bounced_);
        }
        return std::move(causes_);
    }

    void operator()(const OpenTicket& action) {
        const bool waits = action.ticket.status == status::waiting_approval;
        const bool is_top = action.ticket.priority == happening_.top_priority;
        if (waits && !is_top && !action.ticket.restricted) return;
        add(Occasion::new_ticket).also = {action.ticket.assignee};
    }
    void operator()(const Reopen& action) {
        Cause& cause = add(Occasion::reopened, action.reason);
        if (action.actor != "gateway") cause.words = again_words(happening_.actor_name);
        if (action.to == status::waiting_approval) {
            cause.words = refused_again_words(happening_.actor_name);
        }
    }
    void operator()(const SetField& action) {
        if (action.to.empty()) return;
        if (action.field == TicketField::assignee) add(Occasion::assigned, action.reason);
        // Whoever has it already still has it; the new team has not heard of it yet.
        if (action.field == TicketField::team && happening_.before && !sets_assignee()) {
            Cause& cause = add(Occasion::assigned, action.reason);
            cause.whom = {action.to};
            cause.words = team_words(happening_.actor_name);
        }
    }
    void operator()(const SetStatus& action) {
        if (!happening_.before || !happening_.wants_yes) return;
        switch (end_of_approval(happening_.before->status, action.to, action.actor,
                                happening_.statuses)) {
            case ApprovalEnd::approved:
                add(Occasion::approved, action.reason);
                break;
            case ApprovalEnd::refused:
                add(Occasion::refused, action.reason);
                break;
            case ApprovalEnd::none:
                break;
        }
    }
    void operator()(const Record& action) {
        const TicketEvent& entry = action.event;
        if (action.other) return;
        has_reply_ = has_reply_ || entry.type == Event::customer_reply;
        has_note_ =
            has_note_ || (entry.type == Event::note && !is_by_technician(entry.actor, staff_));
        is_courtesy_ = is_courtesy_ || entry.type == Event::thanks || entry.type == Event::survey;
        if (entry.type == Event::survey) {
            const std::string_view rating = value_of(entry, "rating");
            if (!rating.empty() && rating.front() - '0' <= low_rating) {
                add(Occasion::complaint).words = rating_words(happening_.actor_name, rating);
            }
        }
        if (entry.type == Event::bounce) bounced_ = value_of(entry, "failed");
    }
    void operator()(const MailCameBack& /*to its writer*/) { is_reply_back_ = true; }
    void operator()(const Notify& action) {
        Cause& cause = add(action.occasion);
        cause.whom = action.whom;
        cause.why = action.why.empty() ? action.words : action.why;
        if (!action.words.empty()) cause.words = action.words;
    }
    /// Whoever has the one or the other: from now on it is one.
    void operator()(const MergeInto&) {
        if (!happening_.before) return;
        Names holders{happening_.before->assignee, happening_.after.assignee};
        std::erase(holders, "");
        if (holders.empty()) return;
        Cause& cause = add(Occasion::notified);
        cause.whom = std::move(holders);
        cause.words =
            merged_words(happening_.actor_name, happening_.before->id, happening_.after.id);
    }
    template <class Other>
    void operator()(const Other& /*tells nobody*/) {}

private:
    Cause& add(Occasion occasion, const std::string& reason = {}) {
        Cause& cause = causes_.emplace_back();
        cause.occasion = occasion;
        cause.words = occasion_words(occasion, happening_.actor_name, reason);
        cause.why = reason;
        return cause;
    }

    /// A head or a manager who was told of the ticket writes back: nobody's request, and whoever
    /// works on it has to know.
    void add_note() {
        Cause& cause = add(Occasion::customer_replied);
        cause.words = note_words(happening_.actor_name);
        cause.wants_reader = true;
    }

    bool sets_assignee() const {
        return std::any_of(
            happening_.actions.begin(), happening_.actions.end(), [](const Action& one) {
                const auto* set = std::get_if<SetField>(&one);
                return set != nullptr && set->field == TicketField::assignee && !set->to.empty();
            });
    }

    const Happening& happening_;
    const Staff& staff_;
    std::vector<Cause> causes_ = {};
    bool has_reply_ = false;
    bool has_note_ = false;
    bool is_courtesy_ = false;
    bool is_reply_back_ = false;
    std::string bounced_ = {};  // addresses, parted by blanks
};

}  // namespace

std::vector<Cause> causes_of(const Happening& happening, const Staff& staff) {
    return CauseReader{happening, staff}.read();
}

}  // namespace bellhop::rules
