// Who asks in a mail that a program has sent for somebody: a web form, a scanner, a list.
#pragma once

#include <optional>

#include "parsers/message/message.hpp"

namespace bellhop::rules {

/// The one address of Reply-To, where From is not a person's: a machine that sends what people
/// type or scan, or a list that has put itself into From. What a person writes into Reply-To
/// himself does not count: nobody could tell whose answer goes there.
std::optional<parsers::Address> asker_behind(const parsers::Message& message);

}  // namespace bellhop::rules
