#include "rules/rule/rule.hpp"

namespace bellhop::rules {

std::string name_of(const TextSource& source) {
    switch (source.field) {
        case TextField::subject:
            return "subject";
        case TextField::body:
            return "body";
        case TextField::whole_body:
            return "whole_body";
        case TextField::quoted:
            return "quoted";
        case TextField::from_name:
            return "from_name";
        case TextField::attachment_name:
            return "attachment_name";
        case TextField::header:
            return "header." + source.header;
    }
    return {};
}

bool is_decided_by_rules(Property property) {
    return property == Property::priority || property == Property::tagged ||
           property == Property::marked;
}

std::string name_of(Property property) {
    switch (property) {
        case Property::mailbox:
            return "mailbox";
        case Property::school:
            return "school";
        case Property::plan:
            return "plan";
        case Property::group:
            return "group";
        case Property::calendar:
            return "calendar";
        case Property::kind:
            return "kind";
        case Property::content:
            return "content";
        case Property::arrival:
            return "arrival";
        case Property::hours:
            return "hours";
        case Property::weekday:
            return "weekday";
        case Property::proposed:
            return "proposed";
        case Property::priority:
            return "priority";
        case Property::tagged:
            return "tagged";
        case Property::marked:
            return "marked";
        case Property::attachment_type:
            return "attachment_type";
        case Property::has_header:
            return "has_header";
    }
    return {};
}

std::string name_of(Handling handling) {
    switch (handling) {
        case Handling::accept:
            return "accept";
        case Handling::hold:
            return "hold";
        case Handling::ignore:
            return "ignore";
        case Handling::quarantine:
            return "quarantine";
    }
    return {};
}

}  // namespace bellhop::rules
