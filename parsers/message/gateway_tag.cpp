#include "parsers/message/gateway_tag.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/header/thread_fields.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t max_tags = 8;  // one gateway after the other

/// What gateways and filters put in brackets or stars, in folded form.
constexpr std::array<std::string_view, 25> gateway_tags = {"external",
                                                           "external email",
                                                           "external sender",
                                                           "external mail",
                                                           "external message",
                                                           "ext",
                                                           "ext mail",
                                                           "extern",
                                                           "externe",
                                                           "externo",
                                                           "esterno",
                                                           "outside",
                                                           "caution",
                                                           "caution external",
                                                           "caution: external",
                                                           "spam",
                                                           "suspected spam",
                                                           "possible spam",
                                                           "probable spam",
                                                           "junk",
                                                           "suspected phishing",
                                                           "possible phish",
                                                           "marketing",
                                                           "bulk",
                                                           "allanol"};

/// The bytes of "[EXTERNAL]", "{Spam?}", "***SPAM***" or "EXTERNAL:" at the beginning.
std::size_t tag_size(std::string_view low) {
    constexpr std::string_view openings = "[({<*";
    constexpr std::string_view closings = "])}>*";
    constexpr std::size_t longest = 40;
    std::size_t end = 0;
    std::string_view word;
    if (openings.find(low[0]) != openings.npos) {
        const std::size_t first = std::min(low.find_first_not_of(openings), low.size());
        const std::size_t close = low.substr(0, longest).find_first_of(closings, first);
        if (close == low.npos) return 0;
        word = low.substr(first, close - first);
        end = std::min(low.find_first_not_of(closings, close), low.size());
    } else {
        const std::size_t colon = low.substr(0, longest).find(':');
        if (colon == low.npos) return 0;
        word = low.substr(0, colon);
        end = colon + 1;
        // "Spam: what can we do?" is a person's.
        if (!word.starts_with("external") && !word.starts_with("caution external")) return 0;
    }
    const std::size_t last = word.find_last_not_of("?! -");
    word = last == word.npos ? std::string_view{} : word.substr(0, last + 1);
    word = stripped(word);
    const bool known =
        std::find(gateway_tags.begin(), gateway_tags.end(), word) != gateway_tags.end();
    return known ? end : 0;
}

}  // namespace

std::string_view without_gateway_tags(std::string_view subject) {
    const std::string low = folded(subject);
    std::string_view rest = stripped(low);
    for (std::size_t count = 0; count < max_tags && !rest.empty(); ++count) {
        const std::size_t size = tag_size(rest);
        if (size == 0) break;
        rest = stripped(rest.substr(size));
    }
    if (rest.empty()) return {};
    return subject.substr(static_cast<std::size_t>(rest.data() - low.data()), rest.size());
}

std::string subject_without_gateway_tags(std::string_view subject) {
    std::string result;
    std::string_view rest = without_gateway_tags(subject);
    for (std::size_t count = 0; count < max_tags; ++count) {
        const std::string base = base_subject(rest);
        const std::string_view bare = without_gateway_tags(base);
        const std::size_t at = rest.find(base);
        if (bare.size() == base.size() || at == std::string_view::npos) break;
        result += rest.substr(0, at);
        rest = rest.substr(at + base.size() - bare.size());
    }
    return result + std::string{rest};
}

bool is_answer_subject(std::string_view subject) {
    return subject_mark(without_gateway_tags(subject)) != SubjectMark::none;
}

}  // namespace bellhop::parsers
