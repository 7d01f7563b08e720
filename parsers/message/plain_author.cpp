#include "parsers/message/plain_author.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/header/sole_author.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::parsers {
namespace {

bool is_readable_one_way(const Message& message) {
    constexpr std::array<std::string_view, 4> codes{"junk_in_header", "nul_bytes", "bare_cr",
                                                    "header_too_large"};
    return std::none_of(message.defects.begin(), message.defects.end(),
                        [&](const Defect& defect) { return contains(codes, defect.code); });
}

}  // namespace

std::optional<std::string> plain_author(const Message& message) {
    const HeaderField* from = nullptr;
    for (const HeaderField& field : message.fields) {
        if (!equal_ignoring_case(field.name, "from")) continue;
        if (from != nullptr) return std::nullopt;
        from = &field;
    }
    if (from == nullptr || !is_readable_one_way(message)) return std::nullopt;
    return sole_author(from->body);
}

}  // namespace bellhop::parsers
