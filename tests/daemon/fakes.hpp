// Stateful stand-ins for the three seams, and a desk to work at.
#pragma once

#include <algorithm>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdlib.h>

#include "daemon/desk/desk.hpp"
#include "daemon/imap/mailbox.hpp"
#include "daemon/net/connection_error.hpp"
#include "daemon/process/clock.hpp"
#include "daemon/smtp/mail_transport.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

class FakeClock final : public Clock {
public:
    std::chrono::sys_seconds now() const override { return time; }
    std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::time_point{time.time_since_epoch()};
    }

    std::chrono::sys_seconds time{std::chrono::seconds{1'790'000'000}};
};

/// A folder that is gone when the test is over.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "bellhop-test-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path path;
};

/// What lies on the server. Survives the connection.
struct FakeServer {
    std::uint32_t uidvalidity = 1;
    std::uint32_t uidnext = 1;
    std::map<std::uint32_t, std::string> inbox = {};
    std::map<std::uint32_t, std::chrono::sys_seconds> dates = {};
    std::vector<std::string> processed = {};
    /// The connection breaks before this operation (counted from 1); 0 = never.
    int breaks_at = 0;
    int operations = 0;
    std::set<std::uint32_t> refuses = {};  ///< UIDs that cannot be fetched
    bool refuses_all = false;
    FetchedMail::Outcome refusal = FetchedMail::Outcome::refused;  ///< how
    std::uint32_t breaks_over = 0;       ///< a UID over whose bytes the connection breaks
    std::set<std::uint32_t> keeps = {};  ///< UIDs that cannot be moved
    std::set<std::uint32_t> flagged = {};
    std::map<std::uint32_t, std::uint64_t> announced = {};  ///< sizes that are not true
    int moves = 0;                                          ///< commands
    bool login_ends = false;  ///< the session is to be made anew; until it is closed
    int wakes = 0;            ///< of those that wait for mail
    int closed = 0;           ///< sessions
    int under_way = 0;        ///< mails asked for and not handed over, when one was closed
    /// Called where the watch would wait for mail.
    std::function<void()> idle = [] {};

    std::uint32_t deliver(std::string bytes, std::chrono::sys_seconds at) {
        inbox[uidnext] = std::move(bytes);
        dates[uidnext] = at;
        return uidnext++;
    }
};

class FakeMailbox : public Mailbox {
public:
    explicit FakeMailbox(FakeServer& server) : server_(server) {}

    boost::asio::awaitable<MailboxState> select() override {
        step();
        MailboxState state;
        state.uidvalidity = server_.uidvalidity;
        state.uidnext = MailUid{server_.uidnext};
        state.exists = static_cast<std::uint32_t>(server_.inbox.size());
        co_return state;
    }

    boost::asio::awaitable<std::vector<MailSummary>> list(MailUid first,
                                                          std::size_t limit) override {
        step();
        std::vector<MailSummary> found;
        for (const auto& [uid, bytes] : server_.inbox) {
            if (uid < static_cast<std::uint32_t>(first) || found.size() == limit) continue;
            found.push_back(summary_of(uid));
        }
        co_return found;
    }

    boost::asio::awaitable<std::vector<MailSummary>> look(std::vector<MailUid> uids) override {
        step();
        std::vector<MailSummary> found;
        for (const auto& [uid, bytes] : server_.inbox) {
            if (std::find(uids.begin(), uids.end(), MailUid{uid}) == uids.end()) continue;
            found.push_back(summary_of(uid));
        }
        co_return found;
    }

    void start_fetch(std::vector<MailSummary> mails, std::vector<MailSummary> alone) override {
        wanted_.assign(mails.begin(), mails.end());
        alone_from_ = wanted_.size();
        wanted_.insert(wanted_.end(), alone.begin(), alone.end());
    }

    boost::asio::awaitable<std::optional<FetchedMail>> next_fetched() override {
        step();
        if (wanted_.empty()) co_return std::nullopt;
        const bool alone = alone_from_ == 0;
        const auto uid = static_cast<std::uint32_t>(wanted_.front().uid);
        if (server_.breaks_over == uid) throw ConnectionError(ConnectionErrc::lost, "hung up");
        FetchedMail mail = answer(uid, alone);
        mail.internal_date = wanted_.front().internal_date;
        wanted_.pop_front();
        if (!alone) --alone_from_;
        co_return mail;
    }

    Interrupted interrupted() override {
        Interrupted left;
        if (!wanted_.empty()) left.in_hand = wanted_.front();
        left.alone = alone_from_ == 0;
        wanted_.clear();
        return left;
    }

    boost::asio::awaitable<FetchedMail> fetch_beginning(MailSummary mail,
                                                        std::size_t limit) override {
        step();
        FetchedMail fetched = answer(static_cast<std::uint32_t>(mail.uid), true);
        fetched.internal_date = mail.internal_date;
        if (fetched.outcome == FetchedMail::Outcome::whole && fetched.bytes.size() >= limit) {
            fetched.outcome = FetchedMail::Outcome::oversize;
            fetched.bytes.resize(limit);
        }
        co_return fetched;
    }

    boost::asio::awaitable<MarkReport> move(std::vector<MailUid> uids, std::string) override {
        step();
        MarkReport report;
        for (const MailUid uid : uids) {
            const auto found = server_.inbox.find(static_cast<std::uint32_t>(uid));
            if (server_.keeps.contains(static_cast<std::uint32_t>(uid))) {
                report.refused.push_back(uid);
                report.reply = "NO not this one";
                continue;
            }
            report.done.push_back(uid);
            if (found == server_.inbox.end()) continue;
            server_.processed.push_back(found->second);
            server_.inbox.erase(found);
        }
        ++server_.moves;
        co_return report;
    }

