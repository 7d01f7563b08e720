#include "rules/words/folded_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace bellhop::rules {
namespace {

enum class Class : std::uint8_t {
    word,
    lone_word,  // a letter of a script that is written without blanks
    apostrophe,
    blank,
    new_line,
    stop,
    full_stop,
    wide_stop,  // ends a sentence without white space after it
    bullet,
    dropped,
    other
};

/// One code point of a folded character, as UTF-8.
struct Piece {
    Class kind = Class::other;
    std::uint8_t length = 0;
    std::array<char, 4> bytes = {};
};

bool is_apostrophe(UChar32 c) {
    constexpr std::array<UChar32, 8> all{0x27, 0x60, 0xB4, 0x2BC, 0x2018, 0x2019, 0x201B, 0xFF07};
    return std::find(all.begin(), all.end(), c) != all.end();
}

bool is_bullet(UChar32 c) {
    constexpr std::array<UChar32, 8> all{'-', '*', 0xB7, 0x2013, 0x2014, 0x2022, 0x2023, 0x25AA};
    return std::find(all.begin(), all.end(), c) != all.end();
}

bool is_written_without_blanks(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return false;
    }
}

Class class_of(UChar32 c) {
    if (is_apostrophe(c)) return Class::apostrophe;
    if (c == '\n' || c == 0x2028 || c == 0x2029) return Class::new_line;
    if (c == '.') return Class::full_stop;
    if (c == '!' || c == '?' || c == 0x2026) return Class::stop;
    if (c == 0x3002 || c == 0xFF01 || c == 0xFF1F) return Class::wide_stop;
    if (is_bullet(c)) return Class::bullet;
    switch (u_charType(c)) {
        case U_UPPERCASE_LETTER:
        case U_LOWERCASE_LETTER:
        case U_TITLECASE_LETTER:
        case U_MODIFIER_LETTER:
        case U_OTHER_LETTER:
        case U_DECIMAL_DIGIT_NUMBER:
        case U_LETTER_NUMBER:
        case U_OTHER_NUMBER:
        case U_COMBINING_SPACING_MARK:
            return is_written_without_blanks(c) ? Class::lone_word : Class::word;
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
            return Class::dropped;
        default:
            return u_isUWhiteSpace(c) || u_iscntrl(c) ? Class::blank : Class::other;
    }
}

Piece piece_of(UChar32 c, Class kind) {
    Piece piece{kind};
    if (kind == Class::apostrophe) c = '\'';
    if (kind == Class::blank || kind == Class::new_line) c = ' ';
    std::size_t length = 0;
    U8_APPEND_UNSAFE(piece.bytes.data(), length, c);
    piece.length = static_cast<std::uint8_t>(length);
    return piece;
}

/// The folded form of one character. Folding looks at no neighbours: the order of marks, which
/// normalisation would settle, does not matter where marks are dropped.
void append_folded(UChar32 c, std::vector<Piece>& pieces) {
    const Class kind = class_of(c);
    if (kind == Class::dropped) return;
    if (kind != Class::word && kind != Class::lone_word) {
        pieces.push_back(piece_of(c, kind));
        return;
    }
    if (c < 0x80) {  // spares most programs the data of ICU
        pieces.push_back(piece_of(u_tolower(c), kind));
        return;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status)) {
        pieces.push_back(piece_of(c, kind));
        return;
    }
    icu::UnicodeString folded = nfkd->normalize(icu::UnicodeString{c}, status).foldCase();
    folded = nfkd->normalize(folded, status);
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 part = folded.char32At(i);
        const Class part_kind = class_of(part);
        if (part_kind != Class::dropped) pieces.push_back(piece_of(part, part_kind));
    }
}

/// The folded form of an ASCII letter or digit; 0 for every other byte.
constexpr std::array<char, 256> make_ascii_letters() {
    std::array<char, 256> letters{};
    for (char c = '0'; c <= '9'; ++c) letters[static_cast<unsigned char>(c)] = c;
    for (char c = 'a'; c <= 'z'; ++c) {
        letters[static_cast<unsigned char>(c)] = c;
        letters[static_cast<unsigned char>(c - 'a' + 'A')] = c;
    }
    return letters;
}
constexpr std::array<char, 256> ascii_letters = make_ascii_letters();

/// The folded forms of some characters that stand beside each other in Unicode.
class FoldBlock {
public:
    static constexpr UChar32 size = 0x80;

