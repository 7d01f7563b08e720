// Stateful stand-ins for the three seams, and a desk to work at.
#pragma once

#include <algorithm>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
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
    std::uint32_t refuses = 0;  ///< a UID that cannot be fetched
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
            MailSummary one;
            one.uid = MailUid{uid};
            one.size = bytes.size();
            one.internal_date = server_.dates[uid];
            found.push_back(one);
        }
        co_return found;
    }

    void start_fetch(std::vector<MailSummary> mails) override {
        wanted_.assign(mails.begin(), mails.end());
    }

    boost::asio::awaitable<std::optional<FetchedMail>> next_fetched() override {
        step();
        if (wanted_.empty()) co_return std::nullopt;
        FetchedMail mail;
        mail.uid = wanted_.front().uid;
        mail.internal_date = wanted_.front().internal_date;
        wanted_.pop_front();
        const auto found = server_.inbox.find(static_cast<std::uint32_t>(mail.uid));
        if (found == server_.inbox.end()) {
            mail.outcome = FetchedMail::Outcome::gone;
        } else if (server_.refuses == found->first) {
            mail.outcome = FetchedMail::Outcome::refused;
            mail.bytes = "NO [SERVERBUG] cannot read it";
        } else {
            mail.bytes = found->second;
        }
        co_return mail;
    }

    boost::asio::awaitable<std::optional<std::string>> fetch_header(MailUid uid,
                                                                    std::size_t limit) override {
        step();
        const auto found = server_.inbox.find(static_cast<std::uint32_t>(uid));
        if (found == server_.inbox.end()) co_return std::nullopt;
        const std::string header = found->second.substr(0, found->second.find("\r\n\r\n") + 4);
        co_return header.substr(0, limit);
    }

    boost::asio::awaitable<MarkReport> move(std::vector<MailUid> uids, std::string) override {
        step();
        for (const MailUid uid : uids) {
            const auto found = server_.inbox.find(static_cast<std::uint32_t>(uid));
            if (found == server_.inbox.end()) continue;
            server_.processed.push_back(found->second);
            server_.inbox.erase(found);
        }
        co_return MarkReport{};
    }

    boost::asio::awaitable<MarkReport> flag(std::vector<MailUid>) override {
        step();
        co_return MarkReport{};
    }

    boost::asio::awaitable<Wake> wait_for_mail(std::chrono::milliseconds) override {
        step();
        server_.idle();
        co_return Wake::mail;
    }

    void wake() override {}

    boost::asio::awaitable<void> close() override { co_return; }

private:
    void step() {
        if (++server_.operations != server_.breaks_at) return;
        throw ConnectionError(ConnectionErrc::lost, "cut by the test");
    }

    FakeServer& server_;
    std::deque<MailSummary> wanted_;
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
            report(i, delivery);
        }
        after_send();
        co_return;
    }

    void stop() override {}
    boost::asio::awaitable<void> close() override { co_return; }

    std::deque<Delivery> script = {};
    std::vector<OutgoingMail> sent = {};
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
    desk.settings.acknowledgement.limits = {{3, std::chrono::minutes{10}}};
    desk.settings.limits.free_disk_bytes = 0;
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
