// What `bellhop doctor` finds out with one check: a line with what was tried, what was seen, and
// what to do.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bellhop::rules {

enum class FindingState {
    ok,
    warn,  ///< the desk works; somebody should look all the same
    fail   ///< something of the desk does not work
};

/// "ok", "warn", "fail".
std::string_view to_text(FindingState state);

struct Finding {
    std::string check = {};  ///< "mailbox support: login"
    FindingState state = FindingState::ok;
    std::string seen = {};    ///< one line, perhaps with a server's own words
    std::string remedy = {};  ///< one line; empty where nothing is to be done

    friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

Finding well(std::string check, std::string seen);
Finding doubtful(std::string check, std::string seen, std::string remedy);
Finding failing(std::string check, std::string seen, std::string remedy);

}  // namespace bellhop::rules
