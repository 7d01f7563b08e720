// Configuration text (TOML 1.0) read into values that know their places.
//
// A file is read in two steps. `ConfigFile::parse` takes the syntax: it gives the tree, or every
// syntax error at once. Then the typed getters take the meaning: none of them fails, each adds its
// complaint to one list, and the caller looks at the list when it has read everything.
//
//     auto file = ConfigFile::parse("rules.toml", text);
//     if (!file) return file.error();
//     Diagnostics complaints;
//     ConfigTable root = file->root(complaints);
//     for (ConfigTable& table : root.tables("rule")) {
//         Rule rule;
//         rule.name = table.required_text("name", "name = \"invoices\"");
//         rule.stop = table.boolean("stop").value_or(false);
//         rule.weight = table.integer("weight", 0, 100).value_or(50);
//         rule.priority = table.choice("priority", {"low", "normal", "high"}).value_or("");
//         rule.delay = table.duration("delay", 1s, 24h).value_or(5min);         // delay = "30s"
//         for (const ConfigValue& word : table.items("words")) {                 // "x" or ["x",
//         "y"]
//             const std::string text = word.text().value_or("");
//             if (!is_regex(text)) word.complain("bad pattern " + in_quotes(text), {"..."});
//         }
//         table.refuse_unknown_keys();      // knows the keys that were asked for above
//     }
//     root.refuse_unknown_keys();
//     if (has_errors(complaints)) return complaints;
//
// A key that was asked for counts as known, found or not: ask for every key before
// `refuse_unknown_keys`. Tables and values point into their ConfigFile and into the list of
// complaints; both must outlive them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/system/result.hpp>

#include "parsers/config/config_value.hpp"
#include "parsers/config/diagnostic.hpp"

namespace bellhop::parsers {

constexpr std::size_t max_config_bytes =
    4 * 1024 * 1024;                                // of one file; a large people.toml is 200 kB
constexpr std::size_t max_config_line = 16 * 1024;  // bytes; bounds dotted keys, too
constexpr int max_config_depth = 32;                // tables and arrays within each other

/// A file whose syntax is right.
class ConfigFile {
public:
    /// `file` is the name that complaints carry. Errors: every syntax error that can be told apart,
    /// duplicate keys and sections among them.
    static boost::system::result<ConfigFile, Diagnostics> parse(const std::string& file,
                                                                std::string_view text);

    /// The top-level table. `complaints` takes what its getters, and those of the tables below it,
    /// find.
    ConfigTable root(Diagnostics& complaints) const { return {*root_, "", complaints}; }

private:
    explicit ConfigFile(std::unique_ptr<const ConfigNode> root) : root_(std::move(root)) {}

    std::unique_ptr<const ConfigNode>
        root_;  // on the heap: tables point to it while the file moves
};

}  // namespace bellhop::parsers
