#include "rules/evidence/mail_words.hpp"

#include <algorithm>
#include <cmath>

namespace bellhop::rules {
namespace {

/// A mail of fewer words is weighed as if it had so many: one word alone must not decide.
constexpr std::size_t fewest_weighed = 12;

std::uint64_t continued(std::uint64_t key, std::string_view letters) {
    for (const char byte : letters) key = WordTable::hashed(key, byte);
    return key;
}

}  // namespace

std::vector<WeighedWord> words_to_weigh(const std::vector<TextToWeigh>& texts) {
    std::size_t count = 0;
    for (const TextToWeigh& each : texts)
        count += std::min(each.text->words().size(), each.most_words);
    const double share = 1 / std::sqrt(static_cast<double>(std::max(count, fewest_weighed)));
    std::vector<WeighedWord> weighed;
    weighed.reserve(2 * count);
    for (std::size_t number = 0; number < texts.size(); ++number) {
        const FoldedText& text = *texts[number].text;
        const double weight = texts[number].weight * share;
        const auto in_text = static_cast<std::uint8_t>(number);
        std::uint64_t before = 0;
        const auto size =
            static_cast<std::uint32_t>(std::min(text.words().size(), texts[number].most_words));
        for (std::uint32_t i = 0; i < size; ++i) {
            const std::string_view letters = text.spelled(text.words()[i]);
            if (i > 0 && text.words()[i].sentence == text.words()[i - 1].sentence) {
                const std::uint64_t pair = continued(WordTable::hashed(before, ' '), letters);
                weighed.push_back({pair, weight, in_text, i - 1, i});
            }
            before = word_key(letters);
            weighed.push_back({before, weight, in_text, i, i});
        }
    }
    return weighed;
}

bool counts_quotation(const FoldedText& subject, const FoldedText& body) {
    if (body.words().size() >= fewest_own_words) return false;
    const std::vector<Word>& words = subject.words();
    if (words.empty()) return true;
    const std::string_view first = subject.spelled(words.front());
    constexpr std::string_view replies[] = {"re", "aw", "sv", "vs"};
    const bool has_colon = subject.text().substr(words.front().end, 1) == ":";
    return !has_colon ||
           std::find(std::begin(replies), std::end(replies), first) == std::end(replies);
}

std::string spelled(const WeighedWord& word, const FoldedText& text) {
    std::string letters{text.spelled(text.words()[word.first])};
    if (word.last == word.first) return letters;
    letters += ' ';
    letters += text.spelled(text.words()[word.last]);
    return letters;
}

}  // namespace bellhop::rules
