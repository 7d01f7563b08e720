#include "daemon/doctor/mailbox_visit.hpp"

#include <string_view>

#include "daemon/net/connection_error.hpp"
#include "parsers/protocol/imap_text.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::daemon {
namespace asio = boost::asio;
using parsers::ImapResponse;
using parsers::ImapStatus;
using rules::MailboxTrial;
namespace {

constexpr std::size_t max_words = 300;           // bytes of the server's words
constexpr std::size_t most_folders = 5'000;      // of a list
constexpr std::size_t most_new_mails = 100;      // looked through for the one that was sent
constexpr std::size_t read_of_mail = 32 * 1024;  // bytes: a header, or a report with one in it

// What mail programs call these folders where the server marks none (RFC 6154): in lower case,
// between bars.
constexpr const char* sent_names = "|sent|sent items|sent messages|sent mail|gesendet|";
constexpr const char* junk_names = "|junk|junk email|junk e-mail|spam|bulk mail|";

/// The last part of a folder's name, in lower case.
std::string last_part(std::string_view folder, const std::string& separator) {
    const std::size_t at = separator.empty() ? std::string_view::npos : folder.rfind(separator);
    return parsers::lower_case(at == std::string_view::npos ? folder
                                                            : folder.substr(at + separator.size()));
}

}  // namespace

/// What LIST answers.
class MailboxVisit::FolderList final : public ImapListener {
public:
    struct Folder {
        std::vector<std::string> flags = {};
        std::string name = {};
    };

    bool take(const ImapResponse& response) override {
        if (response.name != "LIST" || response.values.size() < 3) return false;
        if (folders.size() >= most_folders) return false;
        Folder folder;
        for (const parsers::ImapValue& flag : response.values[0].items) {
            folder.flags.push_back(flag.text);
        }
        folder.name = response.values[2].text;
        folders.push_back(std::move(folder));
        return false;
    }
    void take_mail(parsers::ImapFetched&) override {}

    std::vector<Folder> folders = {};
};

MailboxVisit::MailboxVisit(CurlLoop& loop,
                           ConnectionSettings connection,
                           rules::MailboxWishes wishes)
    : wishes_(std::move(wishes)),
      exchange_(loop, std::move(connection), parsers::ImapLimits{.kept = read_of_mail}),
      listing_(exchange_, wishes_.flag),
      fetching_(exchange_, FetchWindow{}, read_of_mail),
      folders_(std::make_unique<FolderList>()) {
    exchange_.add(namespaces_);
    exchange_.add(listing_);
    exchange_.add(fetching_);
    exchange_.add(*folders_);
}

MailboxVisit::~MailboxVisit() = default;

asio::awaitable<MailboxTrial> MailboxVisit::look(std::string what) {
    MailboxTrial trial;
    trial.what = std::move(what);
    trial.wishes = wishes_;
    co_await exchange_.session().open();
    const ImapSession& session = exchange_.session();
    if (session.has("NAMESPACE")) co_await exchange_.run("NAMESPACE");
    trial.tells_namespaces = namespaces_.are_told();
    trial.prefix = namespaces_.prefix();
    trial.separator = namespaces_.separator();
    trial.processed_name = namespaces_.name_of(wishes_.processed);
    trial.can_move = session.has("MOVE") || session.has("UIDPLUS");
    trial.waits = session.has("IDLE");
    co_await look_at_folder(trial);
    if (trial.is_selected && wishes_.moves && trial.can_move) co_await look_at_processed(trial);
    if (trial.is_selected) co_await look_at_other_folders(trial);
    co_return trial;
}

asio::awaitable<void> MailboxVisit::look_at_folder(MailboxTrial& trial) {
    const std::string folder = namespaces_.name_of(wishes_.folder);
    const ImapResponse reply =
        co_await exchange_.run("SELECT " + parsers::imap_mailbox_argument(folder));
    trial.is_selected = reply.status == ImapStatus::ok;
    if (!trial.is_selected) {
        trial.select_words = parsers::reply_words(reply, max_words);
        co_return;
    }
    trial.is_read_only = reply.code == "READ-ONLY";
    trial.keeps_flag = listing_.keeps(wishes_.flag);
    // A second time, for the numbers.
    const MailboxState state = co_await listing_.select(folder);
    trial.mails = state.exists;
}

