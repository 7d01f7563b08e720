#include "daemon/desk/desk_lint.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/desk/config_folder.hpp"
#include "daemon/desk/text_file.hpp"
#include "tests/daemon/config_folder.hpp"

namespace bellhop::daemon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::chrono::sys_seconds in_term{std::chrono::sys_days{std::chrono::year{2026} / 9 / 15}};

constexpr const char* proves_nobody = "nothing proves who writes to the mailbox ";

/// "error FILE:LINE MESSAGE", without what only the school can write: passwords, whose servers they
/// are.
std::vector<std::string> findings(const std::filesystem::path& folder) {
    const auto desk = load_desk(folder, OwnTests::may_fail);
    if (!desk) return {"cannot be loaded: " + render_all(desk.error())};
    std::vector<std::string> lines;
    for (const parsers::Diagnostic& one : lint_desk(*desk, in_term)) {
        if (one.message.starts_with("there is no file ")) continue;
        if (one.message.starts_with(proves_nobody)) continue;
        const bool is_error = one.severity == parsers::Severity::error;
        lines.push_back((is_error ? "error " : "warning ") +
                        std::filesystem::path{one.where.file}.filename().string() + ":" +
                        std::to_string(one.where.line) + " " + one.message);
    }
    return lines;
}

class DeskLintTest : public testing::Test {
protected:
    void SetUp() override { write_config_folder(folder_.path(), "provider", Overwriting::refused); }

    std::vector<std::string> errors() const {
        std::vector<std::string> found = findings(folder_.path());
        std::erase_if(found, [](const std::string& line) { return !line.starts_with("error "); });
        return found;
    }

    std::string text(const std::string& file) const {
        return read_text_file(folder_.path() / file).value();
    }
    void replace(const std::string& file, const std::string& from, const std::string& to) const {
        std::string all = text(file);
        const std::size_t at = all.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        folder_.write(file, all.replace(at, from.size(), to));
    }
    std::size_t line_of(const std::string& file, const std::string& words) const {
        const std::string all = text(file);
        return 1 +
               static_cast<std::size_t>(std::count(
                   all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.find(words)), '\n'));
    }

    ConfigFolder folder_;
};

// Whoever believes every From shall know that he does.
TEST_F(DeskLintTest, SaysOfAMailboxThatItCanProveNobody) {
    const auto complaints = [this] {
        std::vector<std::string> found;
        for (const parsers::Diagnostic& one : lint_desk(*load_desk(folder_.path()), in_term)) {
            if (!one.message.starts_with(proves_nobody)) continue;
            EXPECT_EQ(one.severity, parsers::Severity::warning);
            EXPECT_EQ(one.where.line, line_of("bellhop.toml", "name = \"cases\""));
            found.push_back(one.message);
        }
        return found;
    };
    EXPECT_THAT(complaints(), Contains(HasSubstr("\"cases\": whoever From names is believed")));
    std::string all = text("bellhop.toml");
    for (std::size_t at = all.find("[[mailbox]]"); at != std::string::npos;
         at = all.find("[[mailbox]]", at + 1)) {
        all.insert(at + std::string_view{"[[mailbox]]"}.size(), "\nprovider = \"google\"");
    }
    folder_.write("bellhop.toml", all);
    EXPECT_THAT(complaints(), IsEmpty());
}

/// What we hand out reaches somebody, and has no other fault either.
TEST(DeskLint, FindsNothingInThePresets) {
    for (const char* preset : {"school", "provider", "district"}) {
        ConfigFolder folder;
        write_config_folder(folder.path(), preset, Overwriting::refused);
        std::vector<std::string> found = findings(folder.path());
        // A half-term that is still to be published is part of the example.
        std::erase_if(found, [](const std::string& line) {
            return line.starts_with("warning calendar.toml");
        });
        EXPECT_THAT(found, IsEmpty()) << preset;
    }
}

TEST(DeskLint, FindsNothingInTheExamples) {
    const auto examples = std::filesystem::path{BELLHOP_SOURCE_DIR} / "docs/examples";
    for (const char* example : {"school", "provider", "district", "tiered"}) {
        ConfigFolder folder;
        write_config_folder(folder.path(), example == std::string{"tiered"} ? "school" : example,
                            Overwriting::refused);
        for (const auto& entry : std::filesystem::directory_iterator{examples / example}) {
            folder.write(entry.path().filename(), read_text_file(entry.path()).value());
        }
        const std::vector<std::string> found = findings(folder.path());
        EXPECT_THAT(found, Not(Contains(HasSubstr("reaches nobody")))) << example;
    }
}

