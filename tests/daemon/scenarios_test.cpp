// Whole stories of tickets: each file of tests/golden/scenarios is played, and must come out as it
// stands there. BELLHOP_UPDATE_GOLDEN=1 writes what came out; read it before it is committed.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "daemon/replay/replay.hpp"
#include "daemon/replay/replay_timeline.hpp"

namespace bellhop::daemon {
namespace {

std::filesystem::path folder() {
    return std::filesystem::path{BELLHOP_SOURCE_DIR} / "tests/golden/scenarios";
}

std::string read(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator{folder()}) {
        if (entry.path().extension() == ".txt") all.push_back(entry.path().stem().string());
    }
    std::sort(all.begin(), all.end());
    return all;
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, ComesOutAsItIsWritten) {
    const std::filesystem::path file = folder() / (GetParam() + ".txt");
    const std::string text = read(file);
    const auto script = parse_replay_script(GetParam() + ".txt", text);
    ASSERT_TRUE(script.has_value()) << render_all(script.error());
    ASSERT_FALSE(script->preset.empty());
    std::string timeline;
    const Replay* playing = nullptr;
    Replay replay{
        {}, [&](const ReplayedStep& step) { timeline += timeline_line(step, playing->desk()); }};
    playing = &replay;
    const parsers::Diagnostics complaints = replay.play(*script, folder());
    ASSERT_TRUE(complaints.empty()) << render_all(complaints);
    timeline += timeline_end(replay);
    if (std::getenv("BELLHOP_UPDATE_GOLDEN") != nullptr) {
        const std::string story = text.substr(0, script->expected_at);
        const bool is_new = !story.ends_with("timeline\n");
        std::ofstream{file} << story << (is_new ? "timeline\n" : "") << timeline;
    } else {
        EXPECT_EQ(timeline, script->expected);
    }
}

std::string name_of(const testing::TestParamInfo<std::string>& scenario) {
    return scenario.param;
}

INSTANTIATE_TEST_SUITE_P(Golden, Scenario, testing::ValuesIn(names()), name_of);

}  // namespace
}  // namespace bellhop::daemon
