// A mail's text from anybody: no line may be lost between the reply and the rest, and valid UTF-8
// stays so.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/forwarded.hpp"
#include "parsers/plain_text.hpp"
#include "parsers/reply_text.hpp"

namespace {

std::size_t bytes_that_say_something(std::string_view text) {
    std::size_t count = 0;
    for (std::string_view line : bellhop::parsers::lines_of(text)) {
        line = bellhop::parsers::stripped(line);
        count += static_cast<std::size_t>(
            std::count_if(line.begin(), line.end(), [](char c) { return c > ' ' || c < 0; }));
    }
    return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellhop::parsers;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of libFuzzer
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const ReplyParts parts = split_reply(text);
    const std::size_t kept =
        bytes_that_say_something(parts.reply) + bytes_that_say_something(parts.quoted);
    if (kept < bytes_that_say_something(text)) std::abort();
    (void)find_forwarded("Fwd: x", text);
    (void)find_forwarded("x", text);
    return 0;
}
