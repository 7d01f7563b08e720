#include "parsers/message/delivery_report.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/message/bounce_signs.hpp"
#include "parsers/message/bounce_text.hpp"
#include "parsers/message/json_report.hpp"
#include "parsers/text/plain_text.hpp"
#include "parsers/text/utf8.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_status_lines = 5000;  // of a message/delivery-status part
constexpr std::size_t max_value = 2000;         // bytes of one field's value
constexpr std::size_t max_header = 256 * 1024;  // bytes of the returned mail
constexpr std::size_t max_header_lines = 1000;  // of the returned mail

struct Field {
    std::string name = {};  // folded
    std::string value = {};
};

/// Line ends as "\n". Seen: parts whose only line ends are bare CR.
std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            out.push_back(text[i]);
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            out.push_back('\n');
        }
    }
    return out;
}

/// The fields from the beginning of `text` on, unfolded; an empty Field stands for an empty line.
std::vector<Field> read_fields(std::string_view text) {
    std::vector<Field> fields;
    std::size_t lines = 0;
    const std::string unix_text = with_line_feeds(text);
    for (const std::string_view line : lines_of(unix_text)) {
        if (++lines > max_status_lines) break;
        if (stripped(line).empty()) {
            fields.emplace_back();
        } else if (is_blank(line[0]) && !fields.empty() && !fields.back().name.empty()) {
            std::string& value = fields.back().value;
            if (value.size() + line.size() < max_value) value += ' ' + std::string{stripped(line)};
        } else if (const std::size_t colon = line.find(':'); colon != line.npos && colon > 0) {
            fields.push_back(
                {folded(stripped(line.substr(0, colon))),
                 std::string{utf8_prefix(stripped(line.substr(colon + 1)), max_value)}});
        }
    }
    return fields;
}

/// The fields of RFC 3464 section 2.3 that stand together about one recipient.
class RecipientFields {
public:
    void take(const Field& field);
    bool names_somebody() const { return !final_.empty() || !original_.empty(); }
    bool has_final() const { return !final_.empty(); }
    ReportedRecipient finish();

private:
    std::string final_ = {};
    std::string original_ = {};
    std::string action_ = {};
    std::string status_ = {};
    std::string diagnostic_ = {};
};

void RecipientFields::take(const Field& field) {
    if (field.name == "final-recipient") {
        final_ = typed_value(field.value);
    } else if (field.name == "original-recipient" || field.name == "x-actual-recipient") {
        if (original_.find('@') == original_.npos) original_ = typed_value(field.value);
    } else if (field.name == "action") {
        // Seen: "failed (bounced)".
        action_ = folded(field.value);
        action_ = action_.substr(0, action_.find_first_of(" \t(;"));
    } else if (field.name == "status") {
        status_ = status_in(field.value);
    } else if (field.name == "diagnostic-code") {
        diagnostic_ = typed_value(field.value);
    } else if (field.name == "x-notes" || field.name == "x-supplementary-info") {
        if (diagnostic_.empty()) diagnostic_ = field.value;
    }
}

ReportedRecipient RecipientFields::finish() {
    ReportedRecipient recipient;
    const bool final_is_address = final_.find('@') != final_.npos;
    recipient.address = final_is_address || original_.empty() ? final_ : original_;
    recipient.status =
        status_.empty() || status_.ends_with(".0.0") ? status_in(diagnostic_) : status_;
    if (recipient.status.empty()) recipient.status = status_;
    recipient.action = action_;
    if (action_.empty()) {
        const char kind = recipient.status.empty() ? '5' : recipient.status[0];
        recipient.action = kind == '2' ? "delivered" : kind == '4' ? "delayed" : "failed";
    }
    recipient.diagnostic = std::move(diagnostic_);
    return recipient;
}

/// RFC 3464 section 2: groups of fields, the first about the mail, each other about one recipient.
/// Read leniently: groups run together, an empty line inside one, fields before the recipient's
/// name.
std::vector<ReportedRecipient> read_status(std::string_view bytes) {
    std::vector<ReportedRecipient> recipients;
    RecipientFields current;
    const auto finish = [&] {
        if (current.names_somebody() && recipients.size() < max_reported)
            recipients.push_back(current.finish());
        current = {};
    };
    for (const Field& field : read_fields(bytes)) {
        if (field.name.empty()) {
            if (current.names_somebody()) finish();
            continue;
        }
        if (field.name == "final-recipient" && current.has_final()) finish();
        current.take(field);
    }
    finish();
    return recipients;
}

/// A report whose header got lost stands with all its parts in the text.
std::vector<ReportedRecipient> read_status_in_text(std::string_view text) {
    const std::size_t at =
        std::min(text.find("\nFinal-Recipient:"), text.find("\nOriginal-Recipient:"));
    if (at == text.npos) return {};
    return read_status(text.substr(at + 1));
}

/// The first message-id in `value`, without angle brackets.
std::string message_id_in(std::string_view value) {
    const std::size_t open = value.find('<');
    if (open != value.npos) {
        const std::size_t close = value.find('>', open);
        if (close != value.npos)
            return std::string{stripped(value.substr(open + 1, close - open - 1))};
    }
    value = stripped(value);
    return std::string{value.substr(0, value.find_first_of(" \t"))};
}

