// Rows under headings, for a terminal: each column as wide as what stands in it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace bellhop::daemon {

struct Column {
    std::string heading = {};
    std::size_t most = 40;  ///< characters; what is longer is cut
    bool is_right = false;  ///< set to the right, as numbers are
};

/// The headings and the rows, each a line without blanks at its end; columns that are empty in all
/// rows are left out. Cells are made fit for a terminal. Precondition: each row has a cell for
/// each column.
std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows);

}  // namespace bellhop::daemon
