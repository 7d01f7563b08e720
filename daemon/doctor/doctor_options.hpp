// What `bellhop doctor` is asked to do, and whom it tells what it finds.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "rules/doctor/finding.hpp"

namespace bellhop::daemon {

enum class SelfMails { sent, not_sent };

struct DoctorOptions {
    std::filesystem::path folder = {};  ///< of the configuration
    std::string mailbox = {};           ///< only this one; empty: all
    SelfMails self_mails = SelfMails::sent;
    std::chrono::seconds patience{60};  ///< for a mail to come back
};

/// Teller as soon as it is found.
using Teller = std::function<void(const rules::Finding&)>;

}  // namespace bellhop::daemon
