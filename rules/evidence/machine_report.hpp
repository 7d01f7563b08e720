// What a machine's mail says of the thing that it watches: monitoring, backups, storage, power,
// copiers.
//
// Such mails are forms, not prose: what counts stands in a tag of the subject ("[Failed]", "**
// RECOVERY ...
// **", "Resolved: ") and in fields ("State: DOWN", "Severity = High"), and words that would be
// grave in a person's mail ("error", "critical") are names of columns. No format of one product is
// known here: their common shape is.
#pragma once

#include <optional>
#include <string_view>

#include "rules/evidence/machine_says.hpp"

namespace bellhop::rules {

enum class MachineState { unknown, ill, well };

/// "critical", "error", "warning", "information"; "" for unknown.
std::string_view name_of(MachineSeverity severity);

struct MachineReport {
    MachineState state = MachineState::unknown;
    MachineSeverity severity = MachineSeverity::unknown;

    friend bool operator==(const MachineReport&, const MachineReport&) = default;
};

/// What is known of a mail. All texts are UTF-8.
struct MachineMail {
    std::string_view subject = {};
    std::string_view body = {};
    std::string_view from = {};  ///< address
    std::string_view from_name = {};
    bool is_automatic = false;  ///< by its header
};

/// Nothing where a person wrote it, or what cannot be told from a person's writing. Looks at the
/// subject and the first hundred lines.
std::optional<MachineReport> machine_report(const MachineMail& mail);

}  // namespace bellhop::rules
