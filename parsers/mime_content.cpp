#include "parsers/mime_content.hpp"

#include <algorithm>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/body_text.hpp"
#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "parsers/encoded_word.hpp"
#include "parsers/html_text.hpp"
#include "parsers/thread_fields.hpp"
#include "parsers/transfer_encoding.hpp"

namespace bellhop::parsers {
namespace {

/// A body in the forms that its sender gave it.
struct Body {
    std::string plain = {};
    std::string html = {};
    bool has_plain = false;
    bool has_html = false;

    bool is_empty() const { return !has_plain && !has_html; }

    std::string text() const { return has_plain ? plain : html_to_text(html); }
};

/// What a leaf's own header says about it.
struct Leaf {
    const OutlinePart& part;
    std::string filename = {};
    ParameterField disposition = {};
    std::string content_id = {};

    bool is_declared_attachment() const { return disposition.value == "attachment"; }
};

Leaf leaf_of(const OutlinePart& part) {
    Leaf leaf{part, {}, {}, {}};
    if (const std::string_view field = part.header.field("content-disposition"); !field.empty()) {
        leaf.disposition = parse_parameter_field(field);
    }
    leaf.content_id = parse_message_id(part.header.field("content-id"));
    const std::string_view charset = part.type.parameter("charset");
    for (const std::string_view name :
         {leaf.disposition.parameter("filename"), part.type.parameter("name"),
          leaf.disposition.parameter("name"), part.type.parameter("filename")}) {
        if (leaf.filename.empty() && !name.empty()) leaf.filename = display_filename(name, charset);
    }
    return leaf;
}

std::string decoded_bytes(const OutlinePart& part) {
    switch (transfer_encoding_of(part.header.field("content-transfer-encoding"))) {
        case TransferEncoding::base64:
            return decode_base64(part.body);
        case TransferEncoding::quoted_printable:
            return decode_quoted_printable(part.body);
        default:
            return std::string{part.body};
    }
}

class Reader {
public:
    Reader(const Outline& outline, const MessageLimits& limits)
        : outline_{outline}, limits_{limits} {}

    MimeContent read(const MimeNode& root) {
        Body body = body_of(root);
        content_.has_plain_text = body.has_plain;
        content_.text = body.text();
        if (body.has_html) content_.html = std::move(body.html);
        mark_inline_images();
        return std::move(content_);
    }

private:
    const OutlinePart& part_of(const MimeNode& node) const { return outline_.parts[node.part]; }

    Body body_of(const MimeNode& node) {
        const OutlinePart& part = part_of(node);
        if (!part.is_multipart) return body_of_leaf(part);
        if (part.type.value == "multipart/signed") content_.protection = Protection::signed_content;
        if (part.type.value == "multipart/encrypted")
            content_.protection = Protection::encrypted_content;
        if (part.type.value == "multipart/alternative") return body_of_alternatives(node);
        Body body;
        for (const MimeNode& child : node.children) append(body, body_of(child));
        return body;
    }

    /// The plainest plain text and the first HTML: each alternative says the same (RFC 2046
    /// section 5.1.4).
    Body body_of_alternatives(const MimeNode& node) {
        Body body;
        for (const MimeNode& child : node.children) {
            Body alternative = body_of(child);
            if (alternative.has_plain && !body.has_plain) {
                body.plain = std::move(alternative.plain);
                body.has_plain = true;
            }
            if (alternative.has_html && !body.has_html) {
                body.html = std::move(alternative.html);
                body.has_html = true;
            }
        }
        // An empty text/plain beside HTML is a program's excuse, not what was said.
        if (body.has_html && trimmed(body.plain).empty()) body.has_plain = false;
        return body;
    }

    /// One after the other. Where only one of them has plain text, the other's HTML is read as
    /// text.
    void append(Body& body, Body next) {
        if (next.is_empty()) return;
        if (body.is_empty()) {
            body = std::move(next);
            return;
        }
        std::string plain = body.text();
        if (!plain.empty() && !plain.ends_with('\n')) plain += '\n';
        plain += next.text();
        const bool has_plain = body.has_plain || next.has_plain;
        body.plain = std::move(plain);
        body.has_plain = has_plain;
        if (next.has_html) {
            body.html += body.has_html ? "\n" : "";
            body.html += next.html;
            body.has_html = true;
        }
        body.plain.resize(utf8_prefix(body.plain, limits_.text_bytes).size());
        body.html.resize(utf8_prefix(body.html, limits_.text_bytes).size());
    }

