// The known answers of providers, in the order in which they are tried.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace bellhop::rules {

struct ProviderAnswer {
    std::string_view cause = {};  ///< its name in tests and JSON: "secret_expired"
    std::string_view what = {};   ///< what is wrong; a sentence without its full stop
    std::string_view to_do = {};  ///< what to do; whole sentences

    friend bool operator==(const ProviderAnswer&, const ProviderAnswer&) = default;
};

/// All of `signs` must stand in an answer, in any case; one that ends in a digit is not the
/// beginning of a longer number.
struct KnownAnswer {
    std::array<std::string_view, 3> signs = {};  ///< lower case; empty ones do not count
    ProviderAnswer meaning = {};
};

/// What says more stands before what says less: the first that fits counts.
std::span<const KnownAnswer> known_answers();

}  // namespace bellhop::rules
