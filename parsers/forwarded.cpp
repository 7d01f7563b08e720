#include "parsers/forwarded.hpp"
namespace bellhop::parsers {
std::optional<Forwarded> find_forwarded(std::string_view, std::string_view) {
    return {};
}
}  // namespace bellhop::parsers
