#include "daemon/serve/gateway_status.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <unistd.h>

#include "daemon/oauth/application_check.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/access/provider_answer.hpp"
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
        const std::string advice = rules::advice_on(one.error);
        if (!advice.empty()) duty["advice"] = advice;
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

void add_logins(json::object& status,
                const std::vector<TokenKeeper::State>& logins,
                const Settings& settings) {
    json::array all;
    for (const TokenKeeper::State& one : logins) {
        json::object login{{"oauth", one.application}, {"user", one.user}};
        if (one.ends != std::chrono::sys_seconds{}) login["token_until"] = rules::to_text(one.ends);
        if (one.failures > 0) {
            login["failing_since"] = rules::to_text(one.failing_since);
            login["error"] = one.error;
            login["advice"] = rules::advice_on(one.error);
        }
        const std::vector<rules::CredentialEnd> ends =
            credential_ends(application_named(settings.applications, one.application));
        json::array instants;
        for (const rules::CredentialEnd& end : ends) {
            if (end.ends) instants.push_back(json::string{rules::to_text(*end.ends)});
        }
        login["credentials_until"] = std::move(instants);
        all.push_back(std::move(login));
    }
    status["logins"] = std::move(all);
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
