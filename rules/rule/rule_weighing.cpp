// How the evidence of a mail is added up.
#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "rules/rule/rule_evaluation.hpp"
#include "rules/ticket/doubt.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t evidence_shown = 5;  // of a mail, by name

bool is_nothing(const Points& points) {
    return std::all_of(points.begin(), points.end(), [](double each) { return each == 0; });
}

/// How much it speaks for the first choice and against the second, or for safeguarding.
double weight_of(const Points& points, const Weighed& weighed) {
    const double apart = points[weighed.grade] - points[weighed.second];
    const double safeguarding = points[static_cast<std::size_t>(Scale::safeguarding)];
    return std::max(std::abs(apart), weighed.is_safeguarding ? std::abs(safeguarding) : 0);
}

}  // namespace

/// A new ticket gets the priority that the sum speaks for, before any rule has its say. A mail
/// without words says nothing, and the default stands.
void RuleEvaluation::weigh() {
    const Weighing& weighing = book_.weighing;
    Weighed weighed;
    weighed.sums = weigh_evidence(nullptr);
    add(weigh_words(nullptr), 1, weighed.sums);
    for (std::size_t i = 0; i < found_.size(); ++i) {
        if (found_[i] > 0) weighed.found.push_back(weighing.evidence[i].name);
    }
    const auto shares = likelihoods(weighed.sums);
    weighed.grade = best_grade(shares, weighing.readiness);
    find_doubt(weighed);
    weighed.is_safeguarding =
        likelihood_of_safeguarding(weighed.sums) >= weighing.safeguarding_from;

    Step step{StepKind::weighing, 0, Verdict::not_matched};
    const std::vector<std::uint32_t> texts = texts_to_weigh();
    const bool has_words = std::any_of(texts.begin(), texts.end(), [this](std::uint32_t number) {
        return !folded(text(number)).words().empty();
    });
    RuleActions actions;
    if (has_words && facts_.context.arrival == Arrival::new_ticket) {
        actions.priority = weighing.priorities[weighed.grade];
        if (weighed.is_doubtful)
            actions.tags.push_back(doubt_tag(weighing.priorities[weighed.second]));
    }
    if (has_words && weighed.is_safeguarding) actions.marks.emplace_back(safeguarding_mark);
    if (actions.priority || !actions.marks.empty()) {
        step.verdict = Verdict::matched;
        for (const std::string& name : weighed.found) {
            if (step.because.size() == evidence_shown) break;
            Reason reason;
            reason.field = "evidence";
            reason.word = name;
            step.because.push_back(std::move(reason));
        }
        apply(actions, book_.priorities, std::nullopt, effects_, step.did);
    }
    decision_.trace.push_back(std::move(step));
    decision_.weighed = std::move(weighed);
}

/// Where a rule has set another priority, there is no doubt left.
void RuleEvaluation::settle_doubt() {
    const std::string second = second_choice(decision_.outcome.tags);
    if (second.empty() || !decision_.weighed) return;
    if (decision_.outcome.priority == book_.weighing.priorities[decision_.weighed->grade]) return;
    std::erase(decision_.outcome.tags, doubt_tag(second));
}

void RuleEvaluation::find_doubt(Weighed& weighed) const {
    const Weighing& weighing = book_.weighing;
    auto shares = likelihoods(weighed.sums);
    shares[0] *= weighing.readiness;
    weighed.second = weighed.grade == 0 ? 1 : 0;
    for (std::size_t grade = 0; grade < grade_count; ++grade) {
        if (grade != weighed.grade && shares[grade] > shares[weighed.second])
            weighed.second = grade;
    }
    weighed.is_doubtful = weighing.doubt < 1 &&
                          shares[weighed.second] >= weighing.doubt * shares[weighed.grade] &&
                          weighing.priorities[weighed.second] != weighing.priorities[weighed.grade];
}

/// The subject and what was written this time; also what is quoted, where that is all there is.
std::vector<std::uint32_t> RuleEvaluation::texts_to_weigh() {
    std::vector<std::uint32_t> numbers{program_.subject, program_.body};
    if (counts_quotation(folded(text(program_.subject)), folded(text(program_.body))))
        numbers.push_back(program_.quoted);
    return numbers;
}

Points RuleEvaluation::weigh_evidence(std::vector<Piece>* pieces) {
    const Weighing& weighing = book_.weighing;
    const bool is_alone = weighing.tables.empty();
    const double factor = is_alone ? weighing.alone : 1;
    Points sums = is_alone ? weighing.start : Points{};
    found_.assign(weighing.evidence.size(), 0);
    for (std::size_t i = 0; i < weighing.evidence.size(); ++i) {
        found_[i] = std::min(count_found(i), weighing.evidence[i].cap);
        if (found_[i] == 0) continue;
        Points points{};
        add(weighing.evidence[i].points, factor * static_cast<double>(found_[i]), points);
        add(points, 1, sums);
        if (pieces != nullptr && !is_nothing(points)) pieces->push_back({points, i, {}});
    }
    return sums;
}