    boost::asio::awaitable<MarkReport> flag(std::vector<MailUid> uids) override {
        step();
        MarkReport report;
        for (const MailUid uid : uids) server_.flagged.insert(static_cast<std::uint32_t>(uid));
        report.done = std::move(uids);
        co_return report;
    }

    boost::asio::awaitable<Wake> wait_for_mail(std::chrono::milliseconds) override {
        step();
        server_.idle();
        co_return Wake::mail;
    }

    void wake() override { server_.wakes++; }
    bool is_outdated() const override { return server_.login_ends; }

    boost::asio::awaitable<void> close() override {
        ++server_.closed;
        server_.under_way += static_cast<int>(wanted_.size());
        server_.login_ends = false;
        co_return;
    }

private:
    MailSummary summary_of(std::uint32_t uid) const {
        MailSummary one;
        one.uid = MailUid{uid};
        one.size = server_.announced.contains(uid) ? server_.announced.at(uid)
                                                   : server_.inbox.at(uid).size();
        one.internal_date = server_.dates[uid];
        one.marked = server_.flagged.contains(uid);
        return one;
    }

    FetchedMail answer(std::uint32_t uid, bool alone) const {
        FetchedMail mail;
        mail.uid = MailUid{uid};
        mail.alone = alone;
        const auto found = server_.inbox.find(uid);
        const auto refusal = server_.refuses.find(uid);
        if (found == server_.inbox.end()) {
            mail.outcome = FetchedMail::Outcome::not_sent;
        } else if (refusal != server_.refuses.end() || server_.refuses_all) {
            mail.alone = true;  // ImapMailbox asks for each alone when a group is refused
            mail.outcome = server_.refusal;
            mail.refusal.words = "NO [SERVERBUG] cannot read it";
            if (mail.outcome == FetchedMail::Outcome::doubtful) mail.bytes = "Subject: half\r\n";
        } else {
            mail.bytes = found->second;
        }
        return mail;
    }

    void step() {
        if (++server_.operations != server_.breaks_at) return;
        throw ConnectionError(ConnectionErrc::lost, "cut by the test");
    }

    FakeServer& server_;
    std::deque<MailSummary> wanted_;
    std::size_t alone_from_ = 0;  // of wanted_: asked for one by one
};

/// Answers each mail as scripted, in order; accepts what is beyond the script.
class FakeTransport final : public MailTransport {
public:
    boost::asio::awaitable<void> send(std::vector<OutgoingMail> mails,
                                      DeliveryReport report) override {
        for (std::size_t i = 0; i < mails.size(); ++i) {
            Delivery delivery{Verdict::accepted, 250, "250 2.0.0 Ok"};
            if (!script.empty()) {
                delivery = script.front();
                script.pop_front();
            }
            sent.push_back(mails[i]);
            before_report();
            if (report(i, delivery) == Proceed::no) break;
        }
        after_send();
        co_return;
    }

    void stop() override {}
    boost::asio::awaitable<void> close() override { co_return; }

    std::deque<Delivery> script = {};
    std::vector<OutgoingMail> sent = {};
    std::function<void()> before_report = [] {};
    std::function<void()> after_send = [] {};
};

/// A desk with one mailbox "support" and plain templates.
inline Desk test_desk(const std::filesystem::path& folder) {
    const auto part = [](const char* source) {
        return *rules::MailTemplate::create("test", source, rules::Escaping::none,
                                            rules::answer_placeholders());
    };
    const auto text = [&part] {
        return rules::MailText{part("Re: {{subject}} {{ticket_tag}}"),
                               part("Ticket {{ticket_number}}.\n"),
                               part("<p>Ticket {{ticket_number}}.</p>\n")};
    };
    MailTexts texts;
    texts.emplace("acknowledgement", text());
    texts.emplace("oversize", text());
    texts.emplace("trouble", text());
    Desk desk{{},
              std::move(texts),
              {no_rules({"P1", "P2", "P3", "P4"}, "P3")},
              open_around_the_clock("Europe/London"),
              {}};
    for (const rules::MailPhrase phrase : rules::all_mail_phrases()) {
        desk.phrases.set(phrase, part("your request"));
    }
    desk.settings.folder = folder;
    desk.settings.database = folder / "bellhop.db";
    desk.settings.desk = {"IT Support", "HELP", "Europe/London", "", "", {}};
    desk.settings.acknowledgement = {true, {{3, std::chrono::minutes{10}}}, {}, {}, {}};
    desk.settings.limits.free_disk_bytes = 0;
    desk.settings.limits.sender_tickets.clear();
    desk.settings.limits.total_tickets.clear();
    desk.settings.mailboxes.emplace_back();
    desk.settings.mailboxes.back().name = "support";
    desk.settings.mailboxes.back().address = "support@desk.example";
    desk.settings.mailboxes.back().first_start = FirstStart::everything;
    return desk;
}

/// Runs a coroutine to its end; its exception comes out.
inline void run(boost::asio::awaitable<void> work) {
    boost::asio::io_context context{1};
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(work),
                          [&failure](std::exception_ptr error) { failure = error; });
    context.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace bellhop::daemon
