#include "daemon/work/filed_news.hpp"

#include <string>
#include <string_view>

#include "parsers/header/address.hpp"
#include "rules/desk/tell.hpp"
#include "rules/mail/answer_mail.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* gateway = "gateway";    // an actor
constexpr std::string_view agent = "agent ";  // begins an actor of the desk

/// Of the first action that names somebody.
std::string actor_in(const rules::Actions& actions) {
    for (const rules::Action& action : actions) {
        const std::string actor = std::visit(
            [](const auto& one) {
                if constexpr (requires { one.actor; }) return one.actor;
                return std::string{};
            },
            action);
        if (!actor.empty() && actor != gateway) return actor;
    }
    return gateway;
}

std::string actor_of(const FiledWork& work) {
    if (!work.is_proved) return gateway;
    if (work.mail == nullptr) return actor_in(work.actions);
    const auto& from = work.mail->message.from;
    return from ? from->address : std::string{};
}

bool is_same(std::string_view one, std::string_view other) {
    return parsers::address_key(one) == parsers::address_key(other);
}

/// As people call him.
std::string name_of_actor(const Desk& desk, const FiledWork& work, const std::string& actor) {
    if (actor == gateway) return {};
    if (actor.starts_with(agent)) return actor.substr(agent.size());
    std::string name;
    if (work.mail != nullptr && work.mail->message.from) name = work.mail->message.from->name;
    if (name.empty() && desk.rules.people) {
        for (const rules::Contact& one : desk.rules.people->contacts) {
            if (name.empty() && is_same(one.address, actor)) name = one.name;
        }
    }
    const parsers::Address& requester = work.after.requester;
    if (name.empty() && is_same(actor, requester.address)) name = requester.name;
    return rules::harmless_line(name.empty() ? actor : name);
}

}  // namespace

void tell_desk(storage::Store& store,
               const Desk& desk,
               const FiledWork& work,
               std::chrono::sys_seconds now) {
    const std::string actor = actor_of(work);
    rules::Happening happening{
        work.actions, work.before,    work.after,          actor, name_of_actor(desk, work, actor),
        {},           work.wants_yes, desk.policy.statuses};
    if (!desk.policy.priorities.empty()) {
        happening.top_priority = desk.policy.priorities.front().id;
    }
    const rules::Tidings tidings = rules::news_of(happening, staff_of(desk));
    storage::TicketStore& tickets = store.tickets;
    for (const std::string& name : tidings.unreached) {
        tickets.record(work.after.id,
                       {now, rules::Event::notify_failed, gateway, name + " has no address", {}});
    }
    if (tidings.news.empty()) return;
    std::size_t number = rules::news_count(tickets.events(work.after.id));
    for (const rules::News& one : tidings.news) {
        tickets.record(work.after.id, news_event(one, ++number, work.message, now));
    }
}

}  // namespace bellhop::daemon
