// Commands under tags and the replies to them, on one connection: what all conversations of an IMAP
// mailbox share.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/imap/imap_session.hpp"
#include "parsers/protocol/imap_fetched.hpp"
#include "parsers/protocol/imap_refusal.hpp"

namespace bellhop::daemon {

/// One conversation: is shown everything that the server says, whatever command it answers (RFC
/// 9051 section 7: untagged responses come at any time).
class ImapListener {
public:
    virtual ~ImapListener() = default;
    /// Any response but a FETCH. True: a tagged reply is this conversation's, not finish()'s.
    virtual bool take(const parsers::ImapResponse& response) = 0;
    /// What a FETCH response tells of a mail; its body may be taken out.
    virtual void take_mail(parsers::ImapFetched& mail) = 0;
};

class ImapExchange {
public:
    ImapExchange(CurlLoop& loop, ConnectionSettings settings, parsers::ImapLimits limits);

    /// Shown every response from now on, in the order of adding. Outlives this object.
    void add(ImapListener& listener) { listeners_.push_back(&listener); }

    ImapSession& session() { return session_; }
    const ImapSession& session() const { return session_; }

    /// Sends a command; returns its tag, whose reply finish() or a listener takes.
    boost::asio::awaitable<std::string> begin(std::string command);

    /// The reply to `tag`; whatever else the server says meanwhile goes to the listeners.
    boost::asio::awaitable<parsers::ImapResponse> finish(std::string tag);

    boost::asio::awaitable<parsers::ImapResponse> run(std::string command);

    /// For commands whose refusal leaves nothing to do. Throws ConnectionError refused.
    boost::asio::awaitable<void> must(std::string command);

    /// Shows the listeners the next response.
    boost::asio::awaitable<void> take_next(Deadline deadline);

    /// As take_next(), but false at the deadline and after interrupt().
    boost::asio::awaitable<bool> take_next_or_wake(Deadline deadline);

private:
    void take(parsers::ImapResponse response);
    void take_fetch(parsers::ImapResponse response);
    void show_alert(const parsers::ImapResponse& response);

    ImapSession session_;
    std::vector<ImapListener*> listeners_ = {};
    std::set<std::string> unanswered_ = {};                      // tags of commands
    std::map<std::string, parsers::ImapResponse> replies_ = {};  // that finish() will ask for
    std::set<std::string> alerts_ = {};                          // shown in this session
};

/// The refusal of a command, where its words concern the server or the account as a whole.
[[noreturn]] void throw_refused(const parsers::Refusal& refusal);
void throw_if_everything_is_refused(const parsers::ImapResponse& reply);

}  // namespace bellhop::daemon
