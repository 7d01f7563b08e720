#include "parsers/reply/signature.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/reply/greeting_words.hpp"
#include "parsers/reply/signature_line.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_signature_lines = 20;  // behind "-- "; a longer text is no signature
constexpr std::size_t max_contact_lines = 14;    // behind a greeting, or a line of dashes
constexpr std::size_t max_bare_lines = 4;        // names and roles behind "--", nobody to call
constexpr std::size_t max_greeting = 60;         // bytes

/// "Kind regards", in folded form.
bool is_greeting(std::string_view low) {
    const std::string_view words = without_punctuation(stripped(low));
    const auto is_among = [&](const auto& list) {
        return std::find(list.begin(), list.end(), words) != list.end();
    };
    return is_among(greetings) || is_among(more_greetings) || is_among(newer_greetings);
}

/// The lines below an introduction that could be a signature.
struct Block {
    std::size_t end = 0;    // behind its last line that is not empty
    std::size_t lines = 0;  // not empty
    std::size_t contacts = 0;
    std::size_t addresses = 0;
    bool named_addresses = false;  // "Ann Bell, ann.bell@example.org": a list of people has those
    bool begins_with_name = false;
    bool names_only = true;  // no digit, no address, no label
    std::string_view address = {};
};

void add_line(Block& block, const SignatureLine& line, const TextLine& text) {
    if (block.lines == 0) {
        const std::string_view shown = stripped(text.text);
        block.begins_with_name = line.is_name || (line.names > 1 && is_alpha(shown[0]) &&
                                                  shown[0] < 'a' && line.contact);
    }
    ++block.lines;
    block.contacts += line.contact ? 1 : 0;
    block.addresses += line.addresses;
    block.named_addresses = block.named_addresses || (line.addresses > 0 && line.names > 1);
    block.names_only = block.names_only && line.is_name;
    if (block.address.empty()) block.address = line.address;
}

/// The lines from `first` on, as far as the end or a postscript; no lines where one of them is in
/// no signature.
Block block_at(std::span<const TextLine> lines, std::size_t first) {
    Block block;
    block.end = first;
    for (std::size_t i = first; i < lines.size(); ++i) {
        if (lines[i].is_empty()) continue;
        if (block.lines > 0 && is_postscript(lines[i])) return block;
        const SignatureLine line = read_signature_line(lines[i]);
        if (!line.possible || block.lines == max_contact_lines) return {};
        add_line(block, line, lines[i]);
        block.end = i + 1;
    }
    return block;
}

/// Whether `text` names the writer: a word of his name, or of his address.
bool names_writer(std::string_view text, const MailSetting& setting) {
    constexpr std::size_t shortest = 3;  // letters of a word that tells somebody
    const std::string_view local =
        setting.writer_address.substr(0, setting.writer_address.find('@'));
    const std::string known = folded(std::string{setting.writer_name} + ' ' + std::string{local});
    for (std::size_t at = 0; at < known.size();) {
        std::size_t end = at;
        while (end < known.size() && is_word_byte(known[end]) && !is_digit(known[end])) ++end;
        const std::string_view word = std::string_view{known}.substr(at, end - at);
        if (word.size() >= shortest && has_word(text, word)) return true;
        at = end + 1;
    }
    return false;
}

/// Whether a block with a mail address can be the writer's own: in a new mail the accounts that he
/// asks for look the same.
bool is_own(const Block& block, std::span<const TextLine> lines, const MailSetting& setting) {
    if (block.addresses > 1) return false;
    if (block.addresses == 0 || setting.answers) return true;
    if (block.address == folded(setting.writer_address)) return true;
    if (block.named_addresses) return false;
    return std::any_of(lines.begin(), lines.end(),
                       [&](const TextLine& line) { return names_writer(line.low, setting); });
}

std::size_t own_block_at(std::span<const TextLine> lines,
                         std::size_t at,
                         const MailSetting& setting) {
    const Block block = block_at(lines, at + 1);
    if (block.contacts == 0 || !block.begins_with_name) return 0;
    return is_own(block, lines.subspan(at, block.end - at), setting) ? block.end - at : 0;
}

/// Whether the words above `at` end as a sentence does: what stands below no heading is no list.
bool ends_sentence_above(std::span<const TextLine> lines, std::size_t at) {
    while (at > 0 && lines[at - 1].is_empty()) --at;
    if (at == 0) return false;
    const std::string_view shown = stripped(lines[at - 1].text);
    return shown.ends_with('.') || shown.ends_with('!') || shown.ends_with('?');
}

