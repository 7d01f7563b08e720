#include "rules/mail/phone_link.hpp"

#include <algorithm>

#include "parsers/text/ascii.hpp"

namespace bellhop::rules {

std::string phone_link(std::string_view number) {
    // Of two numbers the first.
    number = number.substr(0, std::min(number.find_first_of(",;/"), number.find(" or ")));
    std::string link;
    bool is_extension = false;
    for (std::size_t at = 0; at < number.size(); ++at) {
        const char c = number[at];
        const bool is_abroad = link.starts_with('+');
        // The zero that is left out where one dials the country's code.
        if (is_abroad && number.substr(at).starts_with("(0)")) {
            at += 2;
        } else if (parsers::is_digit(c) || (c == '+' && link.empty())) {
            link += c;
        } else if (!is_extension && !link.empty() && (c == 'x' || c == 'X')) {
            link += ";ext=";
            is_extension = true;
        }
    }
    return link.ends_with('=') ? link.substr(0, link.find(';')) : link;
}

}  // namespace bellhop::rules
