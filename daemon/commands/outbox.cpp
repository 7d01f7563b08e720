// bellhop outbox list|retry|cancel
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "daemon/commands/command.hpp"
#include "daemon/commands/session.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/view/output.hpp"
#include "parsers/header/domain_name.hpp"
#include "rules/ticket/mail_report.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using storage::OutboxState;

constexpr std::size_t most_listed = 1000;

const std::map<std::string, OutboxState>& states() {
    static const std::map<std::string, OutboxState> names{{"queued", OutboxState::queued},
                                                          {"sending", OutboxState::sending},
                                                          {"sent", OutboxState::sent},
                                                          {"failed", OutboxState::failed},
                                                          {"cancelled", OutboxState::cancelled}};
    return names;
}

/// What still needs somebody's eye, unless more is asked for.
std::vector<OutboxState> wanted_states(const std::string& state, bool all) {
    if (!state.empty()) return {states().at(state)};
    if (all) return {};
    return {OutboxState::queued, OutboxState::sending, OutboxState::failed};
}

void print(const storage::OutboxMail& mail) {
    std::cout << fmt::format("{:>6}  {:<9} {:<16} ticket {:<7} {}\n",
                             static_cast<std::int64_t>(mail.id), to_string(mail.state), name_of(mail.kind),
                             mail.ticket ? number(*mail.ticket) : 0,
                             parsers::readable_address(mail.recipient));
    if (!mail.last_reply.empty()) {
        std::cout << fmt::format("        after {} attempts: {}\n", mail.attempts,
                                 on_one_line(mail.last_reply, 200));
    }
}

void list(const Invocation& invocation, const std::string& state, bool all) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_read(desk);
    const std::vector<OutboxState> wanted = wanted_states(state, all);
    const std::vector<storage::OutboxMail> mails = store->outbox.list({wanted, most_listed});
    const std::size_t more = store->outbox.count(wanted) - mails.size();
    if (invocation.json) {
        json::array array;
        for (const storage::OutboxMail& mail : mails) array.push_back(to_json(mail));
        std::cout << json::serialize(array) << '\n';
        if (more > 0) std::cerr << "bellhop: " << more << " older ones are not shown\n";
        return;
    }
    const std::string held = store->facts.find("outbox_held");
    if (!held.empty()) std::cout << "the relay takes nothing since " << held << '\n';
    if (mails.empty()) std::cout << "nothing waits to be sent\n";
    for (const storage::OutboxMail& mail : mails) print(mail);
    if (more > 0) std::cout << "and " << more << " older ones\n";
}

/// Runs `change` for each number in one transaction; tells which it was not possible for.
void change(Invocation& invocation,
            const std::vector<std::int64_t>& ids,
            const std::string& done,
            const std::string& impossible,
            const std::function<bool(storage::Store&, storage::OutboxId)>& one_change) {
    const Desk desk = configured_desk(invocation);
    const auto store = store_to_write(desk);
    storage::Transaction transaction{store->database};
    json::array changed;
    for (const std::int64_t id : ids) {
        if (one_change(*store, storage::OutboxId{id})) {
            changed.emplace_back(id);
            if (!invocation.json) std::cout << "mail " << id << ' ' << done << '\n';
        } else {
            std::cerr << "bellhop: mail " << id << ' ' << impossible << '\n';
            invocation.exit_status = 1;
        }
    }
    transaction.commit();
    if (invocation.json)
        std::cout << json::serialize(json::object{{"changed", std::move(changed)}}) << '\n';
}

bool cancel(storage::Store& store, storage::OutboxId id, std::chrono::sys_seconds now) {
    const auto mail = store.outbox.find(id);
    if (!mail || !store.outbox.cancel(id, "cancelled by a person")) return false;
    if (mail->ticket) {
        const rules::MailReport report{
            rules::MailWay::cancelled, mail->kind, mail->recipient, mail->message_id, {}};
        store.tickets.record(*mail->ticket, rules::log_entry(report, now, "command line"));
    }
    return true;
}

}  // namespace

void add_outbox_command(CLI::App& app, Invocation& invocation) {
    CLI::App* outbox = app.add_subcommand("outbox", "mails that wait to be sent, or were refused");
    outbox->require_subcommand(1);

    CLI::App* list_command = outbox->add_subcommand("list", "what is queued or failed");
    auto state = std::make_shared<std::string>();
    auto all = std::make_shared<bool>(false);
    list_command->add_option("--state", *state, "queued, sending, sent, failed or cancelled")
        ->check(CLI::IsMember(states()));
    list_command->add_flag("--all", *all, "sent and cancelled ones too");
    list_command->callback([&invocation, state, all] { list(invocation, *state, *all); });

    auto ids = std::make_shared<std::vector<std::int64_t>>();
    CLI::App* retry_command = outbox->add_subcommand("retry", "try a mail again at once");
    retry_command->footer("Example: bellhop outbox retry 17");
    retry_command->add_option("NUMBER", *ids, "as outbox list shows it")->required();
    retry_command->callback([&invocation, ids] {
        change(invocation, *ids, "will be tried again", "is not there, or sent already",
               [](storage::Store& store, storage::OutboxId id) {
                   return store.outbox.retry(id, SystemClock{}.now());
               });
    });

    CLI::App* cancel_command = outbox->add_subcommand("cancel", "never send a queued mail");
    cancel_command->footer("Example: bellhop outbox cancel 17");
    cancel_command->add_option("NUMBER", *ids, "as outbox list shows it")->required();
    cancel_command->callback([&invocation, ids] {
        change(invocation, *ids, "is cancelled", "is neither queued nor failed",
               [](storage::Store& store, storage::OutboxId id) {
                   return cancel(store, id, SystemClock{}.now());
               });
    });
}

}  // namespace bellhop::daemon
