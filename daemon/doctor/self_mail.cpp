#include "daemon/doctor/self_mail.hpp"

#include <memory>

#include "daemon/smtp/smtp_transport.hpp"
#include "parsers/compose/compose.hpp"
#include "parsers/message/parse_message.hpp"
#include "rules/ticket/own_message_id.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
namespace {

constexpr const char* words =
    "\"bellhop doctor\" has sent this mail to see whether it comes back. It makes no ticket and\n"
    "needs no answer; it may be deleted. The fields above that claim to be a server's were put\n"
    "there to see whether your servers take them away.\n";

std::string domain_of(const std::string& address) {
    return address.substr(address.rfind('@') + 1);
}

/// Words of a report for each recipient; empty where it names none.
std::string reported(const parsers::DeliveryReport& report) {
    for (const parsers::ReportedRecipient& one : report.recipients) {
        if (one.action == "delivered" || one.action == "relayed") continue;
        return one.status + (one.diagnostic.empty() ? "" : " " + one.diagnostic);
    }
    return {};
}

}  // namespace

SelfMail self_mail(const MailboxSettings& mailbox,
                   const rules::ProofPolicy& policy,
                   const std::string& key,
                   std::chrono::sys_seconds now) {
    const std::string mark = "doctor-" + std::to_string(now.time_since_epoch().count());
    parsers::OutgoingMessage message;
    message.from.address = mailbox.address;
    message.to = {{.address = mailbox.address}};
    message.subject = "Bellhop doctor: a mail to itself";
    message.date = now;
    message.message_id =
        rules::make_message_id({rules::TicketId{0}, mark}, key, domain_of(mailbox.address));
    // RFC 3834 section 5, and Exchange's own: nobody answers it.
    message.fields = {{"Auto-Submitted", "auto-generated"}, {"X-Auto-Response-Suppress", "All"}};
    for (const rules::ForgedField& field : rules::forged_fields(mailbox.address, policy, mark)) {
        message.fields.emplace_back(field.name, field.body);
    }
    message.text = words;
    // Not the null reverse-path: a report that it cannot be delivered shall come back, too.
    return {{mailbox.address, mailbox.address, parsers::compose(message)}, mark};
}

asio::awaitable<Delivery> hand_over(CurlLoop& loop,
                                    ConnectionSettings connection,
                                    std::string helo_name,
                                    OutgoingMail mail) {
    SmtpTransportSettings settings;
    settings.connection = std::move(connection);
    settings.helo_name = std::move(helo_name);
    SmtpTransport transport{loop, std::move(settings)};
    Delivery delivery;
    std::vector<OutgoingMail> mails;
    mails.push_back(std::move(mail));
    DeliveryReport report = [&delivery](std::size_t, const Delivery& one) {
        delivery = one;
        return Proceed::yes;
    };
    co_await transport.send(std::move(mails), std::move(report));
    co_await transport.close();
    co_return delivery;
}

void read_found(const std::string& bytes, const std::string& mark, rules::RoundTrip& trip) {
    parsers::Message message = parsers::parse_message(bytes);
    if (message.report) {
        trip.report = reported(*message.report);
        if (trip.report.empty()) trip.report = message.subject;
        return;
    }
    if (message.message_id.find(mark) == std::string::npos) {
        // It speaks of our mail and is not it: a report in a form of the server's own.
        trip.report = message.subject;
        return;
    }
    trip.message = std::move(message);
}

}  // namespace bellhop::daemon
