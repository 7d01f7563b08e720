// A mailbox on an IMAP server (RFC 3501, RFC 9051; IDLE, MOVE, UIDPLUS, ESEARCH where offered).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/imap/imap_fetch_queue.hpp"
#include "daemon/imap/imap_session.hpp"
#include "daemon/imap/mailbox.hpp"

namespace bellhop::daemon {

struct ImapMailboxSettings {
    ConnectionSettings connection = {};
    std::string folder = "INBOX";
    std::string flag = "$BellhopProcessed";  ///< what flag() sets; a keyword or \Seen
    bool idle = true;                        ///< use IDLE where it is offered
    std::size_t message_bytes = 25'000'000;  ///< a larger mail is handed over cut off
    FetchWindow window = {};
};

class ImapMailbox final : public Mailbox {
public:
    /// Connects at the first select().
    ImapMailbox(CurlLoop& loop, ImapMailboxSettings settings);

    boost::asio::awaitable<MailboxState> select() override;
    boost::asio::awaitable<std::vector<MailSummary>> list(MailUid first,
                                                          std::size_t limit) override;
    void start_fetch(std::vector<MailSummary> mails) override;
    boost::asio::awaitable<std::optional<FetchedMail>> next_fetched() override;
    boost::asio::awaitable<std::optional<std::string>> fetch_header(MailUid uid,
                                                                    std::size_t limit) override;
    boost::asio::awaitable<MarkReport> move(std::vector<MailUid> uids, std::string folder) override;
    boost::asio::awaitable<MarkReport> flag(std::vector<MailUid> uids) override;
    boost::asio::awaitable<Wake> wait_for_mail(std::chrono::milliseconds patience) override;
    void wake() override;
    boost::asio::awaitable<void> close() override;

private:
    enum class Phase { selecting, selected };

    // The conversation
    boost::asio::awaitable<std::string> begin(std::string command);
    boost::asio::awaitable<parsers::ImapResponse> finish(std::string tag);
    boost::asio::awaitable<parsers::ImapResponse> run(std::string command);
    boost::asio::awaitable<void> must(std::string command);
    void take(parsers::ImapResponse response);
    void take_status(const parsers::ImapResponse& response);
    void take_copies(const parsers::ImapResponse& response);
    void take_fetch(parsers::ImapResponse response);
    void take_search(const parsers::ImapResponse& response);

    // Listing
    boost::asio::awaitable<std::uint64_t> list_window(std::uint64_t from, std::uint64_t width);
    boost::asio::awaitable<std::uint64_t> skip_gap(std::uint64_t from);
    boost::asio::awaitable<MailUid> ask_uidnext();

    // Fetching
    boost::asio::awaitable<void> fill_window();

    // Marking
    boost::asio::awaitable<parsers::ImapResponse> transfer(std::string verb,
                                                           std::string set,
                                                           std::string folder);
    boost::asio::awaitable<parsers::ImapResponse> move_set(std::string set, std::string folder);
    boost::asio::awaitable<parsers::ImapResponse> store(std::string set, std::string flag);
    bool keeps(const std::string& flag) const;
    void record(const parsers::ImapResponse& reply, MarkReport& report);

    // Waiting
    boost::asio::awaitable<void> begin_idle();
    boost::asio::awaitable<void> end_idle();
    boost::asio::awaitable<void> listen(Deadline end);

    ImapMailboxSettings settings_;
    ImapSession session_;
    FetchQueue fetches_;
    std::map<std::string, parsers::ImapResponse> replies_ = {};  // tagged, not yet asked for

    Phase phase_ = Phase::selecting;
    MailboxState state_ = {};
    bool has_uidnext_ = false;  // the server told it
    std::optional<std::vector<std::string>> permanent_flags_ =
        {};              // nullopt: not told, all are kept
    bool news_ = false;  // EXISTS has grown since the mails were listed

    std::uint64_t listing_from_ = 0;  // 0: no list() under way
    std::vector<MailSummary> listed_ = {};
    std::optional<std::uint64_t> least_found_ = {};  // ESEARCH MIN
    MailUid header_of_ = {};
    std::optional<std::string> header_ = {};
    std::vector<std::pair<MailUid, MailUid>> copies_ = {};
    std::uint32_t copies_uidvalidity_ = 0;
    std::set<std::string> created_ = {};  // folders that we tried to create

    std::string idle_tag_ = {};  // of the IDLE under way, or ended and not yet answered
    bool idling_ = false;
    bool may_idle_ = true;  // until the server refuses
    bool continued_ = false;
    bool wake_requested_ = false;
};

}  // namespace bellhop::daemon
