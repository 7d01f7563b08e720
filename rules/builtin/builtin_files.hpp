// What the rules bring with them: files that `include = ["builtin:NAME"]` names.
#pragma once

#include <memory>
#include <string_view>

#include "rules/evidence/point_table.hpp"

namespace bellhop::rules {

/// With it a name stands for a file of the program.
inline constexpr std::string_view builtin_prefix = "builtin:";

struct BuiltinFile {
    std::string_view name = {};  ///< "builtin:school"
    std::string_view text = {};
    std::string_view sha256 = {};  ///< of the text, in hexadecimal
};

/// Null where there is none of that name.
const BuiltinFile* builtin_file(std::string_view name);

/// The table of points of that name, which costs no reading; null where there is none.
std::shared_ptr<const PointTable> builtin_table(std::string_view name);

}  // namespace bellhop::rules
