#include "daemon/imap/imap_mailbox.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "daemon/net/connection_error.hpp"
#include "daemon/process/log.hpp"
#include "parsers/protocol/imap_fetched.hpp"
#include "parsers/protocol/imap_text.hpp"
#include "parsers/protocol/uid_set.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;
using parsers::ImapStatus;
namespace {

constexpr std::uint64_t list_width = 1'000;       // UIDs asked for at once; grows over gaps
constexpr std::uint64_t max_list_width = 50'000;  // well below the session's bound of responses
constexpr std::uint64_t last_uid = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t set_length =
    4'000;  // bytes of a UID set; RFC 7162 section 4 promises 8,192 a line
constexpr std::size_t max_marked = 100'000;  // mails in one mark
constexpr std::size_t max_reply = 500;       // bytes of the server's words that are passed on
constexpr auto idle_at_most = std::chrono::minutes{28};  // RFC 2177: anew before 29 minutes

std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

std::vector<std::string> sets_of(const std::vector<MailUid>& uids) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(uids.size());
    for (const MailUid uid : uids) numbers.push_back(number(uid));
    return parsers::uid_sets(std::move(numbers), set_length);
}

}  // namespace

ImapMailbox::ImapMailbox(CurlLoop& loop, ImapMailboxSettings settings)
    : settings_(std::move(settings)),
      session_(loop, settings_.connection, parsers::ImapLimits{.kept = settings_.message_bytes}),
      fetches_(settings_.window) {}

// ---- The conversation

asio::awaitable<std::string> ImapMailbox::begin(std::string command) {
    std::string tag = session_.new_tag();
    co_await session_.send(tag, std::move(command));
    co_return tag;
}

/// Takes in what the server says until it has answered `tag`.
asio::awaitable<ImapResponse> ImapMailbox::finish(std::string tag) {
    const Deadline start = std::chrono::steady_clock::now();
    const std::uint64_t before = session_.received();
    for (;;) {
        auto reply = replies_.extract(tag);
        if (reply) co_return std::move(reply.mapped());
        ImapResponse response =
            co_await session_.next(session_.deadline_since(start, session_.received() - before));
        take(std::move(response));
    }
}

asio::awaitable<ImapResponse> ImapMailbox::run(std::string command) {
    std::string tag = co_await begin(std::move(command));
    ImapResponse reply = co_await finish(std::move(tag));
    co_return reply;
}

/// For commands whose refusal leaves nothing to do.
asio::awaitable<void> ImapMailbox::must(std::string command) {
    const ImapResponse reply = co_await run(std::move(command));
    if (reply.status != ImapStatus::ok)
        throw ConnectionError(ConnectionErrc::refused, parsers::reply_words(reply, max_reply));
}

/// RFC 9051 section 7: untagged responses come at any time, and unknown ones are ignored.
void ImapMailbox::take(ImapResponse response) {
    if (response.status != ImapStatus::none) take_status(response);
    if (response.kind == ImapResponse::Kind::continuation) continued_ = true;
    if (response.kind == ImapResponse::Kind::tagged) {
        if (response.tag == idle_tag_) {
            if (idling_) may_idle_ = false;  // refused, or ended without our DONE
            idling_ = false;
            idle_tag_.clear();
        } else if (!fetches_.complete(response)) {
            std::string tag = response.tag;
            replies_.insert_or_assign(std::move(tag), std::move(response));
        }
    } else if (response.name == "FETCH") {
        take_fetch(std::move(response));
    } else if (response.name == "EXISTS" && response.number) {
        if (phase_ == Phase::selected && *response.number > state_.exists) news_ = true;
        state_.exists = *response.number;
    } else if (response.name == "EXPUNGE" && state_.exists > 0) {
        --state_.exists;
    } else if (response.name == "ESEARCH") {
        take_search(response);
    }
}

void ImapMailbox::take_status(const ImapResponse& response) {
    const std::optional<std::uint32_t> argument = parsers::imap_number(response.arguments);
    if (response.code == "UIDVALIDITY" && argument) {
        if (phase_ == Phase::selected && *argument != state_.uidvalidity) {
            throw ConnectionError(ConnectionErrc::mailbox_changed,
                                  parsers::reply_words(response, max_reply));
        }
        state_.uidvalidity = *argument;
    } else if (response.code == "UIDNEXT" && argument && *argument > number(state_.uidnext)) {
        state_.uidnext = MailUid{*argument};
        has_uidnext_ = true;
    } else if (response.code == "PERMANENTFLAGS") {
        permanent_flags_ = parsers::code_words(response.arguments);
    } else if (response.code == "COPYUID") {
        take_copies(response);
    } else if (response.code == "ALERT") {
        // RFC 9051 section 7.1: must be shown to a person.
        log_event(LogLevel::warn, "imap_alert", {{"text", response.text}});
    } else if (response.status != ImapStatus::ok &&
               (response.code == "UNAVAILABLE" || response.code == "INUSE" ||
                response.code == "LIMIT")) {
        // RFC 5530: not this mail, the server as a whole is not able now.
        throw ConnectionError(ConnectionErrc::refused, parsers::reply_words(response, max_reply));
    }
}

