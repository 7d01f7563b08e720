// Finding all keywords of all rules in a text at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rules/words/folded_text.hpp"
#include "rules/words/keyword.hpp"

namespace bellhop::rules {

/// Words that count as one condition: any of `keywords`, except where they stand within one of
/// `except`.
struct KeywordGroup {
    std::vector<Keyword> keywords = {};
    std::vector<Keyword> except = {};
};

/// A place where a keyword stands.
struct KeywordMatch {
    std::uint32_t first = 0;    ///< index of its first word in FoldedText::words()
    std::uint32_t last = 0;     ///< of its last
    std::uint32_t keyword = 0;  ///< for KeywordSet::written()

    friend bool operator==(const KeywordMatch&, const KeywordMatch&) = default;
};

/// Handle of a group in a KeywordSet.
enum class GroupId : std::uint32_t {};

class KeywordScan;

/// All keywords of all rules, compiled into one automaton over words: a text is walked once,
/// however many keywords there are.
class KeywordSet {
public:
    KeywordSet();
    ~KeywordSet();
    KeywordSet(KeywordSet&&) noexcept;
    KeywordSet& operator=(KeywordSet&&) noexcept;

    /// Makes `group` known as "@name" to groups that are added later.
    /// Precondition: lists that `group` names have been added.
    GroupId add_list(const std::string& name, const KeywordGroup& group);

    /// Precondition: lists that `group` names have been added.
    GroupId add(const KeywordGroup& group);

    /// How the administrator wrote the keyword of a match; of "@list" alone, the word of that list.
    const std::string& written(std::uint32_t keyword) const;

private:
    friend class KeywordScan;
    struct Automaton;
    std::unique_ptr<Automaton> automaton_;
};

/// One text, looked through for all keywords of a set.
class KeywordScan {
public:
    /// `set` and `text` must outlive the scan.
    KeywordScan(const KeywordSet& set, const FoldedText& text);
    ~KeywordScan();
    KeywordScan(KeywordScan&&) noexcept;
    KeywordScan& operator=(KeywordScan&&) noexcept = delete;

    /// The places of the group's keywords by where they begin, then end; all of them, also where
    /// they overlap. Worked out at the first question.
    const std::vector<KeywordMatch>& matches(GroupId group);

    /// By group: whether matches() is worth asking. 0 where it would be empty.
    const std::vector<std::uint8_t>& may_match() const;

    const FoldedText& text() const { return text_; }

private:
    struct State;
    const FoldedText& text_;
    std::unique_ptr<State> state_;
};

}  // namespace bellhop::rules
