#include "rules/sla/target.hpp"

namespace bellhop::rules {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

std::string counted(std::int64_t number, const std::string& unit) {
    return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
}

std::string describe_amount(seconds amount, const std::string& kind) {
    if (amount % hours{1} == seconds{0} && amount > seconds{0}) {
        return counted(amount / hours{1}, kind + "hour");
    }
    if (amount % minutes{1} == seconds{0}) return counted(amount / minutes{1}, kind + "minute");
    return counted(amount.count(), kind + "second");
}

}  // namespace

std::optional<sys_seconds> nominal_due(const BusinessCalendar& calendar,
                                       sys_seconds arrived,
                                       const Target& target) {
    return std::visit(
        Overloaded{
            [&](const BusinessTime& t) { return calendar.add_working_time(arrived, t.amount); },
            [&](const BusinessDays& t) { return calendar.add_business_days(arrived, t.days); },
            [&](const CalendarTime& t) {
                return t.roll == Roll::forward ? calendar.rolled_forward(arrived + t.amount)
                                               : std::optional{arrived + t.amount};
            },
            [&](const Immediate&) { return calendar.next_open(arrived); },
            [&](const Agreed& t) { return std::optional{t.due}; }},
        target.kind);
}

std::optional<Deadline> deadline(const BusinessCalendar& calendar,
                                 sys_seconds arrived,
                                 const Target& target) {
    const std::optional<sys_seconds> due = nominal_due(calendar, arrived, target);
    if (!due) return std::nullopt;
    if (std::holds_alternative<CalendarTime>(target.kind) ||
        std::holds_alternative<Agreed>(target.kind)) {
        return Deadline{arrived, *due, *due};
    }
    const std::optional<sys_seconds> start = calendar.next_open(arrived);
    std::optional<sys_seconds> used_up = due;
    if (const auto* immediate = std::get_if<Immediate>(&target.kind)) {
        used_up = calendar.add_working_time(*due, immediate->grace);
        if (!used_up) return std::nullopt;
    }
    const std::optional<sys_seconds> breach_after = calendar.next_open(*used_up);
    if (!start || !breach_after) return std::nullopt;
    return Deadline{*start, *due, *breach_after};
}

std::string describe(const Target& target) {
    if (!target.text.empty()) return target.text;
    return std::visit(
        Overloaded{[](const BusinessTime& t) { return describe_amount(t.amount, "business "); },
                   [](const BusinessDays& t) { return counted(t.days, "business day"); },
                   [](const CalendarTime& t) { return describe_amount(t.amount, ""); },
                   [](const Immediate&) { return std::string{"immediate"}; },
                   [](const Agreed&) { return std::string{"as agreed"}; }},
        target.kind);
}

}  // namespace bellhop::rules
