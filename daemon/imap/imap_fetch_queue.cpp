#include "daemon/imap/imap_fetch_queue.hpp"

#include <algorithm>
#include <limits>

#include "parsers/protocol/uid_set.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t max_reply = 500;  // bytes of the server's words

}  // namespace

void FetchQueue::start(std::vector<MailSummary> mails) {
    ensure(is_empty());
    for (MailSummary& mail : mails) slots_.push_back(Slot{.summary = mail});
}

std::optional<std::string> FetchQueue::next_group(std::string tag) {
    if (groups_.size() >= window_.groups) return std::nullopt;
    Group group{std::move(tag)};
    std::vector<std::uint32_t> uids;
    std::uint64_t bytes = 0;
    for (Slot& slot : slots_) {
        const bool unasked = slot.tag.empty() && !slot.known;
        if (!unasked && uids.empty()) continue;
        if (!unasked || !fits(slot, group, bytes)) break;
        slot.tag = group.tag;
        ++group.mails;
        asked_bytes_ += slot.summary.size;
        bytes += slot.summary.size;
        uids.push_back(static_cast<std::uint32_t>(slot.summary.uid));
        if (slot.alone) break;
    }
    if (uids.empty()) return std::nullopt;
    groups_.push_back(std::move(group));
    return parsers::uid_sets(std::move(uids), std::numeric_limits<std::size_t>::max()).front();
}

bool FetchQueue::fits(const Slot& slot, const Group& group, std::uint64_t group_bytes) const {
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
        return slot.tag.empty() && !slot.known && !slot.alone;
    });
    return static_cast<std::size_t>(found - slots_.begin());
}

bool FetchQueue::arrive(parsers::ImapFetched mail, std::uint64_t largest_mail) {
    const auto slot = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& candidate) {
        return !candidate.known && !candidate.tag.empty() &&
               static_cast<std::uint32_t>(candidate.summary.uid) == mail.uid;
    });
    if (slot == slots_.end() || !mail.body) return true;
    if (mail.body_is_nil) {
        close(*slot, FetchedMail::Outcome::refused, "the server has no text for this mail");
    } else {
        close(*slot,
              mail.body_is_cut ? FetchedMail::Outcome::oversize : FetchedMail::Outcome::whole,
              std::move(*mail.body));
    }
    return bytes_at_hand_ <= window_.bytes + largest_mail;
}

bool FetchQueue::complete(const parsers::ImapResponse& reply) {
    const auto found = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const Group& group) { return group.tag == reply.tag; });
    if (found == groups_.end()) return false;
    const Group group = std::move(*found);
    groups_.erase(found);
    const std::size_t end = asked_end();
    for (std::size_t i = 0; i < end; ++i) {
        if (slots_[i].tag == group.tag && !slots_[i].known) settle(slots_[i], reply, group);
    }
    return true;
}

/// Decides on a mail that its group's reply left without an answer.
void FetchQueue::settle(Slot& slot, const parsers::ImapResponse& reply, const Group& group) {
    // RFC 5530: expunged in another session. RFC 9051 section 6.4.9: a UID that is not there is no
    // error.
    const bool gone = reply.status == parsers::ImapStatus::ok || reply.code == "EXPUNGEISSUED";
    if (gone) {
        close(slot, FetchedMail::Outcome::gone, {});
    } else if (group.mails == 1) {
        close(slot, FetchedMail::Outcome::refused, parsers::printable(reply.text, max_reply));
    } else {
        // Seen in the wild: one mail that the server cannot read makes the whole command fail.
        asked_bytes_ -= slot.summary.size;
        slot.tag.clear();
        slot.alone = true;
    }
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

}  // namespace bellhop::daemon
