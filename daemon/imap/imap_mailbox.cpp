#include "daemon/imap/imap_mailbox.hpp"

#include <utility>

#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;

ImapMailbox::ImapMailbox(CurlLoop& loop, ImapMailboxSettings settings)
    : settings_(std::move(settings)),
      exchange_(loop, settings_.connection, parsers::ImapLimits{.kept = settings_.message_bytes}),
      listing_(exchange_, settings_.flag),
      fetching_(exchange_, settings_.window, settings_.message_bytes),
      marking_(exchange_, listing_, settings_.flag),
      waiting_(exchange_, listing_, settings_.idle) {
    exchange_.add(namespaces_);
    exchange_.add(listing_);
    exchange_.add(fetching_);
    exchange_.add(marking_);
    exchange_.add(waiting_);
}

asio::awaitable<MailboxState> ImapMailbox::select() {
    if (!exchange_.session().is_open()) {
        co_await exchange_.session().open();
        if (exchange_.session().has("NAMESPACE")) co_await learn_namespaces();
    }
    MailboxState state = co_await listing_.select(namespaces_.name_of(settings_.folder));
    co_return state;
}

/// A refusal changes nothing: the names stay as they are.
asio::awaitable<void> ImapMailbox::learn_namespaces() {
    const parsers::ImapResponse reply = co_await exchange_.run("NAMESPACE");
    throw_if_everything_is_refused(reply);
}

asio::awaitable<std::vector<MailSummary>> ImapMailbox::list(MailUid first, std::size_t limit) {
    return listing_.list(first, limit);
}

asio::awaitable<std::vector<MailSummary>> ImapMailbox::look(std::vector<MailUid> uids) {
    return listing_.look(std::move(uids));
}

void ImapMailbox::start_fetch(std::vector<MailSummary> mails, std::vector<MailSummary> alone) {
    fetching_.start(std::move(mails), std::move(alone));
}

asio::awaitable<std::optional<FetchedMail>> ImapMailbox::next_fetched() {
    return fetching_.next();
}

Interrupted ImapMailbox::interrupted() {
    return fetching_.interrupted();
}

asio::awaitable<FetchedMail> ImapMailbox::fetch_beginning(MailSummary mail, std::size_t limit) {
    return fetching_.beginning(std::move(mail), limit);
}

asio::awaitable<MarkReport> ImapMailbox::move(std::vector<MailUid> uids, std::string folder) {
    return marking_.move(std::move(uids), namespaces_.name_of(std::move(folder)));
}

asio::awaitable<MarkReport> ImapMailbox::flag(std::vector<MailUid> uids) {
    return marking_.flag(std::move(uids));
}

asio::awaitable<Wake> ImapMailbox::wait_for_mail(std::chrono::milliseconds patience) {
    return waiting_.wait(patience);
}

void ImapMailbox::wake() {
    waiting_.wake();
}

asio::awaitable<void> ImapMailbox::close() {
    ImapSession& session = exchange_.session();
    if (!session.is_open()) co_return;
    try {
        const Deadline deadline = deadline_in(session.timeouts().farewell);
        co_await waiting_.end();
        const std::string tag = co_await exchange_.begin("LOGOUT");
        // BYE comes before the tagged reply, as an exception.
        for (;;) {
            const parsers::ImapResponse response = co_await session.next(deadline);
            if (response.tag == tag) break;
        }
    } catch (const ConnectionError& error) {
        log_event(LogLevel::debug, "imap_closed", {{"reply", error.detail()}});
    }
    session.close();
}

}  // namespace bellhop::daemon
