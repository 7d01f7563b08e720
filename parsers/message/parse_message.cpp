#include "parsers/message/parse_message.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "parsers/encoding/uuencode.hpp"
#include "parsers/header/date_time.hpp"
#include "parsers/header/encoded_word.hpp"
#include "parsers/header/thread_fields.hpp"
#include "parsers/message/automatic_mail.hpp"
#include "parsers/message/delivery_report.hpp"
#include "parsers/message/forwarded.hpp"
#include "parsers/message/mail_charset.hpp"
#include "parsers/message/mime_content.hpp"
#include "parsers/message/mime_outline.hpp"
#include "parsers/message/mime_tree.hpp"
#include "parsers/message/own_words.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

std::optional<Address> first_of(std::vector<Address> addresses) {
    if (addresses.empty()) return std::nullopt;
    return std::move(addresses.front());
}

/// Of several From fields the first that names an address: gateways leave broken ones before the
/// real one.
/// Without any, Sender or Reply-To says who can be answered.
std::optional<Address> author_of(const Message& message, std::string_view charset) {
    std::optional<Address> unreachable;
    for (const HeaderField& field : message.fields) {
        if (!equal_ignoring_case(field.name, "from")) continue;
        for (Address& address : parse_address_list(field.body, charset)) {
            if (!address.address.empty()) return std::move(address);
            if (!unreachable) unreachable = std::move(address);
        }
    }
    if (message.sender && !message.sender->address.empty()) return message.sender;
    if (!message.reply_to.empty() && !message.reply_to.front().address.empty())
        return message.reply_to.front();
    return unreachable;
}

std::vector<Address> addresses_of(const Message& message,
                                  std::string_view name,
                                  std::string_view charset) {
    std::vector<Address> addresses;
    for (const HeaderField& field : message.fields) {
        if (!equal_ignoring_case(field.name, name)) continue;
        auto more = parse_address_list(field.body, charset);
        std::move(more.begin(), more.end(), std::back_inserter(addresses));
        if (addresses.size() >= max_addresses) break;
    }
    return addresses;
}

void note_long_lists(Message& message) {
    for (const auto* list : {&message.reply_to, &message.to, &message.cc}) {
        if (list->size() < max_addresses) continue;
        message.defects.push_back(
            {"too_many_addresses", "addresses beyond the limit are left out"});
        break;
    }
    for (const auto* list : {&message.in_reply_to, &message.references}) {
        if (list->size() < max_message_ids) continue;
        message.defects.push_back(
            {"too_many_references", "message-ids before the last ones are left out"});
        break;
    }
}

/// RFC 5322 section 3.6 and RFC 2045: at most one of each. Programs differ in which one they show.
void note_repeated_fields(Message& message) {
    for (const std::string_view name :
         {"from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id", "in-reply-to",
          "references", "content-type", "content-transfer-encoding"}) {
        const auto count =
            std::count_if(message.fields.begin(), message.fields.end(),
                          [&](const HeaderField& f) { return equal_ignoring_case(f.name, name); });
        if (count < 2) continue;
        message.defects.push_back(
            {"repeated_field", "the field " + std::string{name} + " stands there more than once"});
        return;
    }
}

void read_fields(Message& message, std::string_view charset) {
    message.sender = first_of(addresses_of(message, "sender", charset));
    message.reply_to = addresses_of(message, "reply-to", charset);
    message.from = author_of(message, charset);
    message.to = addresses_of(message, "to", charset);
    message.cc = addresses_of(message, "cc", charset);
    message.subject = trimmed(decode_encoded_words(message.field("subject"), charset));
    message.date = parse_date_time(message.field("date"));
    message.message_id = parse_message_id(message.field("message-id"));
    message.in_reply_to = parse_message_ids(message.field("in-reply-to"));
    message.references = parse_message_ids(message.field("references"));
    if (!message.from) {
        message.defects.push_back({"no_author", "the mail names no sender"});
    } else if (message.from->address.empty()) {
        message.defects.push_back({"author_without_address", "the sender's address is missing"});
    }
    note_long_lists(message);
    note_repeated_fields(message);
    if (message.has_field("date") && !message.date) {
        message.defects.push_back({"bad_date", "the Date field cannot be read"});
    }
}

