// What was learnt, as files that rules may include.
#pragma once

#include <string>

#include "rules/learn/learning.hpp"

namespace bellhop::rules {

/// learned.toml: the table beside it, and the points of evidence, for
/// `include = ["builtin:school", "learned.toml"]`.
/// Evidence of the desk's own file stands there with its points, not here.
std::string learnt_rules(const Learnt& learnt,
                         const Weighing& weighing,
                         const std::string& version,
                         const std::string& table_file,
                         EvidencePoints evidence);

}  // namespace bellhop::rules
