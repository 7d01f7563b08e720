#include "parsers/body/tnef.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::uint32_t tnef_signature = 0x223E9F78;
constexpr int max_embedded = 3;               // messages within messages within winmail.dat
constexpr std::size_t max_properties = 2000;  // of one object

// [MS-OXTNEF] section 2.1.3: attribute ids, without their type.
constexpr std::uint16_t att_body = 0x800C;
constexpr std::uint16_t att_attach_data = 0x800F;
constexpr std::uint16_t att_attach_title = 0x8010;
constexpr std::uint16_t att_attach_rend_data = 0x9002;
constexpr std::uint16_t att_mapi_properties = 0x9003;
constexpr std::uint16_t att_attachment = 0x9005;
constexpr std::uint16_t att_oem_codepage = 0x9007;

// [MS-OXPROPS]: property ids.
constexpr std::uint16_t pid_body = 0x1000;
constexpr std::uint16_t pid_rtf_compressed = 0x1009;
constexpr std::uint16_t pid_body_html = 0x1013;
constexpr std::uint16_t pid_display_name = 0x3001;
constexpr std::uint16_t pid_attach_data = 0x3701;
constexpr std::uint16_t pid_attach_filename = 0x3704;
constexpr std::uint16_t pid_attach_long_filename = 0x3707;
constexpr std::uint16_t pid_attach_mime_tag = 0x370E;
constexpr std::uint16_t pid_attach_content_id = 0x3712;
constexpr std::uint16_t pid_internet_codepage = 0x3FDE;

/// Little-endian numbers and pieces off the front of a view; past its end everything is zero and
/// empty.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_{bytes} {}

    std::uint32_t number(std::size_t octets) {
        std::uint32_t value = 0;
        const std::string_view raw = take(octets);
        for (std::size_t i = 0; i < raw.size(); ++i) {
            value |= static_cast<std::uint32_t>(static_cast<unsigned char>(raw[i])) << (8 * i);
        }
        return value;
    }

    std::uint16_t number16() { return static_cast<std::uint16_t>(number(2)); }

    std::string_view take(std::size_t size) {
        complete_ = complete_ && size <= rest_.size();
        const std::string_view piece = rest_.substr(0, size);
        rest_.remove_prefix(piece.size());
        return piece;
    }

    /// A piece padded to four bytes.
    std::string_view take_padded(std::size_t size) {
        const std::string_view piece = take(size);
        if (size % 4 != 0) take(std::min(4 - size % 4, rest_.size()));
        return piece;
    }

    std::size_t size() const { return rest_.size(); }
    bool complete() const { return complete_; }

private:
    std::string_view rest_;
    bool complete_ = true;
};

std::string text_until_nul(std::string_view bytes) {
    return std::string{bytes.substr(0, bytes.find('\0'))};
}

std::string utf8_of_utf16(std::string_view bytes) {
    std::string text = to_utf8(bytes, "utf-16le");
    text.resize(std::min(text.size(), text.find('\0')));
    return text;
}

struct Property {
    std::uint16_t id = 0;
    std::uint16_t type = 0;
    std::string_view value = {};
};

constexpr std::uint16_t multiple_values = 0x1000;
constexpr std::uint16_t type_object = 0x000D;
constexpr std::uint16_t type_unicode = 0x001F;

/// Size of a value of a fixed-size type, padded to four bytes; 0 for the others.
std::size_t fixed_size(std::uint16_t type) {
    switch (type) {
        case 0x0002:
        case 0x0003:
        case 0x0004:
        case 0x000A:
        case 0x000B:
            return 4;
        case 0x0005:
        case 0x0006:
        case 0x0007:
        case 0x0014:
        case 0x0040:
            return 8;
        case 0x0048:
            return 16;
        default:
            return 0;
    }
}

bool is_variable(std::uint16_t type) {
    return type == type_object || type == 0x001E || type == type_unicode || type == 0x0102;
}

