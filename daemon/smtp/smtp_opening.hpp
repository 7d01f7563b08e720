// What an SMTP server has said until a connection was handed over, or came to nothing: greeting,
// EHLO, STARTTLS, login. libcurl speaks there; its words are read afterwards.
#pragma once

#include <optional>
#include <string_view>

#include "daemon/net/connection_error.hpp"
#include "daemon/net/connection_settings.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "parsers/protocol/smtp_reply.hpp"

namespace bellhop::daemon {

/// What a reply means for the mail in hand.
Delivery delivery_from(const parsers::SmtpReply& reply, rules::SmtpStage stage);

/// What a connection that did not come about means for the mails.
Delivery delivery_from(const ConnectionError& error, std::string_view opening);

/// RFC 3207 section 4.2: only the EHLO after STARTTLS counts. It is the last one.
parsers::SmtpExtensions extensions_in(std::string_view opening);

/// Curl goes on without a login where the server offers none. Mail that goes out so is refused by a
/// relay, one after the other, or believed by nobody: what to tell of it instead. Nothing where all
/// is well.
std::optional<Delivery> missing_login(Authentication configured, std::string_view opening);

}  // namespace bellhop::daemon
