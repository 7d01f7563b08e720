// The envelope of a mail as it is written to a server (RFC 5321 section 3.3), and what cannot be
// written to it.
#pragma once

#include <optional>
#include <string>

#include "daemon/smtp/mail_transport.hpp"
#include "parsers/protocol/smtp_reply.hpp"

namespace bellhop::daemon {

/// Why a mail must not or cannot be sent to a server with these extensions; nothing where it can.
std::optional<Delivery> refusal(const OutgoingMail& mail, const parsers::SmtpExtensions& server);

/// "MAIL FROM:<...> SIZE=...", with CRLF, for a mail that refusal() has nothing against.
std::string mail_command(const OutgoingMail& mail, const parsers::SmtpExtensions& server);

/// "RCPT TO:<...>", with CRLF, for such a mail.
std::string rcpt_command(const OutgoingMail& mail);

}  // namespace bellhop::daemon
