// Single things that must be remembered, by name.
#pragma once

#include <string>

namespace bellhop::storage {

class Database;

class Facts {
public:
    explicit Facts(Database& database) : database_(database) {}

    /// Empty where there is none.
    std::string find(const std::string& name) const;
    void set(const std::string& name, const std::string& value);

private:
    Database& database_;
};

}  // namespace bellhop::storage
