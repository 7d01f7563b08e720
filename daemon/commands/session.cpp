#include "daemon/commands/session.hpp"

#include <filesystem>
#include <system_error>

#include <sysexits.h>

#include "daemon/control/holder.hpp"
#include "daemon/control/request_table.hpp"
#include "daemon/desk/mailbox_named.hpp"
#include "daemon/orders/given_order.hpp"
#include "daemon/view/output.hpp"
#include "parsers/text/lists.hpp"
#include "storage/inspection.hpp"

namespace bellhop::daemon {
namespace {

Desk desk_or_failure(boost::system::result<Desk, parsers::Diagnostics> desk) {
    if (!desk) throw CommandFailure(EX_CONFIG, render_all(desk.error()));
    return std::move(*desk);
}

std::unique_ptr<storage::Store> opened_store(const Desk& desk, storage::Access access) {
    try {
        return std::make_unique<storage::Store>(desk.settings.database,
                                                storage::ConnectionSettings{.access = access});
    } catch (const storage::DatabaseError& problem) {
        throw failure_of(problem);
    }
}

}  // namespace

Desk configured_desk(const Invocation& invocation, OwnTests tests) {
    return desk_or_failure(load_desk(invocation.config_folder, tests));
}

Desk desk_without_rules(const Invocation& invocation) {
    return desk_or_failure(
        load_desk(invocation.config_folder, OwnTests::may_fail, RulesFile::left_out));
}

Option own_tests_option() {
    return flag("--allow-failing-tests", "take rules whose own [[test]] mails fail");
}

OwnTests own_tests_of(const Arguments& given) {
    return given.has("--allow-failing-tests") ? OwnTests::may_fail : OwnTests::must_pass;
}

CommandFailure failure_of(const storage::DatabaseError& error) {
    std::string text = std::string{"bellhop: "} + error.what() + "\n";
    if (error.fault() == storage::DatabaseFault::damaged) {
        text += std::string{"      = "} + storage::advice_on_damage + "\n";
    }
    return {status_of(error), text};
}

std::unique_ptr<storage::Store> store_to_read(const Desk& desk) {
    return opened_store(desk, storage::Access::reader);
}

std::unique_ptr<storage::Store> store_to_hold(const Desk& desk) {
    return opened_store(desk, storage::Access::holder);
}

boost::json::value asked(const Desk& desk, const Request& request, Invocation& invocation) {
    Holder holder{desk};
    Answer answer = holder.ask(request);
    if (!answer.complaint.empty()) {
        throw CommandFailure(answer.status, "bellhop: " + answer.complaint + '\n');
    }
    invocation.exit_status = answer.status;
    return std::move(answer.result);
}

const MailboxSettings& chosen_mailbox(const Desk& desk, const std::string& name) {
    const std::vector<MailboxSettings>& mailboxes = desk.settings.mailboxes;
    if (name.empty()) return mailboxes.front();
    if (const MailboxSettings* known = mailbox_named(desk, name)) return *known;
    throw CommandFailure(EX_USAGE, "bellhop: no mailbox is named \"" + name + "\"; there are: " +
                                       parsers::joined(parsers::names_of(mailboxes), ", ") + "\n");
}

rules::Ticket ticket_numbered(const storage::Store& store, const std::string& name) {
    const auto id = read_ticket_number(name);
    auto ticket = id ? store.tickets.find(*id) : std::nullopt;
    if (!ticket) throw CommandFailure(1, "bellhop: no ticket \"" + on_one_line(name, 40) + "\"\n");
    return std::move(*ticket);
}

}  // namespace bellhop::daemon