/// "--" that somebody may have typed: names below it will do where the mail is an answer, and one
/// where it is not.
std::size_t behind_typed_dashes(std::span<const TextLine> lines,
                                std::size_t at,
                                const MailSetting& setting) {
    if (const std::size_t size = own_block_at(lines, at, setting); size > 0) return size;
    std::size_t first = at + 1;
    while (first < lines.size() && (lines[first].is_empty() || is_sign_off(lines[first]))) ++first;
    const Block block = block_at(lines, first);
    if (block.lines == 0 || !block.names_only) return 0;
    const std::size_t most = setting.answers ? max_bare_lines : 1;
    const bool bare = block.lines <= most && (setting.answers || ends_sentence_above(lines, at));
    return bare ? block.end - at : 0;
}

/// "-- " as programs write it (RFC 3676 section 4.3).
std::size_t behind_separator(std::span<const TextLine> lines, std::size_t at) {
    std::size_t count = 0;
    std::size_t end = at + 1;
    for (std::size_t i = at + 1; i < lines.size(); ++i) {
        if (lines[i].is_empty()) continue;
        if (count > 0 && is_postscript(lines[i])) break;
        const std::string_view shown = stripped(lines[i].text);
        const bool is_writing = shown.ends_with('?') || is_rule(shown) || is_postscript(lines[i]);
        if (is_writing || ++count > max_signature_lines) return 0;
        end = i + 1;
    }
    return end - at;
}

/// Whether what is left above a block is at least a third of the whole.
bool leaves_a_third(std::span<const TextLine> lines, std::size_t at) {
    const auto bytes = [](std::span<const TextLine> some) {
        std::size_t sum = 0;
        for (const TextLine& line : some) sum += stripped(line.text).size();
        return sum;
    };
    return bytes(lines.first(at)) * 3 >= bytes(lines);
}

/// "-Ann" as the last line.
bool is_dashed_name(std::span<const TextLine> lines, std::size_t at, const MailSetting& setting) {
    const std::string_view text = stripped(lines[at].text);
    if (at + 1 != lines.size() || at == 0 || !lines[at - 1].is_empty()) return false;
    if (text.size() < 3 || text[0] != '-' || text[1] < 'A' || text[1] > 'Z') return false;
    if (!read_signature_line({text.substr(1), stripped(lines[at].low).substr(1)}).is_name)
        return false;
    if (!setting.answers && !names_writer(lines[at].low, setting) &&
        !ends_sentence_above(lines, at))
        return false;
    return std::none_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(at),
                        [](const TextLine& each) { return stripped(each.text).starts_with('-'); });
}

/// "--", or the dash that Apple's and other programs make of it.
bool is_dash(std::string_view line) {
    return line == "--" || line == "---" || line == "—" || line == "–" || line == "- --";
}

}  // namespace

bool is_sign_off(const TextLine& line) {
    if (line.low.size() > max_greeting) return false;
    std::string_view rest = line.low;
    bool greets = false;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of("/|"), rest.size());
        if (!is_greeting(rest.substr(0, end))) return false;
        greets = true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return greets;
}

bool is_sign_off_with_name(const TextLine& line) {
    if (line.low.size() > max_greeting) return false;
    for (std::size_t at = line.low.find_first_of(" ,"); at != std::string_view::npos;
         at = line.low.find_first_of(" ,", at + 1)) {
        if (!is_greeting(line.low.substr(0, at))) continue;
        const TextLine rest{line.text.substr(at + 1), line.low.substr(at + 1)};
        if (read_signature_line(rest).is_name) return true;
    }
    return false;
}

std::size_t signature_at(std::span<const TextLine> lines,
                         std::size_t at,
                         const MailSetting& setting) {
    const std::string_view shown = stripped(lines[at].text);
    if (lines[at].text == "-- " || lines[at].text == "-- \r") {
        if (const Block block = block_at(lines, at + 1); block.lines > 0) return block.end - at;
        const std::size_t size = behind_separator(lines, at);
        return leaves_a_third(lines.first(at + size), at) ? size : 0;
    }
    if (is_dash(shown)) return behind_typed_dashes(lines, at, setting);
    if (is_rule(shown)) return shown.size() < 3 ? 0 : own_block_at(lines, at, setting);
    // "Thank you." alone is the reply, whatever stands below.
    if (at > 0 && is_sign_off(lines[at])) return own_block_at(lines, at, setting);
    return is_dashed_name(lines, at, setting) ? 1 : 0;
}

}  // namespace bellhop::parsers
