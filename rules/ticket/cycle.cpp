#include "rules/ticket/cycle.hpp"

#include <algorithm>
#include <utility>

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

/// Plays the events one by one. A method for each kind of event.
class Player {
public:
    explicit Player(const StatusRules& statuses) : statuses_(statuses) {}

    void play(const ClockEvent& event) {
        const bool is_created = std::holds_alternative<Created>(event.what);
        if (cycles_.empty() && !is_created) return;
        at_ = event.at;
        std::visit([this](const auto& what) { apply(what); }, event.what);
    }

    std::vector<Cycle> finish(sys_seconds now) && {
        if (cycles_.empty()) return {};
        end_span(now);
        end_stay(now);
        current().mode = mode();
        return std::move(cycles_);
    }

private:
    void apply(const Created& what) {
        if (!cycles_.empty()) return;
        Cycle cycle;
        cycle.started_at = at_;
        cycle.priority = what.priority;
        cycle.status = what.status;
        cycles_.push_back(std::move(cycle));
        span_begin_ = stay_begin_ = at_;
        if (mode() == ClockMode::stop) stop();
    }

    void apply(const StatusSet& what) { set_status(what.to); }

    void apply(const PrioritySet& what) {
        if (what.to == current().priority) return;
        current().priority = what.to;
        current().priority_since = at_;
    }

    void apply(const AgentReplied&) {
        if (!current().responded_at && !current().stopped_at) current().responded_at = at_;
    }

    void apply(const AutomaticMailPassed&) {}

    void apply(const CustomerReplied&) {
        const auto rule = std::find_if(
            statuses_.begin(), statuses_.end(),
            [this](const StatusRule& status) { return status.name == current().status; });
        if (rule != statuses_.end() && !rule->after_customer_reply.empty()) {
            set_status(rule->after_customer_reply);
        }
    }

    void apply(const DueAgreed& what) {
        (what.timer == TimerKind::response ? current().agreed_response
                                           : current().agreed_resolution) = what.due;
    }

    void apply(const CalendarSet& what) { current().calendar = what.to; }

    void set_status(const std::string& status) {
        if (status == current().status) return;
        end_stay(at_);
        const ClockMode before = mode();
        const ClockMode after = clock_of(statuses_, status);
        if (before == after) {
            current().status = status;
            return;
        }
        end_span(at_);
        current().mode = before;
        if (before == ClockMode::stop) begin_next_cycle();
        current().status = status;
        if (after == ClockMode::stop) stop();
    }

    void stop() {
        current().stopped_at = at_;
        if (!current().responded_at) current().responded_at = at_;
    }

    void begin_next_cycle() {
        Cycle next;
        next.number = current().number + 1;
        next.started_at = at_;
        next.priority = current().priority;
        next.calendar = current().calendar;
        cycles_.push_back(std::move(next));
    }

    void end_span(sys_seconds end) {
        std::vector<ClockSpan>& spans = current().spans;
        if (span_begin_ < end) {
            if (!spans.empty() && spans.back().mode == mode()) {
                spans.back().to = end;
            } else {
                spans.push_back({span_begin_, end, mode()});
            }
        }
        span_begin_ = end;
    }

    void end_stay(sys_seconds end) {
        current().stays.push_back({current().status, stay_begin_, end});
        stay_begin_ = end;
    }

    Cycle& current() { return cycles_.back(); }
    ClockMode mode() { return clock_of(statuses_, current().status); }

    const StatusRules& statuses_;
    std::vector<Cycle> cycles_ = {};
    sys_seconds at_ = {};
    sys_seconds span_begin_ = {};
    sys_seconds stay_begin_ = {};
};

}  // namespace

std::string_view to_text(TimerKind kind) {
    return kind == TimerKind::response ? "response" : "resolution";
}

const StatusRules& shipped_statuses() {
    static const StatusRules statuses = {
        {"open", ClockMode::run, ""},
        {"queued", ClockMode::run, ""},
        {"in_progress", ClockMode::run, ""},
        {"escalated", ClockMode::run, ""},
        {"waiting_customer", ClockMode::pause, "open"},
        {"waiting_third_party", ClockMode::pause, ""},
        {"waiting_site_visit", ClockMode::pause, ""},
        {"waiting_approval", ClockMode::pause, ""},
        {"resolved", ClockMode::stop, "open"},
        {"closed", ClockMode::stop, "open"},
    };
    return statuses;
}

ClockMode clock_of(const StatusRules& statuses, std::string_view status) {
    const auto found =
        std::find_if(statuses.begin(), statuses.end(),
                     [status](const StatusRule& rule) { return rule.name == status; });
    return found == statuses.end() ? ClockMode::run : found->clock;
}

std::vector<Cycle> cycles_of(const std::vector<ClockEvent>& events,
                             const StatusRules& statuses,
                             sys_seconds now) {
    Player player{statuses};
    for (const ClockEvent& event : events) {
        if (event.at > now) break;
        player.play(event);
    }
    return std::move(player).finish(now);
}

}  // namespace bellhop::rules
