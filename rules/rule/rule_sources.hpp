// The files of one set of rules: rules.toml, what it includes, and tables of points that it names.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "parsers/config/config_file.hpp"
#include "parsers/config/config_value.hpp"
#include "parsers/config/diagnostic.hpp"
#include "rules/evidence/point_table.hpp"

namespace bellhop::rules {

/// Finds the files, each once, and reads their syntax.
class RuleSources {
public:
    /// The text of a file by its name, relative to the first file's folder; nothing where it cannot
    /// be read.
    using Read = std::function<std::optional<std::string>(const std::string& name)>;

    /// At most `most` files. `read` and `complaints` outlive it.
    RuleSources(const Read& read, std::size_t most, parsers::Diagnostics& complaints)
        : read_{read}, most_{most}, complaints_{complaints} {}

    /// Reads the file and those that it includes; `from` is where it is named.
    void open(const std::string& name, const parsers::TextSpan& from);

    /// A table of points, as the file in which `value` stands names it. It counts for digest() and
    /// names(). Complains where it cannot be read, and gives null.
    std::shared_ptr<const PointTable> table_named(const parsers::ConfigValue& value,
                                                  const std::string& path);

    /// Included before including.
    const std::vector<parsers::ConfigFile>& files() const { return files_; }

    /// Of all that was read. Those of the program are not among them: they do not change.
    std::vector<std::string> names() const;

    /// Of the texts of all files, in hexadecimal.
    std::string digest() const;

private:
    void open_includes(const parsers::ConfigFile& file, const std::string& name);
    std::optional<std::string> text_of(const std::string& name) const;
    std::optional<std::string> text_named(const parsers::ConfigValue& value,
                                          const std::string& path);
    void note(const std::string& name, const std::string& text);

    const Read& read_;
    std::size_t most_;
    parsers::Diagnostics& complaints_;
    std::vector<parsers::ConfigFile> files_ = {};
    std::set<std::string> names_ = {};
    std::vector<std::string> opening_ = {};  // from the first file to the one that is being read
    std::string digests_ = {};
};

/// "first in line 7", "first in words.toml:7": a hint at `again` about what stands at `first`.
std::string first_place(const parsers::TextSpan& first, const parsers::TextSpan& again);

}  // namespace bellhop::rules
