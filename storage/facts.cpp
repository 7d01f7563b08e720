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

}  // namespace bellhop::storage
