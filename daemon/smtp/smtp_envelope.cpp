#include "daemon/smtp/smtp_envelope.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "parsers/header/address.hpp"
#include "parsers/header/domain_name.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t max_line = 998;   // bytes without CRLF, RFC 5321 section 4.5.3.1.6
constexpr std::size_t max_shown = 200;  // bytes of an address in a complaint

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// RFC 5321 section 2.3.5: a domain travels in A-labels. A local part cannot be written in ASCII.
std::string wire_address(const std::string& address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) return address;
    const auto domain = parsers::ascii_domain(std::string_view{address}.substr(at + 1));
    return domain ? address.substr(0, at + 1) + *domain : address;
}

Delivery refused_here(std::string why) {
    return {Verdict::rejected, 0, std::move(why), rules::SmtpStage::sender};
}

}  // namespace

std::optional<Delivery> refusal(const OutgoingMail& mail, const parsers::SmtpExtensions& server) {
    for (const std::string* address : {&mail.envelope_sender, &mail.recipient}) {
        const bool null_path = address == &mail.envelope_sender && address->empty();
        if (null_path) continue;
        if (!parsers::is_sendable(*address)) {
            return refused_here("not an address to send to: \"" +
                                parsers::printable(*address, max_shown) + '"');
        }
        if (!is_ascii(wire_address(*address)) && !server.smtp_utf8) {
            return refused_here("the server does not take addresses beyond ASCII (no SMTPUTF8)");
        }
    }
    if (server.size_limit > 0 && mail.bytes.size() > server.size_limit) {
        return refused_here("the mail has " + std::to_string(mail.bytes.size()) +
                            " bytes, the server takes " + std::to_string(server.size_limit));
    }
    if (!is_ascii(mail.bytes) && !server.eight_bit_mime) {
        return refused_here("the server does not take 8-bit mails (no 8BITMIME)");
    }
    if (const std::size_t longest = parsers::longest_line(mail.bytes); longest > max_line) {
        return refused_here("the mail has a line of " + std::to_string(longest) +
                            " bytes, allowed are 998");
    }
    return std::nullopt;
}

std::string mail_command(const OutgoingMail& mail, const parsers::SmtpExtensions& server) {
    const std::string sender = wire_address(mail.envelope_sender);
    std::string command = "MAIL FROM:<" + sender + '>';
    // RFC 1870 section 5: an estimate. It is exact where the mail has CRLF already.
    if (server.size) command += " SIZE=" + std::to_string(mail.bytes.size());
    if (!is_ascii(mail.bytes)) command += " BODY=8BITMIME";
    if (!is_ascii(sender) || !is_ascii(wire_address(mail.recipient))) command += " SMTPUTF8";
    return command + "\r\n";
}

std::string rcpt_command(const OutgoingMail& mail) {
    return "RCPT TO:<" + wire_address(mail.recipient) + ">\r\n";
}

}  // namespace bellhop::daemon
