#include "daemon/replay/replayed_mail.hpp"

#include "parsers/compose/compose.hpp"
#include "parsers/header/address.hpp"

namespace bellhop::daemon {
namespace {

std::string domain_of(const std::string& address) {
    return address.substr(address.rfind('@') + 1);
}

parsers::OutgoingMessage letter(const std::string& from,
                                const std::string& to,
                                std::chrono::sys_seconds at,
                                int number) {
    parsers::OutgoingMessage mail;
    const auto senders = parsers::parse_address_list(from);
    mail.from = senders.empty() ? parsers::Address{{}, from} : senders.front();
    mail.to = {{{}, to}};
    mail.date = at;
    mail.message_id = "replay-" + std::to_string(number) + "@" + domain_of(mail.from.address);
    return mail;
}

std::string quoted(const std::string& text) {
    std::string lines = "> ";
    for (const char c : text) {
        lines += c;
        if (c == '\n') lines += "> ";
    }
    return lines + '\n';
}

}  // namespace

std::string written_mail(const Envelope& envelope,
                         const std::string& subject,
                         const std::string& text,
                         std::chrono::sys_seconds at,
                         int number) {
    parsers::OutgoingMessage mail = letter(envelope.from, envelope.to, at, number);
    mail.cc = parsers::parse_address_list(envelope.cc);
    mail.subject = subject;
    mail.text = text;
    return parsers::compose(mail);
}

std::string reply_mail(const parsers::Message& ours,
                       const std::string& from,
                       const std::string& text,
                       std::chrono::sys_seconds at,
                       int number,
                       bool is_automatic) {
    const std::string desk = ours.from ? ours.from->address : std::string{};
    parsers::OutgoingMessage mail = letter(from, desk, at, number);
    mail.subject = (is_automatic ? "Automatic reply: " : "Re: ") + ours.subject;
    mail.in_reply_to = ours.message_id;
    mail.references = {ours.message_id};
    mail.text = text;
    if (is_automatic) {
        mail.fields = {{"Auto-Submitted", "auto-replied"}};
    } else {
        mail.text += "\nOn Mon, 2 Nov 2026 at 09:00, " + desk + " wrote:\n" + quoted(ours.text);
    }
    return parsers::compose(mail);
}

std::string bounce_mail(const parsers::Message& ours,
                        const std::string& recipient,
                        std::chrono::sys_seconds at,
                        int number) {
    const std::string desk = ours.from ? ours.from->address : std::string{};
    parsers::OutgoingMessage mail =
        letter("MAILER-DAEMON@" + domain_of(recipient), desk, at, number);
    mail.subject = "Undelivered Mail Returned to Sender";
    std::string bytes = parsers::compose(mail);
    bytes.erase(bytes.find("MIME-Version"));
    return bytes +
           "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; "
           "boundary=\"b\"\r\n\r\n--b\r\n\r\nThe address does not exist.\r\n--b\r\n"
           "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx." +
           domain_of(recipient) + "\r\n\r\nFinal-Recipient: rfc822; " + recipient +
           "\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such "
           "user\r\n"
           "\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" +
           ours.message_id + ">\r\n\r\n--b--\r\n";
}

}  // namespace bellhop::daemon