TEST_F(DeskLintTest, FindsATeamWithoutPeople) {
    replace("people.toml", "teams = [\"safeguarding\", \"partners\"]", "teams = [\"partners\"]");
    const std::string place =
        std::to_string(line_of("people.toml", "[[team]]\nname = \"safeguarding\""));
    EXPECT_THAT(errors(), IsEmpty()) << "the manager is told";
    EXPECT_THAT(findings(folder_.path()), ElementsAre("warning people.toml:" + place +
                                                      " team \"safeguarding\" reaches nobody"));
    replace("bellhop.toml", "manager = \"Pam Principal\"", "");
    EXPECT_THAT(errors(), ElementsAre("error people.toml:" + place +
                                      " team \"safeguarding\" reaches nobody"));
}

TEST_F(DeskLintTest, FindsAManagerWhomNobodyKnows) {
    replace("bellhop.toml", "manager = \"Pam Principal\"", "manager = \"Priya\"");
    const std::string place = std::to_string(line_of("bellhop.toml", "manager = \"Priya\""));
    EXPECT_THAT(errors(), ElementsAre("error bellhop.toml:" + place +
                                      " the manager \"Priya\" reaches nobody"));
    replace("bellhop.toml", "\"Priya\"", "\"it@desk.example.org\"");
    EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(DeskLintTest, FindsWhomTheLadderTheTableAndTheRulesDoNotReach) {
    folder_.write("people.toml", text("people.toml") +
                                     "[tell]\nnew = [\"team\", \"Nobody Known\"]\n"
                                     "undelivered = [\"writer\"]\n");
    EXPECT_THAT(errors(), ElementsAre(HasSubstr("\"Nobody Known\" reaches nobody")));
    replace("people.toml", "\"Nobody Known\"", "\"Mia Mis\"");
    folder_.write("rules.toml", text("rules.toml") +
                                    "\n[[rule]]\nname = \"x\"\nwhen.text = \"quokka\"\n"
                                    "then.notify = [\"nonsense team\"]\n"
                                    "[[rule]]\nname = \"y\"\nwhen.text = \"wombat\"\n"
                                    "then.team = \"Technical\"\n");
    const std::vector<std::string> found = errors();
    EXPECT_THAT(found, Contains(HasSubstr("unknown team or person \"nonsense team\"")));
    EXPECT_THAT(found, Contains(HasSubstr("unknown team \"Technical\"")));
}

TEST_F(DeskLintTest, FindsAPlanBesideItsName) {
    replace("sla.toml", "[plan.\"BasePlus+\".P1]", "[plan.\"Base Plus+\".P1]");
    replace("sla.toml", "[plan.\"BasePlus+\".P2]", "[plan.\"Base Plus+\".P2]");
    const std::string place = std::to_string(line_of("sla.toml", "[plan.\"Base Plus+\".P1]"));
    EXPECT_THAT(errors(),
                ElementsAre("error sla.toml:" + place + " no school has the plan \"Base Plus+\""));
}

TEST_F(DeskLintTest, FindsTwoTimeZones) {
    replace("bellhop.toml", "\"Europe/London\"", "\"Europe/Dublin\"");
    EXPECT_THAT(errors(),
                ElementsAre(HasSubstr("the desk's time zone is \"Europe/Dublin\" here and "
                                      "\"Europe/London\" in calendar.toml")));
}

TEST_F(DeskLintTest, WarnsOfPasswordsThatAreNotThere) {
    const auto desk = load_desk(folder_.path());
    ASSERT_TRUE(desk.has_value());
    std::size_t count = 0;
    for (const parsers::Diagnostic& one : lint_desk(*desk, in_term)) {
        if (one.message.find("cases.password") == std::string::npos) continue;
        ++count;
        EXPECT_EQ(one.severity, parsers::Severity::warning);
        EXPECT_EQ(one.where.line, line_of("bellhop.toml", "password_file = \"cases.password\""));
    }
    EXPECT_EQ(count, 1U);
}

TEST(DeskLint, HasTheWarningsOfTheOtherChecks) {
    ConfigFolder folder;
    write_config_folder(folder.path(), "school", Overwriting::refused);
    EXPECT_THAT(findings(folder.path()),
                Contains(HasSubstr("warning calendar.toml:18 the hours of \"October half-term\"")));
}

}  // namespace
}  // namespace bellhop::daemon
