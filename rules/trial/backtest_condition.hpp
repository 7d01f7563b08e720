// When a backtest counts as failed: "agreement < 95 %, worse > 0".
//
//     condition = figure ("<" | "<=" | ">" | ">=") number ["%"]
//
//     agreement   per cent of tickets with the priority that staff left standing, new rules
//     gain        how much agreement rises by the new rules, in points; negative: it falls
//     changed     mails for which priority, team or handling would be another
//     better      mails whose priority only the new rules get right
//     worse       mails whose priority only the rules of then got right
//     mails       mails tried: below some number the other figures say little
//
// With "%" a count is a share of all mails; agreement and gain are per cent either way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "rules/trial/rule_backtest.hpp"

namespace bellhop::rules {

enum class BacktestFigure { agreement, gain, changed, better, worse, mails };
enum class Comparison { below, at_most, above, at_least };

struct BacktestCondition {
    BacktestFigure figure = BacktestFigure::agreement;
    Comparison comparison = Comparison::below;
    double limit = 0;
    bool is_share = false;  ///< of all mails, in per cent
    std::string text = {};  ///< as written

    friend bool operator==(const BacktestCondition&, const BacktestCondition&) = default;
};

/// One or several, parted by commas. Errors: what is wrong with the first wrong one, one line.
boost::system::result<std::vector<BacktestCondition>, std::string> parse_backtest_conditions(
    std::string_view text);

bool holds(const BacktestCondition& condition, const BacktestReport& report);

}  // namespace bellhop::rules
