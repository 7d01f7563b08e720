#include "storage/mail_slices.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

namespace bellhop::storage {
namespace {

constexpr std::size_t min_part = 1024;   // bytes; below, a slice costs more than it saves
constexpr std::size_t probe_bytes = 45;  // one line of 60 characters: shorter lines are not met
constexpr std::size_t max_line = 996;    // RFC 5322 section 2.1.1: 998 with none to spare
constexpr int max_candidates = 4;        // parts that begin alike: two pictures of one camera
constexpr std::size_t max_search_rounds = 4;  // times the mail's size, over all its parts

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

/// Writes the base64 text of `bytes`, without line ends. Returns where it ends.
char* write_base64(char* to, std::string_view bytes) {
    std::size_t index = 0;
    for (; index + 3 <= bytes.size(); index += 3) {
        const unsigned group = byte_at(bytes, index) << 16 | byte_at(bytes, index + 1) << 8 |
                               byte_at(bytes, index + 2);
        *to++ = alphabet[group >> 18];
        *to++ = alphabet[group >> 12 & 63];
        *to++ = alphabet[group >> 6 & 63];
        *to++ = alphabet[group & 63];
    }
    const std::size_t rest = bytes.size() - index;
    if (rest == 0) return to;
    const unsigned group =
        byte_at(bytes, index) << 16 | (rest == 2 ? byte_at(bytes, index + 1) << 8 : 0U);
    *to++ = alphabet[group >> 18];
    *to++ = alphabet[group >> 12 & 63];
    *to++ = rest == 2 ? alphabet[group >> 6 & 63] : '=';
    *to++ = '=';
    return to;
}

/// How the base64 text that begins at `position` is broken, judged by its first line.
std::optional<LineBreaks> breaks_at(std::string_view raw, std::size_t position) {
    if (position > 0 && raw[position - 1] != '\n') return std::nullopt;
    const std::size_t end = raw.substr(position, max_line + 2).find('\n');
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    const bool has_return = raw[position + end - 1] == '\r';
    const std::size_t length = has_return ? end - 1 : end;
    if (length == 0 || length % 4 != 0 || length > max_line) return std::nullopt;
    return LineBreaks{length, has_return ? "\r\n" : "\n"};
}

/// The length of the base64 text of `part` where it begins `text`, to the byte; else zero.
std::size_t encoded_length(std::string_view text, std::string_view part, const LineBreaks& breaks) {
    std::array<char, max_line + 4> line;
    const std::size_t line_bytes = breaks.length / 4 * 3;
    std::size_t length = 0;
    for (std::size_t index = 0; index < part.size(); index += line_bytes) {
        if (index > 0) {
            if (!text.substr(length).starts_with(breaks.end)) return 0;
            length += breaks.end.size();
        }
        const char* end = write_base64(line.data(), part.substr(index, line_bytes));
        const std::string_view expected{line.data(), static_cast<std::size_t>(end - line.data())};
        if (!text.substr(length).starts_with(expected)) return 0;
        length += expected.size();
    }
    return length;
}

/// std::string_view::find stops at every first character; base64 text has one in 64.
std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from) {
    const void* found =
        memmem(text.data() + from, text.size() - from, wanted.data(), wanted.size());
    if (found == nullptr) return std::string_view::npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

std::vector<MailSlice> find_slices(std::string_view raw,
                                   const std::vector<std::string_view>& parts) {
    std::vector<MailSlice> slices;
    std::size_t patience = max_search_rounds * raw.size();  // bytes yet to be searched
    std::size_t begin = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (parts[part].size() < min_part) continue;
        std::array<char, probe_bytes / 3 * 4> probe;
        write_base64(probe.data(), parts[part].substr(0, probe_bytes));
        std::size_t from = begin;
        for (int candidate = 0; candidate < max_candidates; ++candidate) {
            if (raw.size() - from > patience) break;
            const std::size_t position = find_text(raw, {probe.data(), probe.size()}, from);
            patience -= std::min(position, raw.size()) - from;
            if (position == std::string_view::npos) break;
            from = position + 1;
            const auto breaks = breaks_at(raw, position);
            if (!breaks) continue;
            const std::size_t length = encoded_length(raw.substr(position), parts[part], *breaks);
            if (length == 0) continue;
            slices.push_back({position, length, part, *breaks});
            begin = position + length;
            break;
        }
    }
    return slices;
}

void append_base64(std::string& out, std::string_view bytes, const LineBreaks& breaks) {
    const std::size_t line_bytes = breaks.length / 4 * 3;
    for (std::size_t index = 0; index < bytes.size(); index += line_bytes) {
        if (index > 0) out += breaks.end;
        const std::string_view line = bytes.substr(index, line_bytes);
        const std::size_t size = out.size();
        const std::size_t length = (line.size() + 2) / 3 * 4;
        out.resize(size + length);
        write_base64(out.data() + size, line);
    }
}

}  // namespace bellhop::storage
