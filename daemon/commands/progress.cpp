#include "daemon/commands/progress.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace bellhop::daemon {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds patience{1000};
constexpr std::chrono::milliseconds rhythm{100};
constexpr std::int64_t bar_width = 30;

std::string with_commas(std::int64_t number) {
    const std::string digits = std::to_string(number);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

}  // namespace

std::string progress_line(std::int64_t done, std::int64_t whole, const std::string& what) {
    const std::int64_t part = std::clamp<std::int64_t>(done, 0, whole);
    const std::int64_t filled = whole == 0 ? bar_width : part * bar_width / whole;
    return fmt::format("[{}{}] {:>3} % of {} {}",
                       std::string(static_cast<std::size_t>(filled), '#'),
                       std::string(static_cast<std::size_t>(bar_width - filled), '.'),
                       whole == 0 ? 100 : part * 100 / whole, with_commas(whole), what);
}

Progress::Progress(std::string what, std::int64_t whole)
    : what_(std::move(what)),
      whole_(whole),
      is_terminal_(isatty(STDERR_FILENO) != 0),
      next_(steady_clock::now() + patience) {}

Progress::~Progress() {
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
}

void Progress::set(std::int64_t done) {
    if (!is_terminal_) return;
    const auto now = steady_clock::now();
    if (now < next_) return;
    next_ = now + rhythm;
    is_shown_ = true;
    std::cerr << '\r' << progress_line(done, whole_, what_) << "\033[K" << std::flush;
}

}  // namespace bellhop::daemon
