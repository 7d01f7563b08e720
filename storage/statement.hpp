// A prepared statement: typed parameters in, typed columns out.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3_stmt;

namespace bellhop::storage {

/// Bytes as a parameter of type BLOB. They are not copied: they must live until the statement has
/// run.
struct BlobView {
    std::string_view bytes = {};
};

/// Lent by a connection for one use; given back, reset and without parameters, at destruction.
class Statement {
public:
    Statement(Statement&& other) noexcept;
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;

    /// Binds ?1, ?2, ... in this order. Texts are copied.
    template <class... Values>
    Statement& bind(const Values&... values) {
        int index = 0;
        (bind_at(++index, values), ...);
        return *this;
    }

    /// The next row; false after the last one. Throws DatabaseError.
    bool step();
    /// Runs a statement that gives no rows, or whose rows nobody wants. Throws DatabaseError.
    void run();

    // Columns of the current row count from 0. NULL reads as 0 or empty.
    std::int64_t integer(int column) const;
    std::string text(int column) const;  ///< TEXT or BLOB
    bool is_null(int column) const;
    std::chrono::sys_seconds instant(int column) const;
    std::optional<std::chrono::sys_seconds> optional_instant(int column) const;
    /// An id: enum class X : std::int64_t {}.
    template <class Id>
    Id id(int column) const {
        return Id{integer(column)};
    }
    template <class Id>
    std::optional<Id> optional_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional<Id>{Id{integer(column)}};
    }

private:
    friend class Database;
    /// `lent` is the cache's mark that the statement is in use; null where it is not cached.
    Statement(sqlite3_stmt* statement, bool* lent) : statement_(statement), lent_(lent) {}

    void bind_integer(int index, std::int64_t value);
    void bind_text(int index, std::string_view value);
    void bind_null(int index);
    void bind_at(int index, const BlobView& value);
    void bind_at(int index, std::string_view value) { bind_text(index, value); }
    void bind_at(int index, const std::string& value) { bind_text(index, value); }
    void bind_at(int index, const char* value) { bind_text(index, value); }
    void bind_at(int index, std::nullopt_t) { bind_null(index); }
    void bind_at(int index, std::chrono::sys_seconds value) {
        bind_integer(index, value.time_since_epoch().count());
    }
    template <std::integral Integer>
    void bind_at(int index, Integer value) {
        static_assert(sizeof(Integer) < 8 || std::signed_integral<Integer>,
                      "SQLite has no unsigned integers of 64 bits");
        bind_integer(index, value);
    }
    template <class Id>
    requires std::is_enum_v<Id> && std::same_as<std::underlying_type_t<Id>, std::int64_t>
    void bind_at(int index, Id value) { bind_integer(index, static_cast<std::int64_t>(value)); }
    template <class Value>
    void bind_at(int index, const std::optional<Value>& value) {
        value ? bind_at(index, *value) : bind_null(index);
    }

    sqlite3_stmt* statement_;
    bool* lent_;
};

}  // namespace bellhop::storage
