// bellhop ledger list|reconcile
#include <algorithm>
#include <iostream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <sysexits.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/desk/watched_folder.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/serve/connections.hpp"
#include "daemon/serve/reconciliation.hpp"
#include "daemon/view/mail_list.hpp"
#include "daemon/view/output.hpp"

namespace bellhop::daemon {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::size_t most_listed = 1000;
constexpr std::size_t listed_at_once = 1000;  // mails asked for with one command
constexpr std::size_t most_named = 20;        // UIDs printed of each kind

const std::map<std::string, storage::Outcome>& outcomes() {
    static const std::map<std::string, storage::Outcome> names{
        {"ticket", storage::Outcome::ticket},
        {"follow_up", storage::Outcome::follow_up},
        {"duplicate", storage::Outcome::duplicate},
        {"ignored", storage::Outcome::ignored},
        {"quarantined", storage::Outcome::quarantined}};
    return names;
}

std::vector<std::string> outcome_names() {
    std::vector<std::string> names;
    for (const auto& [name, outcome] : outcomes()) names.push_back(name);
    return names;
}

/// Of one mailbox, or of all, one more than is shown where there are more; what `ingest` took, and
/// what was sent from it, count as mailboxes beside each.
std::vector<storage::LedgerEntry> newest(const storage::Store& store,
                                         const Desk& desk,
                                         const std::string& mailbox,
                                         std::optional<storage::Outcome> outcome) {
    std::vector<storage::LedgerEntry> entries;
    for (const MailboxSettings& settings : desk.settings.mailboxes) {
        if (!mailbox.empty() && chosen_mailbox(desk, mailbox).name != settings.name) continue;
        for (const std::string& name :
             {settings.name, "ingest/" + settings.name, sent_folder_name(settings.name)}) {
            const auto some = store.ledger.list(name, outcome, most_listed + 1);
            entries.insert(entries.end(), some.begin(), some.end());
        }
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& left, const auto& right) { return left.at > right.at; });
    if (entries.size() > most_listed) entries.resize(most_listed + 1);
    return entries;
}

void list(const Invocation& invocation, const std::string& mailbox, const std::string& outcome) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    std::optional<storage::Outcome> wanted;
    if (!outcome.empty()) wanted = outcomes().at(outcome);
    auto entries = newest(*store, desk, mailbox, wanted);
    const bool is_cut = entries.size() > most_listed;
    if (is_cut) entries.pop_back();
    if (invocation.json) {
        std::cout << json::serialize(to_array(entries)) << '\n';
    } else {
        std::cout << in_words(entries);
    }
    if (is_cut) std::cerr << "bellhop: only the newest " << most_listed << " are shown\n";
}

/// A mailbox held against the ledger.
struct Comparison {
    std::string mailbox = {};
    Reconciliation found = {};
    std::string problem = {};  ///< the server could not be asked
};

asio::awaitable<void> ask(const storage::Store& store,
                          Mailbox& mailbox,
                          const MailboxSettings& settings,
                          Comparison& result) {
    const MailboxState state = co_await mailbox.select();
    const auto cursor = store.ledger.cursor(settings.name);
    if (!cursor) {
        result.found.on_server = state.exists;
        result.problem = "bellhop serve has not looked into this mailbox yet";
        co_return;
    }
    if (storage::server_uidvalidity(cursor->uidvalidity) != state.uidvalidity) {
        result.problem = "the server has renumbered the mailbox; bellhop serve will sort that out";
        co_return;
    }
    if (state.tells_uidnext && static_cast<std::uint32_t>(state.uidnext) < cursor->next_uid) {
        result.problem =
            "the server gives UIDs twice, as after a restore; bellhop serve will sort that out";
        co_return;
    }
    MailUid first{1};
    for (;;) {
        const std::vector<MailSummary> listed = co_await mailbox.list(first, listed_at_once);
        if (listed.empty()) break;
        compare(store, *cursor, listed, result.found);
        if (listed.size() < listed_at_once) break;
        first = MailUid{static_cast<std::uint32_t>(listed.back().uid) + 1};
    }
    co_await mailbox.close();
}

Comparison reconcile_one(const Desk& desk,
                         const storage::Store& store,
                         const MailboxSettings& settings) {
    Comparison result;
    result.mailbox = settings.name;
    try {
        asio::io_context context{1};
        const SystemClock clock;
        RealServers servers{context.get_executor(), clock, desk.settings.database};
        const auto mailbox = servers.connections().mailbox(desk, settings);
        std::exception_ptr failure;
        asio::co_spawn(context, ask(store, *mailbox, settings, result),
                       [&failure](std::exception_ptr error) { failure = std::move(error); });
        context.run();
        if (failure) std::rethrow_exception(failure);
    } catch (const ConnectionError& error) {
        result.problem = error.code().message() + ": " + error.detail();
    }
    return result;
}

