#include <cstddef>
#include <cstdint>

#include "parsers/header/address.hpp"
#include "parsers/header/authentication_results.hpp"
#include "parsers/header/received.hpp"
#include "parsers/header/sole_author.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/fuzz/expect.hpp"

using bellhop::fuzz::expect;
namespace parsers = bellhop::parsers;

namespace {

void read_results(std::string_view input) {
    const auto field = parsers::parse_authentication_results(input);
    expect(field.results.size() <= parsers::max_results);
    expect(field.is_understood || field.results.empty());
    for (const parsers::AuthenticationResult& each : field.results) {
        expect(!each.method.empty() && !each.result.empty());
        expect(each.result == parsers::lower_case(each.result));
        expect(each.properties.size() <= parsers::max_properties);
    }
    // A blank more, as folding leaves one, says nothing else; nor does an end of its own.
    expect(parsers::parse_authentication_results(" " + std::string{input} + " ") == field);
}

void read_hop(std::string_view input) {
    const auto hop = parsers::parse_received(input);
    expect(!hop || hop->by.find_first_of(" \t\r\n\"();") == std::string::npos);
    expect(!parsers::is_private_address(input) || input.size() < 64 * 1024);
}

void read_author(std::string_view input) {
    const auto author = parsers::sole_author(input);
    if (!author) return;
    expect(parsers::is_utf8(*author));
    expect(author->find_first_of(" \t\r\n\"<>(),;:") == std::string::npos);
    expect(author->find('@') != std::string::npos && author->find('@') == author->rfind('@'));
    // The reader that guesses must not find somebody else where this one is sure.
    const auto guessed = parsers::parse_address_list(input);
    expect(!guessed.empty() &&
           parsers::address_key(guessed.front().address) == parsers::address_key(*author));
    expect(parsers::sole_author(*author) == author);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    read_results(input);
    read_hop(input);
    read_author(input);
    return 0;
}
