// What the rules bring with them: files that `include = ["builtin:NAME"]` names.
#pragma once

#include <optional>
#include <string_view>

namespace bellhop::rules {

/// With it a name stands for a file of the program.
inline constexpr std::string_view builtin_prefix = "builtin:";

/// The text of "builtin:school"; nothing where there is none of that name.
std::optional<std::string_view> builtin_text(std::string_view name);

}  // namespace bellhop::rules