    explicit FoldBlock(UChar32 first) {
        for (UChar32 i = 0; i < size; ++i) {
            starts_[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(pieces_.size());
            append_folded(first + i, pieces_);
        }
        starts_[size] = static_cast<std::uint16_t>(pieces_.size());
    }

    /// Of a character of the block, by its place in it.
    std::span<const Piece> of(std::size_t place) const {
        return std::span{pieces_}.subspan(starts_[place], starts_[place + 1] - starts_[place]);
    }

private:
    std::vector<Piece> pieces_ = {};
    std::array<std::uint16_t, size + 1> starts_ = {};
};

/// The folded forms of the characters of most alphabets. A block of them is worked out when a text
/// first has one of it: all of them cost three milliseconds, and most texts are ASCII.
class FoldTable {
public:
    static constexpr UChar32 size = 0x2500;  // Latin to symbols; beyond lie mostly Han and emoji

    /// Of a character in [0, size).
    std::span<const Piece> of(UChar32 c) {
        const auto number = static_cast<std::size_t>(c / FoldBlock::size);
        auto& block = blocks_[number];
        if (!block) block.emplace(static_cast<UChar32>(number) * FoldBlock::size);
        return block->of(static_cast<std::size_t>(c % FoldBlock::size));
    }

private:
    std::array<std::optional<FoldBlock>, size / FoldBlock::size> blocks_ = {};
};

/// What it remembers is the same whoever asks: one thread folds (docs/adr/0002-one-thread.md).
FoldTable& fold_table() {
    static FoldTable table;
    return table;
}

}  // namespace

/// The state of folding one text, character by character.
class Folding {
public:
    explicit Folding(FoldedText& result) : result_{result} {}

    void run(std::string_view original) {
        original_size_ = original.size();
        make_room(original_size_);
        FoldTable& table = fold_table();
        const auto size = static_cast<std::int32_t>(original.size());
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(original.data());
        for (std::int32_t i = 0; i < size;) {
            at_ = static_cast<std::uint32_t>(i);
            if (ascii_letters[bytes[i]] != 0) {
                i = take_ascii_letters(bytes, i, size);
                continue;
            }
            UChar32 c = bytes[i];
            if (c < 0x80) {
                ++i;
            } else {
                U8_NEXT(bytes, i, size, c);
            }
            until_ = static_cast<std::uint32_t>(i);
            if (c < 0) c = 0xFFFD;
            if (c < FoldTable::size) {
                for (const Piece& piece : table.of(c)) take(piece);
            } else {
                take_rare(c);
            }
        }
        at_ = static_cast<std::uint32_t>(original.size());
        drop_apostrophe();
        end_word();
        make_room(1);
        result_.offsets_[size_] = at_;
        result_.offsets_.resize(size_ + 1);
        result_.text_.resize(size_);
    }

private:
    /// Text and offsets are written side by side, far more often than they grow: there is always
    /// room for what is left of the original, if each byte makes one.
    void make_room(std::size_t bytes) {
        const std::size_t needed = size_ + bytes;
        if (needed <= result_.text_.size()) return;
        const std::size_t room = std::max(needed, result_.text_.size() * 2);
        result_.text_.resize(room);
        result_.offsets_.resize(room);
    }

    char last_byte() const { return size_ == 0 ? '\0' : result_.text_[size_ - 1]; }

    /// A stretch of the commonest characters at once. Gives the place after it.
    std::int32_t take_ascii_letters(const std::uint8_t* bytes,
                                    std::int32_t from,
                                    std::int32_t size) {
        continue_word();
        char* text = result_.text_.data();
        std::uint32_t* offsets = result_.offsets_.data();
        std::size_t end = size_;  // the compiler cannot tell that `text` is not this member
        std::int32_t to = from;
        for (char letter = 0; to < size && (letter = ascii_letters[bytes[to]]) != 0; ++to) {
            text[end] = letter;
            offsets[end++] = static_cast<std::uint32_t>(to);
        }
        size_ = end;
        word_.until = static_cast<std::uint32_t>(to);
        return to;
    }

    void take_rare(UChar32 c) {
        rare_.clear();
        append_folded(c, rare_);
        for (const Piece& piece : rare_) take(piece);
    }

    void take(const Piece& piece) {
        if (piece.kind == Class::word) return take_letter(piece);
        if (piece.kind == Class::apostrophe && in_word_ && !apostrophe_held_) {
            apostrophe_held_ = true;
            apostrophe_at_ = at_;
            return;
        }
        drop_apostrophe();
        end_word();
        take_separator(piece);
    }

    void take_letter(const Piece& piece) {
        continue_word();
        append(piece);
        word_.until = until_;
    }

    void continue_word() {
        if (!in_word_) begin_word();
        if (apostrophe_held_) {
            apostrophe_held_ = false;
            last_apostrophe_ = static_cast<std::uint32_t>(size_);
            append_at("'", apostrophe_at_);
        }
    }

