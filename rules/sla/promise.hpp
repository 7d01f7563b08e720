// What an acknowledgement may promise: by when somebody answers, and what the desk's hours mean for
// it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/sla/sla.hpp"

namespace bellhop::rules {

/// Facts in words, for templates. Each text is empty where it does not apply.
struct Promise {
    std::string respond_by = {};  ///< "by Monday 2 November, 8.30 am"
    std::string resolve_by = {};  ///< the same for the solution
    bool is_open = true;          ///< the desk, now
    std::string opens = {};       ///< "Monday 2 November, 8.30 am", where the desk is closed
    std::string closes = {};      ///< "4.30 pm", where it is open
    std::string closed_because =
        {};                   ///< "Christmas shutdown", where more than the night keeps it closed
    std::string season = {};  ///< the period in force, by its name
    std::string unpublished =
        {};  ///< a period whose hours are not known yet and on which the promise depends
    std::string boost = {};  ///< why this school is served faster now: "Ofsted visit"

    friend bool operator==(const Promise&, const Promise&) = default;
};

/// The promise, told at `now`, for a ticket that arrived at `arrived`.
Promise promise_for(const BusinessCalendar& calendar,
                    const Targets& targets,
                    std::chrono::sys_seconds arrived,
                    std::chrono::sys_seconds now,
                    WordStyle style,
                    const std::string& boost);

/// The promise as one or two sentences of plain English, for a mail's text. Never empty: where
/// nothing can be promised it says that somebody will answer as soon as possible.
std::string promise_in_sentences(const Promise& promise);

/// The targets as the desk publishes them: "answer: within 3 hours; solution: 1 business day".
/// Empty where there are none.
std::string targets_in_words(const Targets& targets);

/// What to do if nothing has come by then; with the phone for what cannot wait, if there is one.
std::string chase_in_sentences(const Promise& promise, const std::string& phone);

}  // namespace bellhop::rules
