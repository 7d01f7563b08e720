#include "rules/desk/desk_words.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

#include "parsers/reply/reply_markers.hpp"
#include "parsers/text/lists.hpp"
#include "parsers/text/plain_text.hpp"
#include "rules/mail/answer_mail.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t lines_looked_ahead = 24;    // for what introduces a quotation
constexpr std::size_t smallest_picture = 30'000;  // bytes; below it stands in a signature

/// A picture of a signature is no attachment; neither is what signs the mail.
bool is_sent_on(const parsers::Attachment& file) {
    if (file.content_type.find("pkcs7-signature") != std::string::npos ||
        file.content_type == "application/pgp-signature") {
        return false;
    }
    const bool is_in_text =
        file.disposition == parsers::Disposition::inline_part && !file.content_id.empty();
    return !is_in_text || file.bytes.size() >= smallest_picture;
}

}  // namespace

std::string own_words(std::string_view text) {
    const std::string low = parsers::folded(text);
    const std::vector<parsers::TextLine> lines = parsers::text_lines(text, low);
    std::string words;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::span<const parsers::TextLine> rest =
            std::span{lines}.subspan(i, std::min(lines.size() - i, lines_looked_ahead));
        if (parsers::is_message_separator(lines[i]) || parsers::is_framed_above_header(rest) ||
            parsers::header_block_at(rest) > 0) {
            break;
        }
        const parsers::Attribution attribution = parsers::attribution_at(rest);
        if (attribution.strength == parsers::MarkerStrength::strong) {
            i += attribution.lines - 1;
            continue;
        }
        if (!parsers::is_quoted(lines[i].text)) words.append(lines[i].text).push_back('\n');
    }
    return std::string{parsers::stripped(words)};
}

std::vector<AttachedFile> files_of(const parsers::Message& message) {
    std::vector<AttachedFile> files;
    for (const parsers::Attachment& file : message.attachments) {
        if (is_sent_on(file)) files.push_back({file.filename, file.bytes});
    }
    return files;
}

std::string names_of(const std::vector<AttachedFile>& files) {
    std::vector<std::string> names;
    for (const AttachedFile& file : files) {
        names.push_back(file.name.empty() ? "a file" : harmless_line(file.name));
    }
    return parsers::joined(names, ", ");
}

}  // namespace bellhop::rules
