#include "daemon/control/quarantine_request.hpp"

#include "daemon/desk/watched_folder.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

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
    if (mail->released_at) return refused(1, std::to_string(id) + " was released already");
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

}  // namespace bellhop::daemon