asio::awaitable<void> MailboxVisit::look_at_processed(MailboxTrial& trial) {
    const std::string name = parsers::imap_mailbox_argument(trial.processed_name);
    folders_->folders.clear();
    const ImapResponse listed = co_await exchange_.run("LIST \"\" " + name);
    trial.has_processed = listed.status == ImapStatus::ok && !folders_->folders.empty();
    if (trial.has_processed) co_return;
    const ImapResponse created = co_await exchange_.run("CREATE " + name);
    trial.has_processed = created.status == ImapStatus::ok;
    trial.has_made_processed = trial.has_processed;
    if (!trial.has_processed) trial.create_words = parsers::reply_words(created, max_words);
}

asio::awaitable<void> MailboxVisit::look_at_other_folders(MailboxTrial& trial) {
    folders_->folders.clear();
    if (exchange_.session().has("SPECIAL-USE")) {
        co_await exchange_.run("LIST (SPECIAL-USE) \"\" \"*\"");
    }
    co_await exchange_.run("LIST \"\" " + parsers::imap_quoted(trial.prefix + "%"));
    trial.sent_folder = folder_for("\\Sent", sent_names);
    junk_ = folder_for("\\Junk", junk_names);
}

/// The folder that the server marks so, else the first with a usual name.
std::optional<std::string> MailboxVisit::folder_for(const std::string& use,
                                                    const std::string& names) const {
    for (const FolderList::Folder& folder : folders_->folders) {
        if (parsers::contains_flag(folder.flags, use)) return folder.name;
    }
    for (const FolderList::Folder& folder : folders_->folders) {
        const std::string name = last_part(folder.name, namespaces_.separator());
        if (names.find("|" + name + "|") != std::string::npos) return folder.name;
    }
    return std::nullopt;
}

// ---- the mail that was sent ----

asio::awaitable<void> MailboxVisit::mark_ends() {
    if (junk_) junk_end_ = co_await end_of(*junk_);
    if (wishes_.moves) processed_end_ = co_await end_of(namespaces_.name_of(wishes_.processed));
    folder_end_ = co_await end_of(namespaces_.name_of(wishes_.folder));
}

/// Nothing where the server does not open the folder.
asio::awaitable<std::optional<MailUid>> MailboxVisit::end_of(std::string folder) {
    std::optional<MailUid> end;
    try {
        const MailboxState state = co_await listing_.select(folder);
        end = state.uidnext;
    } catch (const ConnectionError& error) {
        if (error.kind() != ConnectionErrc::refused) throw;
    }
    co_return end;
}

asio::awaitable<std::optional<FoundMail>> MailboxVisit::find(std::string mark) {
    std::optional<FoundMail> found;
    if (folder_end_) {
        found = co_await find_in(namespaces_.name_of(wishes_.folder), *folder_end_, mark);
    }
    if (!found && processed_end_) {
        found = co_await find_in(namespaces_.name_of(wishes_.processed), *processed_end_, mark);
    }
    if (!found && junk_end_) {
        found = co_await find_in(*junk_, *junk_end_, mark);
        if (found) found->is_junk = true;
    }
    co_return found;
}

asio::awaitable<std::optional<FoundMail>> MailboxVisit::find_in(std::string folder,
                                                                MailUid first,
                                                                std::string mark) {
    co_await listing_.select(folder);
    const std::vector<MailSummary> mails = co_await listing_.list(first, most_new_mails);
    for (const MailSummary& mail : mails) {
        FetchedMail fetched = co_await fetching_.beginning(mail, read_of_mail);
        if (fetched.bytes.find(mark) == std::string::npos) continue;
        co_return FoundMail{mail.uid, mail.internal_date, std::move(fetched.bytes), folder, false};
    }
    co_return std::nullopt;
}

/// Without UID EXPUNGE (RFC 4315) it stays, marked: a plain EXPUNGE would remove what people have
/// marked.
asio::awaitable<void> MailboxVisit::remove(FoundMail mail) {
    const std::string uid = std::to_string(static_cast<std::uint32_t>(mail.uid));
    co_await listing_.select(mail.folder);
    co_await exchange_.run("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted \\Seen)");
    if (exchange_.session().has("UIDPLUS")) co_await exchange_.run("UID EXPUNGE " + uid);
}

asio::awaitable<void> MailboxVisit::close() {
    ImapSession& session = exchange_.session();
    if (!session.is_open()) co_return;
    try {
        co_await exchange_.run("LOGOUT");
    } catch (const ConnectionError& error) {
        // BYE is the way it ends.
        static_cast<void>(error);
    }
    session.close();
}

}  // namespace bellhop::daemon
