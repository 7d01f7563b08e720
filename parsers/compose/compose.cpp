#include "parsers/compose/compose.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

#include "parsers/compose/header_writer.hpp"
#include "parsers/encoding/quoted_printable.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/digest.hpp"
#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t kept_references = 9;       // behind the first one, which names the thread
constexpr std::size_t longest_message_id = 900;  // octets; RFC 5322 allows a line of 998

/// RFC 5322 section 3.3, in UTC; never of the locale.
std::string date_text(std::chrono::sys_seconds instant) {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %u %s %04d %02ld:%02ld:%02ld +0000",
                  days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<long>(time.hours().count()),
                  static_cast<long>(time.minutes().count()),
                  static_cast<long>(time.seconds().count()));
    return text.data();
}

/// Whether the address may stand in a field. Without SMTPUTF8 (RFC 6531), which few schools'
/// servers offer, that is ASCII.
bool is_writable(const Address& address) {
    return is_sendable(address.address) &&
           std::all_of(address.address.begin(), address.address.end(),
                       [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string address_field(std::string_view name, const std::vector<Address>& addresses) {
    std::vector<const Address*> written;
    for (const Address& address : addresses) {
        if (is_writable(address)) written.push_back(&address);
    }
    if (written.empty()) return {};
    HeaderWriter field{name};
    for (const Address* address : written) {
        const std::string_view comma = address == written.back() ? "" : ",";
        const bool has_name = !header_text(address->name).empty();
        if (has_name) field.add_phrase(address->name);
        field.add_atom(has_name ? '<' + address->address + '>' + std::string{comma}
                                : address->address + std::string{comma});
    }
    return std::move(field).finish();
}

bool is_message_id(std::string_view id) {
    return !id.empty() && id.size() <= longest_message_id &&
           std::all_of(id.begin(), id.end(), [](char c) {
               return c > 0x20 && c < 0x7f && c != '<' && c != '>' && c != '"' && c != '\\';
           });
}

std::string message_id_field(std::string_view name, const std::vector<std::string>& ids) {
    HeaderWriter field{name};
    bool is_empty = true;
    for (const std::string& id : ids) {
        if (!is_message_id(id)) continue;
        field.add_atom('<' + id + '>');
        is_empty = false;
    }
    return is_empty ? std::string{} : std::move(field).finish();
}

/// RFC 5322 section 3.6.4 wants them all, servers refuse long fields. Readers go by the first one
/// (the thread) and the last ones (the neighbours), so these are kept.
std::vector<std::string> shortened(const std::vector<std::string>& references) {
    std::vector<std::string> ids;
    std::copy_if(references.begin(), references.end(), std::back_inserter(ids), is_message_id);
    if (ids.size() > kept_references + 1) {
        ids.erase(ids.begin() + 1, ids.end() - static_cast<std::ptrdiff_t>(kept_references));
    }
    return ids;
}

constexpr std::size_t longest_field_name = 70;  // octets; with the colon it stands on one line

/// The further fields. What compose() writes itself, or what would name a recipient, is not taken
/// from there, and of two fields of one name the first counts.
std::string further_fields(const OutgoingMessage& message) {
    std::set<std::string> seen{"date",       "from",        "sender",     "reply-to",
                               "to",         "cc",          "bcc",        "subject",
                               "message-id", "in-reply-to", "references", "mime-version"};
    std::string text;
    for (const auto& [name, body] : message.fields) {
        const std::string key = lower_case(name);
        if (!is_field_name(name) || name.size() > longest_field_name ||
            key.starts_with("content-") || header_text(body).empty())
            continue;
        if (!seen.insert(key).second) continue;
        HeaderWriter field{name};
        field.add_unstructured(body);
        text += std::move(field).finish();
    }
    return text;
}

std::string subject_field(std::string_view subject) {
    HeaderWriter field{"Subject"};
    field.add_unstructured(subject);
    return std::move(field).finish();
}

std::string body_part(std::string_view subtype, std::string_view text) {
    return "Content-Type: text/" + std::string{subtype} +
           "; charset=utf-8\r\n"
           "Content-Transfer-Encoding: quoted-printable\r\n"
           "\r\n" +
           encode_quoted_printable(text);
}

/// RFC 2045 section 6.7 itself advises "=_": it can occur neither in quoted-printable text nor in
/// base64. `level` keeps the boundaries of nested multiparts apart.
std::string boundary_of(const OutgoingMessage& message, std::string_view level) {
    constexpr std::size_t length = 24;  // hexadecimal digits
    return "=_" + std::string{level} +
           hex(sha256(message.message_id + '\n' + message.text + '\n' + message.html))
               .substr(0, length);
}

/// Parts with their own header fields, made one.
std::string multipart(std::string_view subtype,
                      const std::string& boundary,
                      const std::vector<std::string>& parts) {
    std::string text = "Content-Type: multipart/" + std::string{subtype} + "; boundary=\"" +
                       boundary + "\"\r\n\r\n";
    for (const std::string& part : parts) text += "--" + boundary + "\r\n" + part;
    return text + "--" + boundary + "--\r\n";
}

std::vector<std::string> parts_of(const OutgoingMessage& message, bool beside_html) {
    std::vector<std::string> parts;
    for (const OutgoingFile& file : message.files) {
        if (file.content_id.empty() != beside_html) parts.push_back(attached_part(file));
    }
    return parts;
}

std::string html_with_images(const OutgoingMessage& message) {
    std::vector<std::string> parts = parts_of(message, true);
    std::string html = body_part("html", message.html);
    if (parts.empty()) return html;
    parts.insert(parts.begin(), std::move(html));
    return multipart("related", boundary_of(message, "r"), parts);
}

std::string text_of(const OutgoingMessage& message) {
    if (message.html.empty()) return body_part("plain", message.text);
    // The richest form stands last (RFC 2046 section 5.1.4).
    return multipart("alternative", boundary_of(message, ""),
                     {body_part("plain", message.text), html_with_images(message)});
}

std::string body_of(const OutgoingMessage& message) {
    std::vector<std::string> parts = parts_of(message, false);
    if (parts.empty()) return text_of(message);
    parts.insert(parts.begin(), text_of(message));
    return multipart("mixed", boundary_of(message, "m"), parts);
}

}  // namespace

std::string compose(const OutgoingMessage& message) {
    ensure(is_sendable(message.from.address) && !message.message_id.empty());
    std::string mail = "Date: " + date_text(message.date) + "\r\n";
    mail += address_field("From", {message.from});
    const std::string to = address_field("To", message.to);
    mail += to.empty() ? "To: undisclosed-recipients:;\r\n" : to;
    mail += address_field("Cc", message.cc);
    mail += address_field("Reply-To", message.reply_to);
    mail += subject_field(message.subject);
    mail += message_id_field("Message-ID", {message.message_id});
    mail += message_id_field("In-Reply-To", {message.in_reply_to});
    mail += message_id_field("References", shortened(message.references));
    mail += further_fields(message);
    mail += "MIME-Version: 1.0\r\n";
    return mail + body_of(message);
}

}  // namespace bellhop::parsers
