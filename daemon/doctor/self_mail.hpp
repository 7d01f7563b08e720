// The mail that `doctor` sends from a mailbox to itself.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/desk/settings.hpp"
#include "daemon/net/connection_settings.hpp"
#include "daemon/net/curl_loop.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "rules/doctor/round_trip.hpp"

namespace bellhop::daemon {

/// How doctor knows it again, and a running gateway that it is none of a person's: by our own
/// Message-ID, which makes no ticket.
struct SelfMail {
    OutgoingMail mail = {};
    std::string mark = {};  ///< stands in the Message-ID, and in what was forged
};

/// `key`: that signs our msg-ids now. `policy`: what the mailbox believes, and so what is forged.
SelfMail self_mail(const MailboxSettings& mailbox,
                   const rules::ProofPolicy& policy,
                   const std::string& key,
                   std::chrono::sys_seconds now);

/// Hands the mail to the relay. The delivery says what came of it.
boost::asio::awaitable<Delivery> hand_over(CurlLoop& loop,
                                           ConnectionSettings connection,
                                           std::string helo_name,
                                           OutgoingMail mail);

/// Reads a mail that holds `mark`: the mail itself, or a report that it could not be delivered.
/// `bytes` may be its beginning only.
void read_found(const std::string& bytes, const std::string& mark, rules::RoundTrip& trip);

}  // namespace bellhop::daemon
