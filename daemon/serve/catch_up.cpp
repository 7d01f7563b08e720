#include "daemon/serve/catch_up.hpp"

#include <algorithm>
#include <utility>

#include "daemon/process/log.hpp"
#include "parsers/text/ascii.hpp"

namespace asio = boost::asio;

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

// Mail that waited in the mailbox when the backup was made is older than it, and was taken after
// it.
constexpr auto margin = 48h;
constexpr std::size_t page = 1000;                    // mails listed at a time
constexpr std::size_t header_bytes = 256 * 1024;      // of a mail above the limit
constexpr std::string_view key_prefix = "restored/";  // of the ledger's mailbox

std::uint32_t number(MailUid uid) {
    return static_cast<std::uint32_t>(uid);
}

}  // namespace

bool is_missing_folder(const ConnectionError& error) {
    return error.kind() == ConnectionErrc::refused &&
           parsers::lower_case(error.detail()).find("exist") != std::string::npos;
}

std::optional<MailboxSettings> to_read_again(const storage::Store& store,
                                             const MailboxSettings& settings) {
    if (!store.generations.is_unread(settings.name)) return std::nullopt;
    MailboxSettings again = settings;
    if (settings.after_commit == AfterCommit::move) again.folder = settings.processed_folder;
    return again;
}

asio::awaitable<void> CatchUp::run(Mailbox& processed, MailboxSettings settings, const Desk& desk) {
    settings_ = std::move(settings);
    taken_ = 0;
    const auto restored = store_.generations.restored();
    if (restored && settings_.after_commit == AfterCommit::move) {
        log_event(LogLevel::info, "reading_again",
                  {{"mailbox", settings_.name}, {"folder", settings_.folder}});
        bool is_there = true;
        try {
            const MailboxState state = co_await processed.select();
            uidvalidity_ = state.uidvalidity;
        } catch (const ConnectionError& error) {
            if (!is_missing_folder(error)) throw;
            is_there = false;
        }
        MailUid next{1};
        while (is_there) {
            std::vector<MailSummary> listed = co_await processed.list(next, page);
            if (listed.empty()) break;
            next = MailUid{number(listed.back().uid) + 1};
            is_there = listed.size() == page;
            std::erase_if(listed, [&](const MailSummary& mail) {
                return mail.internal_date < restored->backed_up_at - margin;
            });
            std::vector<MailSummary> wanted = missing(listed);
            co_await take(processed, std::move(wanted), desk);
        }
        co_await processed.close();
    }
    store_.generations.mark_read(settings_.name);
    log_event(LogLevel::info, "read_again",
              {{"mailbox", settings_.name}, {"mails", std::to_string(taken_)}});
}

/// Those without an outcome from an earlier, interrupted run.
std::vector<MailSummary> CatchUp::missing(const std::vector<MailSummary>& listed) const {
    std::vector<MailSummary> found;
    if (listed.empty()) return found;
    const std::vector<storage::KnownMail> known =
        store_.ledger.known_mails(std::string{key_prefix} + settings_.name, uidvalidity_,
                                  number(listed.front().uid), number(listed.back().uid));
    for (const MailSummary& mail : listed) {
        const bool is_known = std::any_of(known.begin(), known.end(), [&mail](const auto& one) {
            return one.uid == number(mail.uid);
        });
        if (!is_known) found.push_back(mail);
    }
    return found;
}

asio::awaitable<void> CatchUp::take(Mailbox& processed,
                                    std::vector<MailSummary> mails,
                                    const Desk& desk) {
    std::vector<FetchedMail> too_large;
    const std::size_t count = mails.size();
    if (count > 0) processed.start_fetch(std::move(mails), {});
    for (std::size_t left = count; left > 0; --left) {
        std::optional<FetchedMail> fetched = co_await processed.next_fetched();
        if (!fetched) break;
        if (fetched->outcome == FetchedMail::Outcome::oversize) {
            too_large.push_back(std::move(*fetched));
        } else {
            take_one(std::move(*fetched), desk);
        }
    }
    for (FetchedMail& mail : too_large) take_one(std::move(mail), desk);
}

void CatchUp::take_one(FetchedMail fetched, const Desk& desk) {
    IncomingMail mail;
    mail.key = {std::string{key_prefix} + settings_.name, uidvalidity_, number(fetched.uid)};
    mail.mailbox = settings_.name;
    mail.arrived = std::min(fetched.internal_date, clock_.now());
    mail.internal_date = fetched.internal_date;
    mail.size = fetched.bytes.size();
    mail.bytes = std::move(fetched.bytes);
    if (fetched.outcome == FetchedMail::Outcome::oversize) {
        const std::size_t header = std::min(mail.bytes.find("\r\n\r\n"), header_bytes);
        mail.bytes.resize(std::min(header, mail.bytes.size()));
        mail.extent = rules::Extent::header_only;
        mail.size = desk.settings.limits.message_bytes + 1;
    } else if (fetched.outcome != FetchedMail::Outcome::whole) {
        // It lies where people put what is done with: they see it there.
        log_event(LogLevel::warn, "not_read_again",
                  {{"mailbox", settings_.name},
                   {"uid", std::to_string(number(fetched.uid))},
                   {"error", fetched.refusal.words}});
        return;
    }
    const std::vector<Taken> taken = intake_.take({&mail, 1}, desk);
    store_.ledger.mark_processed({mail.key});
    if (taken.front().outcome != storage::Outcome::duplicate) ++taken_;
}

void forget_unconfigured(storage::Store& store, const Desk& desk) {
    for (const std::string& name : store.generations.unread()) {
        const auto& mailboxes = desk.settings.mailboxes;
        if (std::any_of(mailboxes.begin(), mailboxes.end(),
                        [&name](const MailboxSettings& one) { return one.name == name; })) {
            continue;
        }
        store.generations.mark_read(name);
        log_event(LogLevel::warn, "not_read_again",
                  {{"mailbox", name}, {"error", "it is no longer configured"}});
    }
}

}  // namespace bellhop::daemon