    static bool is_body(const Leaf& leaf) {
        const std::string& type = leaf.part.type.value;
        if (leaf.is_declared_attachment()) return false;
        if (type != "text/plain" && type != "text/html") return false;
        return leaf.filename.empty() || leaf.part.depth == 0;
    }

    Body body_of_leaf(const OutlinePart& part) {
        const Leaf leaf = leaf_of(part);
        if (!is_body(leaf)) {
            attach(leaf);
            return {};
        }
        std::string text = decoded_text(part);
        Body body;
        if (part.type.value == "text/html") {
            body.html = std::move(text);
            body.has_html = true;
        } else {
            keep_for_report(part, text);
            body.plain = std::move(text);
            body.has_plain = true;
        }
        return body;
    }

    std::string decoded_text(const OutlinePart& part) {
        std::string bytes = decoded_bytes(part);
        if (bytes.size() > limits_.text_bytes) {
            defect("text_too_large", "the text is cut; the raw mail holds all of it");
            bytes.resize(limits_.text_bytes);
        }
        std::string charset{part.type.parameter("charset")};
        if (charset.empty() && part.type.value == "text/html")
            charset = declared_html_charset(bytes);
        std::string text = clean_text(to_utf8(bytes, charset));
        if (part.type.value == "text/plain" &&
            equal_ignoring_case(part.type.parameter("format"), "flowed")) {
            text = unflowed(text, equal_ignoring_case(part.type.parameter("delsp"), "yes"));
        }
        text.resize(utf8_prefix(text, limits_.text_bytes).size());
        return text;
    }

    void attach(const Leaf& leaf) {
        if (content_.attachments.size() >= limits_.attachments) {
            defect("too_many_attachments",
                   "attachments beyond the limit are left out; the raw mail holds them");
            return;
        }
        Attachment attachment;
        attachment.content_type = leaf.part.type.value;
        attachment.bytes = decoded_bytes(leaf.part);
        attachment.filename = leaf.filename;
        attachment.content_id = leaf.content_id;
        if (attachment.content_type == "message/rfc822" && attachment.filename.empty()) {
            attachment.filename = name_of_message(attachment.bytes);
        }
        attachment.sha256 = hex(sha256(attachment.bytes));
        keep_for_report(leaf.part, attachment.bytes);
        content_.attachments.push_back(std::move(attachment));
    }

    /// An attached mail without a name is called after its subject.
    std::string name_of_message(std::string_view bytes) const {
        const HeaderBlock header = read_header_block(bytes, HeaderOwner::message, limits_);
        const std::string subject = display_filename(decode_encoded_words(header.field("subject")));
        constexpr std::size_t longest = 100;
        return (subject.empty() ? "message" : std::string{utf8_prefix(subject, longest)}) + ".eml";
    }

    /// Reports are made of small texts; a copy of each is all that the reader of bounces needs.
    void keep_for_report(const OutlinePart& part, std::string_view bytes) {
        constexpr std::size_t largest = 256 * 1024;
        constexpr std::size_t most = 20;
        const std::string& type = part.type.value;
        if (!type.starts_with("text/") && !type.starts_with("message/")) return;
        if (content_.report_parts.size() >= most) return;
        content_.report_parts.push_back({type, std::string{bytes.substr(0, largest)}});
    }

    /// An image is inline where the HTML shows it (RFC 2392: "cid:" and its Content-ID).
    void mark_inline_images() {
        if (!content_.html) return;
        for (Attachment& attachment : content_.attachments) {
            if (attachment.content_id.empty()) continue;
            if (content_.html->find("cid:" + attachment.content_id) != std::string::npos) {
                attachment.disposition = Disposition::inline_part;
            }
        }
    }

    void defect(std::string_view code, std::string_view text) {
        const bool known = std::any_of(content_.defects.begin(), content_.defects.end(),
                                       [&](const Defect& d) { return d.code == code; });
        if (!known) content_.defects.push_back({std::string{code}, std::string{text}});
    }

    const Outline& outline_;
    const MessageLimits& limits_;
    MimeContent content_ = {};
};

}  // namespace

MimeContent content_of(const Outline& outline, const MimeNode& root, const MessageLimits& limits) {
    return Reader{outline, limits}.read(root);
}

}  // namespace bellhop::parsers
