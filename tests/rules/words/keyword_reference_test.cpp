// Word matching against a slow reference that is obviously right, on random texts.
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "rules/words/keyword_set.hpp"

namespace bellhop::rules {
namespace {

/// A word as the reference sees it: folded by ICU as a whole.
struct PlainWord {
    std::string text;
    int sentence = 0;
};

bool is_letter(UChar32 c) {
    const auto mask = U_GET_GC_MASK(c);
    return (mask & (U_GC_L_MASK | U_GC_N_MASK | U_GC_MC_MASK)) != 0;
}

/// Of the alphabet below: scripts that put no blanks between words.
bool is_lone(UChar32 c) {
    return c == 0x4E2D || c == 0x3042 || c == 0x0E01;
}

bool is_apostrophe(UChar32 c) {
    return c == '\'' || c == 0x2019;
}

bool is_bullet(UChar32 c) {
    return c == '-' || c == 0x2022;
}

std::string folded(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString whole = nfkd->normalize(text, status).foldCase();
    whole = nfkd->normalize(whole, status);
    std::string result;
    for (int i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
        const UChar32 c = whole.char32At(i);
        if ((U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) continue;
        icu::UnicodeString{c}.toUTF8String(result);
    }
    return result;
}

std::size_t folded_letters(const std::vector<UChar32>& text, std::size_t from, std::size_t to) {
    icu::UnicodeString word;
    for (std::size_t i = from; i < to; ++i) word.append(text[i]);
    return static_cast<std::size_t>(icu::UnicodeString::fromUTF8(folded(word)).countChar32());
}

/// "!", "?", "…" or "." with white space before the next letter, but not the full stop right behind
/// one or two letters; an ideographic full stop; an empty line; a bullet that begins a line.
bool ends_sentence(const std::vector<UChar32>& text, std::size_t i) {
    const auto letter_at = [&](std::size_t at) {
        return at < text.size() && is_letter(text[at]) && !is_lone(text[at]);
    };
    std::size_t next = i + 1;
    if (text[i] == 0x3002) return true;
    if (text[i] == '.' && i > 0 && letter_at(i - 1)) {
        std::size_t begin = i;
        while (begin > 0 &&
               (letter_at(begin - 1) || (is_apostrophe(text[begin - 1]) && letter_at(begin) &&
                                         begin > 1 && letter_at(begin - 2)))) {
            --begin;
        }
        if (folded_letters(text, begin, i) <= 2) return false;
    }
    if (text[i] == '!' || text[i] == '?' || text[i] == 0x2026 || text[i] == '.') {
        while (next < text.size() && !is_letter(text[next]) && !u_isUWhiteSpace(text[next])) ++next;
        return next < text.size() && u_isUWhiteSpace(text[next]);
    }
    while (next < text.size() && u_isUWhiteSpace(text[next]) && text[next] != '\n') ++next;
    return text[i] == '\n' && next < text.size() && (text[next] == '\n' || is_bullet(text[next]));
}

/// Cuts at everything that is neither letter, digit nor mark; apostrophes count between two
/// letters.
std::vector<PlainWord> plain_words(const icu::UnicodeString& original) {
    std::vector<UChar32> text;
    for (int i = 0; i < original.length(); i = original.moveIndex32(i, 1)) {
        const UChar32 c = original.char32At(i);
        if ((U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) == 0)
            text.push_back(c);
    }
    std::vector<PlainWord> words;
    int sentence = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_letter(text[i])) {
            if (ends_sentence(text, i)) ++sentence;
            ++i;
            continue;
        }
        icu::UnicodeString word;
        if (is_lone(text[i])) word.append(text[i++]);
        while (word.isEmpty() || !is_lone(word.char32At(0))) {
            const auto letter_at = [&](std::size_t at) {
                return at < text.size() && is_letter(text[at]) && !is_lone(text[at]);
            };
            if (!letter_at(i) && !(i < text.size() && is_apostrophe(text[i]) && letter_at(i + 1)))
                break;
            word.append(is_apostrophe(text[i]) ? UChar32{'\''} : text[i]);
            ++i;
        }
        words.push_back({folded(word), sentence});
    }
    return words;
}

bool fits(const PlainWord& word, const std::string& pattern) {
    std::string bare = pattern;  // a pattern with an apostrophe is also found without it
    bare.erase(std::remove(bare.begin(), bare.end(), '\''), bare.end());
    if (pattern.back() == '*') {
        return word.text.starts_with(pattern.substr(0, pattern.size() - 1)) ||
               word.text.starts_with(bare.substr(0, bare.size() - 1));
    }
    return word.text == pattern || word.text == pattern + "'s" || word.text == bare ||
           word.text == bare + "'s";
}

using Places = std::set<std::pair<std::size_t, std::size_t>>;

Places plain_matches(const std::vector<PlainWord>& words, const std::vector<std::string>& phrase) {
    Places places;
    for (std::size_t start = 0; start + phrase.size() <= words.size(); ++start) {
        bool all = true;
        for (std::size_t i = 0; i < phrase.size(); ++i) {
            const PlainWord& word = words[start + i];
            all = all && fits(word, phrase[i]) && word.sentence == words[start].sentence;
        }
        if (all) places.insert({start, start + phrase.size() - 1});
    }
    return places;
}

class Random {
public:
    explicit Random(unsigned seed, std::vector<UChar32> alphabet = everything())
        : engine_{seed}, alphabet_{std::move(alphabet)} {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }

