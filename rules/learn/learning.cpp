#include "rules/learn/learning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <unordered_map>

#include "parsers/text/ensure.hpp"
#include "rules/builtin/builtin_files.hpp"
#include "rules/evidence/mail_words.hpp"
#include "rules/learn/softmax.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t safeguarding = static_cast<std::size_t>(Scale::safeguarding);
/// Lessons about a child at risk. Fewer would only teach that there are hardly any.
constexpr std::size_t fewest_at_risk = 10;

/// A mail as numbers. Words are numbered by `Vocabulary`.
struct ReadLesson {
    const Lesson* lesson = nullptr;
    std::vector<std::size_t> evidence = {};  // by index of Weighing::evidence
    Points beside = {};                      // that tables give it which stay as they are
    Features words = {};
};

/// Words and pairs that several lessons have, in the order in which they were met.
class WordNumbers {
public:
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;

    std::uint32_t of(std::uint64_t key) const {
        const auto found = numbers_.find(key);
        return found == numbers_.end() ? unknown : found->second;
    }

    void count(std::uint64_t key, std::size_t lesson) {
        Seen& seen = seen_[key];
        if (seen.last_lesson == lesson + 1) return;
        seen.last_lesson = lesson + 1;
        ++seen.lessons;
    }

    void number(std::uint64_t key, const std::string& spelling, std::size_t least) {
        if (seen_.at(key).lessons < least) return;
        if (numbers_.emplace(key, static_cast<std::uint32_t>(words_.size())).second)
            words_.push_back(spelling);
    }

    const std::vector<std::string>& words() const { return words_; }

private:
    struct Seen {
        std::size_t last_lesson = 0;  // plus one
        std::size_t lessons = 0;
    };
    std::unordered_map<std::uint64_t, Seen> seen_ = {};
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_ = {};
    std::vector<std::string> words_ = {};
};

/// Folds the texts of a mail and hands each of its words and pairs to `each`.
template <class Function>
void for_each_word(const MailFacts& facts, const Function& each) {
    const FoldedText subject{facts.subject};
    const FoldedText body{facts.body};
    std::vector<TextToWeigh> texts{{&subject, subject_weight, most_words}, {&body, 1, most_words}};
    const FoldedText quoted{counts_quotation(subject, body) ? facts.quoted : ""};
    texts.push_back({&quoted, 1, most_quoted_words});
    for (const WeighedWord& word : words_to_weigh(texts)) each(word, *texts[word.text].text);
}

struct Class {
    std::vector<ReadLesson> lessons = {};
    WordNumbers words = {};
};

Class read_all(const RuleSet& rules,
               const std::vector<Lesson>& lessons,
               const std::vector<NamedTable>& beside,
               const LearningSettings& settings) {
    Class all;
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        for_each_word(lessons[i].facts, [&](const WeighedWord& word, const FoldedText&) {
            all.words.count(word.key, i);
        });
    }
    for (const Lesson& lesson : lessons) {
        ReadLesson read{&lesson, rules.evidence_in(lesson.facts), start_of(beside), {}};
        std::map<std::uint32_t, float> amounts;
        for_each_word(lesson.facts, [&](const WeighedWord& word, const FoldedText& text) {
            if (all.words.of(word.key) == WordNumbers::unknown)
                all.words.number(word.key, spelled(word, text), settings.least_lessons);
            if (const auto points = points_in(beside, word.key))
                add(*points, word.weight, read.beside);
            const std::uint32_t number = all.words.of(word.key);
            if (number != WordNumbers::unknown) amounts[number] += static_cast<float>(word.weight);
        });
        read.words.assign(amounts.begin(), amounts.end());
        all.lessons.push_back(std::move(read));
    }
    return all;
}

