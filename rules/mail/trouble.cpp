#include "rules/mail/trouble.hpp"

#include <algorithm>

namespace bellhop::rules {
namespace {

using std::chrono::sys_seconds;

constexpr std::chrono::hours between_growths{1};
constexpr std::chrono::days daily{1};
constexpr std::chrono::days first_week{7};
constexpr std::chrono::days weekly{7};

bool is_to_be_repeated(const Trouble& trouble, const ToldTrouble& told, sys_seconds now) {
    const auto passed = now - told.told_at;
    if (passed < std::chrono::seconds{0}) return true;  // the clock was wrong then, or is now
    if (trouble.size > told.size && passed >= between_growths) return true;
    if (trouble.is_countdown) return false;
    return passed >= (now - told.since <= first_week ? daily : weekly);
}

const Trouble* with_cause(const std::vector<Trouble>& troubles, const std::string& cause) {
    const auto found = std::find_if(troubles.begin(), troubles.end(),
                                    [&cause](const Trouble& one) { return one.cause == cause; });
    return found == troubles.end() ? nullptr : &*found;
}

}  // namespace

std::vector<TroubleNews> trouble_news(const std::vector<Trouble>& troubles,
                                      const std::vector<ToldTrouble>& told,
                                      sys_seconds now) {
    using What = TroubleNews::What;
    std::vector<TroubleNews> news;
    for (const ToldTrouble& one : told) {
        const Trouble* lasting = with_cause(troubles, one.cause);
        if (lasting == nullptr) {
            news.push_back({What::is_over, {one.cause, one.since, now, 0, one.headline, {}}});
        } else if (is_to_be_repeated(*lasting, one, now)) {
            Trouble again = *lasting;
            again.since = std::min(again.since, one.since);
            news.push_back({What::lasts, std::move(again)});
        }
    }
    for (const Trouble& one : troubles) {
        const bool is_told =
            std::any_of(told.begin(), told.end(),
                        [&one](const ToldTrouble& other) { return other.cause == one.cause; });
        if (!is_told && now >= one.tell_at) news.push_back({What::begins, one});
    }
    return news;
}

std::vector<std::string> told_of_trouble(const Staff& staff) {
    std::vector<std::string> addresses = staff_addresses(staff, {}, {"manager"});
    if (!addresses.empty() || staff.people == nullptr) return addresses;
    for (const Team& team : staff.people->teams) {
        addresses = staff_addresses(staff, {}, {team.name});
        if (!addresses.empty()) break;
    }
    return addresses;
}

std::string news_line(const TroubleNews& news) {
    switch (news.what) {
        case TroubleNews::What::begins:
            break;
        case TroubleNews::What::lasts:
            return "still: " + news.trouble.headline;
        case TroubleNews::What::is_over:
            return "over: " + news.trouble.headline;
    }
    return news.trouble.headline;
}

}  // namespace bellhop::rules
