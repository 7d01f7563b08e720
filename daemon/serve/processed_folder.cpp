#include "daemon/serve/processed_folder.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "daemon/process/log.hpp"
#include "daemon/serve/catch_up.hpp"
#include "daemon/serve/reconciliation.hpp"
#include "daemon/work/work_done.hpp"

namespace asio = boost::asio;

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 24h;
constexpr std::size_t page = 1000;              // mails listed at a time
constexpr std::size_t most_looked_at = 20'000;  // of one look; the newest of a flood are left out
constexpr std::uint32_t looked_back = 40'000;   // UIDs of our own ledger
constexpr std::size_t fewest = 3;               // strange mails that are a sign: people move one

/// How far the last look has come.
struct Memory {
    std::chrono::sys_seconds at = {};
    std::uint32_t uidvalidity = 0;  // 0: nothing was looked at yet
    std::uint32_t next_uid = 0;
};

std::string fact_of(const std::string& mailbox) {
    return "processed_folder/" + mailbox;
}

std::uint32_t number_in(std::string_view text) {
    std::uint32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<Memory> remembered(const storage::Store& store, const std::string& mailbox) {
    const std::string fact = store.facts.find(fact_of(mailbox));
    if (fact.empty()) return std::nullopt;
    const WorkDone read = read_dated_fact(fact);
    const std::size_t blank = std::min(read.words.find(' '), read.words.size());
    return Memory{
        read.at, number_in(std::string_view{read.words}.substr(0, blank)),
        number_in(std::string_view{read.words}.substr(std::min(blank + 1, read.words.size())))};
}

void remember(storage::Store& store, const std::string& mailbox, const Memory& memory) {
    storage::Transaction transaction{store.database, storage::Durability::process_death};
    store.facts.set(fact_of(mailbox),
                    dated_fact(memory.at, std::to_string(memory.uidvalidity) + " " +
                                              std::to_string(memory.next_uid)));
    transaction.commit();
}

/// What of the folder was taken here.
struct Compared {
    std::size_t ours = 0;
    std::size_t strange = 0;
};

/// The newest mails that this database has taken from the mailbox, by the date that the server gave
/// them: it goes with a mail that is moved.
std::vector<storage::KnownMail> newest_taken(const storage::Store& store,
                                             const std::string& mailbox) {
    const auto cursor = store.ledger.cursor(mailbox);
    if (!cursor) return {};
    const std::uint32_t next = cursor->next_uid;
    std::vector<storage::KnownMail> known = store.ledger.known_mails(
        mailbox, cursor->uidvalidity, next > looked_back ? next - looked_back : 1, next);
    std::erase_if(known, [](const storage::KnownMail& one) { return !one.internal_at; });
    std::sort(known.begin(), known.end(),
              [](const storage::KnownMail& left, const storage::KnownMail& right) {
                  return *left.internal_at < *right.internal_at;
              });
    return known;
}

bool is_ours(const std::vector<storage::KnownMail>& known, const MailSummary& mail) {
    auto at = std::lower_bound(known.begin(), known.end(), mail.internal_date,
                               [](const storage::KnownMail& one, std::chrono::sys_seconds date) {
                                   return *one.internal_at < date;
                               });
    for (; at != known.end() && *at->internal_at == mail.internal_date; ++at) {
        if (is_same_mail(*at, mail)) return true;
    }
    return false;
}

bool is_sign_of_another(const Compared& compared,
                        const std::vector<storage::KnownMail>& known,
                        std::chrono::sys_seconds last_look) {
    const bool has_taken = !known.empty() && *known.back().internal_at >= last_look;
    return compared.strange >= fewest && (compared.ours > 0 || !has_taken);
}

}  // namespace

std::optional<MailboxSettings> to_look_into(storage::Store& store,
                                            const MailboxSettings& settings,
                                            std::chrono::sys_seconds now) {
    if (settings.after_commit != AfterCommit::move) return std::nullopt;
    const std::optional<Memory> memory = remembered(store, settings.name);
    if (!memory) {
        remember(store, settings.name, {now, 0, 0});
        return std::nullopt;
    }
    const bool is_due = now - memory->at >= between_looks || memory->at > now;
    // What lies there since before a restore is read again, by catch_up.hpp.
    if (!is_due || store.generations.is_unread(settings.name)) return std::nullopt;
    MailboxSettings folder = settings;
    folder.folder = settings.processed_folder;
    return folder;
}

asio::awaitable<void> look_into_processed(Mailbox& processed,
                                          MailboxSettings settings,
                                          storage::Store& store,
                                          std::chrono::sys_seconds now) {
    MailboxState state;
    bool is_there = true;
    try {
        state = co_await processed.select();
    } catch (const ConnectionError& error) {
        if (!is_missing_folder(error)) throw;
        is_there = false;
    }
    if (!is_there) {
        remember(store, settings.name, {now, 0, 0});
        co_return;
    }
    const Memory before = remembered(store, settings.name).value_or(Memory{});
    const Memory after{now, state.uidvalidity, static_cast<std::uint32_t>(state.uidnext)};
    if (before.uidvalidity == state.uidvalidity && before.next_uid < after.next_uid) {
        const std::vector<storage::KnownMail> known = newest_taken(store, settings.name);
        Compared compared;
        MailUid next{before.next_uid};
        bool has_more = true;
        for (std::size_t seen = 0; has_more && seen < most_looked_at; seen += page) {
            const std::vector<MailSummary> listed = co_await processed.list(next, page);
            for (const MailSummary& mail : listed) {
                ++(is_ours(known, mail) ? compared.ours : compared.strange);
            }
            has_more = listed.size() == page;
            if (has_more) next = MailUid{static_cast<std::uint32_t>(listed.back().uid) + 1};
        }
        log_event(LogLevel::info, "processed_folder_looked_into",
                  {{"mailbox", settings.name},
                   {"taken_here", std::to_string(compared.ours)},
                   {"strange", std::to_string(compared.strange)}});
        if (is_sign_of_another(compared, known, before.at)) {
            note_other_gateway(store, settings.name, now,
                               std::to_string(compared.strange) + " mails in the folder " +
                                   settings.folder + " were never taken here");
        }
    }
    remember(store, settings.name, after);
    co_await processed.close();
}

}  // namespace bellhop::daemon
