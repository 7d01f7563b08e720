#include "parsers/message/json_report.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "parsers/message/bounce_text.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

namespace json = boost::json;

constexpr std::size_t max_json = 256 * 1024;  // bytes of a notification that are looked at
constexpr std::size_t max_nesting = 16;       // levels; SES uses five
constexpr std::size_t max_value = 2000;       // bytes of one text

/// The object at the beginning of `text`; what stands behind it does not matter.
std::optional<json::object> leading_object(std::string_view text) {
    text = utf8_prefix(stripped(text), max_json);
    if (!text.starts_with('{')) return std::nullopt;
    // Seen: lines broken within a text of the JSON, which no JSON allows.
    std::string one_line{text};
    std::replace_if(
        one_line.begin(), one_line.end(), [](char c) { return is_space(c); }, ' ');
    json::parse_options options;
    options.max_depth = max_nesting;
    json::stream_parser parser{json::storage_ptr{}, options};
    boost::system::error_code error;
    parser.write_some(one_line, error);
    if (error || !parser.done()) return std::nullopt;
    json::value value = parser.release();
    if (!value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

const json::object* object_in(const json::object& parent, std::string_view key) {
    const json::value* value = parent.if_contains(key);
    return value != nullptr ? value->if_object() : nullptr;
}

const json::array* array_in(const json::object& parent, std::string_view key) {
    const json::value* value = parent.if_contains(key);
    return value != nullptr ? value->if_array() : nullptr;
}

std::string text_of(const json::value& value) {
    const json::string* text = value.if_string();
    return text != nullptr ? std::string{utf8_prefix(*text, max_value)} : std::string{};
}

std::string text_in(const json::object& parent, std::string_view key) {
    const json::value* value = parent.if_contains(key);
    return value != nullptr ? text_of(*value) : std::string{};
}

/// What happens to mails, by the name of the notification.
struct Notice {
    std::string_view name;
    std::string_view member;      // that tells of it
    std::string_view recipients;  // of that member
    std::string_view action;
};
constexpr Notice notices[] = {{"Bounce", "bounce", "bouncedRecipients", "failed"},
                              {"Delivery", "delivery", "recipients", "delivered"},
                              {"DeliveryDelay", "deliveryDelay", "delayedRecipients", "delayed"}};

const Notice* notice_of(const json::object& notification) {
    std::string name = text_in(notification, "notificationType");
    if (name.empty()) name = text_in(notification, "eventType");
    const Notice* const found = std::find_if(std::begin(notices), std::end(notices),
                                             [&](const Notice& one) { return one.name == name; });
    return found == std::end(notices) ? nullptr : found;
}

/// A recipient: an object, or the address alone.
ReportedRecipient recipient_of(const json::value& value, const Notice& notice) {
    ReportedRecipient recipient;
    if (const json::object* one = value.if_object()) {
        recipient.address = text_in(*one, "emailAddress");
        recipient.action = text_in(*one, "action");
        recipient.diagnostic = typed_value(text_in(*one, "diagnosticCode"));
        recipient.status = text_in(*one, "status");
    } else {
        recipient.address = text_of(value);
    }
    if (recipient.action.empty()) recipient.action = notice.action;
    if (recipient.status.empty()) recipient.status = status_in(recipient.diagnostic);
    return recipient;
}

void add_recipients(const json::array* all, const Notice& notice, DeliveryReport& report) {
    if (all == nullptr) return;
    for (const json::value& value : *all) {
        if (report.recipients.size() == max_reported) return;
        ReportedRecipient recipient = recipient_of(value, notice);
        if (!recipient.address.empty()) report.recipients.push_back(std::move(recipient));
    }
}

/// Of the mail as we sent it; SES puts a number of its own in place of our Message-ID, and tells
/// ours among the header fields only.
std::string message_id_in(const json::object& mail) {
    if (const json::array* fields = array_in(mail, "headers")) {
        for (const json::value& value : *fields) {
            const json::object* field = value.if_object();
            if (field == nullptr) continue;
            if (!equal_ignoring_case(text_in(*field, "name"), "Message-ID")) continue;
            return typed_value(stripped(text_in(*field, "value")));
        }
    }
    if (const json::object* common = object_in(mail, "commonHeaders")) {
        const std::string id = text_in(*common, "messageId");
        if (!id.empty()) return typed_value(stripped(id));
    }
    return text_in(mail, "messageId");
}

}  // namespace

std::optional<DeliveryReport> read_json_report(std::string_view text) {
    auto notification = leading_object(text);
    if (!notification) return std::nullopt;
    // SNS hands JSON on as a text in JSON of its own.
    if (const json::value* inner = notification->if_contains("Message");
        inner != nullptr && inner->is_string()) {
        notification = leading_object(inner->get_string());
        if (!notification) return std::nullopt;
    }
    const Notice* notice = notice_of(*notification);
    if (notice == nullptr) return std::nullopt;
    DeliveryReport report;
    if (const json::object* what = object_in(*notification, notice->member))
        add_recipients(array_in(*what, notice->recipients), *notice, report);
    if (const json::object* mail = object_in(*notification, "mail")) {
        report.original_message_id = message_id_in(*mail);
        if (report.recipients.empty())
            add_recipients(array_in(*mail, "destination"), *notice, report);
    }
    // It is a report, about nobody that it names.
    if (report.recipients.empty())
        report.recipients.push_back({{}, std::string{notice->action}, {}, {}});
    return report;
}

}  // namespace bellhop::parsers