/// Written examples are not met as often as they were written: each grade of them counts as much
/// as it has of the natural mails.
std::array<float, grade_count> grade_weights(const std::vector<Lesson>& lessons) {
    std::array<double, grade_count> natural{};
    std::array<double, grade_count> written{};
    for (const Lesson& lesson : lessons) {
        if (lesson.grade) ++(lesson.is_natural ? natural : written)[*lesson.grade];
    }
    double all_natural = 0;
    double all_written = 0;
    for (std::size_t grade = 0; grade < grade_count; ++grade) {
        all_natural += natural[grade];
        all_written += written[grade];
    }
    std::array<float, grade_count> weights{1, 1, 1, 1};
    constexpr double enough = 100;  // fewer say nothing of how often a grade is met
    if (all_natural < enough || all_written == 0) return weights;
    for (std::size_t grade = 0; grade < grade_count; ++grade) {
        if (written[grade] == 0) continue;
        weights[grade] =
            static_cast<float>((natural[grade] / all_natural) / (written[grade] / all_written));
    }
    return weights;
}

/// Two regressions side by side: grades, and safeguarding or not.
class Lessons {
public:
    Lessons(const Class& all, const std::vector<Lesson>& lessons, const LearningSettings& settings)
        : all_{all}, settings_{settings}, by_grade_{grade_weights(lessons)} {}

    std::vector<Example> for_grades() const {
        std::vector<Example> examples;
        for (const ReadLesson& read : all_.lessons) {
            const Lesson& lesson = *read.lesson;
            if (!lesson.grade) continue;
            Example example;
            example.shares = softened(*lesson.grade);
            example.weight = lesson.weight * (lesson.is_natural ? settings_.natural_weight
                                                                : by_grade_[*lesson.grade]);
            examples.push_back(std::move(example));
        }
        return examples;
    }

    /// Where nothing is said of it, it is not about a child at risk.
    std::vector<Example> for_safeguarding() const {
        std::vector<Example> examples;
        for (const ReadLesson& read : all_.lessons) {
            const bool is_about = read.lesson->safeguarding.value_or(false);
            Example example;
            example.shares = is_about ? std::vector<float>{0, 1} : std::vector<float>{1, 0};
            example.weight = read.lesson->weight * (is_about ? settings_.safeguarding_weight : 1);
            examples.push_back(std::move(example));
        }
        return examples;
    }

    /// Which lessons for_grades() has.
    std::vector<const ReadLesson*> graded() const {
        std::vector<const ReadLesson*> some;
        for (const ReadLesson& read : all_.lessons) {
            if (read.lesson->grade) some.push_back(&read);
        }
        return some;
    }

    bool tell_of_safeguarding() const {
        const auto at_risk = std::count_if(
            all_.lessons.begin(), all_.lessons.end(),
            [](const ReadLesson& read) { return read.lesson->safeguarding.value_or(false); });
        return static_cast<std::size_t>(at_risk) >= fewest_at_risk;
    }

    std::vector<const ReadLesson*> every() const {
        std::vector<const ReadLesson*> some;
        for (const ReadLesson& read : all_.lessons) some.push_back(&read);
        return some;
    }

private:
    std::vector<float> softened(std::size_t right) const {
        std::vector<float> shares;
        for (const double share : defended_beside(right))
            shares.push_back(static_cast<float>(settings_.softness * share));
        shares[right] += static_cast<float>(1 - settings_.softness);
        return shares;
    }

    const Class& all_;
    const LearningSettings& settings_;
    const std::array<float, grade_count> by_grade_;
};

/// A regression that says nothing, but for what it starts with.
Regression unlearnt(std::size_t features, double start) {
    Regression made;
    made.classes = 2;
    made.weights.assign(2 * features, 0);
    made.start = {0, start};
    return made;
}

/// The points of each scale: four of grades, and for safeguarding the difference of yes and no.
Points points_of(const Regression& grades, const Regression& yes_no, std::uint32_t feature) {
    Points points{};
    for (std::size_t grade = 0; grade < grade_count; ++grade)
        points[grade] = grades.of(feature, grade);
    points[safeguarding] = yes_no.of(feature, 1) - yes_no.of(feature, 0);
    return points;
}

