// A mail that its server lists and does not hand over: when it is asked for again, and when it is
// given up.
//
// An answer that may pass, or that concerns the whole server, says nothing of one mail. So a mail
// is given up only where it was refused alone, in at least two sessions ten minutes apart, while
// others were handed over meanwhile; until then it stays where it is. A mail over which the
// connection breaks again and again is put aside in between, so that those before and behind it are
// taken.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace bellhop::rules {

/// What came instead of the mail.
enum class Setback {
    refused,       ///< NO or BAD, to a command for this mail alone
    not_sent,      ///< OK, but no text, or an empty one
    doubtful,      ///< a text that cannot be all: much shorter than announced, a stand-in
    lost,          ///< the connection ended with this mail in hand
    server_unwell  ///< the server refused everything with this mail in hand
};

/// What is remembered of such a mail.
struct WithheldMail {
    int setbacks = 0;
    int losses = 0;    ///< `lost` and `server_unwell` among them
    int sessions = 0;  ///< in which it, and nothing else, was asked for in vain
    std::optional<std::chrono::sys_seconds> first_alone_at = {};   ///< the first of those
    std::optional<std::chrono::sys_seconds> last_session_at = {};  ///< when the last began
    std::optional<std::chrono::sys_seconds> last_alone_at = {};
    /// Since `first_alone_at` another mail of the mailbox was handed over.
    bool others_came = false;
    std::chrono::sys_seconds since = {};   ///< the first setback
    std::chrono::sys_seconds ask_at = {};  ///< not to be asked for before
    std::string words = {};                ///< the server's, of the last setback
    std::string doubtful_digest = {};      ///< of the text that came, where the last was doubtful
    bool given_up = false;                 ///< quarantined; asked for once a day all the same

    friend bool operator==(const WithheldMail&, const WithheldMail&) = default;
};

/// One of them, as it happened.
struct SetbackEvent {
    Setback kind = Setback::refused;
    bool alone = false;  ///< nothing else had been asked for
    std::chrono::sys_seconds session_begun = {};
    std::chrono::sys_seconds at = {};
    std::string words = {};
    std::string digest = {};  ///< of a doubtful text
};

/// What is to be remembered after it. `mail` is WithheldMail{} for a mail's first setback.
WithheldMail after_setback(WithheldMail mail, const SetbackEvent& event);

/// Whether the mail is to be given up now: quarantined unread, and left where it is.
bool is_to_be_given_up(const WithheldMail& mail);

/// Whether it is to be asked for with nothing else under way, so that what happens is its doing.
bool is_asked_for_alone(const WithheldMail& mail);

/// Whether a text that is doubtful once more has to be taken for all that there is: the same came
/// before, and the server had the time to find another.
bool is_all_there_is(const WithheldMail& mail, const SetbackEvent& event);

/// Whether a text that the server itself put in the mail's place is all that people will get to
/// see: it came in two sessions ten minutes apart.
bool is_apology_final(const WithheldMail& mail);

/// Whether an attachment that is still being looked into has been waited for long enough.
bool is_scan_overdue(const WithheldMail& mail, std::chrono::sys_seconds now);

/// Whether it can only be learnt in a new session whether the mail has to be given up.
bool needs_new_session(const WithheldMail& mail,
                       std::chrono::sys_seconds session_begun,
                       std::chrono::sys_seconds now);

/// Whether so many mails in a row were refused, each alone and none handed over between them, that
/// it is the server, whatever it says.
bool is_server_unwell(int refused_in_a_row);

}  // namespace bellhop::rules
