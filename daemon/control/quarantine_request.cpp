#include "daemon/control/quarantine_request.hpp"

#include <sysexits.h>

#include "daemon/desk/watched_folder.hpp"
#include "daemon/view/output.hpp"
#include "rules/ticket/actor.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_reason = 500;  // characters: it is a line of a list

IncomingMail incoming(const RequestContext& context,
                      const storage::QuarantinedMail& mail,
                      const std::string& body) {
    IncomingMail incoming;
    incoming.key = mail.key;
    incoming.mailbox = mailbox_behind(mail.key.mailbox);
    incoming.bytes = context.store.blobs.get(mail.raw_sha256).value_or(std::string{});
    if (incoming.bytes.empty()) incoming.bytes = body;
    incoming.size = incoming.bytes.size();
    incoming.arrived = mail.at;
    incoming.is_released = true;
    return incoming;
}

}  // namespace

Answer release_mail(const RequestContext& context, const Request& request) {
    const std::int64_t id = required_number(request, "number");
    const auto mail = context.store.quarantine.find(storage::QuarantineId{id});
    if (!mail) return refused(1, "nothing is quarantined under " + std::to_string(id));
    if (mail->released_at && mail->dropped.empty()) {
        return refused(1, std::to_string(id) + " was released already");
    }
    const IncomingMail again = incoming(context, *mail, request.body);
    if (again.bytes.empty()) return refused(1, "its bytes were never handed over");
    const Taken taken = context.intake.take_again(again, context.desk);
    if (taken.outcome == storage::Outcome::quarantined) {
        return refused(1, "it stays in quarantine: " + taken.reason);
    }
    storage::Transaction transaction{context.store.database};
    context.store.quarantine.mark_released(mail->id, context.clock.now());
    transaction.commit();
    json::object result{{"id", id}, {"outcome", to_string(taken.outcome)}};
    if (taken.ticket) result["ticket"] = static_cast<std::int64_t>(*taken.ticket);
    return {0, std::move(result), {}};
}

Answer drop_mail(const RequestContext& context, const Request& request) {
    const std::int64_t id = required_number(request, "number");
    const std::string why =
        on_one_line(text_argument(request, "reason").value_or(std::string{}), longest_reason);
    if (why.find_first_not_of(' ') == std::string::npos) {
        return refused(EX_USAGE, "a reason is missing: --reason TEXT");
    }
    const auto mail = context.store.quarantine.find(storage::QuarantineId{id});
    if (!mail) return refused(1, "nothing is quarantined under " + std::to_string(id));
    if (mail->released_at) return refused(1, std::to_string(id) + " is settled already");
    const std::string who = rules::name_in_actor(actor_of(context.peer));
    storage::Transaction transaction{context.store.database};
    context.store.quarantine.drop(*mail, who, why, context.clock.now());
    transaction.commit();
    return {0, json::object{{"id", id}, {"outcome", "dropped"}, {"by", who}, {"reason", why}}, {}};
}

}  // namespace bellhop::daemon