Points start_of(const Regression& grades, const Regression& yes_no) {
    Points points{};
    for (std::size_t grade = 0; grade < grade_count; ++grade) points[grade] = grades.start[grade];
    points[safeguarding] = yes_no.start[1] - yes_no.start[0];
    return points;
}

Features evidence_features(const ReadLesson& read) {
    Features features;
    for (std::uint32_t i = 0; i < read.evidence.size(); ++i) {
        if (read.evidence[i] > 0) features.emplace_back(i, static_cast<float>(read.evidence[i]));
    }
    return features;
}

/// What evidence says alone, from the lessons.
void learn_evidence(const Weighing& weighing,
                    const Lessons& lessons,
                    const LearningSettings& settings,
                    Learnt& learnt) {
    std::vector<Example> for_grades = lessons.for_grades();
    const auto graded = lessons.graded();
    for (std::size_t i = 0; i < graded.size(); ++i)
        for_grades[i].features = evidence_features(*graded[i]);
    std::vector<Example> for_safeguarding = lessons.for_safeguarding();
    const auto every = lessons.every();
    for (std::size_t i = 0; i < every.size(); ++i)
        for_safeguarding[i].features = evidence_features(*every[i]);
    const std::size_t count = weighing.evidence.size();
    const Regression grades = fit(for_grades, count, grade_count, settings.evidence_strength);
    const bool tells = lessons.tell_of_safeguarding();
    const Regression yes_no = tells ? fit(for_safeguarding, count, 2, settings.evidence_strength)
                                    : unlearnt(count, weighing.start[safeguarding]);
    learnt.start_alone = start_of(grades, yes_no);
    for (std::uint32_t i = 0; i < count; ++i) {
        const Evidence& known = weighing.evidence[i];
        if (!known.where.file.starts_with(builtin_prefix)) {  // the desk's own word stands
            learnt.evidence.emplace_back(known.name, known.points);
            continue;
        }
        Points points = points_of(grades, yes_no, i);
        for (double& each : points) each = std::round(10 * settings.evidence_share * each) / 10;
        if (!tells) points[safeguarding] = known.points[safeguarding];
        learnt.evidence.emplace_back(known.name, points);
    }
}

/// The points that a mail has before any word is learnt.
Points given_by(const ReadLesson& read, const Learnt& learnt) {
    Points sums = read.beside;
    for (std::size_t i = 0; i < read.evidence.size(); ++i)
        add(learnt.evidence[i].second, static_cast<double>(read.evidence[i]), sums);
    return sums;
}

void learn_words(const Weighing& weighing,
                 const Class& all,
                 const Lessons& lessons,
                 const LearningSettings& settings,
                 Learnt& learnt) {
    std::vector<Example> for_grades = lessons.for_grades();
    const auto graded = lessons.graded();
    for (std::size_t i = 0; i < graded.size(); ++i) {
        const Points given = given_by(*graded[i], learnt);
        for_grades[i].features = graded[i]->words;
        for_grades[i].given.assign(given.begin(), given.begin() + grade_count);
    }
    const std::size_t count = all.words.words().size();
    const Regression grades = fit(for_grades, count, grade_count, settings.word_strength);
    for_grades.clear();
    std::vector<Example> for_safeguarding = lessons.for_safeguarding();
    const auto every = lessons.every();
    for (std::size_t i = 0; i < every.size(); ++i) {
        for_safeguarding[i].features = every[i]->words;
        const auto given = static_cast<float>(given_by(*every[i], learnt)[safeguarding]);
        for_safeguarding[i].given = {0, given};
    }
    const Regression yes_no =
        lessons.tell_of_safeguarding()
            ? fit(for_safeguarding, count, 2, settings.word_strength_safeguarding)
            : unlearnt(count, learnt.beside.empty() ? weighing.start[safeguarding] : 0);
    learnt.start = start_of(grades, yes_no);
    for (std::uint32_t i = 0; i < count; ++i)
        learnt.words.emplace_back(all.words.words()[i], points_of(grades, yes_no, i));
}

