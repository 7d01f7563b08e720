#include "storage/furniture_store.hpp"

#include "storage/database.hpp"
#include "storage/json_text.hpp"

namespace bellhop::storage {
namespace {

rules::LearntFurniture row_of(const Statement& query) {
    rules::LearntFurniture one;
    one.id = query.integer(0);
    one.print = {static_cast<std::uint64_t>(query.integer(1)),
                 static_cast<std::size_t>(query.integer(2))};
    one.image = query.text(3);
    one.in_place = static_cast<int>(query.integer(4));
    one.worded = static_cast<int>(query.integer(5));
    one.bare = static_cast<int>(query.integer(6));
    one.people = texts_of_json(query.text(7));
    one.last_ticket = query.id<rules::TicketId>(8);
    one.last_seen = query.instant(9);
    return one;
}

}  // namespace

std::vector<rules::LearntFurniture> FurnitureStore::of_domain(const std::string& domain) const {
    Statement query = database_.prepare(
        "SELECT id, print, words, image, in_place, worded, bare, people, last_ticket, last_seen_at "
        "FROM learnt_furniture WHERE domain = ?1 ORDER BY last_seen_at DESC, id DESC LIMIT ?2",
        domain, static_cast<std::int64_t>(rules::most_furniture));
    std::vector<rules::LearntFurniture> rows;
    while (query.step()) rows.push_back(row_of(query));
    return rows;
}

void FurnitureStore::keep(const std::string& domain, const rules::LearntFurniture& one) {
    AtomicWrite write{database_};
    const auto print = static_cast<std::int64_t>(one.print.bits);
    const auto words = static_cast<std::int64_t>(one.print.words);
    if (one.id != 0) {
        database_
            .prepare(
                "UPDATE learnt_furniture SET in_place = ?2, worded = ?3, bare = ?4, people = ?5, "
                "last_ticket = ?6, last_seen_at = ?7 WHERE id = ?1",
                one.id, one.in_place, one.worded, one.bare, to_json(one.people), one.last_ticket,
                one.last_seen)
            .run();
        write.commit();
        return;
    }
    database_
        .prepare(
            "INSERT INTO learnt_furniture (domain, print, words, image, in_place, worded, bare, "
            "people, last_ticket, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            domain, print, words, one.image, one.in_place, one.worded, one.bare,
            to_json(one.people), one.last_ticket, one.last_seen)
        .run();
    database_
        .prepare(
            "DELETE FROM learnt_furniture WHERE id IN (SELECT id FROM learnt_furniture "
            "WHERE domain = ?1 ORDER BY in_place + worded + bare DESC, last_seen_at DESC, id DESC "
            "LIMIT -1 OFFSET ?2)",
            domain, static_cast<std::int64_t>(rules::most_furniture))
        .run();
    write.commit();
}

std::int64_t FurnitureStore::forget_before(std::chrono::sys_seconds since, std::size_t most) {
    database_
        .prepare(
            "DELETE FROM learnt_furniture WHERE id IN (SELECT id FROM learnt_furniture "
            "WHERE last_seen_at < ?1 LIMIT ?2)",
            since, static_cast<std::int64_t>(most))
        .run();
    return database_.changes();
}

}  // namespace bellhop::storage
