// What the server that takes our mail says, and whom it speaks of: one mail, or all of them.
//
// A relay that lets nobody in, whose quota is used up or that wants another sender refuses mail
// after mail with words that look like a refusal of each. Such words are no verdict on a mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

/// Where in the conversation (RFC 5321 section 3) the server answered, or was lost.
enum class SmtpStage {
    connection,  ///< DNS, TCP, TLS: nothing has been said, or it was no SMTP
    greeting,    ///< 220
    hello,       ///< EHLO, STARTTLS
    login,       ///< AUTH
    sender,      ///< MAIL FROM
    recipient,   ///< RCPT TO
    data,        ///< DATA
    content      ///< the mail itself, up to the reply after the final dot
};

struct RelayAnswer {
    SmtpStage stage = SmtpStage::content;
    int code = 0;            ///< SMTP reply code; 0: no reply came
    std::string words = {};  ///< the reply, code and all, one line; without one, ours

    friend bool operator==(const RelayAnswer&, const RelayAnswer&) = default;
};

enum class Answered {
    taken,    ///< the server answers for the mail now
    not_yet,  ///< try again later
    refused   ///< the same again is refused again
};

enum class Concern {
    mail,         ///< this one, to this recipient
    null_sender,  ///< mail with the null reverse-path; with another one it may pass
    relay         ///< all mail: the account, the server, or how we talk to it
};

struct Judgement {
    Answered outcome = Answered::not_yet;
    Concern concern = Concern::mail;
    /// A refusal by policy ("5.7.1"), which speaks of this mail, or of all: one answer alone does
    /// not say. Empty otherwise. Two that are the same are equal here.
    std::string policy = {};

    friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// Reads an answer by itself. `null_sender`: the mail had the null reverse-path. Pure.
Judgement judge(const RelayAnswer& answer, bool null_sender);

/// "5.7.1", where a reply begins with an enhanced status code (RFC 3463) behind its code; else
/// empty.
std::string enhanced_status(std::string_view words);

/// Remembers the refusals by policy since a mail was last taken. The same for two recipients is the
/// relay's word on all mail, until it takes one.
class RelaySuspicion {
public:
    /// The judgement on a mail for `recipient`, seen what came before it; notes it for the next.
    Judgement seen_together(Judgement judgement, const std::string& recipient);

private:
    struct Refusal {
        std::string policy = {};
        std::string recipient = {};  ///< the first one
        bool is_of_all = false;
    };
    std::vector<Refusal> refusals_ = {};  // the newest ones, of different kinds
};

}  // namespace bellhop::rules