    static std::vector<UChar32> everything() {
        return {'a',     'b',    'A',    'a',    'b',     's',    'e',   0xE9,  0xC9,  0x301,
                0xDF,    0x1E9E, 0xFB01, 'f',    'i',     0x130,  0x3C3, 0x3C2, 0x3A3, 0xFF41,
                '1',     '2',    '\'',   ' ',    ' ',     ' ',    ' ',   '\n',  '-',   '!',
                '?',     ',',    0x200D, 0xAD,   0x1F600, 0x416,  0x436, 0x645, 0x64E, 0xAC00,
                0x1D400, 0x2126, 0x212B, 0xA0,   '.',     0x2019, 0x131, 'I',   'S',   0x4E2D,
                0x3042,  0xE01,  0x3002, 0x2026, 0x2022,  's',    0x308};
    }

    icu::UnicodeString text(std::size_t longest) {
        icu::UnicodeString made;
        for (std::size_t left = below(longest); left > 0; --left)
            made.append(alphabet_[below(alphabet_.size())]);
        return made;
    }

    /// A word or a stem in the folded spelling, mostly short.
    std::string word() {
        std::string made;
        do {
            const std::vector<PlainWord> words = plain_words(text(6));
            if (!words.empty()) made = words[0].text;
        } while (made.empty());
        return below(4) == 0 ? made + "*" : made;
    }

private:
    std::mt19937 engine_;
    std::vector<UChar32> alphabet_;
};

TEST(KeywordReference, AgreesOnRandomTexts) {
    Random random{20261125};
    std::size_t places_seen = 0;
    for (int round = 0; round < 150; ++round) {
        KeywordSet set;
        std::vector<std::vector<std::string>> phrases;
        std::vector<GroupId> ids;
        for (int i = 0; i < 25; ++i) {
            std::vector<std::string>& phrase = phrases.emplace_back();
            std::string written;
            for (std::size_t words = 1 + random.below(3); words > 0; --words) {
                phrase.push_back(random.word());
                written += phrase.back() + ' ';
            }
            const auto keyword = parse_keyword(written);
            ASSERT_TRUE(keyword.has_value()) << written;
            ids.push_back(set.add({{*keyword}, {}}));
        }
        for (int mail = 0; mail < 4; ++mail) {
            const icu::UnicodeString original = random.text(300);
            std::string utf8;
            original.toUTF8String(utf8);
            const std::vector<PlainWord> words = plain_words(original);
            const FoldedText text{utf8};
            ASSERT_EQ(text.words().size(), words.size()) << utf8;
            KeywordScan scan{set, text};
            for (std::size_t i = 0; i < ids.size(); ++i) {
                Places places;
                for (const KeywordMatch& match : scan.matches(ids[i]))
                    places.insert({match.first, match.last});
                ASSERT_EQ(places, plain_matches(words, phrases[i]))
                    << utf8 << " / " << phrases[i][0];
                places_seen += places.size();
            }
        }
    }
    EXPECT_GT(places_seen, 1000U) << "the texts are too seldom matched to tell anything";
}

Keyword read(const std::string& written) {
    const auto keyword = parse_keyword(written);
    EXPECT_TRUE(keyword.has_value()) << written;
    return keyword.has_value() ? *keyword : Keyword{};
}

std::string joined(const std::vector<std::string>& phrase) {
    std::string text;
    for (const std::string& word : phrase) text += (text.empty() ? "" : " ") + word;
    return text;
}

Places places_of(KeywordScan& scan, GroupId group) {
    Places places;
    for (const KeywordMatch& match : scan.matches(group)) places.insert({match.first, match.last});
    return places;
}

Places without_covered(const Places& places, const Places& covers) {
    Places left;
    for (const auto& [first, last] : places) {
        const bool covered = std::any_of(covers.begin(), covers.end(), [&](const auto& cover) {
            return cover.first <= first && last <= cover.second;
        });
        if (!covered) left.insert({first, last});
    }
    return left;
}

/// Where something of `after` ends that follows something of `before` closely enough.
std::set<std::size_t> ends_after(const Places& before,
                                 const Places& after,
                                 std::size_t gap,
                                 const std::vector<PlainWord>& words) {
    std::set<std::size_t> ends;
    for (const auto& [first, last] : before) {
        for (const auto& [next, end] : after) {
            const bool follows = next > last && next - last - 1 <= gap;
            if (follows && words[last].sentence == words[next].sentence) ends.insert(end);
        }
    }
    return ends;
}

std::set<std::size_t> ends_of(const Places& places) {
    std::set<std::size_t> ends;
    for (const auto& [first, last] : places) ends.insert(last);
    return ends;
}

/// "a ...2 b", exceptions, lists with exceptions, lists within phrases.
TEST(KeywordReference, AgreesOnGapsExceptionsAndLists) {
    // Few letters: the same words again and again.
    Random random{77, {'a', 'B', 0xC9, 0x4E2D, '\'', ' ', ' ', ' ', ' ', ' ', '\n', '.', '!', ','}};
    std::size_t joined_seen = 0;
    std::size_t excepted_seen = 0;
    for (int round = 0; round < 400; ++round) {
        const auto phrase = [&] {
            std::vector<std::string> words{random.word()};
            if (random.below(3) == 0) words.push_back(random.word());
            return words;
        };
        const std::vector<std::string> one = phrase();
        const std::vector<std::string> two = phrase();
        std::vector<std::string> spared = random.below(2) == 0 ? one : two;
        spared.insert(random.below(2) == 0 ? spared.begin() : spared.end(), random.word());
        const std::size_t gap = 1 + random.below(4);
        const std::string follows = " ..." + std::to_string(gap) + ' ';
        KeywordSet set;
        set.add_list("list", {{read(joined(one)), read(joined(two))}, {read(joined(spared))}});
        const GroupId list = set.add({{read("@list")}, {}});
        const GroupId pair = set.add({{read(joined(one) + follows + joined(two))}, {}});
        const GroupId of_list = set.add({{read("@list" + follows + joined(two))}, {}});
        const GroupId next_to = set.add({{read("@list @list")}, {}});
        for (int mail = 0; mail < 4; ++mail) {
            const icu::UnicodeString original = random.text(200);
            std::string utf8;
            original.toUTF8String(utf8);
            const std::vector<PlainWord> words = plain_words(original);
            const FoldedText text{utf8};
            KeywordScan scan{set, text};
            const Places ones = plain_matches(words, one);
            const Places twos = plain_matches(words, two);
            Places either = ones;
            either.insert(twos.begin(), twos.end());
            const Places listed = without_covered(either, plain_matches(words, spared));
            ASSERT_EQ(places_of(scan, list), listed) << utf8;
            const auto pairs = ends_after(ones, twos, gap, words);
            ASSERT_EQ(ends_of(places_of(scan, pair)), pairs) << utf8;
            ASSERT_EQ(ends_of(places_of(scan, of_list)), ends_after(listed, twos, gap, words))
                << utf8;
            ASSERT_EQ(ends_of(places_of(scan, next_to)), ends_after(listed, listed, 0, words))
                << utf8;
            joined_seen += pairs.size();
            excepted_seen += either.size() - listed.size();
        }
    }
    EXPECT_GT(joined_seen, 100U);
    EXPECT_GT(excepted_seen, 100U);
}

}  // namespace
}  // namespace bellhop::rules
