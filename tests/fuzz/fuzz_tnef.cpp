// A winmail.dat from anybody: what is unpacked must be bounded by what was sent.
#include <cstddef>
#include <cstdint>

#include "parsers/body/tnef.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/fuzz/expect.hpp"

using bellhop::fuzz::expect;
namespace parsers = bellhop::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of libFuzzer
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const auto content = parsers::unpack_tnef(input);
    if (!content) return 0;
    expect(parsers::is_utf8(content->text) && parsers::is_utf8(content->html));
    expect(content->rtf.size() <= parsers::max_tnef_rtf_bytes);
    expect(content->files.size() <= parsers::max_tnef_files);
    std::size_t unpacked = 0;
    for (const parsers::TnefFile& file : content->files) {
        expect(parsers::is_utf8(file.name));
        unpacked += file.bytes.size();
    }
    expect(unpacked <= 4 * size);  // the texts of mails inside are read as UTF-8
    return 0;
}