/// The properties of one object ([MS-OXTNEF] section 2.1.3.4), up to the first that cannot be read.
std::vector<Property> properties_of(std::string_view bytes) {
    ByteReader reader{bytes};
    std::vector<Property> properties;
    const std::size_t count = std::min<std::size_t>(reader.number(4), max_properties);
    for (std::size_t i = 0; i < count && reader.size() > 0; ++i) {
        Property property;
        const std::uint16_t type = reader.number16();
        property.id = reader.number16();
        property.type = static_cast<std::uint16_t>(type & ~multiple_values);
        if (property.id >= 0x8000) {
            reader.take(16);
            if (reader.number(4) == 0) {
                reader.take(4);
            } else {
                reader.take_padded(reader.number(4));
            }
        }
        const std::size_t size = fixed_size(property.type);
        if (size == 0 && !is_variable(property.type)) break;
        const bool counted = (type & multiple_values) != 0 || size == 0;
        const std::size_t values = counted ? reader.number(4) : 1;
        for (std::size_t v = 0; v < values && reader.complete(); ++v) {
            const std::string_view value =
                size > 0 ? reader.take(size) : reader.take_padded(reader.number(4));
            if (v == 0) property.value = value;
        }
        if (!reader.complete()) break;
        properties.push_back(property);
    }
    return properties;
}

/// [MS-OXRTFCP]: LZ77 over a 4 KiB window that starts with common RTF words.
std::string decompressed_rtf(std::string_view bytes) {
    constexpr std::uint32_t compressed = 0x75465A4C;    // "LZFu"
    constexpr std::uint32_t uncompressed = 0x414C454D;  // "MELA"
    constexpr std::string_view initial =
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
        "\\fscript "
        "\\fdecor MS Sans SerifSymbolArialTimes New "
        "RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
        "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
    ByteReader reader{bytes};
    reader.number(4);
    const std::size_t raw_size = std::min<std::size_t>(reader.number(4), max_tnef_rtf_bytes);
    const std::uint32_t kind = reader.number(4);
    reader.number(4);
    if (kind == uncompressed) return std::string{reader.take(raw_size)};
    if (kind != compressed) return {};
    std::array<char, 4096> window{};
    std::copy(initial.begin(), initial.end(), window.begin());
    std::size_t at = initial.size();
    std::string text;
    const auto put = [&](char c) {
        text += c;
        window[at] = c;
        at = (at + 1) % window.size();
    };
    while (reader.size() > 0 && text.size() < raw_size) {
        std::uint32_t control = reader.number(1);
        for (int bit = 0; bit < 8 && reader.size() > 0 && text.size() < raw_size;
             ++bit, control >>= 1) {
            if ((control & 1) == 0) {
                put(static_cast<char>(reader.number(1)));
                continue;
            }
            const std::uint32_t high = reader.number(1);
            const std::uint32_t reference = high << 8 | reader.number(1);
            const std::size_t offset = reference >> 4;
            if (offset == at) return text;
            const std::size_t length = (reference & 15) + 2;
            for (std::size_t i = 0; i < length; ++i) put(window[(offset + i) % window.size()]);
        }
    }
    return text;
}

class Unpacker {
public:
    explicit Unpacker(int depth) : depth_{depth} {}

    std::optional<TnefContent> unpack(std::string_view bytes) {
        ByteReader reader{bytes};
        if (reader.number(4) != tnef_signature) return std::nullopt;
        reader.number(2);  // key
        while (reader.size() > 0) {
            reader.number(1);  // level: the ids tell it too
            const std::uint16_t id = reader.number16();
            reader.number(2);  // type
            const std::string_view data = reader.take(reader.number(4));
            reader.number(2);  // checksum: Outlook itself does not check it
            take_attribute(id, data);
            if (!reader.complete()) break;
        }
        std::move(embedded_.begin(), embedded_.end(), std::back_inserter(content_.files));
        std::erase_if(content_.files,
                      [](const TnefFile& file) { return file.bytes.empty() && file.name.empty(); });
        return std::move(content_);
    }

private:
    void take_attribute(std::uint16_t id, std::string_view data) {
        switch (id) {
            case att_oem_codepage:
                codepage_ = ByteReader{data}.number(4);
                break;
            case att_body:
                if (content_.text.empty()) content_.text = from_codepage(text_until_nul(data));
                break;
            case att_mapi_properties:
                take_message_properties(data);
                break;
            case att_attach_rend_data:
                if (content_.files.size() < max_tnef_files) content_.files.push_back({});
                break;
            default:
                if (!content_.files.empty()) take_attachment_attribute(id, data);
        }
    }

