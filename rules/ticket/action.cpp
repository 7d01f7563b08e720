#include "rules/ticket/action.hpp"

namespace bellhop::rules {

std::string name_of(TicketField field) {
    switch (field) {
        case TicketField::priority:
            return "priority";
        case TicketField::team:
            return "team";
        case TicketField::assignee:
            return "assignee";
        case TicketField::category:
            return "category";
    }
    return {};
}

std::string name_of(MailKind kind) {
    switch (kind) {
        case MailKind::acknowledgement:
            return "acknowledgement";
        case MailKind::oversize:
            return "oversize";
        case MailKind::waiting:
            return "waiting";
        case MailKind::reminder:
            return "reminder";
        case MailKind::last_reminder:
            return "last_reminder";
        case MailKind::visit:
            return "visit";
        case MailKind::agreed:
            return "agreed";
        case MailKind::resolved:
            return "resolved";
        case MailKind::reply:
            return "reply";
        case MailKind::staff_reminder:
            return "staff_reminder";
        case MailKind::handed_back:
            return "handed_back";
        case MailKind::notice:
            return "notice";
        case MailKind::reopened_often:
            return "reopened_often";
        case MailKind::notify:
            return "notify";
        case MailKind::digest:
            return "digest";
    }
    return {};
}

}  // namespace bellhop::rules
