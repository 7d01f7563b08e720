#include "rules/doctor/desk_trial.hpp"

#include "rules/calendar/calendar_lint.hpp"
#include "rules/calendar/opening_hours.hpp"

namespace bellhop::rules {

Finding judge_calendar(const std::string& name,
                       std::optional<std::chrono::local_days> said_until,
                       std::chrono::local_days today) {
    const std::string check = name.empty() ? "calendar" : "calendar " + name;
    if (!said_until) return well(check, "it holds for ever");
    const std::string words = "it says nothing after " + to_text(*said_until);
    const std::string remedy =
        "write the next terms into calendar.toml; until then the desk counts as "
        "closed and promises nothing";
    if (*said_until < today) return failing(check, words + ", which is past", remedy);
    if (*said_until < today + calendar_notice) return doubtful(check, words, remedy);
    return well(check, "it says what holds until " + to_text(*said_until));
}

Finding judge_told(const Told& told) {
    const std::string check = "people told";
    if (told.of_tickets == 0) {
        return failing(
            check, "nobody hears of a new ticket",
            "give a team or a [[technician]] of people.toml an address, or write manager "
            "= \"ADDRESS\" in [desk]");
    }
    const std::string words = std::to_string(told.of_tickets) + " hear of a new ticket";
    if (told.of_troubles == 0) {
        return failing(check, words + ", and nobody of what is wrong with the gateway",
                       "write manager = \"ADDRESS\" in [desk]");
    }
    return well(check, words + ", " + std::to_string(told.of_troubles) +
                           " of what is wrong with the gateway");
}

Finding judge_configuration(const ConfigurationSeen& seen) {
    const std::string check = "configuration";
    const std::string more =
        "bellhop --config " + seen.folder + " check shows all with their lines";
    if (seen.errors > 0) {
        const std::string words =
            std::to_string(seen.errors) + (seen.errors == 1 ? " error: " : " errors, the first: ");
        return failing(check, words + seen.first,
                       seen.remedy.empty() ? more : seen.remedy + "; " + more);
    }
    if (seen.warnings > 0) {
        const std::string words = "valid, " + std::to_string(seen.warnings) +
                                  (seen.warnings == 1 ? " warning: " : " warnings, the first: ");
        return doubtful(check, words + seen.first, more);
    }
    return well(check, seen.folder + " is valid");
}

Finding judge_files(const FilesSeen& seen) {
    const std::string check = "files";
    if (seen.faults == 0) return well(check, "owners and modes are in order");
    const std::string more =
        seen.faults > 1 ? ", and " + std::to_string(seen.faults - 1) + " more" : "";
    return failing(check, seen.first + more, seen.remedy);
}

}  // namespace bellhop::rules