    void take_attachment_attribute(std::uint16_t id, std::string_view data) {
        TnefFile& file = content_.files.back();
        if (id == att_attach_title && file.name.empty())
            file.name = from_codepage(text_until_nul(data));
        if (id == att_attach_data) file.bytes = data;
        if (id == att_attachment) take_attachment_properties(file, data);
    }

    void take_message_properties(std::string_view data) {
        for (const Property& property : properties_of(data)) {
            if (property.id == pid_internet_codepage)
                html_codepage_ = ByteReader{property.value}.number(4);
        }
        for (const Property& property : properties_of(data)) {
            if (property.id == pid_body) content_.text = text_of(property);
            if (property.id == pid_body_html) content_.html = html_of(property);
            if (property.id == pid_rtf_compressed) content_.rtf = decompressed_rtf(property.value);
        }
    }

    void take_attachment_properties(TnefFile& file, std::string_view data) {
        std::string short_name;
        std::string display;
        std::string long_name;
        for (const Property& property : properties_of(data)) {
            switch (property.id) {
                case pid_attach_long_filename:
                    long_name = text_of(property);
                    break;
                case pid_attach_filename:
                    short_name = text_of(property);
                    break;
                case pid_display_name:
                    display = text_of(property);
                    break;
                case pid_attach_mime_tag:
                    file.content_type = lower_case(text_of(property));
                    break;
                case pid_attach_content_id:
                    file.content_id = text_of(property);
                    break;
                case pid_attach_data:
                    take_object(file, property);
                    break;
                default:
                    break;
            }
        }
        for (std::string* name : {&long_name, &short_name, &display}) {
            if (name->empty()) continue;
            file.name = std::move(*name);
            break;
        }
    }

    /// An object starts with the id of its interface; a message inside is a TNEF stream again.
    void take_object(TnefFile& file, const Property& property) {
        constexpr std::size_t interface_id = 16;
        std::string_view value = property.value;
        if (property.type == type_object) value.remove_prefix(std::min(value.size(), interface_id));
        if (ByteReader{value}.number(4) != tnef_signature) {
            file.bytes = value;
            return;
        }
        if (depth_ >= max_embedded) return;
        auto inner = Unpacker{depth_ + 1}.unpack(value);
        if (!inner) return;
        file.content_type = "text/plain";
        file.bytes = inner->text;
        for (TnefFile& nested : inner->files) {
            if (embedded_.size() < max_tnef_files) embedded_.push_back(std::move(nested));
        }
    }

    std::string text_of(const Property& property) const {
        if (property.type == type_unicode) return utf8_of_utf16(property.value);
        return from_codepage(text_until_nul(property.value));
    }

    std::string html_of(const Property& property) const {
        if (property.type == type_unicode) return utf8_of_utf16(property.value);
        return to_utf8(property.value, label(html_codepage_ != 0 ? html_codepage_ : codepage_));
    }

    std::string from_codepage(std::string_view bytes) const {
        return to_utf8(bytes, label(codepage_));
    }

    static std::string label(std::uint32_t codepage) {
        if (codepage == 0) return {};
        return codepage == 65001 ? "utf-8" : "windows-" + std::to_string(codepage);
    }

    int depth_;
    std::uint32_t codepage_ = 0;
    std::uint32_t html_codepage_ = 0;
    TnefContent content_ = {};
    std::vector<TnefFile> embedded_ = {};
};

}  // namespace

std::optional<TnefContent> unpack_tnef(std::string_view bytes) {
    return Unpacker{0}.unpack(bytes);
}

}  // namespace bellhop::parsers
