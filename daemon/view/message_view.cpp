#include "daemon/view/message_view.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "daemon/view/output.hpp"
#include "parsers/header/domain_name.hpp"
#include "parsers/text/ensure.hpp"
#include "rules/calendar/instant.hpp"

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using parsers::Address;

json::array address_array(const std::vector<Address>& addresses) {
    json::array array;
    for (const Address& address : addresses) array.push_back(to_json(address));
    return array;
}

const char* content_word(parsers::MessageContent content) {
    switch (content) {
        case parsers::MessageContent::text:
            return "text";
        case parsers::MessageContent::empty:
            return "empty";
        case parsers::MessageContent::image_only:
            return "image_only";
        case parsers::MessageContent::attachment_only:
            return "attachment_only";
    }
    never_reached();
}

json::array attachment_array(const parsers::Message& message) {
    json::array array;
    for (const parsers::Attachment& attachment : message.attachments) {
        json::object object{{"filename", attachment.filename},
                            {"content_type", attachment.content_type},
                            {"size", attachment.bytes.size()},
                            {"sha256", attachment.sha256},
                            {"disposition", word_of(attachment.disposition)}};
        if (!attachment.content_id.empty()) object["content_id"] = attachment.content_id;
        array.push_back(std::move(object));
    }
    return array;
}

json::value bounce_value(const std::optional<parsers::DeliveryReport>& report) {
    if (!report) return nullptr;
    json::array recipients;
    for (const auto& [address, action, status, diagnostic] : report->recipients) {
        json::object object;
        if (!address.empty()) object["address"] = address;
        if (!action.empty()) object["action"] = action;
        if (!status.empty()) object["status"] = status;
        if (!diagnostic.empty()) object["diagnostic"] = diagnostic;
        recipients.push_back(std::move(object));
    }
    json::object object{{"recipients", std::move(recipients)}};
    if (!report->original_message_id.empty())
        object["original_message_id"] = report->original_message_id;
    return object;
}

json::value forwarded_value(const std::optional<parsers::Forwarded>& forwarded) {
    if (!forwarded) return nullptr;
    json::object object{{"from", to_json(forwarded->from)}, {"subject", forwarded->subject}};
    if (forwarded->date) object["date"] = rules::to_text(*forwarded->date);
    object["text"] = forwarded->text;
    return object;
}

void add_header(json::object& object, const parsers::Message& message) {
    if (message.from) object["from"] = to_json(*message.from);
    if (message.sender) object["sender"] = to_json(*message.sender);
    object["reply_to"] = address_array(message.reply_to);
    object["to"] = address_array(message.to);
    object["cc"] = address_array(message.cc);
    object["subject"] = message.subject;
    if (message.date) object["date"] = rules::to_text(*message.date);
    if (!message.message_id.empty()) object["message_id"] = message.message_id;
    object["in_reply_to"] = to_json(message.in_reply_to);
    object["references"] = to_json(message.references);
}

std::string address_list(const std::vector<Address>& addresses) {
    std::string text;
    for (const Address& address : addresses) text += (text.empty() ? "" : ", ") + display(address);
    return text;
}

/// One "Name: value" line, where there is a value.
void add_line(std::string& text, std::string_view name, std::string_view value) {
    if (!value.empty()) text += fmt::format("{:<12} {}\n", fmt::format("{}:", name), value);
}

std::string kind_text(const parsers::Message& message) {
    std::string text{word_of(message.kind)};
    if (!message.answerable) text += ", not to be answered automatically";
    std::string signs;
    for (const auto& [signal, grade] : message.evidence) {
        signs += fmt::format("{}{} ({})", signs.empty() ? "" : "; ", signal, word_of(grade));
    }
    return signs.empty() ? text : fmt::format("{} [{}]", text, signs);
}

/// What was kept of the text, and what was set apart and why; sizes in bytes of "text".
json::array piece_array(std::span<const parsers::TextPiece> pieces) {
    json::array array;
    for (const parsers::TextPiece& piece : pieces)
        array.push_back({{"kind", piece_kind_name(piece.kind)}, {"size", piece.size}});
    return array;
}

}  // namespace

json::object message_object(const parsers::Message& message, std::string_view file) {
    json::object object{
        {"file", file}, {"kind", word_of(message.kind)}, {"answerable", message.answerable}};
    object["evidence"] = to_json(message.evidence);
    add_header(object, message);
    object["text"] = message.text;
    object["html"] = message.html ? json::value(json::string(*message.html)) : json::value(nullptr);
    object["reply_text"] = message.reply_text;
    object["quoted_text"] = message.quoted_text;
    object["pieces"] = piece_array(message.pieces);
    object["content"] = content_word(message.content);
    if (message.protection == parsers::Protection::signed_content) object["protection"] = "signed";
    if (message.protection == parsers::Protection::encrypted_content)
        object["protection"] = "encrypted";
    object["attachments"] = attachment_array(message);
    object["bounce"] = bounce_value(message.report);
    object["forwarded"] = forwarded_value(message.forwarded);
    object["defects"] = to_json(message.defects);
    return object;
}

json::object proof_object(const rules::SenderProof& proof) {
    json::object object{{"level", rules::to_text(proof.level)}, {"because", proof.reason}};
    if (!proof.address.empty()) object["address"] = proof.address;
    return object;
}

std::string readable(const parsers::Message& message,
                     std::string_view file,
                     const std::optional<rules::SenderProof>& proof) {
    std::string text;
    add_line(text, "File", file);
    add_line(text, "From", message.from ? display(*message.from) : "");
    if (proof) {
        add_line(text, "Sender",
                 fmt::format("{} ({})", rules::to_text(proof->level), proof->reason));
    }
    add_line(text, "To", address_list(message.to));
    add_line(text, "Cc", address_list(message.cc));
    add_line(text, "Reply-To", address_list(message.reply_to));
    add_line(text, "Subject", message.subject);
    add_line(text, "Date", message.date ? rules::to_text(*message.date) : "");
    add_line(text, "Message-ID", message.message_id);
    add_line(text, "Kind", kind_text(message));
    for (const parsers::Attachment& attachment : message.attachments) {
        add_line(
            text,
            attachment.disposition == parsers::Disposition::inline_part ? "Inline" : "Attachment",
            fmt::format("{} ({}, {} bytes)",
                        attachment.filename.empty() ? "(no name)" : attachment.filename,
                        attachment.content_type, attachment.bytes.size()));
    }
    for (const auto& [code, explanation] : message.defects) {
        add_line(text, "Defect", fmt::format("{} ({})", explanation, code));
    }
    if (message.report) {
        for (const auto& recipient : message.report->recipients) {
            add_line(text, "Bounced",
                     fmt::format("{} {} {}", parsers::readable_address(recipient.address),
                                 recipient.status, recipient.diagnostic));
        }
    }
    if (message.forwarded) add_line(text, "Forwarded", display(message.forwarded->from));
    text += fmt::format("\n{}\n", message.reply_text);
    if (!message.quoted_text.empty())
        text += fmt::format("\n--- quoted ---\n{}\n", message.quoted_text);
    return text;
}

}  // namespace bellhop::daemon
