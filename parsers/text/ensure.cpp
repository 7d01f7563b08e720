#include "parsers/text/ensure.hpp"

#include <cstdio>
#include <cstdlib>

namespace bellhop::parsers {

// The log may be what is broken: standard error needs neither memory nor a logger.
void promise_broken(const char* condition, const char* file, int line) noexcept {
    std::fprintf(stderr, "bellhop: a fault of the program: %s:%d: ensure(%s)\n", file, line,
                 condition);
    std::fflush(stderr);
    std::abort();
}

}  // namespace bellhop::parsers
