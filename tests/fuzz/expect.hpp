// What fuzz targets hold: always on, unlike assert().
#pragma once

#include <cstdlib>

namespace bellhop::fuzz {

/// Ends the process where `condition` does not hold, which libFuzzer and ctest both see.
inline void expect(bool condition) {
    if (!condition) std::abort();
}

}  // namespace bellhop::fuzz
