// The fields that tie mails into a thread: Message-ID, In-Reply-To, References (RFC 5322
// section 3.6.4), and the subject without its reply marks (RFC 5256 section 2.1).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

constexpr std::size_t max_message_ids = 200;  // of one field: the last ones; a thread is not longer
constexpr std::size_t max_message_id_bytes = 998;  // RFC 5322 section 2.1.1: a line

/// The message-ids of a References or In-Reply-To field, in order, without angle brackets, each
/// once. Reads past comments, phrases ("Your message of ..."), missing or doubled brackets, and
/// blanks that folding put inside. Never fails.
std::vector<std::string> parse_message_ids(std::string_view field_body);

/// The message-id of a Message-ID field, without angle brackets; what stands there if it has none.
std::string parse_message_id(std::string_view field_body);

/// The subject without reply and forward marks in the languages of the field, and without "(fwd)"
/// at its end: what two mails of one thread share. `subject` is decoded text; its case and its
/// inner blanks are kept.
std::string base_subject(std::string_view subject);

enum class SubjectMark { none, reply, forward };

/// The outermost mark: "Re:", "AW:", "Fwd:", "WG:" and their like.
SubjectMark subject_mark(std::string_view subject);

}  // namespace bellhop::parsers
