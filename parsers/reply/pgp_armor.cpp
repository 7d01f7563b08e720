#include "parsers/reply/pgp_armor.hpp"

#include <algorithm>
#include <string_view>

#include "parsers/text/ensure.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t most_lines = 400;  // of a block: a public key with its signatures

/// The lines as far as `last`, or none.
std::size_t block_to(std::span<const TextLine> lines, std::size_t at, std::string_view last) {
    const std::size_t end = std::min(lines.size(), at + most_lines);
    for (std::size_t i = at + 1; i < end; ++i) {
        if (stripped(lines[i].text) == last) return i + 1 - at;
    }
    return 0;
}

/// "Hash: SHA256" and the like, as far as the empty line.
std::size_t head_at(std::span<const TextLine> lines, std::size_t at) {
    constexpr std::size_t most_fields = 5;
    std::size_t end = at + 1;
    while (end < lines.size() && end <= at + most_fields &&
           lines[end].text.find(": ") != std::string_view::npos)
        ++end;
    return end - at;
}

}  // namespace

std::size_t armor_at(std::span<const TextLine> lines, std::size_t at) {
    ensure(at < lines.size());
    const std::string_view line = stripped(lines[at].text);
    if (!line.starts_with("-----BEGIN PGP ")) return 0;
    if (line == "-----BEGIN PGP SIGNED MESSAGE-----") return head_at(lines, at);
    if (line == "-----BEGIN PGP SIGNATURE-----")
        return block_to(lines, at, "-----END PGP SIGNATURE-----");
    if (line == "-----BEGIN PGP PUBLIC KEY BLOCK-----")
        return block_to(lines, at, "-----END PGP PUBLIC KEY BLOCK-----");
    return 0;
}

}  // namespace bellhop::parsers
