// What gateways and spam filters put before a subject.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The subject without "[EXTERNAL]", "[SPAM?]", "***SPAM***" and the like at its beginning. A view
/// into `subject`.
std::string_view without_gateway_tags(std::string_view subject);

/// The subject without such tags anywhere before its own words: "Re: [EXTERNAL] Printer" as
/// "Re: Printer".
std::string subject_without_gateway_tags(std::string_view subject);

/// Whether a subject says that the mail answers or forwards another: "Re:", "[EXTERNAL] AW:".
bool is_answer_subject(std::string_view subject);

}  // namespace bellhop::parsers
