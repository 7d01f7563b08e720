#include <cstddef>
#include <cstdint>

#include "parsers/header/date_time.hpp"
#include "parsers/header/encoded_word.hpp"
#include "parsers/header/thread_fields.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/fuzz/expect.hpp"

using bellhop::fuzz::expect;
namespace parsers = bellhop::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const auto ids = parsers::parse_message_ids(input);
    expect(ids.size() <= parsers::max_message_ids);
    std::string joined;
    for (const std::string& id : ids) {
        expect(!id.empty() && parsers::is_utf8(id) &&
               id.find_first_of("<> \t\r\n") == std::string::npos);
        joined += "<" + id + ">";
    }
    expect(parsers::parse_message_ids(joined) == ids);
    const std::string id = parsers::parse_message_id(input);
    expect(parsers::is_utf8(id) && id.find_first_of("\r\n") == std::string::npos);
    const std::string subject = parsers::base_subject(parsers::decode_encoded_words(input));
    expect(parsers::is_utf8(subject));
    const auto date = parsers::parse_date_time(input);
    expect(!date || date->time_since_epoch().count() > -86400);
    return 0;
}
