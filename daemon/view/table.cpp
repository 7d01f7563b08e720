#include "daemon/view/table.hpp"

#include <algorithm>

#include "daemon/view/output.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* between = "  ";

/// Characters, where each takes one place: code points that begin a character in UTF-8.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

std::string filled(const std::string& text, std::size_t width, bool is_right) {
    const std::string blanks(width - std::min(width, width_of(text)), ' ');
    return is_right ? blanks + text : text + blanks;
}

}  // namespace

std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::string> lines(rows.size() + 1);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const Column& column = columns[at];
        std::vector<std::string> cells{column.heading};
        bool is_empty = true;
        for (const std::vector<std::string>& row : rows) {
            ensure(row.size() == columns.size());
            cells.push_back(on_one_line(row[at], column.most));
            is_empty = is_empty && row[at].empty();
        }
        if (is_empty) continue;
        std::size_t width = 0;
        for (const std::string& cell : cells) width = std::max(width, width_of(cell));
        for (std::size_t line = 0; line < lines.size(); ++line) {
            if (!lines[line].empty()) lines[line] += between;
            lines[line] += filled(cells[line], width, column.is_right);
        }
    }
    std::string text;
    for (std::string& line : lines) {
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

}  // namespace bellhop::daemon