/// How many different words of it there are; 1 where it needs none.
std::size_t RuleEvaluation::count_found(std::size_t evidence) {
    const CompiledEvidence& compiled = program_.evidence[evidence];
    const bool has_both = std::all_of(compiled.both.begin(), compiled.both.end(),
                                      [this](std::size_t other) { return found_[other] > 0; });
    if (!has_both) return 0;
    const std::size_t words =
        compiled.has_words ? different_words(compiled.words, book_.weighing.evidence[evidence].live)
                           : 1;
    if (words == 0) return 0;
    Reasons because;
    const bool all_hold =
        std::all_of(compiled.conditions.begin(), compiled.conditions.end(),
                    [&](std::uint32_t condition) { return holds(condition, because); });
    return all_hold ? words : 0;
}

std::size_t RuleEvaluation::different_words(GroupId words_of, bool live) {
    std::set<std::uint32_t> different;
    for (const std::uint32_t number : {program_.subject, program_.body}) {
        KeywordScan& scan = words(number);
        for (const KeywordMatch& match : scan.matches(words_of)) {
            const std::uint32_t sentence = scan.text().words()[match.first].sentence;
            if (live && is_silent(number, sentence)) continue;
            different.insert(match.keyword);
        }
    }
    return different.size();
}

bool RuleEvaluation::is_silent(std::uint32_t number, std::uint32_t sentence) {
    const auto [entry, is_new] = silent_.try_emplace(number);
    std::vector<bool>& silent = entry->second;
    if (is_new) {
        KeywordScan& scan = words(number);
        const std::vector<Word>& all = scan.text().words();
        silent.resize(all.empty() ? 0 : all.back().sentence + 1);
        for (const KeywordMatch& match : scan.matches(program_.silent))
            silent[all[match.first].sentence] = true;
    }
    return silent[sentence];
}

Points RuleEvaluation::weigh_words(std::vector<Piece>* pieces) {
    const Weighing& weighing = book_.weighing;
    if (weighing.tables.empty()) return {};
    std::vector<TextToWeigh> texts;
    for (const std::uint32_t number : texts_to_weigh()) {
        const FoldedText& read = folded(text(number));
        const bool is_subject = number == program_.subject;
        const bool is_quoted = number == program_.quoted;
        texts.push_back(
            {&read, is_subject ? subject_weight : 1.0, is_quoted ? most_quoted_words : most_words});
    }
    Points sums = start_of(weighing.tables);
    for (const WeighedWord& word : words_to_weigh(texts)) {
        const auto points = points_in(weighing.tables, word.key);
        if (!points) continue;
        Points weighed{};
        add(*points, word.weight, weighed);
        add(weighed, 1, sums);
        if (pieces != nullptr) pieces->push_back({weighed, no_evidence, word});
    }
    return sums;
}

std::vector<WeighedPiece> RuleEvaluation::heaviest(std::size_t most) {
    if (!book_.weighing.has_scale()) return {};
    begin();
    const Weighed& weighed = *decision_.weighed;
    std::vector<Piece> pieces;
    weigh_evidence(&pieces);
    std::vector<Piece> words;
    weigh_words(&words);
    std::map<std::uint64_t, Piece> by_key;  // a word weighs as often as it stands there
    for (const Piece& word : words) {
        const auto [entry, is_new] = by_key.try_emplace(word.word.key, word);
        if (!is_new) add(word.points, 1, entry->second.points);
    }
    for (const auto& [key, word] : by_key) pieces.push_back(word);
    std::stable_sort(pieces.begin(), pieces.end(), [&](const Piece& one, const Piece& other) {
        return weight_of(one.points, weighed) > weight_of(other.points, weighed);
    });
    std::vector<WeighedPiece> heaviest;
    for (std::size_t i = 0; i < std::min(most, pieces.size()); ++i) {
        const Piece& piece = pieces[i];
        const bool is_word = piece.evidence == no_evidence;
        heaviest.push_back({is_word ? "" : book_.weighing.evidence[piece.evidence].name,
                            piece.points, first_reason(piece)});
    }
    return heaviest;
}

std::vector<std::size_t> RuleEvaluation::evidence() {
    weigh_evidence(nullptr);
    return found_;
}

/// Where the first word of it stands.
Reason RuleEvaluation::first_reason(const Piece& piece) {
    if (piece.evidence == no_evidence) {
        const std::uint32_t number = texts_to_weigh()[piece.word.text];
        const FoldedText& read = folded(text(number));
        const TextSource& source = program_.texts[number];
        return {name_of(source),
                spelled(piece.word, read),
                true,
                source,
                read.words()[piece.word.first].at,
                read.words()[piece.word.last].until};
    }
    const CompiledEvidence& compiled = program_.evidence[piece.evidence];
    Reasons because;
    if (compiled.has_words) {
        find_words(program_.subject, compiled.words, 1, because);
        if (because.empty()) find_words(program_.body, compiled.words, 1, because);
    }
    for (const std::uint32_t condition : compiled.conditions) holds(condition, because);
    if (!because.empty()) return because.front();
    Reason reason;
    reason.field = "evidence";
    for (const std::string& name : book_.weighing.evidence[piece.evidence].both)
        reason.word += (reason.word.empty() ? "" : " and ") + name;
    return reason;
}

}  // namespace bellhop::rules
