#include "daemon/imap/imap_fetch_queue.hpp"

#include <algorithm>
#include <limits>

#include "daemon/imap/uid_sets.hpp"
#include "parsers/protocol/uid_set.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

/// Servers count a little wrong; one that lacks more than an eighth of what was announced lacks
/// something. Exchange estimates, mostly too high by a few per cent.
bool is_much_shorter(std::size_t bytes, std::uint64_t announced) {
    return bytes < announced - announced / 8;
}

}  // namespace

void FetchQueue::start(std::vector<MailSummary> mails, std::vector<MailSummary> alone) {
    ensure(is_empty());
    groups_.clear();
    for (const MailSummary& mail : mails) slots_.push_back(Slot{.summary = mail});
    for (const MailSummary& mail : alone) slots_.push_back(Slot{.summary = mail, .alone = true});
}

std::optional<std::string> FetchQueue::next_group() {
    if (groups_.size() >= window_.groups) return std::nullopt;
    Group group{.number = last_group_ + 1};
    std::vector<std::uint32_t> uids;
    std::uint64_t bytes = 0;
    for (Slot& slot : slots_) {
        const bool unasked = slot.group == 0 && !slot.known;
        if (!unasked && uids.empty()) continue;
        if (!unasked || !fits(slot, group, bytes)) break;
        slot.group = group.number;
        ++group.mails;
        group.alone = slot.alone;
        asked_bytes_ += slot.summary.size;
        bytes += slot.summary.size;
        uids.push_back(number(slot.summary.uid));
        if (slot.alone) break;
    }
    if (uids.empty()) return std::nullopt;
    last_group_ = group.number;
    groups_.push_back(std::move(group));
    return parsers::uid_sets(std::move(uids), std::numeric_limits<std::size_t>::max()).front();
}

void FetchQueue::sent(std::string tag) {
    ensure(!groups_.empty() && groups_.back().tag.empty());
    groups_.back().tag = std::move(tag);
}

bool FetchQueue::fits(const Slot& slot, const Group& group, std::uint64_t group_bytes) const {
    // What is asked for alone must be known to have done what happens then.
    const bool one_is_alone =
        std::any_of(groups_.begin(), groups_.end(), [](const Group& other) { return other.alone; });
    if (one_is_alone || (slot.alone && !groups_.empty())) return false;
    const std::uint64_t size = slot.summary.size;
    // The first mail of all is what everybody waits for; a larger one than the window travels
    // alone.
    const bool must_go = asked_bytes_ == 0 || &slot == &slots_.front();
    if (!must_go && asked_bytes_ + size > window_.bytes) return false;
    if (group.mails == 0) return true;
    return !slot.alone && group.mails < window_.group_mails &&
           group_bytes + size <= window_.group_bytes;
}

/// Behind it, no mail was ever asked for.
std::size_t FetchQueue::asked_end() const {
    const auto found = std::find_if(slots_.begin(), slots_.end(), [](const Slot& slot) {
        return slot.group == 0 && !slot.known && !slot.alone;
    });
    return static_cast<std::size_t>(found - slots_.begin());
}

bool FetchQueue::arrive(parsers::ImapFetched mail, std::uint64_t largest_mail) {
    const auto slot = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& candidate) {
        return !candidate.known && candidate.group != 0 &&
               number(candidate.summary.uid) == mail.uid;
    });
    if (slot == slots_.end() || !mail.body) return true;
    const std::uint64_t announced = slot->summary.size;
    if (mail.body_is_nil || (mail.body->empty() && announced > 0)) {
        fail(*slot, FetchedMail::Outcome::not_sent,
             {.words = "no text came for a mail of " + std::to_string(announced) + " bytes"},
             was_alone(*slot));
    } else if (mail.body_is_cut) {
        close(*slot, FetchedMail::Outcome::oversize, std::move(*mail.body));
    } else if (is_much_shorter(mail.body->size(), announced)) {
        slot->mail.refusal.words = std::to_string(mail.body->size()) +
                                   " bytes came for a mail of " + std::to_string(announced);
        slot->mail.alone = was_alone(*slot);
        close(*slot, FetchedMail::Outcome::doubtful, std::move(*mail.body));
    } else {
        close(*slot, FetchedMail::Outcome::whole, std::move(*mail.body));
    }
    return bytes_at_hand_ <= window_.bytes + largest_mail;
}

