#include "parsers/message/mime_leaf.hpp"

#include <utility>

#include "parsers/body/body_text.hpp"
#include "parsers/encoding/transfer_encoding.hpp"
#include "parsers/encoding/uuencode.hpp"
#include "parsers/header/thread_fields.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/charset_name.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t encoded_octets_per_octet =
    4;  // quoted-printable with soft line ends; base64 needs less
constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

/// At most `limit` octets of `raw`, whole lines where lines are not too long: no escape is cut.
std::string_view beginning_of(std::string_view raw, std::size_t limit) {
    if (raw.size() <= limit) return raw;
    raw = raw.substr(0, limit);
    const std::size_t end = raw.rfind('\n');
    return end == std::string_view::npos || end < limit / 2 ? raw : raw.substr(0, end + 1);
}

Decoded decoded(std::string_view raw, TransferEncoding encoding) {
    switch (encoding) {
        case TransferEncoding::base64:
            return read_base64(raw);
        case TransferEncoding::quoted_printable:
            return read_quoted_printable(raw);
        case TransferEncoding::uuencode: {
            UnpackedText unpacked = unpack_uuencoded(raw);
            if (unpacked.files.empty()) return {std::string{raw}, true};
            EncodedFile& file = unpacked.files.front();
            return {std::move(file.bytes), file.is_cut};
        }
        default:
            return {std::string{raw}, false};
    }
}

TransferEncoding encoding_of(const OutlinePart& part) {
    return transfer_encoding_of(part.header.field("content-transfer-encoding"));
}

std::vector<Defect> encoding_defects(TransferEncoding encoding, bool is_damaged) {
    if (encoding == TransferEncoding::unknown) {
        return {{"unknown_transfer_encoding",
                 "a part is in a transfer encoding that does not exist; it stays as it was sent"}};
    }
    if (!is_damaged) return {};
    return {{"damaged_encoding",
             "a part does not keep to its transfer encoding: something of it may be lost"}};
}

/// Whether a CR stands in `raw` that ends no line. "\r\r\n" is a known damage of a line's end.
bool has_bare_cr(std::string_view raw) {
    for (std::size_t at = raw.find('\r'); at != std::string_view::npos; at = raw.find('\r', at)) {
        if (raw.compare(at, 2, "\r\r") == 0) ++at;
        ++at;
        if (at < raw.size() && raw[at] != '\n') return true;
    }
    return false;
}

/// What no text in a mail may hold (RFC 5322 section 2.2, RFC 2045 section 2.8).
void note_octets(std::string_view raw, std::vector<Defect>& defects) {
    if (raw.find('\0') != std::string_view::npos)
        defects.push_back({"nul_bytes", "the mail holds NUL bytes; they are left out"});
    if (has_bare_cr(raw)) defects.push_back({"bare_cr", "lines end in CR alone"});
}

void note_charset(std::string_view bytes,
                  std::string_view charset,
                  std::string_view text,
                  std::vector<Defect>& defects) {
    if (is_ascii(text)) return;
    const bool is_guess = charset.empty() ? !is_utf8(bytes) : !is_known_charset(charset);
    if (is_guess) {
        defects.push_back(
            {"unknown_charset", "a text names no charset that is known; it was guessed"});
    }
    // A sender's own replacement characters tell of a loss further up.
    if (text.find(replacement) != std::string_view::npos &&
        bytes.find(replacement) == std::string_view::npos) {
        defects.push_back(
            {"undecodable_text", "bytes of a text mean nothing in its charset; U+FFFD shows them"});
    }
}

}  // namespace

Leaf leaf_of(const OutlinePart& part, std::string_view undeclared) {
    Leaf leaf{part, {}, {}, {}};
    if (const std::string_view field = part.header.field("content-disposition"); !field.empty()) {
        leaf.disposition = parse_parameter_field(field);
    }
    if (const std::string_view field = part.header.field("content-id"); !field.empty()) {
        leaf.content_id = parse_message_id(field);
    }
    const std::string_view declared = part.type.parameter("charset");
    const std::string_view charset = declared.empty() ? undeclared : declared;
    for (const std::string_view name :
         {leaf.disposition.parameter("filename"), part.type.parameter("name"),
          leaf.disposition.parameter("name"), part.type.parameter("filename")}) {
        if (leaf.filename.empty() && !name.empty()) leaf.filename = display_filename(name, charset);
    }
    return leaf;
}

LeafBytes decoded_bytes(const OutlinePart& part) {
    const TransferEncoding encoding = encoding_of(part);
    Decoded content = decoded(part.body, encoding);
    return {std::move(content.bytes), encoding_defects(encoding, content.is_damaged)};
}

bool is_longer_than(const OutlinePart& part, std::size_t limit) {
    return part.body.size() > limit * encoded_octets_per_octet ||
           (part.body.size() > limit && decoded(part.body, encoding_of(part)).bytes.size() > limit);
}

std::string beginning_of_text(const OutlinePart& part, std::size_t limit) {
    return decoded(beginning_of(part.body, limit * encoded_octets_per_octet), encoding_of(part))
        .bytes;
}

LeafText decoded_text(const OutlinePart& part, std::size_t limit, std::string_view undeclared) {
    const TransferEncoding encoding = encoding_of(part);
    const std::string_view raw = beginning_of(part.body, limit * encoded_octets_per_octet);
    auto [bytes, is_damaged] = decoded(raw, encoding);
    const bool is_cut = bytes.size() > limit || raw.size() < part.body.size();
    LeafText leaf;
    leaf.defects = encoding_defects(encoding, is_damaged);
    note_octets(raw, leaf.defects);
    if (bytes.size() > limit) bytes.resize(limit);
    std::string charset{part.type.parameter("charset")};
    const bool is_html = part.type.value == "text/html";
    if (charset.empty() && is_html) charset = declared_html_charset(bytes);
    const Utf7 utf7 = is_html ? Utf7::refused : Utf7::decoded;
    if (is_html && charset_meant_by(charset) == "utf-7") {
        leaf.defects.push_back(
            {"refused_charset", "HTML in UTF-7 is left as it was sent: it may hide markup"});
    }
    leaf.text = clean_text(to_utf8(bytes, charset, {undeclared, utf7}));
    // The cut may have gone through a character.
    while (is_cut && leaf.text.ends_with(replacement))
        leaf.text.resize(leaf.text.size() - replacement.size());
    note_charset(bytes, charset, leaf.text, leaf.defects);
    if (part.type.value == "text/plain" &&
        equal_ignoring_case(part.type.parameter("format"), "flowed")) {
        leaf.text = unflowed(leaf.text, equal_ignoring_case(part.type.parameter("delsp"), "yes"));
    }
    leaf.text.resize(utf8_prefix(leaf.text, limit).size());
    return leaf;
}

}  // namespace bellhop::parsers
