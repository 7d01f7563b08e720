// Promises that the program makes to itself, checked in every build: where one is broken, going on
// would make it worse.
#pragma once

namespace bellhop::parsers {

/// Says on standard error what is broken and where, and aborts: the service manager starts the
/// program again. Called by ensure() and never_reached() only.
[[noreturn]] void promise_broken(const char* condition, const char* file, int line) noexcept;

}  // namespace bellhop::parsers

/// Aborts unless the condition holds. For what only a fault of the program can bring about: a
/// precondition, a result that cannot fail. Never for input of any kind, nor for what the
/// environment may do.
// A macro, because the text of the condition is worth more in a log than a line number alone.
#define ensure(...) \
    ((__VA_ARGS__) ? void() : ::bellhop::parsers::promise_broken(#__VA_ARGS__, __FILE__, __LINE__))

/// For the end of a function whose switch has named every enumerator.
#define never_reached() ::bellhop::parsers::promise_broken("never reached", __FILE__, __LINE__)