/// What is signed is what its writer saw; outside stands what programs made of it: "[...]", or what
/// a gateway put before it.
void take_protected_subject(Message& message, std::string_view field, std::string_view charset) {
    std::string subject{trimmed(decode_encoded_words(field, charset))};
    if (subject.empty() || subject == message.subject) return;
    message.subject = std::move(subject);
    message.defects.push_back(
        {"other_subject_outside", "the subject is the one that is signed; another stands outside"});
}

/// Each code once: what is wrong with a header may be wrong with a body, too.
void add_defects(Message& message, std::vector<Defect> defects) {
    for (Defect& one : defects) {
        const bool known = std::any_of(message.defects.begin(), message.defects.end(),
                                       [&](const Defect& d) { return d.code == one.code; });
        if (!known) message.defects.push_back(std::move(one));
    }
}

/// The bytes with "\n" in place of each bare CR, where that is what the lines end in: as old
/// Macintoshes wrote, and as some gateways leave mail behind. Told by the first line.
std::optional<std::string> with_line_feeds(std::string_view bytes) {
    const std::size_t end = bytes.find_first_of("\r\n");
    if (end == std::string_view::npos || bytes[end] == '\n') return std::nullopt;
    const std::string_view after = bytes.substr(end + 1, 2);
    if (after.starts_with('\n') || after == "\r\n") return std::nullopt;
    std::string text{bytes};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) text[i] = '\n';
    }
    return text;
}

/// The message but for what is forwarded as a file, and what kind of mail it is.
Message read_message(std::string_view bytes, const MessageLimits& limits) {
    const std::optional<std::string> rewritten = with_line_feeds(bytes);
    const Outline outline = outline_of(rewritten ? *rewritten : bytes, limits);
    Message message;
    message.defects = outline.defects;
    if (rewritten) add_defects(message, {{"bare_cr", "lines end in CR alone"}});
    const std::string undeclared = undeclared_charset(outline);
    MimeContent content = content_of(outline, tree_of(outline), limits, undeclared);
    message.fields = outline.parts.front().header.fields;
    read_fields(message, undeclared);
    take_protected_subject(message, content.protected_subject, undeclared);

    message.text = std::move(content.text);
    message.html = std::move(content.html);
    message.attachments = std::move(content.attachments);
    message.protection = content.protection;
    add_defects(message, std::move(content.defects));
    message.text_is_html = message.html && !content.has_plain_text;
    message.has_encoded_files = content.has_encoded_files;
    find_own_words(message);

    message.report = read_delivery_report(message, content.report_parts);
    message.forwarded = content.has_encoded_files
                            ? find_forwarded(message.subject, unpack_uuencoded(message.text).text)
                            : find_forwarded(message.subject, message.text);
    return message;
}

/// The mail that was forwarded as a file (Outlook's "forward as attachment"): the only one, below
/// such a subject. Its own forwarded mail is not looked for.
std::optional<Forwarded> forwarded_file(const Message& message, const MessageLimits& limits) {
    if (!is_forward_subject(message.subject)) return std::nullopt;
    const Attachment* file = nullptr;
    for (const Attachment& attachment : message.attachments) {
        if (attachment.content_type != "message/rfc822") continue;
        if (file != nullptr) return std::nullopt;
        file = &attachment;
    }
    if (file == nullptr) return std::nullopt;
    Message original = read_message(file->bytes, limits);
    if (!original.from) return std::nullopt;
    return Forwarded{std::move(*original.from), std::move(original.subject), original.date,
                     std::move(original.text)};
}

}  // namespace

Message parse_message(std::string_view bytes, const MessageLimits& limits) {
    Message message = read_message(bytes, limits);
    if (!message.forwarded) message.forwarded = forwarded_file(message, limits);
    Classification classification = classify(message);
    message.kind = classification.kind;
    message.answerable = classification.answerable;
    message.evidence = std::move(classification.evidence);
    return message;
}

}  // namespace bellhop::parsers
