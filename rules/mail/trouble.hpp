// What is wrong with the gateway itself, and when a person is told of it.
//
// Nobody at a school reads a log. What the gateway cannot mend by itself is written to somebody
// once, again while it lasts, and once more when it is over.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "rules/people/staff.hpp"

namespace bellhop::rules {

/// Something that is wrong now.
struct Trouble {
    std::string cause = {};  ///< "relay", "mailbox/support": it is told of for itself
    std::chrono::sys_seconds since = {};
    std::chrono::sys_seconds tell_at = {};  ///< not before: most of it passes by itself
    std::int64_t size = 0;                  ///< larger: more of the same has come
    std::string headline = {};              ///< "3 mails are in quarantine"
    std::vector<std::string> lines = {};    ///< more about it, and what to do
    /// What is known long before it hurts is told again only where `size` has grown.
    bool is_countdown = false;

    friend bool operator==(const Trouble&, const Trouble&) = default;
};

/// What is remembered of one that a person was told of.
struct ToldTrouble {
    std::string cause = {};
    std::chrono::sys_seconds since = {};
    std::chrono::sys_seconds told_at = {};
    std::int64_t size = 0;
    std::string headline = {};

    friend bool operator==(const ToldTrouble&, const ToldTrouble&) = default;
};

struct TroubleNews {
    enum class What { begins, lasts, is_over };

    What what = What::begins;
    Trouble trouble = {};  ///< of one that is over what is remembered of it

    friend bool operator==(const TroubleNews&, const TroubleNews&) = default;
};

/// What is to be told at `now`: what has begun, what lasts (daily in the first week, weekly then;
/// more of the same after an hour), and what is over. What is told already and no more among
/// `troubles` is over.
std::vector<TroubleNews> trouble_news(const std::vector<Trouble>& troubles,
                                      const std::vector<ToldTrouble>& told,
                                      std::chrono::sys_seconds now);

/// Who is told: the desk's manager; the first of its teams that has an address where it has none.
/// May be empty.
std::vector<std::string> told_of_trouble(const Staff& staff);

/// The headline as the news are: "still: 3 mails are in quarantine".
std::string news_line(const TroubleNews& news);

}  // namespace bellhop::rules
