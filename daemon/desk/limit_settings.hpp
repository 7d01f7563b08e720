// How bellhop.toml bounds what mails bring about: [acknowledgement] and [limits].
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "parsers/config/config_value.hpp"

namespace bellhop::daemon {

/// One limit "at most `count` in `window`".
struct RateLimit {
    int count = 0;
    std::chrono::seconds window{0};
};

struct AcknowledgementSettings {
    bool enabled = true;
    std::vector<RateLimit> limits{
        {3, std::chrono::minutes{10}}, {5, std::chrono::hours{1}}, {10, std::chrono::hours{24}}};
    /// Of all strangers at one domain; of all strangers; of everybody. Empty: no limit.
    std::vector<RateLimit> domain_limits{{15, std::chrono::hours{1}}, {40, std::chrono::hours{24}}};
    std::vector<RateLimit> stranger_limits{{30, std::chrono::hours{1}},
                                           {100, std::chrono::hours{24}}};
    std::vector<RateLimit> total_limits{{600, std::chrono::hours{1}},
                                        {2000, std::chrono::hours{24}}};
};

struct LimitSettings {
    std::size_t message_bytes = 25'000'000;           ///< a larger mail is taken by its header only
    std::size_t free_disk_bytes = 256 * 1024 * 1024;  ///< below it nothing is taken
    int attempts = 2;  ///< a mail that killed the process so often is quarantined
    /// New tickets by the mails of one sender, of all strangers, of everybody; what is more is
    /// collected in one. Empty: no limit.
    std::vector<RateLimit> sender_tickets{{20, std::chrono::minutes{10}},
                                          {100, std::chrono::hours{24}}};
    std::vector<RateLimit> stranger_tickets{{30, std::chrono::minutes{10}},
                                            {200, std::chrono::hours{24}}};
    std::vector<RateLimit> total_tickets{{400, std::chrono::hours{1}},
                                         {2000, std::chrono::hours{24}}};
};

/// Read the two sections. Complaints go to the table's list.
AcknowledgementSettings read_acknowledgement(parsers::ConfigTable& table);
LimitSettings read_limits(parsers::ConfigTable& table);

}  // namespace bellhop::daemon
