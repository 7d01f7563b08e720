#include "rules/rule/rule_sources.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "parsers/text/digest.hpp"
#include "parsers/text/lists.hpp"
#include "rules/builtin/builtin_files.hpp"

namespace bellhop::rules {
namespace {

using parsers::ConfigFile;
using parsers::ConfigTable;
using parsers::ConfigValue;
using parsers::Diagnostics;
using parsers::in_quotes;

/// A name as the file `including` gives it: seen from that file's folder.
std::string beside(const std::string& including, const std::string& path) {
    if (path.starts_with('/') || path.starts_with(builtin_prefix)) return path;
    const std::size_t slash = including.rfind('/');
    return slash == std::string::npos ? path : including.substr(0, slash + 1) + path;
}

/// What is wrong with a name that a file of rules gives: it would lead out of their folder, or to
/// what is none of theirs. Empty where nothing is.
std::string fault_of(const std::string& path, std::string_view extension) {
    if (path.starts_with(builtin_prefix)) return {};
    if (path.starts_with('/') || ("/" + path + "/").find("/../") != std::string::npos) {
        return in_quotes(path) + " leads out of the folder of the configuration";
    }
    if (!path.ends_with(extension)) {
        return in_quotes(path) + " is no file ending in " + std::string{extension};
    }
    return {};
}

}  // namespace

std::string first_place(const parsers::TextSpan& first, const parsers::TextSpan& again) {
    return "first in " + (first.file == again.file ? "line " : first.file + ':') +
           std::to_string(first.line);
}

void RuleSources::open(const std::string& name, const parsers::TextSpan& from) {
    if (parsers::contains(opening_, name)) {
        complaints_.push_back({from, in_quotes(name) + " includes itself", {}});
        return;
    }
    if (names_.contains(name)) return;  // twice is once
    if (names_.size() >= most_) {
        complaints_.push_back({from, "too many files", {"at most " + std::to_string(most_)}});
        return;
    }
    const auto text = text_of(name);
    if (!text) {
        complaints_.push_back({from, "cannot read " + in_quotes(name), {}});
        return;
    }
    note(name, *text);
    auto file = ConfigFile::parse(name, *text);
    if (file.has_error()) {
        const Diagnostics found = file.error();  // error() gives a copy
        complaints_.insert(complaints_.end(), found.begin(), found.end());
        return;
    }
    open_includes(*file, name);
    files_.push_back(std::move(*file));
}

void RuleSources::open_includes(const ConfigFile& file, const std::string& name) {
    opening_.push_back(name);
    ConfigTable root = file.root(complaints_);
    for (const ConfigValue& item : root.items("include")) {
        const auto path = item.text();
        if (!path) continue;
        const std::string fault = fault_of(*path, ".toml");
        if (!fault.empty()) {
            item.complain(fault);
        } else {
            open(beside(name, *path), item.where());
        }
    }
    opening_.pop_back();
}

std::optional<std::string> RuleSources::text_of(const std::string& name) const {
    if (!name.starts_with(builtin_prefix)) return read_(name);
    const BuiltinFile* builtin = builtin_file(name);
    return builtin != nullptr ? std::optional<std::string>{builtin->text} : std::nullopt;
}

std::optional<std::string> RuleSources::text_named(const ConfigValue& value,
                                                   const std::string& path) {
    const std::string fault = fault_of(path, ".points");
    if (!fault.empty()) {
        value.complain(fault);
        return std::nullopt;
    }
    const std::string name = beside(value.where().file, path);
    auto text = text_of(name);
    if (!text) {
        value.complain("cannot read " + in_quotes(name));
        return std::nullopt;
    }
    note(name, *text);
    return text;
}

void RuleSources::note(const std::string& name, const std::string& text) {
    names_.insert(name);
    const BuiltinFile* builtin = builtin_file(name);
    digests_ += builtin != nullptr ? builtin->sha256 : parsers::hex(parsers::sha256(text));
}

std::shared_ptr<const PointTable> RuleSources::table_named(const ConfigValue& value,
                                                           const std::string& path) {
    const auto text = text_named(value, path);
    if (!text) return nullptr;
    if (auto builtin = builtin_table(path)) return builtin;
    auto table = PointTable::read(*text);
    if (table.has_value()) return std::make_shared<const PointTable>(std::move(*table));
    value.complain(in_quotes(path) + ": " + table.error(),
                   {"`bellhop rules learn` makes such tables"});
    return nullptr;
}

std::vector<std::string> RuleSources::names() const {
    std::vector<std::string> names;
    std::copy_if(names_.begin(), names_.end(), std::back_inserter(names),
                 [](const std::string& name) { return !name.starts_with(builtin_prefix); });
    return names;
}

std::string RuleSources::digest() const {
    return parsers::hex(parsers::sha256(digests_));
}

}  // namespace bellhop::rules
