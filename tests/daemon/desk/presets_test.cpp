#include "daemon/desk/presets.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "parsers/text/lists.hpp"

namespace bellhop::daemon {
namespace {

TEST(Presets, AreKnownByName) {
    const auto names = preset_names();
    for (const char* name : {"district", "provider", "school"})
        EXPECT_TRUE(parsers::contains(names, name)) << name;
    EXPECT_FALSE(parsers::contains(names, "every_preset"));
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(Presets, HaveEachFileOnceAndAllThatADeskNeeds) {
    for (const std::string& preset : preset_names()) {
        std::set<std::string> paths;
        for (const PresetFile& file : preset_files(preset)) {
            EXPECT_TRUE(paths.insert(std::string{file.path}).second) << preset << ' ' << file.path;
            EXPECT_FALSE(file.text.empty()) << preset << ' ' << file.path;
        }
        for (const char* needed : {"bellhop.toml", "rules.toml", "people.toml", "sla.toml",
                                   "calendar.toml", "templates/acknowledgement.txt"}) {
            EXPECT_TRUE(paths.contains(needed)) << preset << " has no " << needed;
        }
    }
}

TEST(Presets, ShipTextsForDesksThatHaveNoneOfTheirOwn) {
    for (const std::string& path : shipped_paths())
        EXPECT_TRUE(shipped_text(path).has_value()) << path;
    EXPECT_EQ(shipped_text("templates/unheard_of.txt"), std::nullopt);
    EXPECT_EQ(shipped_text(""), std::nullopt);
}

}  // namespace
}  // namespace bellhop::daemon
