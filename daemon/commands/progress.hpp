// How far a long command has come, on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace bellhop::daemon {

/// A line on standard error, where that is a terminal, once the work has taken a second. Gone when
/// the work is done.
class Progress {
public:
    /// `what` is "mails"; `whole` of them make 100 %.
    Progress(std::string what, std::int64_t whole);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void set(std::int64_t done);

private:
    std::string what_;
    std::int64_t whole_;
    bool is_terminal_;
    bool is_shown_ = false;
    std::chrono::steady_clock::time_point next_;
};

/// "[######..............]  30 % of 50,000 mails"
std::string progress_line(std::int64_t done, std::int64_t whole, const std::string& what);

}  // namespace bellhop::daemon
