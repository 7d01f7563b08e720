// Who a mail says that its author is, where it says so plainly.
#pragma once

#include <optional>
#include <string>

#include "parsers/message/message.hpp"

namespace bellhop::parsers {

/// The one address in the one field From of `message`, as sole_author() reads it. Nullopt for any
/// other mail, and where the header is damaged so that another program may find another From in it:
/// where programs differ in whom they show, nobody is the author.
std::optional<std::string> plain_author(const Message& message);

}  // namespace bellhop::parsers
