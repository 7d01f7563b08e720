// Invitations: what, when and where, out of a text/calendar part (RFC 5545, RFC 6047).
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The first event of an iCalendar object as lines of text (UTF-8, "\n"):
///
///     Invitation: Exam planning
///     When: 2026-03-02 09:00 to 10:30 (Europe/London)
///     Where: Room 5
///     Organiser: Ann Lee <ann@example.org>
///
/// "Changed invitation" where it is an update, then also "Only of the series:", which date of
/// several is meant, "Answer:", what an invited person says, and "Comment:".
///
/// Empty where there is no event. Never fails; linear time.
std::string calendar_summary(std::string_view calendar);

/// What its writer says of the event (DESCRIPTION), as lines of text; its beginning where it is
/// long.
std::string calendar_description(std::string_view calendar);

}  // namespace bellhop::parsers
