// What the body parts of a mail amount to: its text, its HTML, its attachments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message/delivery_report.hpp"
#include "parsers/message/message.hpp"
#include "parsers/message/message_limits.hpp"
#include "parsers/message/mime_outline.hpp"
#include "parsers/message/mime_tree.hpp"

namespace bellhop::parsers {

struct MimeContent {
    std::string text = {};        ///< UTF-8, NFC, "\n"; from the HTML where there is no plain text
    bool has_plain_text = false;  ///< `text` holds a text/plain part
    bool has_encoded_files = false;  ///< `text` holds uuencoded files, which are attachments, too
    std::optional<std::string> html = {};
    std::vector<Attachment> attachments = {};
    std::vector<ReportPart> report_parts =
        {};  ///< all leaves, if the mail may be a delivery report
    Protection protection = Protection::none;
    std::string protected_subject = {};  ///< RFC 9788: as it stands in what is signed; bytes
    std::vector<Defect> defects = {};
};

/// Decodes the parts of `outline` as `root` arranges them. `undeclared`: the charset of what names
/// none (undeclared_charset). Never fails.
MimeContent content_of(const Outline& outline,
                       const MimeNode& root,
                       const MessageLimits& limits,
                       std::string_view undeclared = {});

}  // namespace bellhop::parsers
