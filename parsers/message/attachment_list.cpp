#include "parsers/message/attachment_list.hpp"

#include <unordered_set>
#include <utility>

#include "parsers/body/body_text.hpp"
#include "parsers/body/tnef.hpp"
#include "parsers/header/encoded_word.hpp"
#include "parsers/message/header_block.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

bool is_tnef(const Leaf& leaf) {
    return leaf.part.type.value == "application/ms-tnef" ||
           leaf.part.type.value == "application/vnd.ms-tnef" ||
           equal_ignoring_case(leaf.filename, "winmail.dat");
}

/// An attached mail without a name is called after its subject.
std::string name_of_message(std::string_view bytes, const MessageLimits& limits) {
    constexpr std::size_t longest = 100;
    const HeaderBlock header = read_header_block(bytes, HeaderOwner::message, limits);
    std::string subject;
    for (const char c : decode_encoded_words(header.field("subject")))
        subject += c == '/' || c == '\\' ? '_' : c;
    const std::string_view name = trimmed(utf8_prefix(subject, longest));
    return (name.empty() ? "message" : std::string{name}) + ".eml";
}

std::string name_of_nameless(const Attachment& attachment, const MessageLimits& limits) {
    if (attachment.content_type == "message/rfc822" ||
        attachment.content_type == "message/global") {
        return name_of_message(attachment.bytes, limits);
    }
    return attachment.content_type == "text/calendar" ? "invite.ics" : "";
}

/// RFC 2392 section 2: in a URL the Content-ID is percent-encoded.
std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        decoded += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
        if (low >= 0) i += 2;
    }
    return decoded;
}

/// The Content-IDs that an HTML document refers to.
std::unordered_set<std::string> referenced_ids(std::string_view html) {
    constexpr std::string_view scheme = "cid:";
    constexpr std::size_t longest = 300;
    std::unordered_set<std::string> ids;
    for (std::size_t at = html.find(scheme); at != std::string_view::npos;
         at = html.find(scheme, at)) {
        at += scheme.size();
        const std::string_view rest = html.substr(at, longest);
        ids.insert(percent_decoded(rest.substr(0, rest.find_first_of("\"' \t\r\n<>)&;"))));
    }
    return ids;
}

}  // namespace

void AttachmentList::push(Attachment attachment) {
    // What is left out needs no digest.
    if (attachments_.size() < limits_.attachments) {
        if (attachment.filename.empty())
            attachment.filename = name_of_nameless(attachment, limits_);
        attachment.sha256 = hex(sha256(attachment.bytes));
    }
    push_named(std::move(attachment));
}

void AttachmentList::push_named(Attachment attachment) {
    if (attachments_.size() >= limits_.attachments) {
        full_ = true;
        return;
    }
    attachments_.push_back(std::move(attachment));
}

void AttachmentList::add_file(std::string_view name,
                              std::string_view content_type,
                              std::string bytes) {
    Attachment attachment;
    attachment.filename = display_filename(name);
    attachment.content_type = content_type.empty() ? "application/octet-stream" : content_type;
    attachment.bytes = std::move(bytes);
    push(std::move(attachment));
}

void AttachmentList::add(const Leaf& leaf, std::string bytes) {
    if (is_tnef(leaf) && add_wrapped_files(bytes)) return;
    Attachment attachment;
    attachment.content_type = leaf.part.type.value;
    attachment.filename = leaf.filename;
    attachment.content_id = leaf.content_id;
    attachment.bytes = std::move(bytes);
    if (leaf.part.is_too_deep) {
        // Its own header says how to take it apart: with it, the file is a mail that any program
        // opens.
        const std::string type{leaf.part.header.field("content-type")};
        attachment.bytes.insert(0, "Content-Type: " + type + "\r\n\r\n");
        attachment.content_type = "message/rfc822";
    }
    push(std::move(attachment));
}

bool AttachmentList::add_wrapped_files(std::string_view bytes) {
    std::optional<TnefContent> content = unpack_tnef(bytes);
    const bool is_useless = !content || (content->files.empty() && content->text.empty() &&
                                         content->html.empty() && content->rtf.empty());
    if (is_useless) {
        unread_tnef_ = true;
        return false;
    }
    if (wrapped_text_.empty()) wrapped_text_ = clean_text(std::move(content->text));
    if (wrapped_html_.empty()) wrapped_html_ = clean_text(std::move(content->html));
    for (TnefFile& file : content->files) {
        Attachment attachment;
        attachment.filename = display_filename(file.name);
        attachment.content_type =
            file.content_type.empty() ? "application/octet-stream" : file.content_type;
        attachment.content_id = file.content_id;
        attachment.bytes = std::move(file.bytes);
        push(std::move(attachment));
    }
    // A formatted body that has no other form: kept as the file that it is.
    if (wrapped_text_.empty() && wrapped_html_.empty() && !content->rtf.empty()) {
        add_file("message.rtf", "application/rtf", std::move(content->rtf));
    }
    return true;
}

void AttachmentList::mark_inline(std::string_view html) {
    const std::unordered_set<std::string> ids = referenced_ids(html);
    for (Attachment& attachment : attachments_) {
        if (!attachment.content_id.empty() && ids.contains(attachment.content_id)) {
            attachment.disposition = Disposition::inline_part;
        }
    }
}

}  // namespace bellhop::parsers
