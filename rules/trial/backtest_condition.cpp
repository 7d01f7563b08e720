#include "rules/trial/backtest_condition.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

constexpr std::string_view blanks = " \t";

constexpr std::array<std::pair<std::string_view, BacktestFigure>, 6> figures{{
    {"agreement", BacktestFigure::agreement},
    {"gain", BacktestFigure::gain},
    {"changed", BacktestFigure::changed},
    {"better", BacktestFigure::better},
    {"worse", BacktestFigure::worse},
    {"mails", BacktestFigure::mails},
}};

// The longer ones first: "<=" begins with "<".
constexpr std::array<std::pair<std::string_view, Comparison>, 4> comparisons{{
    {"<=", Comparison::at_most},
    {">=", Comparison::at_least},
    {"<", Comparison::below},
    {">", Comparison::above},
}};

std::optional<BacktestFigure> figure_named(std::string_view name) {
    for (const auto& [known, figure] : figures) {
        if (known == name) return figure;
    }
    return std::nullopt;
}

boost::system::result<BacktestCondition, std::string> parse_one(std::string_view text) {
    BacktestCondition condition;
    condition.text = text;
    const std::size_t sign = text.find_first_of("<>");
    const std::string_view name = parsers::trimmed(text.substr(0, sign));
    const std::optional<BacktestFigure> figure = figure_named(name);
    if (sign == std::string_view::npos || !figure) {
        return "no condition: " + parsers::in_quotes(condition.text) +
               "; expected agreement, gain, changed, better, worse or mails, then <, <=, > or >=, "
               "then a number";
    }
    condition.figure = *figure;
    std::string_view rest = text.substr(sign);
    for (const auto& [symbol, comparison] : comparisons) {
        if (!rest.starts_with(symbol)) continue;
        condition.comparison = comparison;
        rest = parsers::trimmed(rest.substr(symbol.size()));
        break;
    }
    if (rest.ends_with('%')) {
        condition.is_share = true;
        rest = parsers::trimmed(rest.substr(0, rest.size() - 1));
    }
    const auto [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), condition.limit);
    if (error != std::errc{} || end != rest.data() + rest.size()) {
        return "no number: " + parsers::in_quotes(std::string{rest}) + " in " +
               parsers::in_quotes(condition.text);
    }
    return condition;
}

double value_of(BacktestFigure figure, const BacktestReport& report) {
    switch (figure) {
        case BacktestFigure::agreement:
            return 100 * agreement_now(report);
        case BacktestFigure::gain:
            return 100 * (agreement_now(report) - agreement_before(report));
        case BacktestFigure::changed:
            return static_cast<double>(report.changed);
        case BacktestFigure::better:
            return static_cast<double>(report.better);
        case BacktestFigure::worse:
            return static_cast<double>(report.worse);
        case BacktestFigure::mails:
            return static_cast<double>(report.mails);
    }
    return 0;
}

bool is_count(BacktestFigure figure) {
    return figure != BacktestFigure::agreement && figure != BacktestFigure::gain;
}

}  // namespace

boost::system::result<std::vector<BacktestCondition>, std::string> parse_backtest_conditions(
    std::string_view text) {
    std::vector<BacktestCondition> conditions;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        auto condition = parse_one(parsers::trimmed(text.substr(at, end - at)));
        if (condition.has_error()) return condition.error();
        conditions.push_back(*std::move(condition));
        at = end + 1;
    }
    return conditions;
}

bool holds(const BacktestCondition& condition, const BacktestReport& report) {
    double value = value_of(condition.figure, report);
    if (condition.is_share && is_count(condition.figure)) {
        value = report.mails == 0 ? 0 : 100 * value / static_cast<double>(report.mails);
    }
    switch (condition.comparison) {
        case Comparison::below:
            return value < condition.limit;
        case Comparison::at_most:
            return value <= condition.limit;
        case Comparison::above:
            return value > condition.limit;
        case Comparison::at_least:
            return value >= condition.limit;
    }
    return false;
}

}  // namespace bellhop::rules
