#include "parsers/protocol/imap_text.hpp"

#include <algorithm>
#include <charconv>

#include "parsers/protocol/modified_utf7.hpp"
#include "parsers/protocol/uid_set.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/ensure.hpp"
#include "parsers/text/printable.hpp"

namespace bellhop::parsers {
std::string imap_quoted(std::string_view text) {
    ensure(text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos);
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string imap_mailbox_argument(std::string_view name) {
    return imap_quoted(to_modified_utf7(name));
}

bool contains_flag(const std::vector<std::string>& flags, std::string_view flag) {
    return std::any_of(flags.begin(), flags.end(), [&](const std::string& each) {
        return std::equal(each.begin(), each.end(), flag.begin(), flag.end(),
                          [](char a, char b) { return lower(a) == lower(b); });
    });
}

std::vector<std::string> code_words(std::string_view arguments) {
    constexpr std::string_view between = " ()";
    std::vector<std::string> words;
    for (;;) {
        const std::size_t begin = arguments.find_first_not_of(between);
        if (begin == std::string_view::npos) return words;
        arguments.remove_prefix(begin);
        const std::size_t end = std::min(arguments.find_first_of(between), arguments.size());
        words.emplace_back(arguments.substr(0, end));
        arguments.remove_prefix(end);
    }
}

std::string reply_words(const ImapResponse& reply, std::size_t limit) {
    std::string code = reply.code;
    if (!reply.arguments.empty()) code += ' ' + reply.arguments;
    return printable(code.empty() ? reply.text : '[' + code + "] " + reply.text, limit);
}

std::optional<CopyUid> parse_copyuid(std::string_view arguments, std::size_t limit) {
    const std::vector<std::string> words = code_words(arguments);
    if (words.size() != 3) return std::nullopt;
    const auto uidvalidity = imap_number(words[0]);
    auto here = parse_uid_set(words[1], limit);
    auto there = parse_uid_set(words[2], limit);
    if (!uidvalidity || !here || !there || here->size() != there->size()) return std::nullopt;
    return CopyUid{*uidvalidity, std::move(*here), std::move(*there)};
}

std::optional<std::uint32_t> imap_number(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace bellhop::parsers
