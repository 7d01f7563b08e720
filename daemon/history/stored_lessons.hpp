// The desk's own tickets as lessons for `rules learn`: what staff left standing, and what they
// corrected.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "rules/learn/lesson.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// Of mails since `since` that opened a ticket, the oldest first. What the weighing does not read
/// is left out of them. `progress` hears of every mail.
std::vector<rules::Lesson> stored_lessons(const storage::Store& store,
                                          const Desk& desk,
                                          const rules::Weighing& weighing,
                                          std::chrono::sys_seconds since,
                                          const std::function<void(std::int64_t)>& progress);

}  // namespace bellhop::daemon
