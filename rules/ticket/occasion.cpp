#include "rules/ticket/occasion.hpp"

#include <algorithm>

namespace bellhop::rules {

// A switch rather than an array: the compiler finds an occasion that has no entry.
OccasionEntry entry_of(Occasion occasion) {
    switch (occasion) {
        case Occasion::approval_wanted:
            return {"approval_wanted", "approver", MailKind::approval};
        case Occasion::late:
            return {"late", "", MailKind::notice};
        case Occasion::undelivered:
            return {"undelivered", "writer", MailKind::undelivered};
        case Occasion::complaint:
            return {"complaint", "manager"};
        case Occasion::chased:
            return {"chased", "assignee manager"};
        case Occasion::reopened:
            return {"reopened", "assignee"};
        case Occasion::approved:
            return {"approved", "team"};
        case Occasion::refused:
            return {"refused", "team"};
        case Occasion::assigned:
            return {"assigned", "assignee"};
        case Occasion::handed_back:
            return {"handed_back", "assignee", MailKind::handed_back};
        case Occasion::reopened_often:
            return {"reopened_often", "assignee manager", MailKind::reopened_often};
        case Occasion::still_waits:
            return {"still_waits", "assignee", MailKind::staff_reminder};
        case Occasion::new_ticket:
            return {"new", "team"};
        case Occasion::customer_replied:
            return {"customer_replied", "assignee"};
        case Occasion::notified:
            return {"notified", ""};
    }
    return {};  // of what is no occasion: ends the list below
}

std::optional<Occasion> occasion_of(std::string_view name) {
    const auto& all = occasions();
    const auto found = std::find_if(all.begin(), all.end(), [name](Occasion occasion) {
        return entry_of(occasion).name == name;
    });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

const std::vector<Occasion>& occasions() {
    static const std::vector<Occasion> all = [] {
        std::vector<Occasion> list;
        for (int i = 0; !entry_of(Occasion{i}).name.empty(); ++i) list.push_back(Occasion{i});
        return list;
    }();
    return all;
}

}  // namespace bellhop::rules
