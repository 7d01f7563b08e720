#include "rules/rule/rule.hpp"

#include "parsers/text/ensure.hpp"

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
    never_reached();
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
    never_reached();
}

}  // namespace bellhop::rules
