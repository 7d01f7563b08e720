// What an acknowledgement may promise: by when somebody answers, and what the desk's hours mean for
// it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "rules/calendar/business_calendar.hpp"
#include "rules/calendar/local_words.hpp"
#include "rules/letter/mail_template.hpp"
#include "rules/sla/sla.hpp"

namespace bellhop::rules {

/// Facts in words, for templates. Each text is empty where it does not apply.
struct Promise {
    std::string respond_by = {};  ///< "Monday 2 November, 8.30 am"
    std::string resolve_by = {};  ///< the same for the solution
    bool is_open = true;          ///< the desk, now
    std::string opens = {};       ///< "Monday 2 November, 8.30 am", where the desk is closed
    std::string closes = {};      ///< "4.30 pm", where it is open
    std::string closed_because =
        {};                   ///< "Christmas shutdown", where more than the night keeps it closed
    std::string season = {};  ///< the period in force, by its name
    std::string unpublished =
        {};  ///< a period whose hours are not known yet and on which the promise depends
    /// What keeps it closed for whole days between now and what is promised: "Christmas shutdown,
    /// until Monday 4 January"; several are parted by "; ".
    std::string closures = {};
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

/// For the phrase "promise".
TemplateValues values_of(const Promise& promise);

/// For the phrase "chase": what to do if nothing has come by then.
TemplateValues chase_values(const Promise& promise);

/// For the phrase "targets": "within 4 working hours". Empty where there are none.
TemplateValues target_values(const Targets& targets);

}  // namespace bellhop::rules
