// An IMAP server that keeps to a transcript, and the mailbox that talks to it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/imap/imap_mailbox.hpp"
#include "daemon/net/connection_error.hpp"
#include "tests/daemon/loop_runner.hpp"
#include "tests/daemon/scripted_server.hpp"

namespace bellhop::daemon {

/// The way to a connection that is logged in, with these capabilities.
inline std::string login(const std::string& capabilities) {
    return "S: * PREAUTH ready\n"
           "C: $a CAPABILITY\n"
           "S: * CAPABILITY IMAP4rev1\n"
           "S: $a OK done\n"
           "C: $a NOOP\n"
           "S: $a OK done\n"
           "C: $a CAPABILITY\n"
           "S: * CAPABILITY IMAP4rev1 " +
           capabilities +
           "\n"
           "S: $a OK done\n";
}

inline std::string select_reply(std::uint32_t exists, std::uint32_t uidnext) {
    return "C: $a SELECT \"INBOX\"\n"
           "S: * " +
           std::to_string(exists) +
           " EXISTS\n"
           "S: * OK [UIDVALIDITY 7] valid\n"
           "S: * OK [UIDNEXT " +
           std::to_string(uidnext) +
           "] next\n"
           "S: * OK [PERMANENTFLAGS (\\Seen \\*)] kept\n"
           "S: $a OK [READ-WRITE] done\n";
}

inline const std::string logout =
    "C: $a LOGOUT\n"
    "S: * BYE see you\n"
    "S: $a OK done\n";

/// The FETCH response with this mail, as lines of a transcript. Each of our tags in it ("$a") has
/// seven bytes.
inline std::string fetch_reply(int uid, const std::string& text) {
    std::size_t size = text.size();
    for (std::size_t at = text.find("$a"); at != std::string::npos; at = text.find("$a", at + 1))
        size += 5;
    std::string lines =
        "S: * 1 FETCH (UID " + std::to_string(uid) + " BODY[] {" + std::to_string(size) + "}\nS: ";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
            lines += "\nS: ";
            ++i;
        } else {
            lines += text[i];
        }
    }
    return lines + ")\n";
}

inline MailSummary mail(unsigned uid, std::uint64_t size = 1) {
    MailSummary summary;
    summary.uid = MailUid{uid};
    summary.size = size;
    return summary;
}

class Scene {
public:
    explicit Scene(std::vector<std::string> transcripts, std::size_t cut = ScriptedServer::never)
        : server_(io_, std::move(transcripts), cut), loop_(io_.get_executor()) {
        settings.connection.host = "127.0.0.1";
        settings.connection.port = server_.port();
        settings.connection.security = Security::none;
        settings.connection.authentication = Authentication::none;
        settings.connection.timeouts.command = std::chrono::seconds{10};
    }
    ~Scene() {
        mailbox_.reset();
        server_.stop();
        io_.poll();
    }
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    ImapMailbox& mailbox() {
        if (!mailbox_) mailbox_ = std::make_unique<ImapMailbox>(loop_, settings);
        return *mailbox_;
    }
    MailboxState select() { return run(io_, mailbox().select()); }
    std::vector<MailSummary> list(unsigned first, std::size_t limit) {
        return run(io_, mailbox().list(MailUid{first}, limit));
    }
    std::vector<MailSummary> look(std::vector<MailUid> uids) {
        return run(io_, mailbox().look(std::move(uids)));
    }
    FetchedMail beginning(MailSummary mail, std::size_t limit) {
        return run(io_, mailbox().fetch_beginning(std::move(mail), limit));
    }
    std::vector<FetchedMail> fetch(std::vector<MailSummary> mails,
                                   std::vector<MailSummary> alone = {}) {
        mailbox().start_fetch(std::move(mails), std::move(alone));
        std::vector<FetchedMail> fetched;
        for (;;) {
            std::optional<FetchedMail> next = run(io_, mailbox().next_fetched());
            if (!next) return fetched;
            fetched.push_back(std::move(*next));
        }
    }
    MarkReport move(std::vector<MailUid> uids, std::string folder) {
        return run(io_, mailbox().move(std::move(uids), std::move(folder)));
    }
    MarkReport flag(std::vector<MailUid> uids) { return run(io_, mailbox().flag(std::move(uids))); }
    Wake wait(std::chrono::milliseconds patience) {
        return run(io_, mailbox().wait_for_mail(patience));
    }
    void close() { run(io_, mailbox().close()); }

    boost::asio::io_context& io() { return io_; }
    ScriptedServer& server() { return server_; }

    ImapMailboxSettings settings = {};

private:
    boost::asio::io_context io_{1};
    ScriptedServer server_;
    CurlLoop loop_;
    std::unique_ptr<ImapMailbox> mailbox_ = {};
};

/// The error that `operation` ends in.
template <class Operation>
std::optional<ConnectionErrc> error_of(Operation operation) {
    try {
        operation();
    } catch (const ConnectionError& error) {
        return error.kind();
    }
    return std::nullopt;
}

inline const std::vector<std::string> no_complaints = {};

}  // namespace bellhop::daemon
