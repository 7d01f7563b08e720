#include "rules/sla/notice_words.hpp"

#include <string_view>

namespace bellhop::rules {
namespace {

constexpr std::string_view after_breach = "breach + ";  // as step names of sla.toml begin

bool is_answer(const Notice& notice) {
    return notice.timer == TimerKind::response;
}

std::string by(const std::string& due) {
    return due.empty() ? std::string{} : " by " + due;
}

std::string warning_words(const Notice& notice) {
    if (notice.by_new_priority) return "Its new priority leaves less time: ";
    return notice.step + (is_answer(notice) ? " of the time to answer it is used up: "
                                            : " of the time to solve it is used up: ");
}

std::string breach_words(const Notice& notice) {
    if (notice.by_new_priority) return "Its new priority makes it late: ";
    if (!notice.step.starts_with(after_breach)) {
        return is_answer(notice) ? "Nobody has answered in time: " : "It is not solved in time: ";
    }
    const std::string late = notice.step.substr(after_breach.size()) + " after it was due: ";
    return (is_answer(notice) ? "Nobody has answered, " : "It is not solved, ") + late;
}

}  // namespace

std::string notice_sentence(const Notice& notice, const std::string& due) {
    std::string text = notice.is_breach ? breach_words(notice) : warning_words(notice);
    text += notice_in_short(notice, due);
    // "11.30 a.m." brings its full stop along.
    return text.ends_with('.') ? text : text + ".";
}

std::string notice_in_short(const Notice& notice, const std::string& due) {
    const std::string what = is_answer(notice) ? "an answer" : "the solution";
    return what + (notice.is_breach ? " was due" : " is due") + by(due);
}

}  // namespace bellhop::rules
