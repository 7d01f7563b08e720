#include "daemon/imap/imap_listing.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "daemon/imap/uid_sets.hpp"
#include "daemon/net/connection_error.hpp"
#include "parsers/protocol/imap_text.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;
namespace {

constexpr std::uint64_t list_width = 1'000;       // UIDs asked for at once; grows over gaps
constexpr std::uint64_t max_list_width = 50'000;  // well below the session's bound of responses
constexpr std::uint64_t last_uid = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t max_words = 500;  // bytes of the server's words that are passed on
constexpr const char* description = " (UID RFC822.SIZE INTERNALDATE FLAGS)";

bool by_uid(const MailSummary& left, const MailSummary& right) {
    return left.uid < right.uid;
}

bool same_uid(const MailSummary& left, const MailSummary& right) {
    return left.uid == right.uid;
}

/// Ascending, each once: a server may answer in any order, and tell of a mail twice.
void put_in_order(std::vector<MailSummary>& mails) {
    std::stable_sort(mails.begin(), mails.end(), by_uid);
    mails.erase(std::unique(mails.begin(), mails.end(), same_uid), mails.end());
}

}  // namespace

// ---- What the server says

bool ImapListing::take(const ImapResponse& response) {
    if (response.status != parsers::ImapStatus::none) take_code(response);
    if (response.name == "EXISTS" && response.number) {
        if (phase_ == Phase::selected && *response.number > state_.exists) has_news_ = true;
        state_.exists = *response.number;
    } else if (response.name == "EXPUNGE" && state_.exists > 0) {
        --state_.exists;
    } else if (response.name == "ESEARCH") {
        // RFC 9051 section 7.3.4: "* ESEARCH (TAG "x") UID MIN 5".
        for (std::size_t i = 0; i + 1 < response.values.size(); ++i) {
            if (parsers::contains_flag({response.values[i].text}, "MIN")) {
                least_found_ = parsers::imap_number(response.values[i + 1].text);
            }
        }
    }
    return false;
}

void ImapListing::take_code(const ImapResponse& response) {
    const std::optional<std::uint32_t> argument = parsers::imap_number(response.arguments);
    if (response.code == "UIDVALIDITY" && argument) {
        if (phase_ == Phase::selected && *argument != state_.uidvalidity) {
            throw ConnectionError(ConnectionErrc::mailbox_changed,
                                  parsers::reply_words(response, max_words));
        }
        state_.uidvalidity = *argument;
    } else if (response.code == "UIDNEXT" && argument && *argument > number(state_.uidnext)) {
        state_.uidnext = MailUid{*argument};
        state_.tells_uidnext = true;
    } else if (response.code == "PERMANENTFLAGS") {
        permanent_flags_ = parsers::code_words(response.arguments);
    }
}

void ImapListing::take_mail(parsers::ImapFetched& mail) {
    const bool asked_for = listing_from_ != 0 && mail.uid >= listing_from_;
    if (!asked_for || mail.body || !mail.size || !mail.flags) return;
    MailSummary summary;
    summary.uid = MailUid{mail.uid};
    summary.size = *mail.size;
    summary.internal_date = mail.internal_date.value_or(std::chrono::sys_seconds{});
    summary.deleted = parsers::contains_flag(*mail.flags, "\\Deleted");
    summary.marked = parsers::contains_flag(*mail.flags, flag_);
    listed_.push_back(summary);
}

bool ImapListing::keeps(const std::string& flag) const {
    if (!permanent_flags_) return true;
    const bool keyword = !flag.starts_with('\\');
    return parsers::contains_flag(*permanent_flags_, flag) ||
           (keyword && parsers::contains_flag(*permanent_flags_, "\\*"));
}

// ---- Selecting

asio::awaitable<MailboxState> ImapListing::select(std::string folder) {
    phase_ = Phase::selecting;
    state_ = {};
    state_.tells_uidnext = false;
    permanent_flags_.reset();
    co_await exchange_.must("SELECT " + parsers::imap_mailbox_argument(folder));
    if (state_.uidvalidity == 0) {
        // RFC 9051 section 2.3.1.1: without UIDVALIDITY no mail has a lasting name.
        throw ConnectionError(ConnectionErrc::not_protocol, "the mailbox has no UIDVALIDITY");
    }
    phase_ = Phase::selected;
    has_news_ = false;
    if (!state_.tells_uidnext) state_.uidnext = co_await ask_uidnext();
    co_return state_;
}

