// One mail going through the rules: internal to RuleSet.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/evidence/mail_words.hpp"
#include "rules/rule/decision.hpp"
#include "rules/rule/rule_effect.hpp"
#include "rules/rule/rule_program.hpp"

namespace bellhop::rules {

/// A text of the mail, read as far as the rules have asked.
struct ReadText {
    std::string original = {};
    std::unique_ptr<const FoldedText> folded = {};
    std::optional<std::vector<bool>> regexes = {};  ///< which may match
};

/// A property of the mail, and the form under which it is compared.
struct NamedValue {
    std::string value = {};
    std::string folded = {};
};

class RuleEvaluation {
public:
    /// All must outlive the evaluation.
    RuleEvaluation(const RuleBook& book, const RuleProgram& program, const MailFacts& facts);

    /// Once only.
    Decision run();

    /// What weighs in the mail, the heaviest first.
    std::vector<WeighedPiece> heaviest(std::size_t most);

    /// How much of each evidence the mail has.
    std::vector<std::size_t> evidence();

private:
    using Reasons = std::vector<Reason>;

    /// One piece of evidence or one word of the table, with how much it weighs.
    struct Piece {
        Points points = {};
        std::size_t evidence = no_evidence;  // of Weighing::evidence; else `word` counts
        WeighedWord word = {};
    };
    static constexpr std::size_t no_evidence = static_cast<std::size_t>(-1);

    void begin();
    void weigh();
    Points weigh_evidence(std::vector<Piece>* pieces);
    Points weigh_words(std::vector<Piece>* pieces);
    std::size_t count_found(std::size_t evidence);
    std::size_t different_words(GroupId words, bool live);
    bool is_silent(std::uint32_t text, std::uint32_t sentence);
    std::vector<std::uint32_t> texts_to_weigh();
    void find_doubt(Weighed& weighed) const;
    void settle_doubt();
    Reason first_reason(const Piece& piece);
    void hold_back_stranger();
    void begin_as(const Ticket& ticket);
    void take_proposal();
    void look_at(const CompiledRule& compiled,
                 const Rule& rule,
                 StepKind kind,
                 std::uint32_t index);
    Verdict verdict_on(const CompiledRule& compiled, const Rule& rule, Step& step);
    bool has_surge(const Rule& rule, Step& step);

    bool holds(std::uint32_t condition, Reasons& because);
    bool test_holds(const CombinedTest& test, const CompiledCondition& compiled, Reasons& because);
    bool test_holds(const TextTest& test, const CompiledCondition& compiled, Reasons& because);
    bool test_holds(const AddressTest& test, const CompiledCondition& compiled, Reasons& because);
    bool test_holds(const PropertyTest& test, const CompiledCondition& compiled, Reasons& because);
    bool test_holds(const AttachmentTest& test,
                    const CompiledCondition& compiled,
                    Reasons& because);
    bool test_holds(const DateTest& test, const CompiledCondition& compiled, Reasons& because);

    void find_words(std::uint32_t number, GroupId group, std::size_t most, Reasons& found);
    void find_pieces(std::uint32_t number,
                     const TextTest& test,
                     const std::vector<std::string>& pieces,
                     Reasons& found);
    void find_regexes(std::uint32_t number,
                      const std::vector<std::uint32_t>& wanted,
                      Reasons& found);

    /// Inline: of a thousand rules, most end here.
    bool may_hold(const Gate& gate) {
        if (gate.texts == Gate::always_open) return true;
        if (may_match_[gate.texts].empty()) read_gate(gate.texts);
        return may_match_[gate.texts][static_cast<std::uint32_t>(gate.words)] != 0;
    }
    void read_gate(std::uint32_t gate_texts);
    ReadText& text(std::uint32_t number);
    KeywordScan& words(std::uint32_t number);
    const FoldedText& folded(ReadText& text) const;
    bool may_match(ReadText& text, std::uint32_t regex) const;
    const std::vector<NamedValue>& values_of(Property property);

    const RuleBook& book_;
    const RuleProgram& program_;
    const MailFacts& facts_;
    Decision decision_ = {};
    Effects effects_{decision_.outcome, decision_.marks};
    std::vector<std::optional<ReadText>> texts_ = {};        // by number of RuleProgram::texts
    std::vector<std::unique_ptr<KeywordScan>> scans_ = {};   // likewise
    std::vector<std::vector<std::uint8_t>> may_match_ = {};  // by number of gate_texts, by group
    std::map<Property, std::vector<NamedValue>> values_ = {};
    std::vector<std::size_t> found_ = {};  // by index of Weighing::evidence: how much of it
    std::map<std::uint32_t, std::vector<bool>> silent_ = {};  // by number of a text, by sentence
    std::optional<TicketId> surge_parent_ = {};
    std::vector<TicketId> surge_parts_ = {};  // that are joined to no other ticket yet
    bool stopped_ = false;
};

/// The priority that a new mail's sender proposes: "[P1]" in the subject, or a header field that
/// `proposals` names; empty where there is none.
std::string proposed_priority(const MailFacts& facts,
                              const Proposals& proposals,
                              const std::vector<std::string>& priorities);

}  // namespace bellhop::rules
