// What a mail says, as values. parse_message.hpp reads it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/header/address.hpp"
#include "parsers/reply/text_piece.hpp"

namespace bellhop::parsers {

/// A header field as it stands: the name as sent, the body unfolded but not decoded (bytes).
struct HeaderField {
    std::string name = {};
    std::string body = {};

    friend bool operator==(const HeaderField&, const HeaderField&) = default;
};

/// Something that is wrong with the mail, kept as a value: parsing never fails.
struct Defect {
    std::string code = {};  ///< stable, snake_case: "unterminated_boundary"
    std::string text = {};  ///< for a person, one line of UTF-8

    friend bool operator==(const Defect&, const Defect&) = default;
};

enum class Disposition { inline_part, attachment };

struct Attachment {
    std::string filename = {};      ///< UTF-8, NFC, without path; may be empty
    std::string content_type = {};  ///< media type in lower case, without parameters
    std::string bytes = {};         ///< decoded
    std::string sha256 = {};        ///< of `bytes`, in hexadecimal
    Disposition disposition = Disposition::attachment;
    std::string content_id = {};  ///< without angle brackets; empty where there is none
    bool is_furniture = false;    ///< a logo that stands in many mails of the domain
};

enum class MessageKind { human, automatic, bounce };

enum class EvidenceGrade { weak, medium, strong };

/// One sign that a mail was, or was not, written by a person.
struct Evidence {
    std::string signal = {};  ///< "Auto-Submitted: auto-replied"
    EvidenceGrade grade = EvidenceGrade::weak;

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// One recipient of a delivery report (RFC 3464 section 2.3).
struct ReportedRecipient {
    std::string address = {};
    std::string action = {};      ///< failed, delayed, delivered, relayed, expanded
    std::string status = {};      ///< RFC 3463 code, "5.1.1"; empty where unknown
    std::string diagnostic = {};  ///< the server's own words

    friend bool operator==(const ReportedRecipient&, const ReportedRecipient&) = default;
};

struct DeliveryReport {
    std::vector<ReportedRecipient> recipients = {};
    std::string original_message_id = {};  ///< of the mail that bounced; empty where unknown
};

/// The mail that a forwarded mail carries in its text: who really asks.
struct Forwarded {
    Address from = {};
    std::string subject = {};
    std::optional<std::chrono::sys_seconds> date = {};
    std::string text = {};  ///< the forwarded text without its header lines
};

/// Cryptography around the content (RFC 1847, RFC 8551): named, neither verified nor opened.
enum class Protection { none, signed_content, encrypted_content };

/// What the mail's content amounts to.
enum class MessageContent { text, empty, image_only, attachment_only };

struct Message {
    std::vector<HeaderField> fields = {};  ///< of the top-level header, in order

    std::optional<Address> from = {};  ///< the first of From, or of Sender where From has none
    std::optional<Address> sender = {};
    std::vector<Address> reply_to = {};
    std::vector<Address> to = {};
    std::vector<Address> cc = {};
    std::string subject = {};  ///< decoded, one line
    std::optional<std::chrono::sys_seconds> date = {};
    std::string message_id = {};  ///< without angle brackets; empty where there is none
    std::vector<std::string> in_reply_to = {};
    std::vector<std::string> references = {};

    /// The whole body as text, "\n" line ends, NFC. Uuencoded files stand in it as they were sent;
    /// they are attachments, too, and `reply_text` and `quoted_text` are without them.
    std::string text = {};
    std::optional<std::string> html = {};
    bool text_is_html = false;       ///< `text` is `html` read as text, and what is added below it
    bool has_encoded_files = false;  ///< uuencoded ones, in `text`
    std::string reply_text = {};     ///< what the sender wrote this time
    std::string quoted_text = {};    ///< the rest of `text`: quotation, signature, disclaimer
    std::vector<TextPiece> pieces = {};  ///< all of `text`, in order: what was kept, what not, why
    std::vector<Attachment> attachments = {};
    MessageContent content = MessageContent::text;
    Protection protection = Protection::none;

    MessageKind kind = MessageKind::human;
    bool answerable =
        true;  ///< whether an automatic answer may be sent at all (RFC 3834 section 2)
    std::vector<Evidence> evidence = {};
    std::optional<DeliveryReport> report = {};
    std::optional<Forwarded> forwarded = {};

    std::vector<Defect> defects = {};

    /// The body of the first field of that name (in any case), or an empty view.
    std::string_view field(std::string_view name) const;
    bool has_field(std::string_view name) const;
};

}  // namespace bellhop::parsers
