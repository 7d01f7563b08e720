// The words that begin an order in a mail: "#close", "#resolved".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

enum class Verb {
    note,
    reply,
    close,
    reopen,
    wait,
    assign,
    me,
    priority,
    due,
    tag,
    untag,
    merge,
    requester,
    new_ticket,
    spam,
    undo,
    help
};

/// In any case (ASCII). Nothing for a word that begins no order.
std::optional<Verb> verb_of(std::string_view name);

/// The verb that `name` is a misspelling of; empty where none is near.
std::string nearest_verb(std::string_view name);

/// What may be ordered by mail, a line each: "#close [WHAT WAS DONE]   the ticket is resolved".
const std::vector<std::string>& mail_order_help();

}  // namespace bellhop::rules
