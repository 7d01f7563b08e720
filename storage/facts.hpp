// Single things that must be remembered, by name.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bellhop::storage {

class Database;

class Facts {
public:
    explicit Facts(Database& database) : database_(database) {}

    /// Empty where there is none.
    std::string find(const std::string& name) const;
    void set(const std::string& name, const std::string& value);
    void forget(const std::string& name);
    /// Those whose name begins so, by name, without that beginning.
    std::vector<std::pair<std::string, std::string>> below(const std::string& beginning) const;

private:
    Database& database_;
};

}  // namespace bellhop::storage
