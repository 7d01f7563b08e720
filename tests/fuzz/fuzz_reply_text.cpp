// A mail's text from anybody: no line may be lost between the reply and the rest, and valid UTF-8
// stays so.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/forwarded.hpp"
#include "parsers/reply/reply_text.hpp"
#include "parsers/reply/set_off.hpp"

namespace {

/// All but white space; a no-break space counts as such, also where a line is cut at it.
std::size_t bytes_that_say_something(std::string_view text) {
    constexpr std::string_view no_break_space = "\xC2\xA0";
    auto count = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c > ' ' || c < 0; }));
    for (std::size_t at = text.find(no_break_space); at != std::string_view::npos;
         at = text.find(no_break_space, at + no_break_space.size()))
        count -= no_break_space.size();
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
    const ReplyParts mail = split_reply(text, {.answers = false});
    if (!make_up(mail.pieces, text)) std::abort();
    // The same with all for furniture that might be.
    std::vector<TextPrint> furniture;
    for (const SetOffParagraph& one : set_off_paragraphs(text, mail.pieces))
        furniture.push_back(one.print);
    MailSetting setting;
    setting.furniture = furniture;
    const ReplyParts known = split_reply(text, setting);
    if (!make_up(known.pieces, text)) std::abort();
    if (known.reply.empty() && bytes_that_say_something(text) > 0) std::abort();
    (void)find_forwarded("Fwd: x", text);
    (void)find_forwarded("x", text);
    return 0;
}
