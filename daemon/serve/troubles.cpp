#include "daemon/serve/troubles.hpp"

#include <algorithm>

#include "daemon/work/mail_budget.hpp"
#include "daemon/work/work_done.hpp"
#include "parsers/header/domain_name.hpp"
#include "rules/access/provider_answer.hpp"
#include "rules/mail/answer_mail.hpp"
#include "storage/inspection.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;
using rules::Trouble;
using std::chrono::sys_seconds;

constexpr auto relay_patience = 30min;
constexpr auto mailbox_patience = 30min;  // and two polls
constexpr auto server_patience = 4h;      // for a mail, or for moving mails
constexpr auto rival_memory = std::chrono::days{7};
constexpr std::size_t most_named = 10;
constexpr std::size_t most_counted = 1000;

/// "1 mail is", "3 mails are"
std::string mails_are(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " mail is" : " mails are");
}

/// What the words of a provider mean, where they are known.
void add_advice(const std::string& words, Trouble& trouble) {
    const std::string advice = rules::advice_on(words);
    if (!advice.empty()) trouble.lines.push_back(advice);
}

void add_quarantine(const storage::Store& store, std::vector<Trouble>& troubles) {
    const std::vector<storage::QuarantinedMail> mails = store.quarantine.list(false);
    if (mails.empty()) return;
    Trouble trouble;
    trouble.cause = "quarantine";
    trouble.since = mails.back().at;
    trouble.tell_at = trouble.since;
    trouble.size = static_cast<std::int64_t>(mails.front().id);
    trouble.headline = mails_are(store.quarantine.count(false)) + " in quarantine";
    for (std::size_t i = 0; i < std::min(mails.size(), most_named); ++i) {
        trouble.lines.push_back(std::to_string(static_cast<std::int64_t>(mails[i].id)) + ": " +
                                mails[i].key.mailbox + ", " +
                                rules::harmless_line(mails[i].reason));
    }
    trouble.lines.emplace_back(
        "\"bellhop quarantine show NUMBER\" shows one, \"bellhop quarantine release NUMBER\" makes "
        "it a ticket, \"bellhop quarantine drop NUMBER --reason TEXT\" says that nobody wants it.");
    troubles.push_back(std::move(trouble));
}

void add_given_up(const storage::Store& store, std::vector<Trouble>& troubles) {
    const storage::OutboxSummary outbox = store.outbox.summary();
    if (outbox.given_up == 0) return;
    Trouble trouble;
    trouble.cause = "given_up";
    trouble.size = static_cast<std::int64_t>(outbox.last_given_up);
    trouble.headline = mails_are(outbox.given_up) + " given up: no server has taken them";
    const auto newest = store.outbox.find(outbox.last_given_up);
    if (newest) {
        trouble.since = newest->expires_at;
        trouble.lines.push_back("the last one, " + name_of(newest->kind) + " to " +
                                parsers::readable_address(newest->recipient) + ": " +
                                rules::harmless_line(newest->last_reply));
    }
    trouble.tell_at = trouble.since;
    trouble.lines.emplace_back(
        "\"bellhop outbox list --state failed\" shows them, \"bellhop outbox retry NUMBER\" sends "
        "one again, \"bellhop outbox cancel NUMBER\" drops it.");
    troubles.push_back(std::move(trouble));
}

/// What is about a ticket is told there; what is about none nobody would miss.
void add_unreached(const storage::Store& store, std::vector<Trouble>& troubles) {
    const std::vector<storage::OutboxMail> mails = store.outbox.failed_about_none(most_counted);
    if (mails.empty()) return;
    Trouble trouble;
    trouble.cause = "unreached";
    trouble.since = mails.back().created_at;
    trouble.tell_at = trouble.since;
    trouble.size = static_cast<std::int64_t>(mails.front().id);
    trouble.headline = std::to_string(mails.size()) +
                       (mails.size() == 1 ? " mail has" : " mails have") +
                       " not reached people of the desk";
    for (std::size_t i = 0; i < std::min(mails.size(), most_named); ++i) {
        trouble.lines.push_back(std::to_string(static_cast<std::int64_t>(mails[i].id)) + ": " +
                                name_of(mails[i].kind) + " to " +
                                parsers::readable_address(mails[i].recipient) + ": " +
                                rules::harmless_line(mails[i].last_reply));
    }
    trouble.lines.emplace_back(
        "Are the addresses in people.toml right? \"bellhop outbox retry NUMBER\" sends one again, "
        "\"bellhop outbox cancel NUMBER\" drops it.");
    troubles.push_back(std::move(trouble));
}

void add_relay(const storage::Store& store, std::vector<Trouble>& troubles) {
    const std::string fact = store.facts.find("outbox_held");
    if (fact.empty()) return;
    const WorkDone held = read_dated_fact(fact);
    Trouble trouble;
    trouble.cause = "relay";
    trouble.since = held.at;
    trouble.tell_at = held.at + relay_patience;
    trouble.headline = "the mail server takes no mail of ours";
    trouble.lines = {"It says: " + rules::harmless_line(held.words)};
    add_advice(held.words, trouble);
    trouble.lines.push_back(mails_are(store.outbox.summary().queued) + " waiting; none is lost.");
    troubles.push_back(std::move(trouble));
}

