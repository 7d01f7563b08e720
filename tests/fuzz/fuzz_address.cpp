#include <cstddef>
#include <cstdint>

#include "parsers/header/address.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/fuzz/expect.hpp"

using bellhop::fuzz::expect;
namespace parsers = bellhop::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const auto addresses = parsers::parse_address_list(input);
    expect(addresses.size() <= parsers::max_addresses);
    for (const parsers::Address& address : addresses) {
        expect(parsers::is_utf8(address.name) && parsers::is_utf8(address.address));
        expect(address.name.find_first_of("\r\n") == std::string::npos);
        expect(address.address.find_first_of("\r\n") == std::string::npos);
        const std::string key = parsers::address_key(address.address);
        expect(key == parsers::address_key(key));
        if (parsers::is_sendable(address.address)) {
            // What may be sent to reads back as itself.
            const auto again = parsers::parse_address_list("<" + address.address + ">");
            expect(again.size() == 1 && again.front().address == address.address);
        }
    }
    return 0;
}
