#include "daemon/serve/login_troubles.hpp"

#include "daemon/oauth/application_check.hpp"
#include "rules/access/credential_end.hpp"
#include "rules/access/provider_answer.hpp"
#include "rules/mail/answer_mail.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::Trouble;

constexpr auto operator_patience = 5min;  // what only a person can cure does not pass by itself
constexpr auto endpoint_patience = 30min;

void add_failing(const TokenKeeper::State& login, std::vector<Trouble>& troubles) {
    if (login.failures == 0) return;
    Trouble trouble;
    trouble.cause = "login/" + login.application + (login.user.empty() ? "" : "/" + login.user);
    trouble.since = login.failing_since;
    trouble.tell_at =
        trouble.since + (login.needs_operator ? operator_patience : endpoint_patience);
    trouble.headline = "no access token is given to [oauth." + login.application + "]" +
                       (login.user.empty() ? "" : " for " + login.user);
    trouble.lines = {"It says: " + rules::harmless_line(login.error)};
    const std::string advice = rules::advice_on(login.error);
    if (!advice.empty()) trouble.lines.push_back(advice);
    troubles.push_back(std::move(trouble));
}

void add_ending(const OauthSettings& application,
                std::chrono::sys_seconds now,
                std::vector<Trouble>& troubles) {
    const auto ending =
        rules::ending_credential(application.name, credential_ends(application), now);
    if (!ending) return;
    Trouble trouble;
    trouble.cause = "credential/" + application.name;
    trouble.since = ending->told_from;
    trouble.tell_at = ending->told_from;
    trouble.size = ending->stage;
    trouble.headline = ending->headline;
    trouble.is_countdown = true;
    trouble.lines = {
        "Then no mail is read or sent any more.",
        "Make the next one at the provider now, and name it in bellhop.toml with next_secret_file "
        "or next_certificate_file: both count until the old one is gone."};
    troubles.push_back(std::move(trouble));
}

}  // namespace

std::vector<Trouble> login_troubles(const Settings& settings,
                                    const std::vector<TokenKeeper::State>& logins,
                                    std::chrono::sys_seconds now) {
    std::vector<Trouble> troubles;
    for (const TokenKeeper::State& one : logins) add_failing(one, troubles);
    for (const OauthSettings& one : settings.applications) add_ending(one, now, troubles);
    return troubles;
}

}  // namespace bellhop::daemon
