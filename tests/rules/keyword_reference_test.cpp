// Word matching against a slow reference that is obviously right, on random texts.
#include <random>
#include <set>

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "rules/keyword_set.hpp"

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

/// "!" or "?" with white space before the next letter; an empty line; a "-" that begins a line.
bool ends_sentence(const std::vector<UChar32>& text, std::size_t i) {
    std::size_t next = i + 1;
    if (text[i] == '!' || text[i] == '?') {
        while (next < text.size() && !is_letter(text[next]) && !u_isUWhiteSpace(text[next])) ++next;
        return next < text.size() && u_isUWhiteSpace(text[next]);
    }
    while (next < text.size() && u_isUWhiteSpace(text[next]) && text[next] != '\n') ++next;
    return text[i] == '\n' && next < text.size() && (text[next] == '\n' || text[next] == '-');
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
        while (i < text.size() && (is_letter(text[i]) || (text[i] == '\'' && i + 1 < text.size() &&
                                                          is_letter(text[i + 1])))) {
            word.append(text[i++]);
        }
        words.push_back({folded(word), sentence});
    }
    return words;
}

bool fits(const PlainWord& word, const std::string& pattern) {
    if (pattern.back() == '*') {
        const std::string stem = pattern.substr(0, pattern.size() - 1);
        return word.text.compare(0, stem.size(), stem) == 0;
    }
    if (word.text == pattern || word.text == pattern + "'s") return true;
    std::string bare = pattern;  // a pattern with an apostrophe is also found without it
    bare.erase(std::remove(bare.begin(), bare.end(), '\''), bare.end());
    return word.text == bare || word.text == bare + "'s";
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
    explicit Random(unsigned seed) : engine_{seed} {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }

    icu::UnicodeString text(std::size_t longest) {
        static const std::vector<UChar32> alphabet{
            'a',    'b',     'A',   'a',   'b',   's',   'e',    0xE9,    0xC9,   0x301,  0xDF,
            0x1E9E, 0xFB01,  'f',   'i',   0x130, 0x3C3, 0x3C2,  0x3A3,   0xFF41, '1',    '2',
            '\'',   ' ',     ' ',   ' ',   ' ',   '\n',  '-',    '!',     '?',    ',',    0x200D,
            0xAD,   0x1F600, 0x416, 0x436, 0x645, 0x64E, 0xAC00, 0x1D400, 0x2126, 0x212B, 0xA0};
        icu::UnicodeString made;
        for (std::size_t left = below(longest); left > 0; --left)
            made.append(alphabet[below(alphabet.size())]);
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

}  // namespace
}  // namespace bellhop::rules
