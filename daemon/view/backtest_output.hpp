// What a backtest has found, as JSON and for people.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "daemon/history/stored_mail_backtest.hpp"
#include "rules/trial/backtest_condition.hpp"

namespace bellhop::daemon {

struct BacktestAnswer {
    StoredMailBacktest result = {};
    std::chrono::sys_seconds since = {};
    std::string digest = {};               ///< of the rules tried
    std::vector<std::string> failed = {};  ///< conditions of --fail-if that hold
};

boost::json::object to_json(const BacktestAnswer& answer);

/// `priorities` of the rules tried, the most urgent first.
std::string in_words(const BacktestAnswer& answer, const std::vector<std::string>& priorities);

}  // namespace bellhop::daemon
