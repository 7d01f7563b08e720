// The manual pages of the configuration files, for tests that do what they say.
#pragma once

#include <string>
#include <vector>

namespace bellhop::rules {

struct ManualPage {
    std::vector<std::string> examples = {};  ///< ".Bd -literal": files, or parts of one
    std::vector<std::string> lists = {};     ///< ".Bd -unfilled": texts of another kind
    std::vector<std::string> values = {};    ///< ".It Li": what may be written, without its quotes
};

/// A page of docs/man as a reader sees it: "bellhop-sla.5". Its `values` are those of the section
/// `section`, or of the whole page. All empty, and a failure of the test, where it cannot be read.
ManualPage manual_page(const std::string& name, const std::string& section = "");

}  // namespace bellhop::rules
