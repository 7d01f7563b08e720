#include "storage/facts.hpp"

#include "storage/database.hpp"

namespace bellhop::storage {

std::string Facts::find(const std::string& name) const {
    Statement query = database_.prepare("SELECT value FROM facts WHERE name = ?1", name);
    return query.step() ? query.text(0) : std::string{};
}

void Facts::set(const std::string& name, const std::string& value) {
    database_
        .prepare(
            "INSERT INTO facts (name, value) VALUES (?1, ?2) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name, value)
        .run();
}

void Facts::forget(const std::string& name) {
    database_.prepare("DELETE FROM facts WHERE name = ?1", name).run();
}

std::vector<std::pair<std::string, std::string>> Facts::below(const std::string& beginning) const {
    Statement query = database_.prepare(
        "SELECT substr(name, length(?1) + 1), value FROM facts "
        "WHERE name >= ?1 AND substr(name, 1, length(?1)) = ?1 ORDER BY name",
        beginning);
    std::vector<std::pair<std::string, std::string>> found;
    while (query.step()) found.emplace_back(query.text(0), query.text(1));
    return found;
}

}  // namespace bellhop::storage
