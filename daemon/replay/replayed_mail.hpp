// The mails that a replay script speaks of, as bytes.
#pragma once

#include <chrono>
#include <string>

#include "parsers/message/message.hpp"

namespace bellhop::daemon {

/// Addresses as in header fields.
struct Envelope {
    std::string from = {};
    std::string to = {};
    std::string cc = {};
};

/// A mail of a person. `number` makes its msg-id.
std::string written_mail(const Envelope& envelope,
                         const std::string& subject,
                         const std::string& text,
                         std::chrono::sys_seconds at,
                         int number);

/// A person's reply to a mail of ours, with that quoted; with `is_automatic` an out-of-office
/// reply.
std::string reply_mail(const parsers::Message& ours,
                       const std::string& from,
                       const std::string& text,
                       std::chrono::sys_seconds at,
                       int number,
                       bool is_automatic);

/// A delivery report: our mail to `recipient` came back for good (RFC 3464).
std::string bounce_mail(const parsers::Message& ours,
                        const std::string& recipient,
                        std::chrono::sys_seconds at,
                        int number);

}  // namespace bellhop::daemon
