#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "parsers/header/safe_file_name.hpp"
#include "parsers/message/parse_message.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/fuzz/expect.hpp"

using bellhop::fuzz::expect;
namespace parsers = bellhop::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    // Small limits: inputs of a few hundred bytes must reach them.
    const parsers::MessageLimits limits{2000, 20, 4, 20, 1000, 5};
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    for (const parsers::MessageLimits& bounds : {limits, parsers::MessageLimits{}}) {
        const parsers::Message message = parsers::parse_message(input, bounds);
        expect(message.text.size() <= bounds.text_bytes && parsers::is_utf8(message.text));
        expect(message.text.find_first_of(std::string_view{"\r\0", 2}) == std::string::npos);
        expect(!message.html ||
               (message.html->size() <= bounds.text_bytes && parsers::is_utf8(*message.html)));
        expect(parsers::is_utf8(message.subject) &&
               message.subject.find('\n') == std::string::npos);
        expect(parsers::is_utf8(message.reply_text) && parsers::is_utf8(message.quoted_text));
        expect(parsers::make_up(message.pieces, message.text));
        expect(message.attachments.size() <= bounds.attachments);
        for (const parsers::Attachment& attachment : message.attachments) {
            expect(parsers::is_utf8(attachment.filename));
            const std::string name = parsers::safe_file_name(attachment.filename);
            expect(name == parsers::safe_file_name(name) && name.find('/') == std::string::npos);
        }
    }
    return 0;
}
