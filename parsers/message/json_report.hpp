// Bounces as JSON: how Amazon SES tells them, through a notification service (SNS) whose mails are
// this JSON with a few lines of text behind it.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// Reads the notification that `text` begins with; nothing where it is none of a bounce, a delivery
/// or a delay. JSON that is nested deeper than 16 levels, or not complete within 256 KiB, is none.
std::optional<DeliveryReport> read_json_report(std::string_view text);

}  // namespace bellhop::parsers
