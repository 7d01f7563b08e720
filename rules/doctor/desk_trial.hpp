// What only people can keep right: a calendar that does not run out, and somebody who is told.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "rules/doctor/finding.hpp"

namespace bellhop::rules {

/// "calendar NAME": of one that says something until `said_until`; nothing: it holds for ever.
Finding judge_calendar(const std::string& name,
                       std::optional<std::chrono::local_days> said_until,
                       std::chrono::local_days today);

/// How many addresses hear of what happens.
struct Told {
    std::size_t of_tickets = 0;   ///< of a new ticket that no rule gives to anybody
    std::size_t of_troubles = 0;  ///< of what is wrong with the gateway itself
};

/// "people told"
Finding judge_told(const Told& told);

/// How the configuration was read: its complaints in number, and the first one.
struct ConfigurationSeen {
    std::size_t errors = 0;
    std::size_t warnings = 0;
    std::string first = {};   ///< "rules.toml:14:1: unknown priority"
    std::string remedy = {};  ///< of the first one, where it has a hint
    std::string folder = {};
};

/// "configuration"
Finding judge_configuration(const ConfigurationSeen& seen);

/// Files of the configuration that are not safe from others: their number, and the first one.
struct FilesSeen {
    std::size_t faults = 0;
    std::string first = {};
    std::string remedy = {};
};

/// "files"
Finding judge_files(const FilesSeen& seen);

}  // namespace bellhop::rules
