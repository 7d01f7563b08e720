#include "parsers/message/message.hpp"

#include <algorithm>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {

std::string_view Message::field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const HeaderField& field) {
        return equal_ignoring_case(field.name, name);
    });
    return found == fields.end() ? std::string_view{} : std::string_view{found->body};
}

bool Message::has_field(std::string_view name) const {
    return std::any_of(fields.begin(), fields.end(), [&](const HeaderField& field) {
        return equal_ignoring_case(field.name, name);
    });
}

}  // namespace bellhop::parsers
