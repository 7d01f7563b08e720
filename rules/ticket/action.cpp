#include "rules/ticket/action.hpp"

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

}  // namespace bellhop::rules
