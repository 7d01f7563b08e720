// Bounces: RFC 3464 delivery status notifications and the forms that servers use instead of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// A leaf of the MIME tree, in order: what a delivery report is made of.
struct ReportPart {
    std::string content_type = {};  ///< lower case, without parameters
    std::string bytes = {};         ///< decoded; text as UTF-8
};

/// Reads the delivery report in a mail; nothing where the mail is none. `message` has its header
/// fields, subject and text; `parts` are the leaves of its tree (message/delivery-status,
/// message/rfc822, text/rfc822-headers, text/plain, ...).
std::optional<DeliveryReport> read_delivery_report(const Message& message,
                                                   const std::vector<ReportPart>& parts);

}  // namespace bellhop::parsers
