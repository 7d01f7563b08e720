// Words and phrases, as an administrator writes them.
//
//   internet              the whole word, in any case, with or without accents
//   comput*               every word that begins so
//   can't log in          a phrase; line breaks do not matter, an end of sentence does
//   internet|wifi is|was  one of several words at each place
//   password ... reset    up to six other words between; "...2": up to two
//   @faults               any word of the list named so
//   @services ... @faults
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

namespace bellhop::rules {

/// One word of a phrase, folded.
struct PhraseWord {
    std::string text = {};
    bool is_stem = false;  ///< written with "*": the beginning of a word

    friend bool operator==(const PhraseWord&, const PhraseWord&) = default;
    friend auto operator<=>(const PhraseWord&, const PhraseWord&) = default;
};

/// Words that follow each other.
using Phrase = std::vector<PhraseWord>;

/// A stretch of a keyword: one of `phrases`, or one of the words of `lists`.
struct KeywordPart {
    int gap = 0;  ///< how many other words may stand between the part before and this one
    std::vector<Phrase> phrases = {};
    std::vector<std::string> lists = {};  ///< names, without "@"

    friend bool operator==(const KeywordPart&, const KeywordPart&) = default;
};

/// A keyword, read. Never without parts.
struct Keyword {
    std::string written = {};  ///< as the administrator wrote it
    std::vector<KeywordPart> parts = {};

    /// The name of the list that this keyword is nothing but; empty where it is more.
    std::string_view only_list() const;

    friend bool operator==(const Keyword&, const Keyword&) = default;
};

constexpr std::size_t max_keyword_bytes = 1024;  // LIM-8: a pattern
constexpr std::size_t max_phrase_words = 16;     // bounds the walk from each word of a text
constexpr std::size_t max_phrases = 512;         // that "a|b c|d" may stand for, per part
constexpr int default_gap = 6;
constexpr int max_gap = 20;

/// What is wrong with a keyword, and what would be right.
struct KeywordFault {
    std::string message = {};
    std::string hint = {};  ///< may be empty

    friend bool operator==(const KeywordFault&, const KeywordFault&) = default;
};

boost::system::result<Keyword, KeywordFault> parse_keyword(std::string_view written);

/// Whether `name` may be the name of a word list: letters, digits, "-" and "_".
bool is_list_name(std::string_view name);

}  // namespace bellhop::rules
