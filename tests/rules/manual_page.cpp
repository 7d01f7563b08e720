#include "tests/rules/manual_page.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

/// A line of text without roff's escapes.
std::string as_shown(std::string line) {
    for (std::size_t at = line.find("\\e"); at != std::string::npos;
         at = line.find("\\e", at + 1)) {
        line.erase(at + 1, 1);
    }
    return line;
}

std::string without_quotes(const std::string& text) {
    const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

ManualPage manual_page(const std::string& name, const std::string& section) {
    static const std::string item = ".It Li ";
    std::ifstream file{BELLHOP_SOURCE_DIR "/docs/man/" + name};
    EXPECT_TRUE(file.is_open()) << name;
    ManualPage page;
    std::vector<std::string>* inside = nullptr;  // the blocks that a line belongs to
    bool is_in_section = section.empty();
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(".Bd ")) {
            inside = line.starts_with(".Bd -literal") ? &page.examples : &page.lists;
            inside->emplace_back();
        } else if (line == ".Ed") {
            inside = nullptr;
        } else if (inside != nullptr) {
            inside->back() += as_shown(line) + '\n';
        } else if (line.starts_with(".S")) {
            is_in_section = section.empty() || line.substr(4) == section;
        } else if (is_in_section && line.starts_with(item)) {
            page.values.push_back(without_quotes(line.substr(item.size())));
        }
    }
    return page;
}

}  // namespace bellhop::rules