/// For servers older than RFC 3501, which need not tell UIDNEXT.
asio::awaitable<MailUid> ImapListing::ask_uidnext() {
    state_.uidnext = MailUid{1};
    if (state_.exists == 0) co_return MailUid{1};
    co_await describe("FETCH * (UID RFC822.SIZE FLAGS)", 1);
    std::uint32_t highest = 0;
    for (const MailSummary& mail : listed_) highest = std::max(highest, number(mail.uid));
    co_return MailUid{highest + 1};
}

// ---- Listing

asio::awaitable<std::vector<MailSummary>> ImapListing::list(MailUid first, std::size_t limit) {
    std::vector<MailSummary> found;
    if (state_.exists == 0) {
        // "1:*" names nothing in an empty mailbox, and some servers call that an error.
        has_news_ = false;
        co_await exchange_.must("NOOP");
        if (state_.exists == 0) co_return found;
    }
    std::uint64_t from = std::max<std::uint64_t>(1, number(first));
    std::uint64_t width = list_width;
    while (found.size() < limit && from <= last_uid) {
        const std::uint64_t next = co_await list_window(from, width);
        const std::size_t room = limit - found.size();
        const bool cut = listed_.size() > room;
        if (cut) listed_.resize(room);
        found.insert(found.end(), listed_.begin(), listed_.end());
        from = next;
        if (!cut && listed_.empty() && from <= last_uid) {
            width = std::min(width * 4, max_list_width);
            from = co_await skip_gap(from);
        }
    }
    co_return found;
}

/// Asks for the mails with a UID from `from` on into listed_, ascending. Returns the UID to go on
/// with, more than last_uid where nothing is left.
asio::awaitable<std::uint64_t> ImapListing::list_window(std::uint64_t from, std::uint64_t width) {
    const std::uint64_t known_end = number(state_.uidnext);
    const bool to_the_end = from >= known_end;
    const std::uint64_t next = std::min(from + width, known_end);
    // "n:*" also names the last mail where that is older than n: take_mail() leaves it out.
    if (to_the_end) has_news_ = false;
    const std::string range =
        std::to_string(from) + ':' + (to_the_end ? "*" : std::to_string(next - 1));
    co_await describe("UID FETCH " + range + description, from);
    if (!to_the_end) co_return next;
    if (!listed_.empty() && number(listed_.back().uid) < last_uid) {
        state_.uidnext = std::max(state_.uidnext, MailUid{number(listed_.back().uid) + 1});
    }
    co_return last_uid + 1;
}

asio::awaitable<void> ImapListing::describe(std::string command, std::uint64_t from) {
    listed_.clear();
    listing_from_ = from;
    co_await exchange_.must(std::move(command));
    listing_from_ = 0;
    put_in_order(listed_);
}

/// The first UID from `from` on that a mail has, or as far towards it as one question leads.
asio::awaitable<std::uint64_t> ImapListing::skip_gap(std::uint64_t from) {
    const std::uint64_t known_end = number(state_.uidnext);
    if (!exchange_.session().has("ESEARCH") || from >= known_end) co_return from;
    least_found_.reset();
    const std::string range = std::to_string(from) + ':' + std::to_string(known_end - 1);
    co_await exchange_.must("UID SEARCH RETURN (MIN) UID " + range);
    co_return std::max(from, least_found_.value_or(known_end));
}

asio::awaitable<std::vector<MailSummary>> ImapListing::look(std::vector<MailUid> uids) {
    std::vector<MailSummary> found;
    std::sort(uids.begin(), uids.end());
    for (std::string& set : sets_of(uids)) {
        co_await describe("UID FETCH " + std::move(set) + description, 1);
        for (const MailSummary& mail : listed_) {
            if (std::binary_search(uids.begin(), uids.end(), mail.uid)) found.push_back(mail);
        }
    }
    co_return found;
}

}  // namespace bellhop::daemon
