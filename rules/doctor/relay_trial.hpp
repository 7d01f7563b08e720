// Whether a relay takes the desk's mail: how it answered envelopes that no mail followed.
#pragma once

#include <string>
#include <vector>

#include "rules/doctor/finding.hpp"
#include "rules/mail/relay_answer.hpp"

namespace bellhop::rules {

/// MAIL FROM and RCPT TO, then RSET: nothing was sent. Servers say what they think of a sender at
/// the one or the other.
struct EnvelopeTried {
    enum class Way {
        to_desk,  ///< from the mailbox to itself
        null,     ///< with the null reverse-path to the mailbox
        outside   ///< from the mailbox to somebody elsewhere
    };

    Way way = Way::to_desk;
    std::string address = {};  ///< of the mailbox
    RelayAnswer answer = {};   ///< the first that was no yes, or the last yes
};

struct RelayTrial {
    std::string what = {};  ///< "smtp"
    std::string user = {};  ///< empty: without login
    bool has_envelope_sender =
        false;  ///< [smtp] envelope_sender: the null reverse-path is not used
    std::vector<EnvelopeTried> envelopes = {};
};

/// "smtp: sender ADDRESS", "smtp: null sender", "smtp: mail to others", for each that was tried and
/// says something. Pure.
Findings judge_relay(const RelayTrial& trial);

}  // namespace bellhop::rules
