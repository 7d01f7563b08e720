#include "parsers/message/mime_content.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/body/calendar_summary.hpp"
#include "parsers/encoding/smime_envelope.hpp"
#include "parsers/encoding/uuencode.hpp"
#include "parsers/message/attachment_list.hpp"
#include "parsers/message/body_forms.hpp"
#include "parsers/message/mail_charset.hpp"
#include "parsers/message/mime_leaf.hpp"
#include "parsers/message/two_forms.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

/// Other forms of the same content, for programs only: they are no attachments.
bool is_duplicate_form(std::string_view type) {
    constexpr std::array<std::string_view, 2> forms{"text/x-amp-html", "text/watch-html"};
    return std::find(forms.begin(), forms.end(), type) != forms.end();
}

/// The media type that a file's name tells, for files that come without one; empty: unknown.
std::string_view type_of_file(std::string_view name) {
    using Entry = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Entry, 16> types{{
        {".pdf", "application/pdf"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".png", "image/png"},
        {".gif", "image/gif"},
        {".bmp", "image/bmp"},
        {".tif", "image/tiff"},
        {".tiff", "image/tiff"},
        {".txt", "text/plain"},
        {".log", "text/plain"},
        {".csv", "text/csv"},
        {".htm", "text/html"},
        {".html", "text/html"},
        {".doc", "application/msword"},
        {".xls", "application/vnd.ms-excel"},
        {".zip", "application/zip"},
    }};
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return {};
    const auto* const found = std::find_if(types.begin(), types.end(), [&](const Entry& entry) {
        return equal_ignoring_case(name.substr(dot), entry.first);
    });
    return found == types.end() ? std::string_view{} : found->second;
}

constexpr int max_envelopes = 3;  // a signed mail in a signed mail, and one more

class Reader {
public:
    /// `undeclared`: the charset of what names none. `envelopes`: how many may still be taken off
    /// inside.
    Reader(const Outline& outline,
           const MessageLimits& limits,
           std::string_view undeclared,
           int envelopes = max_envelopes)
        : outline_{outline},
          limits_{limits},
          undeclared_{undeclared},
          attachments_{limits},
          envelopes_{envelopes} {}

    MimeContent read(const MimeNode& root) {
        BodyForms body = body_of(root);
        if (body.is_empty() || (trimmed(body.text).empty() && !body.has_html))
            body = wrapped_body();
        content_.has_plain_text = body.has_plain;
        read_html_as_text(body);
        content_.text = std::move(body.text);
        add_invitations();
        if (body.has_html) {
            attachments_.mark_inline(body.html);
            content_.html = std::move(body.html);
        }
        note_protection();
        if (attachments_.is_full()) {
            defect("too_many_attachments",
                   "attachments beyond the limit are left out; the raw mail holds them");
        }
        if (attachments_.has_unread_tnef()) {
            defect("unreadable_winmail",
                   "a winmail.dat cannot be unpacked: the sender's Outlook must send in another "
                   "format");
        }
        content_.attachments = attachments_.take();
        return std::move(content_);
    }

private:
    const OutlinePart& part_of(const MimeNode& node) const { return outline_.parts[node.part]; }

    BodyForms body_of(const MimeNode& node) {
        const OutlinePart& part = part_of(node);
        if (!part.is_multipart) return body_of_leaf(part);
        if (part.type.value == "multipart/signed") {
            protect(Protection::signed_content);
            if (!node.children.empty()) note_protected_header(part_of(node.children.front()));
        }
        if (part.type.value == "multipart/encrypted") protect(Protection::encrypted_content);
        if (part.type.value == "multipart/alternative") return body_of_alternatives(node);
        BodyForms body;
        for (const MimeNode& child : node.children) {
            append(body, body_of(child));
            cut(body.text);
            cut(body.html);
        }
        return body;
    }

    BodyForms body_of_alternatives(const MimeNode& node) {
        BodyForms body;
        for (const MimeNode& child : node.children) add_alternative(body, body_of(child));
        settle_alternatives(body);
        cut(body.text);
        return body;
    }

    void cut(std::string& text) {
        if (text.size() <= limits_.text_bytes) return;
        text.resize(utf8_prefix(text, limits_.text_bytes).size());
        note_cut();
    }

    void note_cut() { defect("text_too_large", "the text is cut; the raw mail holds all of it"); }

