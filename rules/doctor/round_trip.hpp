// A mail that the gateway has sent to its own mailbox: whether it came back, how long it took, and
// whether the servers on the way took away what only they may write.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/message.hpp"
#include "rules/doctor/finding.hpp"
#include "rules/proof/sender_proof.hpp"

namespace bellhop::rules {

/// Fields that a sender must not be able to put under a mail. A name and a body.
struct ForgedField {
    std::string name = {};
    std::string body = {};
};

/// What forgers write, in the name of the servers that `policy` believes: RFC 8601's field for the
/// mailbox's `address`, Exchange Online's, and its mark of what was sent from inside. Each carries
/// `mark`, by which it is known again.
std::vector<ForgedField> forged_fields(std::string_view address,
                                       const ProofPolicy& policy,
                                       std::string_view mark);

struct RoundTrip {
    std::string what = {};  ///< "mailbox support"
    std::string address = {};
    bool is_sent = false;
    std::string words = {};  ///< the relay's, or why it was not sent
    std::chrono::sys_seconds sent_at = {};
    std::chrono::seconds patience{0};  ///< how long it was waited for
    std::optional<std::chrono::sys_seconds> seen_at = {};
    std::string found_in = {};  ///< the folder
    bool is_junk = false;       ///< that of unwanted mail
    /// Where a report came in its place that it cannot be delivered: what that says.
    std::string report = {};
    std::string mark = {};
    /// What came back, as it is read, and what is believed of such mails.
    parsers::Message message = {};
    ProofPolicy policy = {};
};

/// "...: round trip", and of a mail that came back "...: forged fields". Pure.
Findings judge_round_trip(const RoundTrip& trip);

/// "...: round trip" where no mail could be sent without opening a ticket.
Finding judge_unsent(const std::string& what);

/// A server's clock, read once: at an instant between two of ours.
struct ClockSeen {
    std::string whose = {};  ///< "the mail server of support"
    std::chrono::sys_seconds before = {};
    std::chrono::sys_seconds theirs = {};
    std::chrono::sys_seconds after = {};
};

/// More than this between two clocks is told of; more than that upsets tokens, certificates and
/// promises.
constexpr std::chrono::minutes clock_notice{2};
constexpr std::chrono::minutes clock_failure{15};

/// "clock": of all that were read. Where none was, whether the system keeps its clock is all there
/// is: `is_kept`, nothing where that is not known. Pure.
Finding judge_clock(const std::vector<ClockSeen>& seen, std::optional<bool> is_kept);

}  // namespace bellhop::rules
