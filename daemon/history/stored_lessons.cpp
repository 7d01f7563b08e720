#include "daemon/history/stored_lessons.hpp"

#include <optional>
#include <string>
#include <utility>

#include "daemon/history/past_decision.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t page = 200;          // mails read from the index at a time
constexpr float weight_of_correction = 3;  // beside a priority that nobody looked at twice

std::optional<rules::Lesson> lesson_of(const storage::ReceivedMail& mail,
                                       PastDecision decision,
                                       const rules::Weighing& weighing) {
    const bool is_corrected = decision.corrected_priority.has_value();
    const std::string right =
        is_corrected ? *decision.corrected_priority : decision.then.outcome.priority;
    rules::Lesson lesson;
    lesson.grade = rules::grade_of(weighing, right);
    lesson.safeguarding = decision.is_restricted;
    if (!lesson.grade && !decision.is_restricted) return std::nullopt;
    if (lesson.grade) lesson.acceptable[*lesson.grade] = true;
    lesson.is_ticket = true;
    lesson.weight = is_corrected ? weight_of_correction : 1;
    lesson.name = "ticket " + std::to_string(static_cast<std::int64_t>(mail.ticket));
    lesson.facts = std::move(decision.facts);
    lesson.author = lesson.facts.context.school;
    lesson.facts.fields.clear();
    lesson.facts.whole_body.clear();
    lesson.facts.whole_body.shrink_to_fit();
    return lesson;
}

}  // namespace

std::vector<rules::Lesson> stored_lessons(const storage::Store& store,
                                          const Desk& desk,
                                          const rules::Weighing& weighing,
                                          std::chrono::sys_seconds since,
                                          const std::function<void(std::int64_t)>& progress) {
    const PastDecisions decisions{store, desk};
    std::vector<rules::Lesson> lessons;
    std::int64_t done = 0;
    std::optional<storage::ReceivedMail> last;
    for (;;) {
        const auto mails = store.past.received(since, last, page);
        if (mails.empty()) return lessons;
        for (const storage::ReceivedMail& mail : mails) {
            progress(done++);
            if (!mail.opens_ticket) continue;
            auto decision = decisions.of(mail);
            if (!decision) continue;
            auto lesson = lesson_of(mail, *std::move(decision), weighing);
            if (lesson) lessons.push_back(*std::move(lesson));
        }
        last = mails.back();
    }
}

}  // namespace bellhop::daemon
