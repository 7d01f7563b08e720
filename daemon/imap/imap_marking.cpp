#include "daemon/imap/imap_marking.hpp"

#include <algorithm>
#include <utility>

#include "daemon/imap/uid_sets.hpp"
#include "parsers/protocol/imap_text.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;
using parsers::ImapStatus;
namespace {

constexpr std::size_t set_mails = 1'000;     // in one command
constexpr int most_refusals = 40;            // of commands in one mark, then the rest waits
constexpr int single_refusals_in_a_row = 3;  // then it is not the mails
constexpr std::size_t max_words = 500;       // bytes of the server's words that are passed on

std::string set_of(const std::vector<MailUid>& uids) {
    std::vector<std::string> sets = sets_of(uids);
    return sets.empty() ? std::string{} : std::move(sets.front());
}

/// So many of the first that they fit into one line.
std::vector<MailUid> line_of(const std::vector<MailUid>& uids) {
    std::vector<MailUid> part(
        uids.begin(), uids.begin() + static_cast<std::ptrdiff_t>(std::min(uids.size(), set_mails)));
    while (sets_of(part).size() > 1) part.resize(part.size() / 2);
    return part;
}

void append(std::vector<MailUid>& all, const std::vector<MailUid>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

std::vector<MailUid> without(const std::vector<MailUid>& uids, const std::vector<MailUid>& left) {
    std::vector<MailUid> rest;
    for (const MailUid uid : uids) {
        if (std::find(left.begin(), left.end(), uid) == left.end()) rest.push_back(uid);
    }
    return rest;
}

}  // namespace

/// Which sets are still to be asked for, while refusals are narrowed down to single mails.
struct ImapMarking::Narrowing {
    std::deque<std::vector<MailUid>> sets = {};
    int refusals = 0;
    int single_in_a_row = 0;
    bool give_up = false;  // it is not the mails; the rest would be refused as well

    explicit Narrowing(std::vector<MailUid> uids) {
        std::sort(uids.begin(), uids.end());
        while (!uids.empty()) {
            std::vector<MailUid> part = line_of(uids);
            uids.erase(uids.begin(), uids.begin() + static_cast<std::ptrdiff_t>(part.size()));
            sets.push_back(std::move(part));
        }
    }

    /// Takes what a set of `asked` mails came to. Returns the mails that were refused for good.
    std::vector<MailUid> settle(std::size_t asked, SetReport report) {
        const bool progress = report.left.size() < asked;
        if (progress) single_in_a_row = 0;
        if (report.left.empty()) return {};
        ++refusals;
        if (asked == 1) ++single_in_a_row;
        give_up = parsers::concerns_everything(report.refusal.kind) || refusals >= most_refusals ||
                  single_in_a_row >= single_refusals_in_a_row;
        if (give_up || asked == 1) return std::move(report.left);
        if (progress) {  // perhaps only one of them had gone
            sets.push_front(std::move(report.left));
            return {};
        }
        const auto middle =
            report.left.begin() + static_cast<std::ptrdiff_t>(report.left.size() / 2);
        sets.emplace_front(middle, report.left.end());
        sets.emplace_front(report.left.begin(), middle);
        return {};
    }

