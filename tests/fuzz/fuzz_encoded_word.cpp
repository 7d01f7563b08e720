#include <cstddef>
#include <cstdint>

#include "parsers/header/encoded_word.hpp"
#include "parsers/header/media_type.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/fuzz/expect.hpp"

using bellhop::fuzz::expect;
namespace parsers = bellhop::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const std::string text = parsers::decode_encoded_words(input);
    expect(parsers::is_utf8(text) &&
           text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos);
    expect(parsers::encoded_word_length(input) <= input.size());
    const parsers::ParameterField field = parsers::parse_parameter_field(input);
    expect(field.parameters.size() <= parsers::max_parameters);
    for (const parsers::Parameter& parameter : field.parameters) {
        const std::string name = parsers::display_filename(parameter.value);
        expect(parsers::is_utf8(name) && name.find_first_of("\r\n") == std::string::npos);
    }
    return 0;
}
