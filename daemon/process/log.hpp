// The log: one event, one line, `event key=value ...`. Never a body, never a credential.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace bellhop::daemon {

enum class LogLevel { debug, info, warn, error };

struct LogField {
    std::string_view key;
    std::string value;
};

/// To standard error. Under systemd with a priority mark and without a time, which the journal has
/// itself.
void start_log(const std::string& lowest_level);

/// info = a mail or ticket changed; warn = an operator should look; error = a worker had to start
/// again. Foreign text may stand in the values: control characters are escaped, long values cut,
/// values with blanks quoted; fields without value are left out.
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

/// The value as it stands in the log.
std::string log_value(std::string_view value);

}  // namespace bellhop::daemon
