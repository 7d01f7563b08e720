// HTML from anybody: the text must be valid UTF-8 and not much longer than the HTML, whatever that
// is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/html/html_text.hpp"
#include "parsers/reply/reply_text.hpp"
#include "parsers/text/plain_text.hpp"

namespace {

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const bellhop::parsers::CodePoint c = bellhop::parsers::code_point_at(text, at);
        if (c.value == 0xFFFD && c.length == 1) return false;
        at += c.length;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellhop::parsers;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of libFuzzer
    const std::string_view html{reinterpret_cast<const char*>(data), size};
    const std::string text = html_to_text(html);
    if (!is_valid_utf8(text)) std::abort();
    if (text.size() > 8 * size + 64) std::abort();
    const ReplyParts parts = split_html_reply(html);
    if (parts.reply.empty() && !text.empty() && parts.quoted.empty()) std::abort();
    return 0;
}
