// A text as the rules read it: without case and accents, cut into words and sentences.
//
// Folding is Unicode NFKD, full case folding, and marks off, so that "ÜBER", "über" and "uber" are
// one word, and "Straße" and "STRASSE" too. Each byte remembers where it stood in the original.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::rules {

/// A word of a folded text: letters, digits and the apostrophes between them. Scripts written
/// without blanks (Han, kana, Thai, ...) make a word of each letter.
struct Word {
    std::uint32_t begin = 0;     ///< in FoldedText::text()
    std::uint32_t end = 0;       ///< in FoldedText::text()
    std::uint32_t base_end = 0;  ///< before a possessive "'s"; `end` where there is none
    std::uint32_t at = 0;        ///< in the original, bytes
    std::uint32_t until = 0;     ///< in the original, bytes
    std::uint32_t sentence = 0;  ///< counts from 0; no phrase goes across

    friend bool operator==(const Word&, const Word&) = default;
};

/// The folded form of one text. Linear in its size.
///
/// A sentence ends at ".", "!", "?" or "…" with white space before the next word (but not at the
/// full stop of a word of one or two letters: "St. Mary's"), at an ideographic full stop, at an
/// empty line, and where a line begins with a bullet. A single line break ends nothing: mail
/// programs break lines anywhere.
class FoldedText {
public:
    /// `original` is UTF-8; bytes that are not separate words. What lies beyond `max_bytes` is not
    /// read.
    explicit FoldedText(std::string_view original);

    static constexpr std::size_t max_bytes = 1024 * 1024;  // of one field; the parser's limit too

    /// Every run of white space is one blank; typographic apostrophes are "'".
    const std::string& text() const { return text_; }
    const std::vector<Word>& words() const { return words_; }

    std::string_view spelled(const Word& word) const {
        return std::string_view{text_}.substr(word.begin, word.end - word.begin);
    }

    /// Where byte `folded` of text() came from. Precondition: folded <= text().size().
    std::size_t original_offset(std::size_t folded) const { return offsets_[folded]; }

private:
    friend class Folding;

    std::string text_ = {};
    std::vector<std::uint32_t> offsets_ = {};  // one for each byte of text_, and one for its end
    std::vector<Word> words_ = {};
};

/// The form under which pieces of texts and names are compared: without case and accents.
std::string folded_form(std::string_view written);

/// An excerpt of `original` around the bytes [at, until), on one line, with these between "»" and
/// "«". Never cuts a character; adds "…" where it cuts the text.
std::string excerpt(std::string_view original, std::size_t at, std::size_t until);

}  // namespace bellhop::rules
