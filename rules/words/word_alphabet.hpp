// The words of all keywords, numbered, and found in a text in about the time of reading it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "rules/words/keyword.hpp"

namespace bellhop::rules {

/// Numbers the words that occur in keywords. Open addressing, at most half full; a slot holds a
/// part of the hash. Before it stand a few bits for each slot, so small that the processor keeps
/// them at hand: most words of a text, and nearly all of their beginnings, cost no more than that.
class WordTable {
public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    /// FNV-1a, so that the hash of every beginning of a word falls out on the way.
    static constexpr std::uint64_t hash_start = 14695981039346656037ULL;
    static constexpr std::uint64_t hashed(std::uint64_t hash, char byte) {
        return (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    }
    static constexpr std::uint64_t hash_of(std::string_view text) {
        std::uint64_t hash = hash_start;
        for (const char byte : text) hash = hashed(hash, byte);
        return hash;
    }

    std::uint32_t add(std::string_view word) {
        const std::uint64_t hash = hash_of(word);
        const std::uint32_t found = find(hash, word);
        if (found != none) return found;
        if (words_.size() * 2 >= slots_.size()) grow();
        words_.emplace_back(word);
        const auto id = static_cast<std::uint32_t>(words_.size() - 1);
        place(id);
        return id;
    }

    std::uint32_t find(std::uint64_t hash, std::string_view word) const {
        return may_have(hash) ? look_up(hash, word) : none;
    }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t id = none;
    };

    std::uint32_t look_up(std::uint64_t hash, std::string_view word) const {
        const std::uint32_t tag = tag_of(hash);
        for (std::size_t i = start_of(hash);; i = (i + 1) & (slots_.size() - 1)) {
            const Slot slot = slots_[i];
            if (slot.id == none) return none;
            if (slot.tag == tag && words_[slot.id] == word) return slot.id;
        }
    }

    static std::uint32_t tag_of(std::uint64_t hash) {
        return static_cast<std::uint32_t>(hash >> 32);
    }

    std::size_t start_of(std::uint64_t hash) const {
        return static_cast<std::size_t>(hash ^ (hash >> 29)) & (slots_.size() - 1);
    }

    void place(std::uint32_t id) {
        const std::uint64_t hash = hash_of(words_[id]);
        std::size_t i = start_of(hash);
        while (slots_[i].id != none) i = (i + 1) & (slots_.size() - 1);
        slots_[i] = {tag_of(hash), id};
        const std::size_t bit = bit_of(hash);
        bits_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }

    static constexpr std::size_t bits_per_slot = 8;

    std::size_t bit_of(std::uint64_t hash) const {
        return static_cast<std::size_t>(hash >> 20) & (bits_.size() * 64 - 1);
    }

    bool may_have(std::uint64_t hash) const {
        const std::size_t bit = bit_of(hash);
        return (bits_[bit / 64] >> bit % 64 & 1U) != 0;
    }

    void grow() {
        slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), Slot{});
        bits_.assign(slots_.size() * bits_per_slot / 64, 0);
        for (std::uint32_t id = 0; id < words_.size(); ++id) place(id);
    }

    std::vector<std::string> words_ = {};
    std::vector<Slot> slots_ = {};
    std::vector<std::uint64_t> bits_ = {0};  // by bit_of(): whether a word has that hash
};

/// A word of a text, as the automaton sees it: a whole word (even) or a beginning (odd) of
/// keywords.
using Symbol = std::uint32_t;

/// Finds the symbols of a word of a text.
class Alphabet {
public:
    Symbol add(const PhraseWord& word) {
        if (!word.is_stem) return exact_.add(word.text) * 2;
        const std::size_t length = std::min(word.text.size(), longest_counted);
        std::uint64_t& lengths =
            length < slot_bytes ? short_stem_lengths_ : stem_lengths_[slot(word.text)];
        lengths |= std::uint64_t{1} << length;
        return stems_.add(word.text) * 2 + 1;
    }

    void append_symbols(std::string_view word,
                        std::size_t base,
                        std::vector<Symbol>& symbols) const {
        std::uint64_t lengths = short_stem_lengths_;
        if (word.size() >= slot_bytes) lengths |= stem_lengths_[slot(word)];
        std::uint64_t hash = WordTable::hash_start;
        std::size_t hashed_bytes = 0;
        const auto hash_until = [&](std::size_t length) {
            for (; hashed_bytes < length; ++hashed_bytes)
                hash = WordTable::hashed(hash, word[hashed_bytes]);
        };
        for (; lengths != 0; lengths &= lengths - 1) {
            auto length = static_cast<std::size_t>(std::countr_zero(lengths));
            // The last bit stands for all longer stems, too.
            const std::size_t last = length == longest_counted ? word.size() : length;
            for (; length <= last && length <= word.size(); ++length) {
                hash_until(length);
                append(stems_.find(hash, word.substr(0, length)), 1, symbols);
            }
        }
        hash_until(word.size());
        append(exact_.find(hash, word), 0, symbols);
        if (base == word.size()) return;
        word = word.substr(0, base);
        append(exact_.find(WordTable::hash_of(word), word), 0, symbols);
    }

private:
    static constexpr std::size_t longest_counted = 63;
    static constexpr std::size_t slot_bytes = 4;
    static constexpr int slot_bits = 12;

    /// By the first bytes, of which there are enough: most words of a text begin like no stem.
    static std::size_t slot(std::string_view word) {
        std::uint32_t begin = 0;
        std::memcpy(&begin, word.data(), slot_bytes);
        return begin * 2654435761U >> (32 - slot_bits);
    }

    static void append(std::uint32_t id, Symbol kind, std::vector<Symbol>& symbols) {
        if (id != WordTable::none) symbols.push_back(id * 2 + kind);
    }

    WordTable exact_ = {};
    WordTable stems_ = {};
    /// Bits: whether there are stems of so many bytes, by their slot.
    std::vector<std::uint64_t> stem_lengths_ =
        std::vector<std::uint64_t>(std::size_t{1} << slot_bits);
    std::uint64_t short_stem_lengths_ = 0;  // too short to have a slot
};

}  // namespace bellhop::rules
