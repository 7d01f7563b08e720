// How long things are kept.
#pragma once

#include <chrono>
#include <optional>

namespace bellhop::storage {

/// Nothing: for ever.
struct RetentionRules {
    std::optional<std::chrono::seconds> closed_tickets = {};  ///< since their last entry
    std::optional<std::chrono::seconds> quarantine = {};      ///< since they were put there

    friend bool operator==(const RetentionRules&, const RetentionRules&) = default;
};

}  // namespace bellhop::storage
