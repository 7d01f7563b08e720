#include "daemon/serve/gateway_status.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <unistd.h>

#include "parsers/text/ensure.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

json::array duties_of(const Supervisor& supervisor) {
    json::array duties;
    for (const Supervisor::Health& one : supervisor.health()) {
        if (one.name.starts_with("control ")) continue;  // who asks just now
        json::object duty{{"name", one.name}, {"failures", one.failures}, {"error", one.error}};
        if (one.failures > 0) duty["since"] = rules::to_text(one.since);
        duties.push_back(std::move(duty));
    }
    return duties;
}

void add_health(json::object& mailbox, const MailboxHealth& health) {
    const auto add = [&mailbox](const char* name, std::chrono::sys_seconds at) {
        if (at != std::chrono::sys_seconds{}) mailbox[name] = rules::to_text(at);
    };
    add("last_poll", health.polled_at);
    add("connected_since", health.watched_since);
    if (!health.marks_refused_since) return;
    add("marks_refused_since", *health.marks_refused_since);
    mailbox["marks_refused"] = health.marks_refused;
    mailbox["marks_reply"] = health.marks_reply;
}

}  // namespace

void add_daemon(json::object& status,
                const Supervisor& supervisor,
                std::chrono::sys_seconds since) {
    status["daemon"] = json::object{
        {"process", getpid()}, {"since", rules::to_text(since)}, {"duties", duties_of(supervisor)}};
}

void add_health(json::object& status, const WatchedMailbox& watched) {
    json::array& mailboxes = status.at("mailboxes").as_array();
    auto* const found = std::find_if(mailboxes.begin(), mailboxes.end(), [&](json::value& one) {
        return watched.settings.name == one.as_object().at("name").as_string().c_str();
    });
    ensure(found != mailboxes.end());
    add_health(found->as_object(), watched.health);
}

}  // namespace bellhop::daemon