bool FetchQueue::was_alone(const Slot& slot) const {
    return std::any_of(groups_.begin(), groups_.end(), [&slot](const Group& group) {
        return group.number == slot.group && group.mails == 1 && group.alone;
    });
}

bool FetchQueue::complete(const parsers::ImapResponse& reply) {
    const auto found = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const Group& group) { return group.tag == reply.tag; });
    if (found == groups_.end()) return false;
    const Group group = std::move(*found);
    groups_.erase(found);
    const parsers::Refusal refusal = parsers::refusal_of(reply);
    // Whoever reads the queue now sees what the server was about to send when it lost its patience.
    if (reply.status != parsers::ImapStatus::ok && concerns_everything(refusal.kind)) return true;
    const std::size_t end = asked_end();
    for (std::size_t i = 0; i < end; ++i) {
        if (slots_[i].group == group.number && !slots_[i].known) settle(slots_[i], reply, group);
    }
    return true;
}

/// Decides on a mail that its group's reply left without an answer.
void FetchQueue::settle(Slot& slot, const parsers::ImapResponse& reply, const Group& group) {
    parsers::Refusal refusal = parsers::refusal_of(reply);
    // RFC 5530 EXPUNGEISSUED: some of the group are gone, not which. RFC 9051 section 6.4.9: a UID
    // that is not there is no error. Whether one has gone is asked for, not concluded.
    const bool is_ok = reply.status == parsers::ImapStatus::ok;
    if (is_ok || refusal.kind == parsers::RefusalKind::expunged) {
        if (is_ok) refusal.words = "the server says OK and sends nothing";
        fail(slot, FetchedMail::Outcome::not_sent, std::move(refusal), group.alone);
    } else if (group.mails == 1) {
        fail(slot, FetchedMail::Outcome::refused, std::move(refusal), true);
    } else {
        // Seen in the wild: one mail that the server cannot read makes the whole command fail.
        asked_bytes_ -= slot.summary.size;
        slot.group = 0;
        slot.alone = true;
    }
}

void FetchQueue::fail(Slot& slot,
                      FetchedMail::Outcome outcome,
                      parsers::Refusal refusal,
                      bool alone) {
    slot.mail.refusal = std::move(refusal);
    slot.mail.alone = alone;
    close(slot, outcome, {});
}

void FetchQueue::close(Slot& slot, FetchedMail::Outcome outcome, std::string bytes) {
    bytes_at_hand_ += bytes.size();
    slot.known = true;
    slot.mail.uid = slot.summary.uid;
    slot.mail.internal_date = slot.summary.internal_date;
    slot.mail.outcome = outcome;
    slot.mail.bytes = std::move(bytes);
}

std::optional<FetchedMail> FetchQueue::take() {
    if (slots_.empty() || !slots_.front().known) return std::nullopt;
    Slot slot = std::move(slots_.front());
    slots_.pop_front();
    asked_bytes_ -= slot.summary.size;
    bytes_at_hand_ -= slot.mail.bytes.size();
    return std::move(slot.mail);
}

Interrupted FetchQueue::interrupted() {
    Interrupted left;
    for (Slot& slot : slots_) {
        if (slot.known && slot.mail.outcome == FetchedMail::Outcome::whole) {
            left.arrived.push_back(std::move(slot.mail));
        } else if (!slot.known && slot.group != 0 && !left.in_hand) {
            left.in_hand = slot.summary;
            left.alone = slot.alone;
        }
    }
    slots_.clear();
    groups_.clear();
    asked_bytes_ = 0;
    bytes_at_hand_ = 0;
    return left;
}

}  // namespace bellhop::daemon
