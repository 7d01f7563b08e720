// `sla due`: by when a ticket would be due, and how that was reached.
#pragma once

#include <filesystem>
#include <string>

namespace bellhop::daemon {

/// What is asked; empty texts mean the default.
struct SlaDueQuestion {
    std::string priority = {};
    std::string plan = {};      ///< of service: [plan.NAME] of sla.toml
    std::string calendar = {};  ///< of calendar.toml
    std::string at = {};        ///< RFC 3339; now
};

/// Prints the answer. Returns the exit status.
int explain_due_instants(const SlaDueQuestion& question,
                         const std::filesystem::path& folder,
                         bool wants_json);

}  // namespace bellhop::daemon