std::string uids(const std::vector<std::uint32_t>& list) {
    std::string text;
    for (std::size_t i = 0; i < list.size() && i < most_named; ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(list[i]);
    }
    return list.size() > most_named ? text + ", ..." : text;
}

std::vector<std::uint32_t> uids_of(const std::vector<MailSummary>& mails) {
    std::vector<std::uint32_t> list;
    for (const MailSummary& mail : mails) list.push_back(static_cast<std::uint32_t>(mail.uid));
    return list;
}

json::array uid_array(const std::vector<std::uint32_t>& uids) {
    return json::array(uids.begin(), uids.end());
}

json::object to_json(const Comparison& one) {
    json::object object{{"mailbox", one.mailbox}, {"on_server", one.found.on_server}};
    if (!one.problem.empty()) {
        object["problem"] = one.problem;
        return object;
    }
    object["with_outcome"] = one.found.with_outcome;
    object["withheld"] = one.found.withheld;
    object["waiting"] = one.found.waiting;
    object["before_first_start"] = one.found.before_first_start;
    object["without_outcome"] = uid_array(uids_of(one.found.without_outcome));
    object["other_mails"] = uid_array(one.found.other_mails);
    object["given_up"] = uid_array(one.found.given_up);
    object["unmarked"] = uid_array(one.found.unmarked);
    return object;
}

void print_uids(const char* what, const std::vector<std::uint32_t>& list) {
    if (!list.empty())
        std::cout << fmt::format("  {}: {} (UID {})\n", what, list.size(), uids(list));
}

void print(const Comparison& one) {
    if (!one.problem.empty()) {
        std::cout << fmt::format("{}: {}\n", one.mailbox, one.problem);
        return;
    }
    const Reconciliation& found = one.found;
    std::cout << fmt::format(
        "{}: {} mails on the server: {} have an outcome, {} wait to be taken, {} lay there before "
        "the first start\n",
        one.mailbox, found.on_server, found.with_outcome, found.waiting, found.before_first_start);
    if (found.withheld > 0) {
        std::cout << fmt::format("  not handed over by the server, asked for again: {}\n",
                                 found.withheld);
    }
    print_uids("given up unread, left where they are", found.given_up);
    print_uids("taken, but not moved or flagged yet", found.unmarked);
    print_uids("WITHOUT OUTCOME", uids_of(found.without_outcome));
    print_uids("ANOTHER MAIL THAN THE ONE THAT WAS TAKEN", found.other_mails);
}

/// A mail that should have an outcome and has none, or lies under the UID of another one.
bool is_wrong(const Reconciliation& found) {
    return !found.without_outcome.empty() || !found.other_mails.empty();
}

void reconcile(Invocation& invocation, const std::string& mailbox) {
    const Desk desk = desk_without_rules(invocation);
    const auto store = store_to_read(desk);
    json::array array;
    for (const MailboxSettings& settings : watched_folders(desk.settings)) {
        const std::string owner = mailbox_behind(settings.name);
        if (!mailbox.empty() && chosen_mailbox(desk, mailbox).name != owner) continue;
        Comparison result = reconcile_one(desk, *store, settings);
        if (settings.after_commit == AfterCommit::leave) result.found.unmarked.clear();
        if (is_wrong(result.found)) invocation.exit_status = 1;
        if (!result.problem.empty() && invocation.exit_status == 0)
            invocation.exit_status = EX_UNAVAILABLE;
        if (invocation.json) {
            array.push_back(to_json(result));
        } else {
            print(result);
        }
    }
    if (invocation.json) std::cout << json::serialize(array) << '\n';
}

}  // namespace

Command ledger_command() {
    Command list_command{"list", "the newest entries"};
    list_command.options = {
        value("--mailbox", "only this mailbox"),
        value("--outcome", "ticket, follow_up, duplicate, ignored or quarantined")
            .among(outcome_names())};
    list_command.run = [](const Arguments& given, Invocation& invocation) {
        list(invocation, given.text("--mailbox"), given.text("--outcome"));
    };

    Command reconcile_command{"reconcile",
                              "hold the ledger against the mailboxes on their servers"};
    reconcile_command.footer = "Exit status 1 where a mail that should have an outcome has none.";
    reconcile_command.options = {value("--mailbox", "only this mailbox")};
    reconcile_command.run = [](const Arguments& given, Invocation& invocation) {
        reconcile(invocation, given.text("--mailbox"));
    };

    Command ledger{"ledger", "what became of each mail"};
    ledger.commands = {list_command, reconcile_command};
    return ledger;
}

}  // namespace bellhop::daemon
