// The lines of a mail that are orders, apart from what else is written: as phones and mail programs
// write them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

struct OrderLine {
    std::string name = {};  ///< "Close", as written, without "#"
    std::string rest = {};  ///< behind it, one line of plain characters

    friend bool operator==(const OrderLine&, const OrderLine&) = default;
};

struct OrderedText {
    std::vector<OrderLine> orders = {};
    std::string letter = {};             ///< what stands below
    std::vector<std::string> late = {};  ///< orders below the letter, as written

    friend bool operator==(const OrderedText&, const OrderedText&) = default;
};

/// Parts the orders at the top of `text` from the letter below: lines that begin with "#" and a
/// word, and those that follow it on the same line where `is_order` knows them. Behind "#note" and
/// "#reply" the rest of the line is text. A line of the letter that begins with an order that
/// `is_order` knows is told as late. Linear; never fails.
OrderedText split_orders(std::string_view text,
                         const std::function<bool(std::string_view name)>& is_order);

/// `letter` without what stands from the writer's name on, among its last lines, and without a
/// "kind regards" above it: our mails name him themselves. `writer` may be empty.
std::string without_sign_off(std::string_view letter, std::string_view writer);

}  // namespace bellhop::rules
