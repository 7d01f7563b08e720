#include "rules/desk/crossed_answer.hpp"

#include <string_view>

#include "rules/calendar/local_words.hpp"

namespace bellhop::rules {
namespace {

constexpr std::chrono::minutes side_by_side{10};

std::string name_of(const std::string& actor) {
    constexpr std::string_view agent = "agent ";
    return actor.starts_with(agent) ? actor.substr(agent.size()) : actor;
}

}  // namespace

Actions tell_of_crossed_answer(const std::vector<TicketEvent>& log,
                               const std::string& actor,
                               std::chrono::sys_seconds now) {
    for (auto entry = log.rbegin(); entry != log.rend(); ++entry) {
        if (entry->at < now - side_by_side || entry->type == Event::customer_reply) break;
        if (entry->type != Event::agent_reply) continue;
        if (entry->actor == actor) break;  // they take turns, and he has been told
        const std::string ago = span_for_log(now - entry->at);
        TicketEvent crossed{now, Event::answers_crossed, actor, {}, {}};
        crossed.detail = name_of(entry->actor) + " has answered as well, " + ago + " before";
        return {Record{std::move(crossed)},
                Notify{{name_of(entry->actor)},
                       name_of(actor) + " has answered as well, " + ago + " after you."}};
    }
    return {};
}

}  // namespace bellhop::rules