/// RFC 4315 section 3: UIDVALIDITY there, UIDs here, UIDs there in the same order.
void ImapMailbox::take_copies(const ImapResponse& response) {
    const auto copied = parsers::parse_copyuid(response.arguments, max_marked);
    if (!copied) return;
    copies_uidvalidity_ = copied->uidvalidity;
    for (std::size_t i = 0; i < copied->here.size(); ++i) {
        copies_.emplace_back(MailUid{copied->here[i]}, MailUid{copied->there[i]});
    }
}

void ImapMailbox::take_fetch(ImapResponse response) {
    std::optional<parsers::ImapFetched> mail = parsers::fetched(std::move(response));
    if (!mail) throw ConnectionError(ConnectionErrc::not_protocol, "a malformed FETCH response");
    if (mail->uid == 0) return;  // news about flags
    if (mail->body && MailUid{mail->uid} == header_of_) {
        header_ = std::move(*mail->body);
    } else if (mail->body) {
        if (fetches_.arrive(std::move(*mail), settings_.message_bytes)) return;
        throw ConnectionError(ConnectionErrc::not_protocol, "mails larger than announced");
    } else if (listing_from_ != 0 && mail->uid >= listing_from_ && mail->size && mail->flags) {
        MailSummary summary;
        summary.uid = MailUid{mail->uid};
        summary.size = *mail->size;
        summary.internal_date = mail->internal_date.value_or(std::chrono::sys_seconds{});
        summary.deleted = parsers::contains_flag(*mail->flags, "\\Deleted");
        summary.marked = parsers::contains_flag(*mail->flags, settings_.flag);
        listed_.push_back(summary);
    }
}

/// RFC 9051 section 7.3.4: "* ESEARCH (TAG "x") UID MIN 5".
void ImapMailbox::take_search(const ImapResponse& response) {
    for (std::size_t i = 0; i + 1 < response.values.size(); ++i) {
        if (parsers::contains_flag({response.values[i].text}, "MIN")) {
            least_found_ = parsers::imap_number(response.values[i + 1].text);
        }
    }
}

// ---- Selecting and listing

asio::awaitable<MailboxState> ImapMailbox::select() {
    if (!session_.is_open()) co_await session_.open();
    phase_ = Phase::selecting;
    state_ = {};
    has_uidnext_ = false;
    permanent_flags_.reset();
    co_await must("SELECT " + parsers::imap_mailbox_argument(settings_.folder));
    if (state_.uidvalidity == 0) {
        // RFC 9051 section 2.3.1.1: without UIDVALIDITY no mail has a lasting name.
        throw ConnectionError(ConnectionErrc::not_protocol, "the mailbox has no UIDVALIDITY");
    }
    phase_ = Phase::selected;
    news_ = false;
    if (!has_uidnext_) state_.uidnext = co_await ask_uidnext();
    co_return state_;
}

/// For servers older than RFC 3501, which need not tell UIDNEXT.
asio::awaitable<MailUid> ImapMailbox::ask_uidnext() {
    state_.uidnext = MailUid{1};
    if (state_.exists == 0) co_return MailUid{1};
    listed_.clear();
    listing_from_ = 1;
    co_await must("FETCH * (UID RFC822.SIZE FLAGS)");
    listing_from_ = 0;
    std::uint32_t highest = 0;
    for (const MailSummary& mail : listed_) highest = std::max(highest, number(mail.uid));
    co_return MailUid{highest + 1};
}