    /// What was not tried any more.
    std::vector<MailUid> rest() const {
        std::vector<MailUid> uids;
        for (const std::vector<MailUid>& set : sets) append(uids, set);
        return uids;
    }
};

asio::awaitable<MarkReport> ImapMarking::move(std::vector<MailUid> uids, std::string folder) {
    const ImapSession& session = exchange_.session();
    if (!session.has("MOVE") && !session.has("UIDPLUS")) {
        // RFC 4315 section 2.1: a plain EXPUNGE would remove what people have marked as deleted.
        MarkReport report = co_await flag(std::move(uids));
        report.flagged_instead = true;
        co_return report;
    }
    MarkReport report = co_await mark(std::move(uids), std::move(folder));
    co_return report;
}

asio::awaitable<MarkReport> ImapMarking::flag(std::vector<MailUid> uids) {
    if (!listing_.keeps(flag_)) {
        MarkReport report;
        report.refused = std::move(uids);
        report.reply = "the mailbox does not keep the flag " + flag_;
        co_return report;
    }
    MarkReport report = co_await mark(std::move(uids), std::string{});
    co_return report;
}

/// Seen in the wild: one mail that cannot be moved makes the whole command fail. So a set that is
/// refused is halved, until the culprits stand alone.
asio::awaitable<MarkReport> ImapMarking::mark(std::vector<MailUid> uids, std::string folder) {
    MarkReport report;
    Narrowing narrowing{std::move(uids)};
    while (!narrowing.sets.empty() && !narrowing.give_up) {
        const std::vector<MailUid> set = std::move(narrowing.sets.front());
        narrowing.sets.pop_front();
        SetReport one = co_await mark_set(set, folder);
        append(report.done, without(set, one.left));
        if (!one.left.empty()) report.reply = one.refusal.words;
        append(report.refused, narrowing.settle(set.size(), std::move(one)));
    }
    append(report.refused, narrowing.rest());
    std::sort(report.done.begin(), report.done.end());
    std::sort(report.refused.begin(), report.refused.end());
    co_return report;
}

/// To `folder`, or flagged where that is empty.
asio::awaitable<ImapMarking::SetReport> ImapMarking::mark_set(std::vector<MailUid> uids,
                                                              std::string folder) {
    if (folder.empty()) {
        SetReport flagged = co_await flag_set(std::move(uids));
        co_return flagged;
    }
    SetReport moved = co_await move_set(std::move(uids), std::move(folder));
    co_return moved;
}

asio::awaitable<ImapMarking::SetReport> ImapMarking::flag_set(std::vector<MailUid> uids) {
    SetReport report;
    const ImapResponse reply = co_await store(set_of(uids), flag_);
    if (reply.status == ImapStatus::ok) co_return report;
    report.refusal = parsers::refusal_of(reply);
    report.left = co_await still_there(std::move(uids));
    co_return report;
}

/// "Moved" is what COPYUID of a MOVE that succeeded names, or what is no longer there: a colleague
/// who deletes one of the mails meanwhile makes some servers move none, and others say OK.
asio::awaitable<ImapMarking::SetReport> ImapMarking::move_set(std::vector<MailUid> uids,
                                                              std::string folder) {
    SetReport report;
    unproven_ = {uids.begin(), uids.end()};
    const ImapResponse reply = co_await move_away(uids, std::move(folder));
    const bool is_ok = reply.status == ImapStatus::ok;
    if (is_ok && exchange_.session().has("MOVE") && unproven_.empty()) co_return report;
    unproven_.clear();
    report.left = co_await still_there(std::move(uids));
    report.refusal = parsers::refusal_of(reply);
    if (is_ok) report.refusal.words = "the server says that it has moved what is still there";
    co_return report;
}

asio::awaitable<std::vector<MailUid>> ImapMarking::still_there(std::vector<MailUid> uids) {
    const std::vector<MailSummary> found = co_await listing_.look(std::move(uids));
    std::vector<MailUid> left;
    for (const MailSummary& mail : found) left.push_back(mail.uid);
    co_return left;
}

/// With MOVE, or by copying and expunging.
asio::awaitable<ImapResponse> ImapMarking::move_away(std::vector<MailUid> uids,
                                                     std::string folder) {
    const std::string set = set_of(uids);
    if (exchange_.session().has("MOVE")) {
        ImapResponse moved = co_await transfer("UID MOVE ", set, std::move(folder));
        co_return moved;
    }
    ImapResponse reply = co_await copy_once(uids, std::move(folder));
    if (reply.status != ImapStatus::ok) co_return reply;
    reply = co_await store(set, "\\Deleted");
    if (reply.status != ImapStatus::ok) co_return reply;
    reply = co_await exchange_.run("UID EXPUNGE " + set);
    if (reply.status == ImapStatus::ok) {
        for (const MailUid uid : uids) copied_.erase(uid);
    }
    co_return reply;
}

/// What was copied before, and could not be removed then, is not copied a second time.
asio::awaitable<ImapResponse> ImapMarking::copy_once(std::vector<MailUid> uids,
                                                     std::string folder) {
    std::erase_if(uids, [this](MailUid uid) { return copied_.contains(uid); });
    ImapResponse reply;
    reply.status = ImapStatus::ok;
    if (uids.empty()) co_return reply;
    reply = co_await transfer("UID COPY ", set_of(uids), std::move(folder));
    if (reply.status == ImapStatus::ok) copied_.insert(uids.begin(), uids.end());
    co_return reply;
}

/// MOVE or COPY; makes the folder if that is what is missing.
asio::awaitable<ImapResponse> ImapMarking::transfer(std::string verb,
                                                    std::string set,
                                                    std::string folder) {
    const std::string target = parsers::imap_mailbox_argument(folder);
    ImapResponse reply = co_await exchange_.run(verb + set + ' ' + target);
    if (reply.status != ImapStatus::no) co_return reply;
    // RFC 9051 section 7.1 wants TRYCREATE; some servers only say NO, for whatever reason: there it
    // is tried once.
    const bool told = reply.code == "TRYCREATE" || reply.code == "NONEXISTENT";
    const bool guessed = reply.code.empty() && created_.insert(folder).second;
    if (!told && !guessed) co_return reply;
    const ImapResponse created = co_await exchange_.run("CREATE " + target);
    if (created.status != ImapStatus::ok) {
        // Which of the two says what is the matter differs from server to server.
        reply.text += "; it does not make the folder " + target + ": " +
                      parsers::reply_words(created, max_words);
        co_return reply;
    }
    reply = co_await exchange_.run(verb + set + ' ' + target);
    co_return reply;
}

asio::awaitable<ImapResponse> ImapMarking::store(std::string set, std::string flag) {
    ImapResponse reply =
        co_await exchange_.run("UID STORE " + set + " +FLAGS.SILENT (" + flag + ')');
    co_return reply;
}

/// RFC 4315 section 3: UIDVALIDITY there, UIDs here, UIDs there in the same order. Believed of the
/// mails that are being moved, and of as many.
bool ImapMarking::take(const ImapResponse& response) {
    if (response.code != "COPYUID" || unproven_.empty()) return false;
    const auto copied = parsers::parse_copyuid(response.arguments, unproven_.size());
    if (!copied) return false;
    for (const std::uint32_t uid : copied->here) unproven_.erase(MailUid{uid});
    return false;
}

}  // namespace bellhop::daemon
