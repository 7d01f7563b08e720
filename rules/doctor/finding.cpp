#include "rules/doctor/finding.hpp"

#include "parsers/text/ensure.hpp"

namespace bellhop::rules {

std::string_view to_text(FindingState state) {
    switch (state) {
        case FindingState::ok:
            return "ok";
        case FindingState::warn:
            return "warn";
        case FindingState::fail:
            return "fail";
    }
    never_reached();
}

Finding well(std::string check, std::string seen) {
    return {std::move(check), FindingState::ok, std::move(seen), {}};
}

Finding doubtful(std::string check, std::string seen, std::string remedy) {
    return {std::move(check), FindingState::warn, std::move(seen), std::move(remedy)};
}

Finding failing(std::string check, std::string seen, std::string remedy) {
    return {std::move(check), FindingState::fail, std::move(seen), std::move(remedy)};
}

}  // namespace bellhop::rules
