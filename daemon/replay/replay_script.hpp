// What happens at a desk, written down for replay: mails, replies, what the people of the desk do.
//
//     # A question on the last afternoon before half-term
//     preset provider
//
//     Fri 2026-10-23 15:50  mail from ann@hill.example.org: Projector in room 4
//         The projector stays dark.
//     Mon 2026-11-02 09:00  desk reply 1
//         Which cable do you use?
//     Tue 2026-11-03 10:15  reply from ann@hill.example.org to 1
//         The blue one.
//     Fri 2026-11-20 16:00  end
//
// A line that does not begin with a blank is an entry; the lines below that do are its text. Times
// are local, on the desk's clock; a weekday, where it stands, must be right. Lines with "#" are
// remarks. What stands below a line "timeline" is what the replay is expected to print.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/system/result.hpp>

#include "parsers/config/diagnostic.hpp"

namespace bellhop::daemon {

/// "mail from ADDRESS [cc ADDRESSES] [in MAILBOX]: SUBJECT"
struct NewMail {
    std::string from = {};     ///< as in a From field
    std::string cc = {};       ///< as in a Cc field
    std::string mailbox = {};  ///< a mailbox's name; empty: the first one
    std::string subject = {};
};
/// "reply from ADDRESS to TICKET", "auto-reply ...", "bounce ...": to the last mail that this
/// address got about the ticket.
struct Response {
    enum class Kind { reply, auto_reply, bounce };
    Kind kind = Kind::reply;
    std::string from = {};
    std::int64_t ticket = 0;
};
/// "sent to ADDRESS about TICKET", "sent to ADDRESS: SUBJECT": somebody of the desk writes from the
/// shared mailbox itself, in his mail program; about a ticket he answers the last mail that came.
struct SentMail {
    std::string to = {};
    std::string subject = {};
    std::optional<std::int64_t> ticket = {};
};
/// "file NAME.eml": a mail as it stands in a file beside the script.
struct MailFile {
    std::string name = {};
    std::string mailbox = {};
};
/// "desk status 1 waiting_customer": as `bellhop ticket` takes it.
struct DeskWords {
    std::vector<std::string> words = {};
};
/// "append sla.toml", "write rules.toml": the configuration is edited, and counts at once.
struct FileEdit {
    std::string file = {};
    bool appends = true;
};
/// "gateway stops": until "gateway starts" mail waits in the mailboxes, and nothing is sent.
struct GatewayRuns {
    bool runs = true;
};
/// "clock back 2h": the gateway's clock is wrong from then on; "clock right" ends it.
struct ClockOffset {
    std::chrono::seconds offset{0};
};
struct End {};

using ScriptAct = std::variant<NewMail,
                               Response,
                               SentMail,
                               MailFile,
                               DeskWords,
                               FileEdit,
                               GatewayRuns,
                               ClockOffset,
                               End>;

struct ScriptEntry {
    std::chrono::local_seconds at = {};  ///< on the desk's clock; zero before the first entry
    ScriptAct act = End{};
    std::string text = {};  ///< the lines below it, without their indentation
    parsers::TextSpan where = {};
};

struct ReplayScript {
    std::string preset = {};                ///< empty: the configuration that is there
    std::vector<ScriptEntry> setup = {};    ///< edits before the first instant
    std::vector<ScriptEntry> entries = {};  ///< in order of time
    std::string expected = {};              ///< behind "timeline"
    std::size_t expected_at = 0;            ///< byte where it begins; the size where it is missing
};

/// Errors: all complaints. At most 10,000 entries and 8 MiB.
boost::system::result<ReplayScript, parsers::Diagnostics> parse_replay_script(
    const std::string& file, std::string_view text);

}  // namespace bellhop::daemon
