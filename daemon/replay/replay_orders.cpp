#include "daemon/replay/replay_orders.hpp"

#include "daemon/orders/given_order.hpp"

namespace bellhop::daemon {
namespace {

constexpr const char* nobody_named = "Tom";  // whoever works where a script does not say who

}  // namespace

std::string carry_out_words(const Filing& filing,
                            const std::vector<std::string>& words,
                            const std::string& text) {
    auto given = read_order(words);
    if (given.has_error()) return given.error();
    if (lacks_letter(*given)) set_letter(*given, text);
    const std::string who = given->by.empty() ? nobody_named : given->by;
    const auto done = carry_out(filing, *given, "agent " + who);
    return done.has_error() ? done.error() : std::string{};
}

}  // namespace bellhop::daemon
