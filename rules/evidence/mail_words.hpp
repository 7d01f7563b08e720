// The words and neighbouring pairs of a mail, as they are weighed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/words/folded_text.hpp"
#include "rules/words/word_alphabet.hpp"

namespace bellhop::rules {

/// The key of a word, or of two words with a blank between.
inline std::uint64_t word_key(std::string_view written) {
    return WordTable::hash_of(written);
}

/// A word, or two that follow each other within a sentence.
struct WeighedWord {
    std::uint64_t key = 0;
    double weight = 0;        ///< of the whole mail: a long one must not outweigh a short one
    std::uint8_t text = 0;    ///< which of the texts
    std::uint32_t first = 0;  ///< index in FoldedText::words()
    std::uint32_t last = 0;   ///< `first`, or the next
};

/// A text and how much a word of it counts.
struct TextToWeigh {
    const FoldedText* text = nullptr;
    double weight = 1;
    std::size_t most_words = 0;  ///< that count: those at its beginning
};

constexpr double subject_weight = 2;           // a subject's words count twice
constexpr std::size_t fewest_own_words = 8;    // with fewer, what is quoted counts too
constexpr std::size_t most_quoted_words = 64;  // of it: what is told stands at its beginning
constexpr std::size_t most_words = 4000;       // of a text: bounds the work for one mail

/// Every word and pair in the order of the texts. The weights of one mail add up to about the root
/// of the number of its words.
std::vector<WeighedWord> words_to_weigh(const std::vector<TextToWeigh>& texts);

/// Whether the matter stands in what is quoted: a line or two on top of a mail that is passed on.
/// Of a reply it is what was said before.
bool counts_quotation(const FoldedText& subject, const FoldedText& body);

/// How it is spelled: "no internet".
std::string spelled(const WeighedWord& word, const FoldedText& text);

}  // namespace bellhop::rules