/// The Message-ID in the header that `text` begins with.
std::string message_id_of_header(std::string_view text) {
    // A returned mail may begin with empty lines; its header ends with one.
    const std::size_t first = text.find_first_not_of("\r\n");
    if (first == text.npos) return {};
    text.remove_prefix(first);
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size() && count < max_header_lines; ++count) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        if (stripped(line).empty()) return {};
        if (folded(stripped(line).substr(0, 11)) == "message-id:") {
            // The value may stand on the next line.
            end = std::min(text.find('\n', end + 1), text.size());
            const std::string_view value =
                text.substr(at + line.find(':') + 1, end - at - line.find(':') - 1);
            return message_id_in(value);
        }
        at = end + 1;
    }
    return {};
}

std::string message_id_in_text(std::string_view text) {
    const std::size_t start = returned_mail_start(text);
    if (start >= text.size()) return {};
    std::string_view rest = text.substr(start);
    // Behind "--- Below this line is a copy of the message." stands the header.
    for (int step = 0; step < 3; ++step) {
        if (std::string id = message_id_of_header(rest); !id.empty()) return id;
        const std::size_t gap = rest.find("\n\n");
        if (gap == rest.npos) break;
        rest.remove_prefix(gap + 2);
    }
    return {};
}

bool is_returned_mail(const ReportPart& part) {
    constexpr std::array<std::string_view, 7> types = {
        "message/rfc822",         "text/rfc822-headers", "text/rfc822-header", "message/global",
        "message/global-headers", "message/partial",     "text/rfc822"};
    return std::find(types.begin(), types.end(), part.content_type) != types.end();
}

std::string original_message_id(const Message& message, const std::vector<ReportPart>& parts) {
    for (const ReportPart& part : parts) {
        if (!is_returned_mail(part)) continue;
        const std::string header =
            with_line_feeds(std::string_view{part.bytes}.substr(0, max_header));
        if (std::string id = message_id_of_header(header); !id.empty()) return id;
    }
    if (std::string id = message_id_in_text(message.text); !id.empty()) return id;
    // Some servers say which mail they speak of as a reply would.
    if (!message.in_reply_to.empty()) return message.in_reply_to.front();
    if (!message.references.empty()) return message.references.back();
    return {};
}

bool is_status_part(const ReportPart& part) {
    return part.content_type == "message/delivery-status" ||
           part.content_type == "message/global-delivery-status";
}

std::vector<std::string> own_addresses(const Message& message) {
    std::vector<std::string> ours;
    if (message.from) ours.push_back(folded(message.from->address));
    for (const Address& each : message.to) ours.push_back(folded(each.address));
    return ours;
}

std::vector<std::string> failed_recipients(const Message& message) {
    std::vector<std::string> addresses;
    for (const HeaderField& field : message.fields) {
        if (folded(field.name) != "x-failed-recipients") continue;
        for (const Address& each : parse_address_list(field.body)) {
            if (!each.address.empty() && addresses.size() < max_reported)
                addresses.push_back(each.address);
        }
    }
    return addresses;
}

/// The server's own words for recipients of which only the address is known.
void add_reasons(std::vector<ReportedRecipient>& recipients,
                 const std::vector<ReportedRecipient>& from_text) {
    for (ReportedRecipient& each : recipients) {
        if (!each.diagnostic.empty()) continue;
        for (const ReportedRecipient& told : from_text) {
            if (folded(told.address) != folded(each.address) && from_text.size() > 1) continue;
            each.diagnostic = told.diagnostic;
            if (each.status.empty() || each.status.ends_with(".0.0")) {
                if (!told.status.empty()) each.status = told.status;
            }
            break;
        }
    }
}

}  // namespace

std::optional<DeliveryReport> read_delivery_report(const Message& message,
                                                   const std::vector<ReportPart>& parts) {
    if (auto report = read_json_report(message.text)) return report;
    DeliveryReport report;
    bool has_status = false;
    bool encloses = false;
    for (const ReportPart& part : parts) {
        if (part.content_type == "message/feedback-report" ||
            part.content_type == "message/disposition-notification") {
            return {};
        }
        encloses = encloses || is_returned_mail(part);
        if (!is_status_part(part)) continue;
        has_status = true;
        for (ReportedRecipient& each : read_status(part.bytes)) {
            if (report.recipients.size() < max_reported)
                report.recipients.push_back(std::move(each));
        }
    }
    if (!has_status && !bounce_signs(message, {.carries_original = encloses}).is_bounce())
        return {};
    const std::string_view text = message.text;
    const std::string_view notice =
        utf8_prefix(text.substr(0, returned_mail_start(text)), max_notice);
    std::vector<ReportedRecipient> told = recipients_in_text(notice, own_addresses(message));
    if (report.recipients.empty()) {
        for (std::string& address : failed_recipients(message)) {
            report.recipients.push_back({std::move(address), "failed", {}, {}});
        }
    }
    if (report.recipients.empty()) report.recipients = read_status_in_text(text);
    if (report.recipients.empty()) {
        report.recipients = std::move(told);
    } else {
        add_reasons(report.recipients, told);
    }
    report.original_message_id = original_message_id(message, parts);
    return report;
}

}  // namespace bellhop::parsers