    /// Text without a name is what the mail says; with a name it is a file, unless it is all there
    /// is.
    static bool is_body(const Leaf& leaf) {
        const std::string& type = leaf.part.type.value;
        if (leaf.disposition.value == "attachment") return false;
        if (type != "text/plain" && type != "text/html") return false;
        return leaf.filename.empty() || leaf.part.depth == 0;
    }

    BodyForms body_of_leaf(const OutlinePart& part) {
        const Leaf leaf = leaf_of(part, undeclared_);
        if (is_smime(leaf)) return body_of_envelope(leaf);
        if (is_wrapped_mail(part) && envelopes_ > 0) {
            const std::string mail = decoded_bytes(part).bytes;
            return body_of_signed(mail);
        }
        if (!is_body(leaf)) {
            attach(leaf);
            return {};
        }
        if (is_longer_than(part, limits_.text_bytes)) note_cut();
        LeafText content = decoded_text(part, limits_.text_bytes, undeclared_);
        note(content.defects);
        note_parameters(leaf);
        std::string text = std::move(content.text);
        BodyForms body;
        if (part.type.value == "text/html") {
            body.html = std::move(text);
            body.has_html = true;
            return body;
        }
        unpack_files(part, text);
        keep_for_report(part, text);
        note_inline_pgp(text);
        body.text = std::move(text);
        body.has_text = body.has_plain = true;
        return body;
    }

    /// The files that a text holds, from the bytes: a file may be longer than a text may be.
    void unpack_files(const OutlinePart& part, std::string_view text) {
        if (text.find("begin ") == std::string_view::npos) return;
        UnpackedText unpacked = unpack_uuencoded(decoded_bytes(part).bytes);
        if (unpacked.has_more) {
            defect("too_many_encoded_files",
                   "uuencoded files beyond the limit stay in the text as they were sent");
        }
        for (EncodedFile& file : unpacked.files) {
            const std::string name =
                to_utf8(file.name, part.type.parameter("charset"), {undeclared_});
            attachments_.add_file(name, type_of_file(name), std::move(file.bytes));
            if (file.is_cut) defect("cut_encoded_file", "the end of a uuencoded file is missing");
            content_.has_encoded_files = true;
        }
    }

    void attach(const Leaf& leaf) {
        const std::string& type = leaf.part.type.value;
        if (is_duplicate_form(type)) return;
        auto [bytes, defects] = decoded_bytes(leaf.part);
        note(defects);
        note_parameters(leaf);
        keep_for_report(leaf.part, bytes);
        if (type == "text/calendar") note_invitation(leaf.part);
        attachments_.add(leaf, std::move(bytes));
    }

    void note_invitation(const OutlinePart& part) {
        constexpr std::size_t largest = 256 * 1024;
        const std::string calendar = decoded_text(part, largest, undeclared_).text;
        const std::string summary = calendar_summary(calendar);
        if (summary.empty() || invitations_.find(summary) != std::string::npos) return;
        invitations_ += summary;
        descriptions_ += descriptions_.empty() ? "" : "\n\n";
        descriptions_ += calendar_description(calendar);
    }

    void add_invitations() {
        if (invitations_.empty()) return;
        // Outlook writes the text of the mail into the event, too.
        if (!descriptions_.empty() && !says_all_of(content_.text, descriptions_))
            invitations_ += "\n" + descriptions_ + "\n";
        if (!content_.text.empty()) content_.text += content_.text.ends_with('\n') ? "\n" : "\n\n";
        content_.text += invitations_;
        cut(content_.text);
    }

    /// What a winmail.dat says, where the mail around it says nothing.
    BodyForms wrapped_body() const {
        BodyForms body;
        body.text = attachments_.wrapped_text();
        body.html = attachments_.wrapped_html();
        body.has_text = body.has_plain = !body.text.empty();
        body.has_html = !body.html.empty();
        return body;
    }

    static bool is_smime(const Leaf& leaf) {
        const std::string& type = leaf.part.type.value;
        return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime" ||
               (type == "application/octet-stream" &&
                equal_ignoring_case(leaf.filename, "smime.p7m"));
    }

    /// RFC 8551 section 3.5.2: a signed mail may be wrapped whole. What is signed is read as any
    /// mail is; what cannot be opened stays a file.
    BodyForms body_of_envelope(const Leaf& leaf) {
        SmimeEnvelope envelope = open_smime(decoded_bytes(leaf.part).bytes);
        const bool says_signed =
            equal_ignoring_case(leaf.part.type.parameter("smime-type"), "signed-data");
        if (envelope.kind == SmimeKind::signed_content && envelopes_ > 0) {
            protect(Protection::signed_content);
            return body_of_signed(envelope.content);
        }
        const bool hidden = envelope.kind == SmimeKind::encrypted ||
                            (envelope.kind == SmimeKind::unknown && !says_signed);
        if (hidden) protect(Protection::encrypted_content);
        if (envelope.kind == SmimeKind::unknown && says_signed) protect(Protection::signed_content);
        attach(leaf);
        return {};
    }