void add_withheld(const storage::Store& store, sys_seconds now, std::vector<Trouble>& troubles) {
    std::vector<storage::WithheldRow> rows = store.withheld.list();
    std::erase_if(rows, [now](const storage::WithheldRow& row) {
        return row.mail.given_up || now - row.mail.since < server_patience;
    });
    if (rows.empty()) return;
    Trouble trouble;
    trouble.cause = "withheld";
    trouble.since = rows.front().mail.since;
    trouble.tell_at = trouble.since + server_patience;
    trouble.headline = mails_are(rows.size()) + " not handed over by the server";
    for (std::size_t i = 0; i < std::min(rows.size(), most_named); ++i) {
        trouble.lines.push_back("UID " + std::to_string(rows[i].key.uid) + " of " +
                                rows[i].key.mailbox + ": " +
                                rules::harmless_line(rows[i].mail.words));
    }
    trouble.lines.emplace_back("They lie in the mailbox, and are asked for again and again.");
    troubles.push_back(std::move(trouble));
}

void add_damage(const storage::Store& store, std::vector<Trouble>& troubles) {
    const std::string fact = store.facts.find("database_damaged");
    if (fact.empty()) return;
    const WorkDone seen = read_dated_fact(fact);
    troubles.push_back({"database",
                        seen.at,
                        seen.at,
                        0,
                        "the database is damaged",
                        {rules::harmless_line(seen.words), storage::advice_on_damage}});
}

void add_rivals(const storage::Store& store, sys_seconds now, std::vector<Trouble>& troubles) {
    for (const auto& [mailbox, fact] : store.facts.below("other_gateway/")) {
        const WorkDone seen = read_dated_fact(fact);
        if (now - seen.at > rival_memory) continue;
        troubles.push_back(
            {"other_gateway/" + mailbox,
             seen.at,
             seen.at,
             0,
             "another gateway seems to work in the mailbox " + mailbox,
             {rules::harmless_line(seen.words),
              "Two databases on one mailbox make two tickets of one mail. Stop one of them."}});
    }
}

/// Told once: what comes after the first hour is more of the same.
void add_flood(const storage::Store& store, sys_seconds now, std::vector<Trouble>& troubles) {
    const KeptBack kept = kept_back(store, now);
    if (!kept.since || (!kept.goes_on && !kept.ticket)) return;
    Trouble trouble;
    trouble.cause = "flood";
    trouble.since = *kept.since;
    trouble.tell_at = trouble.since;
    trouble.headline = "so many mails come in that not all of them are answered";
    if (kept.answers > 0) {
        trouble.lines.push_back(std::to_string(kept.answers) +
                                " acknowledgements are withheld within a day; \"bellhop explain "
                                "NUMBER\" says of each ticket by which limit.");
    }
    if (kept.ticket) {
        const std::string number = std::to_string(static_cast<std::int64_t>(kept.ticket->id));
        trouble.lines.push_back(std::to_string(kept.collected) + " mails are collected in ticket " +
                                number +
                                " instead of tickets of their own. \"bellhop ticket show " +
                                number + "\" shows them; resolve it when they are looked through.");
    }
    trouble.lines.emplace_back(
        "The limits stand in [acknowledgement] and [limits] of bellhop.toml.");
    troubles.push_back(std::move(trouble));
}

void add_mailbox(const WatchedMailbox& mailbox,
                 sys_seconds started,
                 sys_seconds now,
                 std::vector<Trouble>& troubles) {
    const std::string& name = mailbox.settings.name;
    const MailboxHealth& health = mailbox.health;
    const auto patience = mailbox_patience + 2 * mailbox.settings.poll_interval;
    const sys_seconds last = std::max(health.polled_at, health.last_mail_at);
    const sys_seconds since = last == sys_seconds{} ? started : last;
    if (now - since >= patience) {
        Trouble trouble{"mailbox/" + name, since, std::max(since, started) + patience, 0, {}, {}};
        trouble.headline = "the mailbox " + name + " cannot be read";
        if (!mailbox.error.empty()) trouble.lines.push_back(rules::harmless_line(mailbox.error));
        add_advice(mailbox.error, trouble);
        trouble.lines.emplace_back(
            "Mail waits on its server, and is taken as soon as that is over.");
        troubles.push_back(std::move(trouble));
    }
    if (health.marks_refused_since && now - *health.marks_refused_since >= server_patience) {
        troubles.push_back(
            {"marks/" + name,
             *health.marks_refused_since,
             *health.marks_refused_since + server_patience,
             0,
             "mails of the mailbox " + name + " are tickets, and stay where they were",
             {"The server refuses to move or flag " + std::to_string(health.marks_refused) +
              " of them: " + rules::harmless_line(health.marks_reply)}});
    }
}

}  // namespace

std::vector<Trouble> troubles_now(const storage::Store& store,
                                  const std::vector<WatchedMailbox>& mailboxes,
                                  sys_seconds started,
                                  sys_seconds now) {
    std::vector<Trouble> troubles;
    add_damage(store, troubles);
    for (const WatchedMailbox& one : mailboxes) add_mailbox(one, started, now, troubles);
    add_rivals(store, now, troubles);
    add_relay(store, troubles);
    add_quarantine(store, troubles);
    add_withheld(store, now, troubles);
    add_given_up(store, troubles);
    add_flood(store, now, troubles);
    add_unreached(store, troubles);
    return troubles;
}

}  // namespace bellhop::daemon