asio::awaitable<std::vector<MailSummary>> ImapMailbox::list(MailUid first, std::size_t limit) {
    std::vector<MailSummary> found;
    if (state_.exists == 0) {
        // "1:*" names nothing in an empty mailbox, and some servers call that an error.
        news_ = false;
        co_await must("NOOP");
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
asio::awaitable<std::uint64_t> ImapMailbox::list_window(std::uint64_t from, std::uint64_t width) {
    const std::uint64_t known_end = number(state_.uidnext);
    const bool to_the_end = from >= known_end;
    const std::uint64_t next = std::min(from + width, known_end);
    listed_.clear();
    listing_from_ = from;
    // "n:*" also names the last mail where that is older than n: take_fetch() leaves it out.
    if (to_the_end) news_ = false;
    const std::string range =
        std::to_string(from) + ':' + (to_the_end ? "*" : std::to_string(next - 1));
    co_await must("UID FETCH " + range + " (UID RFC822.SIZE INTERNALDATE FLAGS)");
    listing_from_ = 0;
    std::sort(listed_.begin(), listed_.end(),
              [](const MailSummary& a, const MailSummary& b) { return a.uid < b.uid; });
    const auto doubles =
        std::unique(listed_.begin(), listed_.end(),
                    [](const MailSummary& a, const MailSummary& b) { return a.uid == b.uid; });
    listed_.erase(doubles, listed_.end());
    if (!to_the_end) co_return next;
    if (!listed_.empty() && number(listed_.back().uid) < last_uid) {
        state_.uidnext = std::max(state_.uidnext, MailUid{number(listed_.back().uid) + 1});
    }
    co_return last_uid + 1;
}

/// The first UID from `from` on that a mail has, or as far towards it as one question leads.
asio::awaitable<std::uint64_t> ImapMailbox::skip_gap(std::uint64_t from) {
    const std::uint64_t known_end = number(state_.uidnext);
    if (!session_.has("ESEARCH") || from >= known_end) co_return from;
    least_found_.reset();
    const std::string range = std::to_string(from) + ':' + std::to_string(known_end - 1);
    co_await must("UID SEARCH RETURN (MIN) UID " + range);
    co_return std::max(from, least_found_.value_or(known_end));
}

// ---- Fetching

void ImapMailbox::start_fetch(std::vector<MailSummary> mails) {
    fetches_.start(std::move(mails));
}

asio::awaitable<void> ImapMailbox::fill_window() {
    for (;;) {
        std::string tag = session_.new_tag();
        const std::optional<std::string> set = fetches_.next_group(tag);
        if (!set) co_return;
        // PEEK: \Seen belongs to the people who read the mailbox too.
        co_await session_.send(std::move(tag), "UID FETCH " + *set + " (BODY.PEEK[])");
    }
}

asio::awaitable<std::optional<FetchedMail>> ImapMailbox::next_fetched() {
    const Deadline start = std::chrono::steady_clock::now();
    const std::uint64_t before = session_.received();
    while (!fetches_.is_empty()) {
        std::optional<FetchedMail> mail = fetches_.take();
        co_await fill_window();
        if (mail) co_return mail;
        ImapResponse response =
            co_await session_.next(session_.deadline_since(start, session_.received() - before));
        take(std::move(response));
    }
    co_return std::nullopt;
}

asio::awaitable<std::optional<std::string>> ImapMailbox::fetch_header(MailUid uid,
                                                                      std::size_t limit) {
    header_.reset();
    header_of_ = uid;
    const ImapResponse reply =
        co_await run("UID FETCH " + std::to_string(number(uid)) + " (BODY.PEEK[HEADER]<0." +
                     std::to_string(limit) + ">)");
    header_of_ = {};
    if (reply.status != ImapStatus::ok && reply.code != "EXPUNGEISSUED") {
        throw ConnectionError(ConnectionErrc::refused, parsers::reply_words(reply, max_reply));
    }
    co_return std::exchange(header_, std::nullopt);
}

// ---- Marking

asio::awaitable<MarkReport> ImapMailbox::move(std::vector<MailUid> uids, std::string folder) {
    if (!session_.has("MOVE") && !session_.has("UIDPLUS")) {
        // RFC 4315 section 2.1: a plain EXPUNGE would remove what people have marked as deleted.
        MarkReport report = co_await flag(std::move(uids));
        if (report.outcome == MarkReport::Outcome::done) {
            report.outcome = MarkReport::Outcome::flagged_instead;
        }
        co_return report;
    }
    MarkReport report;
    copies_.clear();
    copies_uidvalidity_ = 0;
    for (std::string& set : sets_of(uids)) {
        const ImapResponse reply = co_await move_set(std::move(set), folder);
        record(reply, report);
        if (report.outcome != MarkReport::Outcome::done) break;
    }
    report.folder_uidvalidity = copies_uidvalidity_;
    report.copies = std::exchange(copies_, {});
    co_return report;
}

asio::awaitable<ImapResponse> ImapMailbox::move_set(std::string set, std::string folder) {
    if (session_.has("MOVE")) {
        ImapResponse moved = co_await transfer("UID MOVE ", std::move(set), std::move(folder));
        co_return moved;
    }
    ImapResponse reply = co_await transfer("UID COPY ", set, std::move(folder));
    if (reply.status != ImapStatus::ok) co_return reply;
    reply = co_await store(set, "\\Deleted");
    if (reply.status != ImapStatus::ok) co_return reply;
    reply = co_await run("UID EXPUNGE " + set);
    co_return reply;
}

/// MOVE or COPY; makes the folder if that is what is missing.
asio::awaitable<ImapResponse> ImapMailbox::transfer(std::string verb,
                                                    std::string set,
                                                    std::string folder) {
    const std::string target = parsers::imap_mailbox_argument(folder);
    ImapResponse reply = co_await run(verb + set + ' ' + target);
    if (reply.status != ImapStatus::no) co_return reply;
    // RFC 9051 section 7.1 wants TRYCREATE; some servers only say NO, for whatever reason: there it
    // is tried once.
    const bool told = reply.code == "TRYCREATE" || reply.code == "NONEXISTENT";
    const bool guessed = reply.code.empty() && created_.insert(folder).second;
    if (!told && !guessed) co_return reply;
    const ImapResponse created = co_await run("CREATE " + target);
    if (created.status != ImapStatus::ok) co_return reply;
    reply = co_await run(verb + set + ' ' + target);
    co_return reply;
}

asio::awaitable<ImapResponse> ImapMailbox::store(std::string set, std::string flag) {
    ImapResponse reply = co_await run("UID STORE " + set + " +FLAGS.SILENT (" + flag + ')');
    co_return reply;
}

asio::awaitable<MarkReport> ImapMailbox::flag(std::vector<MailUid> uids) {
    MarkReport report;
    if (!keeps(settings_.flag)) {
        report.outcome = MarkReport::Outcome::refused;
        report.reply = "the mailbox does not keep the flag " + settings_.flag;
        co_return report;
    }
    for (std::string& set : sets_of(uids)) {
        const ImapResponse reply = co_await store(std::move(set), settings_.flag);
        record(reply, report);
        if (report.outcome != MarkReport::Outcome::done) break;
    }
    co_return report;
}

/// RFC 9051 section 7.1, PERMANENTFLAGS: other flags are forgotten when the session ends.
bool ImapMailbox::keeps(const std::string& flag) const {
    if (!permanent_flags_) return true;
    const bool keyword = !flag.starts_with('\\');
    return parsers::contains_flag(*permanent_flags_, flag) ||
           (keyword && parsers::contains_flag(*permanent_flags_, "\\*"));
}

void ImapMailbox::record(const ImapResponse& reply, MarkReport& report) {
    if (reply.status == ImapStatus::ok || reply.code == "EXPUNGEISSUED") return;
    report.outcome = MarkReport::Outcome::refused;
    report.reply = parsers::reply_words(reply, max_reply);
}

// ---- Waiting

asio::awaitable<Wake> ImapMailbox::wait_for_mail(std::chrono::milliseconds patience) {
    const Deadline end = deadline_in(patience);
    for (;;) {
        if (wake_requested_) {
            wake_requested_ = false;
            co_return Wake::woken;
        }
        if (news_) co_return Wake::mail;
        if (std::chrono::steady_clock::now() >= end) co_return Wake::timeout;
        const bool idle = settings_.idle && may_idle_ && session_.has("IDLE");
        if (idle) co_await begin_idle();
        const Deadline until = idle ? std::min(end, deadline_in(idle_at_most)) : end;
        co_await listen(until);
        if (idling_) co_await end_idle();
    }
}

/// Takes in responses until one of them, wake() or the end of the time calls for action.
asio::awaitable<void> ImapMailbox::listen(Deadline end) {
    const bool idle = idling_;
    while (!news_ && !wake_requested_ && idle == idling_) {
        std::optional<ImapResponse> response = co_await session_.next_or_wake(end);
        if (!response && std::chrono::steady_clock::now() >= end) co_return;
        if (response) take(std::move(*response));
    }
}

asio::awaitable<void> ImapMailbox::begin_idle() {
    const Deadline deadline = deadline_in(session_.timeouts().command);
    while (!idle_tag_.empty()) {  // the one before
        ImapResponse response = co_await session_.next(deadline);
        take(std::move(response));
    }
    continued_ = false;
    idling_ = true;
    idle_tag_ = session_.new_tag();
    co_await session_.send(idle_tag_, "IDLE");
    while (!continued_ && idling_) {
        ImapResponse response = co_await session_.next(deadline);
        take(std::move(response));
    }
}

/// RFC 2177: the next command may follow at once; the reply to IDLE comes before its answer.
asio::awaitable<void> ImapMailbox::end_idle() {
    idling_ = false;
    co_await session_.send_line("DONE");
}

void ImapMailbox::wake() {
    wake_requested_ = true;
    session_.interrupt();
}

asio::awaitable<void> ImapMailbox::close() {
    if (!session_.is_open()) co_return;
    try {
        const Deadline deadline = deadline_in(session_.timeouts().farewell);
        if (idling_) co_await end_idle();
        const std::string tag = co_await begin("LOGOUT");
        // BYE comes before the tagged reply, as an exception.
        for (;;) {
            ImapResponse response = co_await session_.next(deadline);
            if (response.tag == tag) break;
        }
    } catch (const ConnectionError& error) {
        log_event(LogLevel::debug, "imap_closed", {{"reply", error.detail()}});
    }
    session_.close();
}

}  // namespace bellhop::daemon
