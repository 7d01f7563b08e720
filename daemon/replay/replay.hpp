// The whole gateway on a virtual clock: mails and what people do in, everything that would happen
// out. Nothing is sent. A term takes seconds, and so do the tests that are written in its scripts.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/desk/desk.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/replay/replay_script.hpp"
#include "daemon/work/filing.hpp"
#include "daemon/work/intake.hpp"
#include "parsers/config/diagnostic.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

/// A mail that would have gone out.
struct ReplayedMail {
    std::string kind = {};  ///< "reminder": of the outbox
    std::string recipient = {};
    std::string subject = {};
    std::string text = {};
    std::string reason = {};  ///< what the ticket's log says of it
};

/// Something that happened.
struct ReplayedStep {
    std::chrono::sys_seconds at = {};
    std::optional<rules::TicketId> ticket = {};
    std::string what = {};  ///< one line, without the instant
    std::optional<ReplayedMail> mail = {};
};

/// Told one after the other, in order of time.
using ReplayListener = std::function<void(const ReplayedStep&)>;

class Replay {
public:
    /// Works in a folder of its own with a copy of the configuration in `folder`, where there is
    /// one; it is gone afterwards. Throws std::system_error where the copy cannot be made.
    Replay(const std::filesystem::path& folder, ReplayListener listener);
    ~Replay();
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;

    /// The desk as configured; complaints where the configuration is wrong.
    parsers::Diagnostics load();

    /// Plays the script up to its end. `beside` is where its mail files lie. Returns what could not
    /// be played: a wrong word, a ticket that is not there; what stands before it has been played.
    /// A script writes to the copy of the configuration only, and reads mails from `beside` and
    /// below only.
    parsers::Diagnostics play(const ReplayScript& script, const std::filesystem::path& beside);

    /// Takes the mail at `at`, after all that is due before. Precondition: load() went well.
    void take(std::chrono::sys_seconds at, std::string bytes, const std::string& mailbox);
    /// Lets time pass.
    void run_until(std::chrono::sys_seconds end);

    const Desk& desk() const { return *desk_; }
    const storage::Store& store() const { return *store_; }
    std::chrono::sys_seconds now() const;

private:
    struct World;

    Filing filing();
    void perform(const ScriptEntry& entry, const std::filesystem::path& beside);
    /// What the story itself writes, no server has seen: its senders are who they say.
    void take_written(std::string bytes, const std::string& mailbox);
    void put_into_mailbox(IncomingMail mail);
    std::string address_of(const std::string& mailbox) const;
    std::optional<std::string> response_to_us(const Response& response, const std::string& text);
    std::optional<std::string> sent_mail(const SentMail& mail, const std::string& text);
    std::string edit_file(const FileEdit& edit, const std::string& text);
    void catch_up();
    void do_what_is_due();
    void deliver();
    bool deliver_some();
    std::string why_sent(rules::TicketId ticket, const storage::OutboxMail& mail) const;
    void tell_events();
    std::string in_words(const storage::LoggedEvent& entry) const;
    std::string opening_in_words(rules::TicketId id) const;

    std::unique_ptr<World> world_;
    std::optional<Desk> desk_;
    std::unique_ptr<storage::Store> store_;
    ReplayListener listener_;
};

}  // namespace bellhop::daemon
