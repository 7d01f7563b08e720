// What was given to senders of late, and what was kept from them: what budgets go by.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace bellhop::storage {

class Database;

enum class Spending {
    answer,    ///< an automatic answer
    ticket,    ///< a mail has opened a ticket
    withheld,  ///< an automatic answer that a budget of all senders has kept back
    collected  ///< a mail that opened none, because too many did
};

struct SpendingEntry {
    Spending what = Spending::answer;
    std::chrono::sys_seconds at = {};
    std::string person = {};  ///< key of an address (parsers::person_key); kept as a digest
    std::string domain = {};
    bool is_stranger = false;
};

/// Whose entries are counted; what is left open counts all.
struct SpendingFilter {
    Spending what = Spending::answer;
    std::optional<std::string> person = {};
    std::optional<std::string> domain = {};
    bool only_strangers = false;
};

class Spendings {
public:
    explicit Spendings(Database& database) : database_(database) {}

    /// Also forgets entries that are older than `kept_for` before this one.
    void add(const SpendingEntry& entry);

    /// How many there are in (after, until]; `most` where there are that many or more.
    std::size_t count(const SpendingFilter& filter,
                      std::chrono::sys_seconds after,
                      std::chrono::sys_seconds until,
                      std::size_t most) const;

    /// The first one after an instant.
    std::optional<std::chrono::sys_seconds> first(Spending what,
                                                  std::chrono::sys_seconds after) const;

    static constexpr std::chrono::days kept_for{8};  ///< longer than any budget looks back

private:
    Database& database_;
};

}  // namespace bellhop::storage
