#include "daemon/control/outbox_requests.hpp"

#include <vector>

#include <boost/json/array.hpp>
#include <sysexits.h>

#include "rules/ticket/mail_report.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t most_numbers = 1000;  // in one request: the loop is not held for longer

std::vector<storage::OutboxId> numbers_of(const Request& request) {
    const json::value* value = request.arguments.if_contains("numbers");
    if (value == nullptr || !value->is_array() || value->get_array().size() > most_numbers) {
        throw RequestRefused(EX_USAGE, request.name + " needs numbers of mails, at most " +
                                           std::to_string(most_numbers));
    }
    std::vector<storage::OutboxId> ids;
    for (const json::value& one : value->get_array()) {
        if (!one.is_int64()) throw RequestRefused(EX_USAGE, "a number of a mail is no number");
        ids.push_back(storage::OutboxId{one.get_int64()});
    }
    return ids;
}

/// Runs `change` for each mail in one transaction.
template <class Change>
Answer changed(const RequestContext& context, const Request& request, const Change& change) {
    const std::vector<storage::OutboxId> ids = numbers_of(request);
    storage::Transaction transaction{context.store.database};
    json::array done;
    json::array impossible;
    for (const storage::OutboxId id : ids) {
        (change(id) ? done : impossible).emplace_back(static_cast<std::int64_t>(id));
    }
    transaction.commit();
    const int status = impossible.empty() ? EX_OK : 1;
    return {status,
            json::object{{"changed", std::move(done)}, {"impossible", std::move(impossible)}},
            {}};
}

}  // namespace

Answer retry_mails(const RequestContext& context, const Request& request) {
    return changed(context, request, [&context](storage::OutboxId id) {
        return context.store.outbox.retry(id, context.clock.now());
    });
}

Answer cancel_mails(const RequestContext& context, const Request& request) {
    return changed(context, request, [&context](storage::OutboxId id) {
        const auto mail = context.store.outbox.find(id);
        if (!mail || !context.store.outbox.cancel(id, "cancelled by a person")) return false;
        if (mail->ticket) {
            const rules::MailReport report{
                rules::MailWay::cancelled, mail->kind, mail->recipient, mail->message_id, {}};
            context.store.tickets.record(
                *mail->ticket,
                rules::log_entry(report, context.clock.now(), actor_of(context.peer)));
        }
        return true;
    });
}

}  // namespace bellhop::daemon
