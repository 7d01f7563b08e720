#include "parsers/mime_leaf.hpp"

#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/body_text.hpp"
#include "parsers/charset.hpp"
#include "parsers/thread_fields.hpp"
#include "parsers/transfer_encoding.hpp"
#include "parsers/uuencode.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t encoded_octets_per_octet =
    4;  // quoted-printable with soft line ends; base64 needs less

std::string decoded(std::string_view raw, TransferEncoding encoding) {
    switch (encoding) {
        case TransferEncoding::base64:
            return decode_base64(raw);
        case TransferEncoding::quoted_printable:
            return decode_quoted_printable(raw);
        case TransferEncoding::uuencode: {
            UnpackedText unpacked = unpack_uuencoded(raw);
            return unpacked.files.empty() ? std::string{raw}
                                          : std::move(unpacked.files.front().bytes);
        }
        default:
            return std::string{raw};
    }
}

TransferEncoding encoding_of(const OutlinePart& part) {
    return transfer_encoding_of(part.header.field("content-transfer-encoding"));
}

}  // namespace

Leaf leaf_of(const OutlinePart& part) {
    Leaf leaf{part, {}, {}, {}};
    if (const std::string_view field = part.header.field("content-disposition"); !field.empty()) {
        leaf.disposition = parse_parameter_field(field);
    }
    if (const std::string_view field = part.header.field("content-id"); !field.empty()) {
        leaf.content_id = parse_message_id(field);
    }
    const std::string_view charset = part.type.parameter("charset");
    for (const std::string_view name :
         {leaf.disposition.parameter("filename"), part.type.parameter("name"),
          leaf.disposition.parameter("name"), part.type.parameter("filename")}) {
        if (leaf.filename.empty() && !name.empty()) leaf.filename = display_filename(name, charset);
    }
    return leaf;
}

std::string decoded_bytes(const OutlinePart& part) {
    return decoded(part.body, encoding_of(part));
}

bool is_longer_than(const OutlinePart& part, std::size_t limit) {
    return part.body.size() > limit * encoded_octets_per_octet ||
           (part.body.size() > limit && decoded_bytes(part).size() > limit);
}

std::string decoded_text(const OutlinePart& part, std::size_t limit) {
    std::string bytes =
        decoded(part.body.substr(0, limit * encoded_octets_per_octet), encoding_of(part));
    if (bytes.size() > limit) bytes.resize(limit);
    std::string charset{part.type.parameter("charset")};
    if (charset.empty() && part.type.value == "text/html") charset = declared_html_charset(bytes);
    std::string text = clean_text(to_utf8(bytes, charset));
    if (part.type.value == "text/plain" &&
        equal_ignoring_case(part.type.parameter("format"), "flowed")) {
        text = unflowed(text, equal_ignoring_case(part.type.parameter("delsp"), "yes"));
    }
    text.resize(utf8_prefix(text, limit).size());
    return text;
}

}  // namespace bellhop::parsers
