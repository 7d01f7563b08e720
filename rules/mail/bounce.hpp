// What a delivery report (RFC 3464) says about a mail of ours.
//
// A report is a mail like any other: whoever can write to the desk can write one. It counts only
// where it names a mail of ours by its msg-id, which nobody can guess, and only for those to whom
// that mail went: no report makes an address dead that the mail was never sent to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/ticket/mail_kind.hpp"
#include "rules/ticket/mail_report.hpp"
#include "rules/ticket/ticket.hpp"

namespace bellhop::rules {

/// A mail of ours that a delivery report is about.
struct BouncedMail {
    std::string message_id = {};
    MailKind kind = MailKind::acknowledgement;
    std::optional<TicketId> ticket = {};  ///< nothing: it was about none
    /// Each who was sent it; never empty.
    std::vector<std::string> readers = {};
    std::string writer = {};  ///< "agent NAME", where a person has written it
    /// Whom earlier reports have named since it was last sent, as `BounceReading::named` has them.
    std::vector<std::string> named_before = {};

    friend bool operator==(const BouncedMail&, const BouncedMail&) = default;
};

struct BounceReading {
    /// The readers who have not got it, each once. `refused`: mail to that address fails for good
    /// (RFC 3463 section 2, class 5). `given_up`: this mail will not come, the next one may: class
    /// 4, no class at all, a report that names nobody, or names the only reader otherwise, as
    /// behind an alias.
    std::vector<MailReport> failed = {};
    /// Keys of all that it says have not got it, each once; `nobody_named` where it names none.
    std::vector<std::string> named = {};
    /// Those of `named` who are none of its readers and of whom no earlier report has told. Whose
    /// mail it was cannot be known.
    std::vector<std::string> strangers = {};
    std::string words = {};  ///< one line for the log: whom it names, and all that it says of them

    friend bool operator==(const BounceReading&, const BounceReading&) = default;
};

/// An entry of `BounceReading::named`, which is no address.
inline constexpr const char* nobody_named = "nobody";

/// Reads what `report` says of `mail`; a report that is missing names nobody. Pure.
BounceReading read_bounce(const std::optional<parsers::DeliveryReport>& report,
                          const BouncedMail& mail);

}  // namespace bellhop::rules
