#include "daemon/imap/imap_fetching.hpp"

#include <utility>

#include "daemon/imap/uid_sets.hpp"
#include "daemon/net/connection_error.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;

void ImapFetching::start(std::vector<MailSummary> mails, std::vector<MailSummary> alone) {
    queue_.start(std::move(mails), std::move(alone));
}

asio::awaitable<void> ImapFetching::fill_window() {
    while (const std::optional<std::string> set = queue_.next_group()) {
        // PEEK: \Seen belongs to the people who read the mailbox too.
        std::string tag = co_await exchange_.begin("UID FETCH " + *set + " (BODY.PEEK[])");
        queue_.sent(std::move(tag));
    }
}

asio::awaitable<std::optional<FetchedMail>> ImapFetching::next() {
    const ImapSession& session = exchange_.session();
    const Deadline start = std::chrono::steady_clock::now();
    const std::uint64_t before = session.received();
    while (!queue_.is_empty()) {
        co_await fill_window();
        std::optional<FetchedMail> mail = queue_.take();
        if (mail) co_return mail;
        co_await exchange_.take_next(session.deadline_since(start, session.received() - before));
    }
    co_return std::nullopt;
}

asio::awaitable<FetchedMail> ImapFetching::beginning(MailSummary mail, std::size_t limit) {
    beginning_.reset();
    beginning_of_ = mail.uid;
    const ImapResponse reply =
        co_await exchange_.run("UID FETCH " + std::to_string(number(mail.uid)) +
                               " (BODY.PEEK[]<0." + std::to_string(limit) + ">)");
    beginning_of_ = {};
    throw_if_everything_is_refused(reply);
    FetchedMail fetched{.uid = mail.uid, .internal_date = mail.internal_date, .alone = true};
    if (beginning_ && beginning_->body && !beginning_->body->empty()) {
        fetched.bytes = std::move(*beginning_->body);
        const bool whole = fetched.bytes.size() < limit && !beginning_->body_is_cut;
        fetched.outcome = whole ? FetchedMail::Outcome::whole : FetchedMail::Outcome::oversize;
    } else {
        const bool ok = reply.status == parsers::ImapStatus::ok;
        fetched.outcome = ok ? FetchedMail::Outcome::not_sent : FetchedMail::Outcome::refused;
        fetched.refusal = parsers::refusal_of(reply);
    }
    beginning_.reset();
    co_return fetched;
}

bool ImapFetching::take(const ImapResponse& response) {
    if (response.kind != ImapResponse::Kind::tagged) return false;
    if (!queue_.complete(response)) return false;
    throw_if_everything_is_refused(response);
    return true;
}

void ImapFetching::take_mail(parsers::ImapFetched& mail) {
    if (!mail.body) return;
    if (MailUid{mail.uid} == beginning_of_) {
        beginning_ = std::move(mail);
    } else if (!queue_.arrive(std::move(mail), largest_mail_)) {
        throw ConnectionError(ConnectionErrc::not_protocol, "mails larger than announced");
    }
}

}  // namespace bellhop::daemon
