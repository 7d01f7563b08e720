#include "parsers/message/own_words.hpp"

#include <algorithm>
#include <utility>

#include "parsers/encoding/uuencode.hpp"
#include "parsers/message/gateway_tag.hpp"
#include "parsers/reply/reply_text.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

/// What is left when nobody has written a word: a signature that a program puts below is none, nor
/// is the logo in it.
MessageContent content_kind(const Message& message, const ReplyParts& parts) {
    const bool wordless = parts.reply.empty() || parts.signature_only;
    if (!wordless || !parts.quoted.empty()) return MessageContent::text;
    const auto counts = [](const Attachment& one) { return !one.is_furniture; };
    const auto is_other_file = [&](const Attachment& one) {
        return counts(one) && !one.content_type.starts_with("image/");
    };
    const std::vector<Attachment>& all = message.attachments;
    if (std::none_of(all.begin(), all.end(), counts)) return MessageContent::empty;
    return std::any_of(all.begin(), all.end(), is_other_file) ? MessageContent::attachment_only
                                                              : MessageContent::image_only;
}

MailSetting setting_of(const Message& message, const KnownFurniture& known) {
    MailSetting setting;
    setting.answers = !message.in_reply_to.empty() || !message.references.empty() ||
                      is_answer_subject(message.subject);
    if (message.from) {
        setting.writer_address = message.from->address;
        setting.writer_name = message.from->name;
    }
    setting.furniture = known.paragraphs;
    return setting;
}

/// The pieces of the whole text: what follows those that are known was kept.
std::vector<TextPiece> fitted(std::span<const TextPiece> pieces, std::size_t size) {
    std::vector<TextPiece> all;
    std::size_t at = 0;
    for (const TextPiece& piece : pieces) {
        add_piece(all, piece.kind, std::min(piece.size, size - at));
        at += std::min(piece.size, size - at);
    }
    add_piece(all, PieceKind::kept, size - at);
    return all;
}

std::vector<TextPiece> places_of_files(const UnpackedText& unpacked) {
    std::vector<TextPiece> files;
    for (const EncodedPlace& place : unpacked.places)
        files.push_back({PieceKind::file, place.begin, place.size});
    return files;
}

ReplyParts parts_of(const Message& message, const MailSetting& setting) {
    if (message.text_is_html && message.html) return split_html_reply(*message.html, setting);
    if (!message.has_encoded_files) return split_reply(message.text, setting);
    // What a person reads of the text: a file that was written into it is an attachment.
    const UnpackedText unpacked = unpack_uuencoded(message.text);
    ReplyParts parts = split_reply(unpacked.text, setting);
    parts.pieces = with_files(parts.pieces, places_of_files(unpacked));
    return parts;
}

}  // namespace

void find_own_words(Message& message, const KnownFurniture& known) {
    for (Attachment& one : message.attachments) {
        one.is_furniture =
            std::find(known.images.begin(), known.images.end(), one.sha256) != known.images.end();
    }
    ReplyParts parts = parts_of(message, setting_of(message, known));
    const std::size_t split =
        parts.pieces.empty() ? 0 : parts.pieces.back().begin + parts.pieces.back().size;
    message.pieces = fitted(parts.pieces, message.text.size());
    // What was added to the text of the HTML: an invitation.
    if (split < message.text.size()) {
        parts.signature_only = false;
        parts.reply = joined_pieces(message.text, message.pieces, PieceChoice::kept);
    }
    message.content = content_kind(message, parts);
    message.reply_text = std::move(parts.reply);
    message.quoted_text = std::move(parts.quoted);
}

void set_apart_as_before(Message& message, std::span<const TextPiece> noted) {
    if (!make_up(noted, message.text)) return;
    std::vector<TextPiece> pieces;
    std::size_t at = 0;
    for (const TextPiece& now : message.pieces) {
        for (const std::size_t end = now.begin + now.size; at < end;) {
            while (noted.front().begin + noted.front().size <= at) noted = noted.subspan(1);
            const TextPiece& then = noted.front();
            const std::size_t stop = std::min(end, then.begin + then.size);
            const bool was_furniture =
                now.kind == PieceKind::kept && then.kind == PieceKind::boilerplate;
            add_piece(pieces, was_furniture ? then.kind : now.kind, stop - at);
            at = stop;
        }
    }
    if (pieces == message.pieces) return;
    message.pieces = std::move(pieces);
    message.reply_text = joined_pieces(message.text, message.pieces, PieceChoice::kept);
    message.quoted_text = joined_pieces(message.text, message.pieces, PieceChoice::set_apart);
}

std::string furniture_domain(const Message& message) {
    if (!message.from) return {};
    const std::size_t at = message.from->address.rfind('@');
    return at == std::string::npos
               ? std::string{}
               : lower_case(std::string_view{message.from->address}.substr(at + 1));
}

}  // namespace bellhop::parsers