    BodyForms body_of_signed(std::string_view entity) {
        const Outline outline = outline_of(entity, limits_);
        note_protected_header(outline.parts.front());
        const std::string undeclared = undeclared_charset(outline);
        MimeContent inner =
            Reader{outline, limits_, undeclared, envelopes_ - 1}.read(tree_of(outline));
        for (Attachment& each : inner.attachments) attachments_.add_read(std::move(each));
        note(outline.defects);
        note(inner.defects);
        protect(inner.protection);
        if (content_.protected_subject.empty())
            content_.protected_subject = std::move(inner.protected_subject);
        content_.has_encoded_files = content_.has_encoded_files || inner.has_encoded_files;
        BodyForms body;
        body.has_html = inner.html.has_value();
        body.html = std::move(inner.html).value_or("");
        body.has_plain = body.has_text = inner.has_plain_text || !body.has_html;
        if (body.has_text) body.text = std::move(inner.text);
        return body;
    }

    /// RFC 8551 section 3.1: a whole mail is signed so that its header is, too, and none of it is
    /// forwarded.
    static bool is_wrapped_mail(const OutlinePart& part) {
        return part.type.value == "message/rfc822" &&
               equal_ignoring_case(part.type.parameter("forwarded"), "no");
    }

    /// RFC 9788 section 2.1, and what mail programs did before it: the part that is signed holds
    /// the mail's header fields as their writer saw them.
    void note_protected_header(const OutlinePart& part) {
        const bool is_declared = !part.type.parameter("hp").empty() ||
                                 !part.type.parameter("protected-headers").empty() ||
                                 part.depth == 0;
        if (is_declared && content_.protected_subject.empty())
            content_.protected_subject = part.header.field("subject");
    }

    void note_inline_pgp(std::string_view text) {
        if (text.find("-----BEGIN PGP MESSAGE-----") != std::string_view::npos)
            protect(Protection::encrypted_content);
        if (text.find("-----BEGIN PGP SIGNED MESSAGE-----") != std::string_view::npos)
            protect(Protection::signed_content);
    }

    void protect(Protection protection) {
        if (protection == Protection::none) return;
        if (content_.protection != Protection::encrypted_content) content_.protection = protection;
    }

    void note_protection() {
        if (content_.protection == Protection::encrypted_content) {
            defect("encrypted_content", "the mail is encrypted: what it says cannot be read here");
        }
    }

    /// Reports are made of small texts; a copy of each is all that the reader of bounces needs.
    void keep_for_report(const OutlinePart& part, std::string_view bytes) {
        constexpr std::size_t largest = 256 * 1024;
        constexpr std::size_t most = 20;
        const std::string& type = part.type.value;
        if (!type.starts_with("text/") && !type.starts_with("message/")) return;
        if (content_.report_parts.size() >= most) return;
        std::string text = to_utf8(bytes.substr(0, largest), part.type.parameter("charset"));
        content_.report_parts.push_back({type, std::move(text)});
    }

    void note(const std::vector<Defect>& defects) {
        for (const auto& [code, text] : defects) defect(code, text);
    }

    void note_parameters(const Leaf& leaf) {
        if (!leaf.part.type.truncated && !leaf.disposition.truncated) return;
        defect("too_many_parameters",
               "a field of a part has too many parameters; the rest are left out");
    }

    void defect(std::string_view code, std::string_view text) {
        const bool known = std::any_of(content_.defects.begin(), content_.defects.end(),
                                       [&](const Defect& d) { return d.code == code; });
        if (!known) content_.defects.push_back({std::string{code}, std::string{text}});
    }

    const Outline& outline_;
    const MessageLimits& limits_;
    std::string_view undeclared_;
    MimeContent content_ = {};
    AttachmentList attachments_;
    int envelopes_;
    std::string invitations_ = {};
    std::string descriptions_ = {};  // what they say beyond what, when and where
};

}  // namespace

MimeContent content_of(const Outline& outline,
                       const MimeNode& root,
                       const MessageLimits& limits,
                       std::string_view undeclared) {
    return Reader{outline, limits, undeclared}.read(root);
}

}  // namespace bellhop::parsers
