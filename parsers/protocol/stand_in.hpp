// Texts that a mail server hands over in place of a mail.
#pragma once

#include <string_view>

namespace bellhop::parsers {

enum class StandIn {
    none,
    /// The server could not read or convert the mail, and sends a text of its own that says so.
    apology,
    /// The mail is there, but an attachment is still being looked into: it will be replaced.
    scan_in_progress,
};

/// What `mail` stands in for, as received.
StandIn stand_in(std::string_view mail);

}  // namespace bellhop::parsers