/// The program's.
std::vector<NamedTable> own_tables(const Weighing& weighing) {
    std::vector<NamedTable> own;
    std::copy_if(weighing.tables.begin(), weighing.tables.end(), std::back_inserter(own),
                 [](const NamedTable& each) { return each.name.starts_with(builtin_prefix); });
    return own;
}

}  // namespace

Learnt learn(const RuleSet& rules,
             const std::vector<Lesson>& lessons,
             LearningScope scope,
             const LearningSettings& settings) {
    const Weighing& weighing = rules.book().weighing;
    ensure(weighing.has_scale());
    Learnt learnt;
    if (scope.words == WordPoints::beside) learnt.beside = own_tables(weighing);
    const Class all = read_all(rules, lessons, learnt.beside, settings);
    const Lessons numbered{all, lessons, settings};
    if (scope.evidence == EvidencePoints::refit) {
        learn_evidence(weighing, numbered, settings, learnt);
    } else {
        learnt.start_alone = weighing.start;
        for (const Evidence& each : weighing.evidence)
            learnt.evidence.emplace_back(each.name, each.points);
    }
    learn_words(weighing, all, numbered, settings, learnt);
    return learnt;
}

RuleSet with_learnt(const RuleSet& rules, const Learnt& learnt, const std::string& version) {
    RuleBook book = rules.book();
    Weighing& weighing = book.weighing;
    for (std::size_t i = 0; i < weighing.evidence.size(); ++i)
        weighing.evidence[i].points = learnt.evidence[i].second;
    // By way of the text, so that the same points count that a file will have.
    auto table = PointTable::read(written(version, learnt.start, learnt.words));
    ensure(table.has_value());
    weighing.tables = learnt.beside;
    weighing.tables.push_back({version, std::make_shared<const PointTable>(std::move(*table))});
    return RuleSet{std::move(book)};
}

Marks& operator+=(Marks& sum, const Marks& more) {
    sum.mails += more.mails;
    sum.acceptable += more.acceptable;
    sum.exact += more.exact;
    sum.gravest_right += more.gravest_right;
    sum.gravest_false += more.gravest_false;
    sum.gravest_missed += more.gravest_missed;
    sum.restricted_right += more.restricted_right;
    sum.restricted_false += more.restricted_false;
    sum.restricted_missed += more.restricted_missed;
    return sum;
}

Marks marks_of(const RuleSet& rules, const std::vector<Lesson>& lessons) {
    Marks marks;
    for (const Lesson& lesson : lessons) {
        const Outcome outcome = rules.evaluate(lesson.facts).outcome;
        if (lesson.safeguarding) {
            marks.restricted_right += *lesson.safeguarding && outcome.restricted ? 1 : 0;
            marks.restricted_missed += *lesson.safeguarding && !outcome.restricted ? 1 : 0;
            marks.restricted_false += !*lesson.safeguarding && outcome.restricted ? 1 : 0;
        }
        if (!lesson.grade) continue;
        const auto grade = grade_of(rules.book().weighing, outcome.priority);
        const bool is_acceptable = grade && lesson.acceptable[*grade];
        ++marks.mails;
        marks.acceptable += is_acceptable ? 1 : 0;
        marks.exact += grade == lesson.grade ? 1 : 0;
        if (grade == 0U) {
            ++(lesson.acceptable[0] ? marks.gravest_right : marks.gravest_false);
        } else if (lesson.grade == 0U && !is_acceptable) {
            ++marks.gravest_missed;
        }
    }
    return marks;
}

}  // namespace bellhop::rules
