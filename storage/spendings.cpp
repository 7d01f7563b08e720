#include "storage/spendings.hpp"

#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"
#include "storage/database.hpp"

namespace bellhop::storage {
namespace {

std::string name_of(Spending what) {
    switch (what) {
        case Spending::answer:
            return "answer";
        case Spending::ticket:
            return "ticket";
        case Spending::withheld:
            return "withheld";
        case Spending::collected:
            return "collected";
    }
    never_reached();
}

/// Who somebody is stands with his ticket, where it can be erased.
std::string digest_of(const std::string& person) {
    constexpr std::size_t length = 24;  // hexadecimal digits: no two senders have the same
    return parsers::hex(parsers::sha256(person)).substr(0, length);
}

}  // namespace

void Spendings::add(const SpendingEntry& entry) {
    AtomicWrite write{database_};
    database_.prepare("DELETE FROM spendings WHERE spent_at < ?1", entry.at - kept_for).run();
    database_
        .prepare(
            "INSERT INTO spendings (what, spent_at, person, domain, is_stranger) "
            "VALUES (?1, ?2, ?3, ?4, ?5)",
            name_of(entry.what), entry.at, digest_of(entry.person), entry.domain, entry.is_stranger)
        .run();
    write.commit();
}

std::size_t Spendings::count(const SpendingFilter& filter,
                             std::chrono::sys_seconds after,
                             std::chrono::sys_seconds until,
                             std::size_t most) const {
    const std::string what = name_of(filter.what);
    const auto limit = static_cast<std::int64_t>(most);
    const std::int64_t least = filter.only_strangers ? 1 : 0;
    const auto number = [](Statement query) {
        return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
    };
    if (filter.person) {
        return number(database_.prepare(
            "SELECT count(*) FROM (SELECT 1 FROM spendings WHERE what = ?1 AND person = ?2 "
            "AND spent_at > ?3 AND spent_at <= ?4 AND is_stranger >= ?5 LIMIT ?6)",
            what, digest_of(*filter.person), after, until, least, limit));
    }
    if (filter.domain) {
        return number(database_.prepare(
            "SELECT count(*) FROM (SELECT 1 FROM spendings WHERE what = ?1 AND domain = ?2 "
            "AND spent_at > ?3 AND spent_at <= ?4 AND is_stranger >= ?5 LIMIT ?6)",
            what, *filter.domain, after, until, least, limit));
    }
    return number(database_.prepare(
        "SELECT count(*) FROM (SELECT 1 FROM spendings WHERE what = ?1 AND spent_at > ?2 "
        "AND spent_at <= ?3 AND is_stranger >= ?4 LIMIT ?5)",
        what, after, until, least, limit));
}

std::optional<std::chrono::sys_seconds> Spendings::first(Spending what,
                                                         std::chrono::sys_seconds after) const {
    Statement query =
        database_.prepare("SELECT min(spent_at) FROM spendings WHERE what = ?1 AND spent_at > ?2",
                          name_of(what), after);
    if (!query.step() || query.is_null(0)) return std::nullopt;
    return query.instant(0);
}

}  // namespace bellhop::storage
