// Bounces in plain words: qmail, Exim, Sendmail, Postfix, Exchange, Gmail, Yahoo and others that
// tell it to a person rather than a program.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// The recipients that `notice` names as not reached, with what the server said. `ours` are
/// addresses that are none of them (the mail's own sender and receiver). At most `max_reported`
/// results; linear time.
std::vector<ReportedRecipient> recipients_in_text(std::string_view notice,
                                                  const std::vector<std::string>& ours);

/// The RFC 3463 code in a server's words, or the class of its SMTP reply code as "5.0.0", or
/// nothing.
std::string status_in(std::string_view words);

/// "rfc822; <ann@example.org>" without its type and brackets.
std::string typed_value(std::string_view value);

constexpr std::size_t max_reported = 200;  // recipients of one report

}  // namespace bellhop::parsers
