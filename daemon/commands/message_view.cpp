#include "daemon/commands/message_view.hpp"

#include <chrono>
#include <optional>
#include <vector>

#include <boost/json.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

namespace bellhop::daemon {
namespace {

namespace json = boost::json;
using parsers::Address;

std::string instant(std::chrono::sys_seconds when) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(when.time_since_epoch().count()));
}

json::object address_object(const Address& address) {
    json::object object;
    if (!address.name.empty()) object["name"] = address.name;
    if (!address.address.empty()) object["address"] = address.address;
    return object;
}

json::array address_array(const std::vector<Address>& addresses) {
    json::array array;
    for (const Address& address : addresses) array.push_back(address_object(address));
    return array;
}

json::array text_array(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

const char* kind_word(parsers::Kind kind) {
    switch (kind) {
        case parsers::Kind::human:
            return "human";
        case parsers::Kind::automatic:
            return "automatic";
        case parsers::Kind::bounce:
            return "bounce";
    }
    return "human";
}

const char* grade_word(parsers::Grade grade) {
    switch (grade) {
        case parsers::Grade::weak:
            return "weak";
        case parsers::Grade::medium:
            return "medium";
        case parsers::Grade::strong:
            return "strong";
    }
    return "weak";
}

const char* content_word(parsers::Content content) {
    switch (content) {
        case parsers::Content::text:
            return "text";
        case parsers::Content::empty:
            return "empty";
        case parsers::Content::image_only:
            return "image_only";
        case parsers::Content::attachment_only:
            return "attachment_only";
    }
    return "text";
}

const char* disposition_word(parsers::Disposition disposition) {
    return disposition == parsers::Disposition::inline_part ? "inline" : "attachment";
}

json::array evidence_array(const parsers::Message& message) {
    json::array array;
    for (const auto& [signal, grade] : message.evidence) {
        array.push_back(json::object{{"signal", signal}, {"grade", grade_word(grade)}});
    }
    return array;
}

json::array attachment_array(const parsers::Message& message) {
    json::array array;
    for (const parsers::Attachment& attachment : message.attachments) {
        json::object object{{"filename", attachment.filename},
                            {"content_type", attachment.content_type},
                            {"size", attachment.bytes.size()},
                            {"sha256", attachment.sha256},
                            {"disposition", disposition_word(attachment.disposition)}};
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
    json::object object{{"from", address_object(forwarded->from)}, {"subject", forwarded->subject}};
    if (forwarded->date) object["date"] = instant(*forwarded->date);
    object["text"] = forwarded->text;
    return object;
}

json::array defect_array(const parsers::Message& message) {
    json::array array;
    for (const auto& [code, text] : message.defects)
        array.push_back(json::object{{"code", code}, {"text", text}});
    return array;
}

void add_header(json::object& object, const parsers::Message& message) {
    if (message.from) object["from"] = address_object(*message.from);
    if (message.sender) object["sender"] = address_object(*message.sender);
    object["reply_to"] = address_array(message.reply_to);
    object["to"] = address_array(message.to);
    object["cc"] = address_array(message.cc);
    object["subject"] = message.subject;
    if (message.date) object["date"] = instant(*message.date);
    if (!message.message_id.empty()) object["message_id"] = message.message_id;
    object["in_reply_to"] = text_array(message.in_reply_to);
    object["references"] = text_array(message.references);
}

std::string address_text(const Address& address) {
    if (address.name.empty()) return address.address;
    return address.address.empty() ? address.name
                                   : fmt::format("{} <{}>", address.name, address.address);
}

std::string address_list(const std::vector<Address>& addresses) {
    std::string text;
    for (const Address& address : addresses)
        text += (text.empty() ? "" : ", ") + address_text(address);
    return text;
}

/// One "Name: value" line, where there is a value.
void add_line(std::string& text, std::string_view name, std::string_view value) {
    if (!value.empty()) text += fmt::format("{:<12} {}\n", fmt::format("{}:", name), value);
}

std::string kind_text(const parsers::Message& message) {
    std::string text = kind_word(message.kind);
    if (!message.answerable) text += ", not to be answered automatically";
    std::string signs;
    for (const auto& [signal, grade] : message.evidence) {
        signs += fmt::format("{}{} ({})", signs.empty() ? "" : "; ", signal, grade_word(grade));
    }
    return signs.empty() ? text : fmt::format("{} [{}]", text, signs);
}

}  // namespace

json::object message_object(const parsers::Message& message, std::string_view file) {
    json::object object{
        {"file", file}, {"kind", kind_word(message.kind)}, {"answerable", message.answerable}};
    object["evidence"] = evidence_array(message);
    add_header(object, message);
    object["text"] = message.text;
    object["html"] = message.html ? json::value(json::string(*message.html)) : json::value(nullptr);
    object["reply_text"] = message.reply_text;
    object["quoted_text"] = message.quoted_text;
    object["content"] = content_word(message.content);
    if (message.protection == parsers::Protection::signed_content) object["protection"] = "signed";
    if (message.protection == parsers::Protection::encrypted_content)
        object["protection"] = "encrypted";
    object["attachments"] = attachment_array(message);
    object["bounce"] = bounce_value(message.report);
    object["forwarded"] = forwarded_value(message.forwarded);
    object["defects"] = defect_array(message);
    return object;
}

std::string readable(const parsers::Message& message, std::string_view file) {
    std::string text;
    add_line(text, "File", file);
    add_line(text, "From", message.from ? address_text(*message.from) : "");
    add_line(text, "To", address_list(message.to));
    add_line(text, "Cc", address_list(message.cc));
    add_line(text, "Reply-To", address_list(message.reply_to));
    add_line(text, "Subject", message.subject);
    add_line(text, "Date", message.date ? instant(*message.date) : "");
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
            add_line(
                text, "Bounced",
                fmt::format("{} {} {}", recipient.address, recipient.status, recipient.diagnostic));
        }
    }
    if (message.forwarded) add_line(text, "Forwarded", address_text(message.forwarded->from));
    text += fmt::format("\n{}\n", message.reply_text);
    if (!message.quoted_text.empty())
        text += fmt::format("\n--- quoted ---\n{}\n", message.quoted_text);
    return text;
}

}  // namespace bellhop::daemon
