// What somebody of the desk can order: the names of the orders and the words of each, in one table
// for the terminal, a script, a socket and a mail.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/desk/desk_order.hpp"

namespace bellhop::daemon {

/// The words of one order by their keys. What is empty, or was not said, is absent.
using OrderWords = std::map<std::string, std::string, std::less<>>;

enum class WordKind {
    text,     ///< one line
    letter,   ///< lines that somebody reads
    date,     ///< "2026-11-02"
    instant,  ///< "2026-11-02T15:00:00Z"
    choice,   ///< one of `choices`
    yes,      ///< said or not; its value is "yes"
};

struct OrderWord {
    std::string key = {};   ///< "requester_only"
    std::string name = {};  ///< on a command line: "--requester-only"; by its place: "STATUS"
    std::string what = {};
    WordKind kind = WordKind::text;
    bool is_required = false;
    std::vector<std::string> choices = {};
};

struct OrderForm {
    std::string name = {};     ///< "status"
    std::string what = {};     ///< one line
    std::string example = {};  ///< "status 1042 resolved"
    std::vector<OrderWord> words = {};
    /// Makes the order. Precondition: complaint_about() has none.
    std::function<rules::DeskOrder(const OrderWords&)> order_of = {};

    const OrderWord* word(std::string_view key) const;  ///< null where it has none
};

/// All of them, in the order in which a list shows them.
const std::vector<OrderForm>& order_forms();

/// Null where there is no such order.
const OrderForm* order_form(std::string_view name);

/// What is wrong with the words of an order: one that it does not have, one that is missing, too
/// long, no UTF-8, or no date. Empty where nothing is.
std::string complaint_about(const OrderForm& form, const OrderWords& words);

}  // namespace bellhop::daemon
