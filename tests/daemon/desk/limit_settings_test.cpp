#include "daemon/desk/limit_settings.hpp"

#include <gtest/gtest.h>

#include "parsers/config/config_file.hpp"

namespace bellhop::daemon {
namespace {

using namespace std::chrono_literals;

/// "3 in 600 s", "10 in 86400 s"
std::vector<std::string> words(const std::vector<RateLimit>& limits) {
    std::vector<std::string> all;
    for (const RateLimit& one : limits) {
        all.push_back(std::to_string(one.count) + " in " + std::to_string(one.window.count()) +
                      " s");
    }
    return all;
}

template <class Section>
Section read(const std::string& text,
             Section (*reader)(parsers::ConfigTable&),
             std::size_t complaints = 0) {
    auto file = parsers::ConfigFile::parse("x.toml", text);
    parsers::Diagnostics found;
    parsers::ConfigTable root = file->root(found);
    Section section = reader(root);
    EXPECT_EQ(found.size(), complaints) << text;
    return section;
}

using Words = std::vector<std::string>;

TEST(LimitSettings, HasLimitsUnlessSomebodySaysOtherwise) {
    const AcknowledgementSettings answers = read("", read_acknowledgement);
    EXPECT_EQ(words(answers.limits), (Words{"3 in 600 s", "5 in 3600 s", "10 in 86400 s"}));
    EXPECT_EQ(words(answers.domain_limits), (Words{"15 in 3600 s", "40 in 86400 s"}));
    EXPECT_EQ(words(answers.stranger_limits), (Words{"30 in 3600 s", "100 in 86400 s"}));
    EXPECT_EQ(words(answers.total_limits), (Words{"600 in 3600 s", "2000 in 86400 s"}));
    const LimitSettings tickets = read("", read_limits);
    EXPECT_EQ(words(tickets.sender_tickets), (Words{"20 in 600 s", "100 in 86400 s"}));
    EXPECT_EQ(words(tickets.stranger_tickets), (Words{"30 in 600 s", "200 in 86400 s"}));
    EXPECT_EQ(words(tickets.total_tickets), (Words{"400 in 3600 s", "2000 in 86400 s"}));
}

TEST(LimitSettings, TakesWhatIsWritten) {
    const AcknowledgementSettings answers = read(
        "limits = [\"1 in 1h\"]\ndomain_limits = [\"2 in 1h\"]\nstranger_limits = []\n"
        "total_limits = [\"100000 in 7d\", \"5 in 1s\"]\n",
        read_acknowledgement);
    EXPECT_EQ(words(answers.limits), Words{"1 in 3600 s"});
    EXPECT_EQ(words(answers.domain_limits), Words{"2 in 3600 s"});
    EXPECT_EQ(words(answers.stranger_limits), Words{});
    EXPECT_EQ(words(answers.total_limits), (Words{"100000 in 604800 s", "5 in 1 s"}));
    const LimitSettings tickets = read(
        "sender_tickets = []\nstranger_tickets = [\"5 in 1min\"]\ntotal_tickets = [\"9 in 1h\"]\n",
        read_limits);
    EXPECT_EQ(words(tickets.sender_tickets), Words{});
    EXPECT_EQ(words(tickets.stranger_tickets), Words{"5 in 60 s"});
    EXPECT_EQ(words(tickets.total_tickets), Words{"9 in 3600 s"});
}

TEST(LimitSettings, RefusesWhatIsNoLimit) {
    for (const char* limit : {"", "3", "3 in", " in 1h", "0 in 1h", "-3 in 1h", "3 per hour",
                              "100001 in 1h", "3 in 8d", "3 in 0s", "3 in soon", "3.5 in 1h"}) {
        for (const char* key : {"limits", "domain_limits", "stranger_limits", "total_limits"}) {
            const std::string text = std::string{key} + " = [\"" + limit + "\"]\n";
            read(text, read_acknowledgement, 1);
        }
        read("total_tickets = [\"" + std::string{limit} + "\"]\n", read_limits, 1);
    }
    read("limits = []\n", read_acknowledgement, 1);
}

}  // namespace
}  // namespace bellhop::daemon
