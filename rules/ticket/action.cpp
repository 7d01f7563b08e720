#include "rules/ticket/action.hpp"

#include <iterator>

namespace bellhop::rules {

Event event_of(TicketField field) {
    switch (field) {
        case TicketField::priority:
            return Event::priority;
        case TicketField::team:
            return Event::team;
        case TicketField::assignee:
            return Event::assignee;
        case TicketField::category:
            break;
    }
    return Event::category;
}

void append(Actions more, Actions& actions) {
    actions.insert(actions.end(), std::move_iterator{more.begin()}, std::move_iterator{more.end()});
}

}  // namespace bellhop::rules