    void take_separator(const Piece& piece) {
        switch (piece.kind) {
            case Class::lone_word:
                begin_word();
                append(piece);
                word_.until = until_;
                end_word();
                last_is_lone_ = true;
                return;
            case Class::new_line:
                if (++new_lines_ > 1) sentence_ends_ = true;
                [[fallthrough]];
            case Class::blank:
                if (stopped_) sentence_ends_ = true;
                if (last_byte() != ' ') append(piece);
                return;
            case Class::bullet:
                if (new_lines_ > 0) sentence_ends_ = true;
                break;
            case Class::full_stop:
                if (!after_short_word()) stopped_ = true;
                break;
            case Class::stop:
                stopped_ = true;
                break;
            case Class::wide_stop:
                sentence_ends_ = true;
                break;
            default:
                break;
        }
        new_lines_ = 0;
        append(piece);
    }

    /// "St. Mary's", "Mr. Ng", "e.g. this": such a full stop ends no sentence.
    bool after_short_word() const {
        if (result_.words_.empty()) return false;
        const Word& last = result_.words_.back();
        if (last.end != size_ || last_is_lone_) return false;
        const std::string_view letters = result_.spelled(last);
        return std::count_if(letters.begin(), letters.end(), begins_character) <= 2;
    }

    static bool begins_character(char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    }

    void begin_word() {
        if (sentence_ends_) ++sentence_;
        sentence_ends_ = false;
        stopped_ = false;
        new_lines_ = 0;
        in_word_ = true;
        last_is_lone_ = false;
        last_apostrophe_ = 0;
        word_ = {};
        word_.begin = static_cast<std::uint32_t>(size_);
        word_.at = at_;
        word_.sentence = sentence_;
    }

    void end_word() {
        if (!in_word_) return;
        in_word_ = false;
        word_.end = static_cast<std::uint32_t>(size_);
        const bool possessive =
            last_apostrophe_ != 0 && word_.end == last_apostrophe_ + 2 && last_byte() == 's';
        word_.base_end = possessive ? last_apostrophe_ : word_.end;
        result_.words_.push_back(word_);
    }

    /// An apostrophe that no letter follows ends the word before it: a closing quotation mark.
    void drop_apostrophe() {
        if (!apostrophe_held_) return;
        apostrophe_held_ = false;
        end_word();
        append_at("'", apostrophe_at_);
    }

    void append(const Piece& piece) { append_at({piece.bytes.data(), piece.length}, at_); }

    void append_at(std::string_view bytes, std::uint32_t at) {
        make_room(bytes.size() + original_size_ - at_);
        for (const char byte : bytes) {
            result_.text_[size_] = byte;
            result_.offsets_[size_] = at;
            ++size_;
        }
    }

    FoldedText& result_;
    std::vector<Piece> rare_ = {};
    std::size_t size_ = 0;  // bytes of the result's text that are written
    std::size_t original_size_ = 0;
    Word word_ = {};
    std::uint32_t at_ = 0;
    std::uint32_t until_ = 0;
    std::uint32_t sentence_ = 0;
    std::uint32_t apostrophe_at_ = 0;
    std::uint32_t last_apostrophe_ = 0;  // in the folded text; 0 where the word has none
    int new_lines_ = 0;                  // since the last character that shows
    bool in_word_ = false;
    bool last_is_lone_ = false;  // the last word is a letter of a script without blanks
    bool apostrophe_held_ = false;
    bool stopped_ = false;
    bool sentence_ends_ = false;
};

FoldedText::FoldedText(std::string_view original) {
    original = original.substr(0, max_bytes);
    words_.reserve(original.size() / 5);
    Folding{*this}.run(original);
}

namespace {

constexpr std::size_t excerpt_margin = 32;   // bytes shown on each side
constexpr std::size_t excerpt_middle = 200;  // bytes shown of the marked place

std::size_t character_start(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        --at;
    return std::min(at, text.size());
}

void append_on_one_line(std::string& line, std::string_view text) {
    for (const char c : text) {
        const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
        if (!blank) {
            line.push_back(c);
        } else if (!line.empty() && line.back() != ' ') {
            line.push_back(' ');
        }
    }
}

}  // namespace

std::string folded_form(std::string_view written) {
    return FoldedText{written}.text();
}

std::string excerpt(std::string_view original, std::size_t at, std::size_t until) {
    at = character_start(original, std::min(at, original.size()));
    until = std::clamp(until, at, original.size());
    const std::size_t from =
        character_start(original, at > excerpt_margin ? at - excerpt_margin : 0);
    const std::size_t to =
        character_start(original, std::min(until + excerpt_margin, original.size()));
    const std::size_t shown = character_start(original, std::min(until, at + excerpt_middle));
    std::string line = from > 0 ? "…" : "";
    append_on_one_line(line, original.substr(from, at - from));
    line += "»";
    append_on_one_line(line, original.substr(at, shown - at));
    if (shown < until) line += "…";
    line += "«";
    append_on_one_line(line, original.substr(until, to - until));
    if (to < original.size()) line += "…";
    return line;
}

}  // namespace bellhop::rules
