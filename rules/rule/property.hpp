// What conditions ask by name; property_table.hpp says how.
#pragma once

namespace bellhop::rules {

/// Something about the mail that has a name.
enum class Property {
    arrival,
    mailbox,
    school,
    plan,
    group,
    sender_proof,
    kind,
    machine,
    content,
    hours,
    calendar,
    weekday,
    evidence,
    proposed,
    priority,
    tagged,
    marked,
    attachment_type,
    has_header
};

}  // namespace bellhop::rules
