// Which way a message of a ticket went.
#pragma once

namespace bellhop::storage {

enum class Direction { in, out, note };

}  // namespace bellhop::storage
