#include "daemon/process/log.hpp"

#include <cstdlib>
#include <memory>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "parsers/text/ensure.hpp"

namespace bellhop::daemon {
namespace {

constexpr std::size_t longest_value = 300;  // bytes; a subject or a server's words, not a mail

/// Writes the level as the journal reads it (sd-daemon(3)).
class JournalPriority final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message,
                const std::tm&,
                spdlog::memory_buf_t& out) override {
        const char digit = message.level >= spdlog::level::err    ? '3'
                           : message.level == spdlog::level::warn ? '4'
                           : message.level == spdlog::level::info ? '6'
                                                                  : '7';
        const char mark[] = {'<', digit, '>'};
        out.append(std::begin(mark), std::end(mark));
    }
    std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<JournalPriority>();
    }
};

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warn:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    never_reached();
}

void escape(char c, std::string& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
        out += "\\x";
        out += digits[byte >> 4];
        out += digits[byte & 15];
    } else {
        out += c;
    }
}

}  // namespace

void start_log(const std::string& lowest_level) {
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    if (std::getenv("JOURNAL_STREAM") != nullptr) {
        formatter->add_flag<JournalPriority>('*').set_pattern("%*%v");
    } else {
        formatter->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    }
    sink->set_formatter(std::move(formatter));
    auto logger = std::make_shared<spdlog::logger>("bellhop", std::move(sink));
    logger->set_level(spdlog::level::from_str(lowest_level));
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

std::string log_value(std::string_view value) {
    const bool cut = value.size() > longest_value;
    if (cut) {
        std::size_t length = longest_value;  // not in the middle of a UTF-8 sequence
        while (length > 0 && (static_cast<unsigned char>(value[length]) & 0xc0) == 0x80) --length;
        value = value.substr(0, length);
    }
    const bool plain = !cut && !value.empty() &&
                       value.find_first_of(" \"=\\") == std::string_view::npos &&
                       std::string_view::npos == value.find_first_of("\t\r\n\x1b\x7f");
    std::string text;
    for (const char c : value) escape(c, text);
    if (plain && text == value) return text;
    return "\"" + text + (cut ? "...\"" : "\"");
}

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    spdlog::logger& logger = *spdlog::default_logger_raw();
    if (!logger.should_log(spdlog_level(level))) return;
    std::string line{event};
    for (const LogField& field : fields) {
        if (field.value.empty()) continue;
        line += ' ';
        line += field.key;
        line += '=';
        line += log_value(field.value);
    }
    logger.log(spdlog_level(level), spdlog::string_view_t{line.data(), line.size()});
}

}  // namespace bellhop::daemon
