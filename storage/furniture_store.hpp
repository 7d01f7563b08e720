// What is known of the furniture in the mails of each domain (rules/mail/learnt_furniture.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "rules/mail/learnt_furniture.hpp"

namespace bellhop::storage {

class Database;

class FurnitureStore {
public:
    explicit FurnitureStore(Database& database) : database_(database) {}

    /// Of one domain, what was seen last first; at most rules::most_furniture.
    std::vector<rules::LearntFurniture> of_domain(const std::string& domain) const;

    /// Writes it down, new where its id is 0. Beyond rules::most_furniture of a domain what was
    /// seen least goes, the oldest first.
    void keep(const std::string& domain, const rules::LearntFurniture& one);

    /// Forgets what was last seen before `since`, at most `most`; returns how many.
    std::int64_t forget_before(std::chrono::sys_seconds since, std::size_t most);

private:
    Database& database_;
};

}  // namespace bellhop::storage
