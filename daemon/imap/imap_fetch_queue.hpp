// Which mails to ask the IMAP server for next, and what came of each. No I/O: ImapFetching talks,
// this remembers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "daemon/imap/mailbox.hpp"
#include "parsers/protocol/imap_fetched.hpp"
#include "parsers/protocol/imap_response.hpp"

namespace bellhop::daemon {

/// Bounds of what is asked for and not yet handed over. A mail larger than `bytes` travels alone.
struct FetchWindow {
    std::size_t group_mails = 50;           ///< in one command
    std::uint64_t group_bytes = 1'000'000;  ///< in one command
    std::size_t groups = 8;                 ///< commands not yet answered
    std::uint64_t bytes = 8'000'000;        ///< asked for and not yet handed over
};

/// One run of start_fetch() and next_fetched(). Invariant: mails are handed over in the order asked
/// for.
class FetchQueue {
public:
    explicit FetchQueue(FetchWindow window = {}) : window_(window) {}

    /// `alone`: asked for after all others, one by one, with nothing else under way.
    /// Precondition: is_empty().
    void start(std::vector<MailSummary> mails, std::vector<MailSummary> alone = {});

    bool is_empty() const { return slots_.empty(); }

    /// The set of UIDs to ask for next, "3,5:7"; nullopt while the window is full or nothing is
    /// left to ask for. The caller sends it and says under which tag with sent().
    std::optional<std::string> next_group();
    void sent(std::string tag);

    /// Takes a FETCH response that carries a body. Ignores a mail that was not asked for.
    /// Returns whether the bytes at hand are within what the window and the largest mail allow.
    [[nodiscard]] bool arrive(parsers::ImapFetched mail, std::uint64_t largest_mail);

    /// Takes the tagged reply to a group: mails of it that did not come are not_sent, or, after NO
    /// or BAD, are asked for again one by one; the one that is then refused is told so. Returns
    /// false where the tag is none of ours.
    bool complete(const parsers::ImapResponse& reply);

    /// The first mail, if its outcome is known.
    std::optional<FetchedMail> take();

    /// The connection is gone: what came whole, and what was to come next. Empties the queue.
    Interrupted interrupted();

private:
    struct Slot {
        MailSummary summary = {};
        std::size_t group = 0;  // the command that asks for it; 0: none yet
        bool alone = false;     // to be asked for in a group of its own
        bool known = false;     // `outcome` is final
        FetchedMail mail = {};
    };

    struct Group {
        std::size_t number = 0;
        std::string tag = {};
        std::size_t mails = 0;
        bool alone = false;
    };

    std::size_t asked_end() const;
    bool fits(const Slot& slot, const Group& group, std::uint64_t group_bytes) const;
    void settle(Slot& slot, const parsers::ImapResponse& reply, const Group& group);
    void close(Slot& slot, FetchedMail::Outcome outcome, std::string bytes);
    void fail(Slot& slot, FetchedMail::Outcome outcome, parsers::Refusal refusal, bool alone);
    bool was_alone(const Slot& slot) const;

    FetchWindow window_;
    std::deque<Slot> slots_;
    std::vector<Group> groups_;        // commands not yet answered
    std::size_t last_group_ = 0;       // number
    std::uint64_t asked_bytes_ = 0;    // of slots that have a group, by the server's count
    std::uint64_t bytes_at_hand_ = 0;  // of mails that came, by ours
};

}  // namespace bellhop::daemon
