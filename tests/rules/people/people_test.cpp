#include "rules/people/people.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

const std::string file_text = R"([[school]]
name = "Hill"
domains = ["hill.example.org"]
plan = "Base"
calendar = "north"
[[team]]
name = "MIS"
[[technician]]
name = "Tom"
address = "tom@desk.example.org"
teams = ["MIS"]
[[contact]]
name = "Head"
address = "Head@hill.example.org"
school = "Hill"
nominated = true
slt = true
[groups]
pupil = ["##*@hill.example.org"]
parent = ["*@families.hill.example.org"]
monitoring = ["alerts@*"]
)";

People people() {
    auto loaded = load_people("people.toml", file_text);
    EXPECT_TRUE(loaded.has_value());
    return loaded.has_value() ? std::move(*loaded) : People{};
}

std::string complaints(const std::string& text) {
    const auto loaded = load_people("people.toml", text);
    if (loaded.has_value()) return "none";
    std::string all;
    for (const parsers::Diagnostic& each : loaded.error()) all += parsers::render(each, text);
    return all;
}

TEST(People, TellsWhoWrites) {
    const People known = people();
    EXPECT_EQ(known.sender("head@HILL.example.org"),
              (Sender{"Hill", "Base", "north", {"nominated contact", "slt", "staff"}}));
    EXPECT_EQ(known.sender("ann@hill.example.org"), (Sender{"Hill", "Base", "north", {"staff"}}));
    EXPECT_EQ(known.sender("14ann@hill.example.org"), (Sender{"Hill", "Base", "north", {"pupil"}}));
    EXPECT_EQ(known.sender("mum@families.hill.example.org"),
              (Sender{"Hill", "Base", "north", {"parent"}}));
    EXPECT_EQ(known.sender("tom@desk.example.org"), (Sender{"", "", "", {"technician"}}));
    EXPECT_EQ(known.sender("alerts@ups.example.net"), (Sender{"", "", "", {"monitoring"}}));
    EXPECT_EQ(known.sender("x@nothill.example.org"), (Sender{"", "", "", {"unknown"}}));
    EXPECT_EQ(known.sender(""), (Sender{"", "", "", {"unknown"}}));
}

TEST(People, FindsByName) {
    const People known = people();
    EXPECT_EQ(known.technician("Tom")->teams, (std::vector<std::string>{"MIS"}));
    EXPECT_EQ(known.team("Other"), nullptr);
    EXPECT_EQ(known.school("Hill")->plan, "Base");
}

TEST(People, SaysWhatIsWrong) {
    EXPECT_EQ(complaints("[[school]]\nname = \"A\"\ndomains = [\"a.org\"]\n[[school]]\nname = "
                         "\"A\"\ndomains = [\"a.org\"]\n"),
              "people.toml:4:1: error: two schools are named \"A\"\n"
              "    4 | [[school]]\n"
              "      | ^~~~~~~~~~\n"
              "people.toml:6:12: error: \"a.org\" belongs to \"A\" already\n"
              "    6 | domains = [\"a.org\"]\n"
              "      |            ^~~~~~~\n");
    EXPECT_EQ(complaints("[[technician]]\nname = \"T\"\naddress = \"t\"\nteams = "
                         "[\"MSI\"]\n[[team]]\nname = \"MIS\"\n"),
              "people.toml:3:11: error: \"t\" is not an address\n"
              "    3 | address = \"t\"\n"
              "      |           ^~~\n"
              "      = for example: address = \"office@school.example.org\"\n"
              "people.toml:4:10: error: unknown team \"MSI\"\n"
              "    4 | teams = [\"MSI\"]\n"
              "      |          ^~~~~\n"
              "      = did you mean \"MIS\"?\n");
    EXPECT_EQ(complaints("[[technician]]\nname = \"T\"\naddress = \"t@d.org\"\nlogin = \"t\"\n"
                         "[[technician]]\nname = \"U\"\naddress = \"u@d.org\"\nlogin = \"t\"\n"),
              "people.toml:5:1: error: two technicians have the login \"t\"\n"
              "    5 | [[technician]]\n"
              "      | ^~~~~~~~~~~~~~\n");
    EXPECT_EQ(complaints("[groups]\npupils = [\"*@p.org\"]\nparent = [\"families\"]\n"),
              "people.toml:2:1: error: unknown group \"pupils\"\n"
              "    2 | pupils = [\"*@p.org\"]\n"
              "      | ^~~~~~\n"
              "      = did you mean \"pupil\"?\n"
              "people.toml:3:11: error: \"families\" is neither an address nor a domain\n"
              "    3 | parent = [\"families\"]\n"
              "      |           ^~~~~~~~~~\n"
              "      = for example: \"*@pupils.example.org\", \"##*@hill.example.org\"\n");
    EXPECT_EQ(complaints("[nominated_contacts]\nat_least = 4\nat_most = 2\n"),
              "people.toml:3:11: error: \"at_most\" is less than \"at_least\"\n"
              "    3 | at_most = 2\n"
              "      |           ^\n");
}

TEST(People, WantsNamesAddressesAndDomains) {
    EXPECT_EQ(complaints("[[school]]\ndomains = \"hill\"\n[[team]]\n[[technician]]\n[[contact]]\n"),
              "people.toml:1:1: error: missing key \"name\"\n"
              "    1 | [[school]]\n"
              "      | ^~~~~~~~~~\n"
              "      = for example: name = \"Hill Primary\"\n"
              "people.toml:2:11: error: \"hill\" is not a domain\n"
              "    2 | domains = \"hill\"\n"
              "      |           ^~~~~~\n"
              "      = for example: \"hill.example.org\"\n"
              "people.toml:3:1: error: missing key \"name\"\n"
              "    3 | [[team]]\n"
              "      | ^~~~~~~~\n"
              "      = for example: name = \"network\"\n"
              "people.toml:4:1: error: missing key \"name\"\n"
              "    4 | [[technician]]\n"
              "      | ^~~~~~~~~~~~~~\n"
              "      = for example: name = \"Ann Example\"\n"
              "people.toml:4:1: error: missing key \"address\"\n"
              "    4 | [[technician]]\n"
              "      | ^~~~~~~~~~~~~~\n"
              "      = for example: address = \"ann@desk.example.org\"\n"
              "people.toml:5:1: error: missing key \"name\"\n"
              "    5 | [[contact]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: name = \"Joe Example\"\n"
              "people.toml:5:1: error: missing key \"address\"\n"
              "    5 | [[contact]]\n"
              "      | ^~~~~~~~~~~\n"
              "      = for example: address = \"head@hill.example.org\"\n");
    EXPECT_EQ(complaints("[[contact]]\nname = \"J\"\naddress = \"j@a.org\"\nschool = \"Hill\"\n"
                         "[groups]\nteachers = \"*@a.org\"\n"),
              "people.toml:4:10: error: unknown school \"Hill\"\n"
              "    4 | school = \"Hill\"\n"
              "      |          ^~~~~~\n"
              "      = it must stand in this file as [[school]]\n"
              "people.toml:6:1: error: unknown group \"teachers\"\n"
              "    6 | teachers = \"*@a.org\"\n"
              "      | ^~~~~~~~\n"
              "      = expected one of: staff, nominated_contact, slt, technician, parent, pupil, "
              "monitoring\n");
}

TEST(People, WantsANominatedContactInTheSlt) {
    const std::string text = file_text + "[nominated_contacts]\none_in_slt = true\n";
    auto known = load_people("people.toml", text);
    ASSERT_TRUE(known.has_value());
    for (Contact& contact : known->contacts) contact.slt = false;
    std::string all;
    for (const parsers::Diagnostic& each : lint_people(*known, "people.toml", 2026y / 11 / 25))
        all += parsers::render(each, text);
    EXPECT_EQ(all,
              "people.toml:1:1: warning: no nominated contact of \"Hill\" is in the SLT\n"
              "    1 | [[school]]\n"
              "      | ^~~~~~~~~~\n"
              "      = one of them must be a member of the senior leadership team: slt = true\n");
}

TEST(People, WatchesNominatedContacts) {
    const std::string text = file_text +
                             "[nominated_contacts]\nat_least = 2\nat_most = 4\none_in_slt = "
                             "true\nreviewed = 2025-09-01\n";
    const auto loaded = load_people("people.toml", text);
    ASSERT_TRUE(loaded.has_value());
    std::string all;
    for (const parsers::Diagnostic& each : lint_people(*loaded, "people.toml", 2026y / 11 / 25)) {
        all += parsers::render(each, text);
    }
    EXPECT_EQ(all,
              "people.toml:1:1: warning: \"Hill\" has 1 nominated contact\n"
              "    1 | [[school]]\n"
              "      | ^~~~~~~~~~\n"
              "      = the agreement wants 2 to 4\n"
              "people.toml:1:1: warning: the list of contacts has not been reviewed for a year\n"
              "    1 | [[school]]\n"
              "      | ^\n"
              "      = ask the schools, then set reviewed in [nominated_contacts] to the day\n");
}

TEST(People, WantsNoMoreNominatedContactsThanAgreed) {
    const std::string text = file_text +
                             "[[contact]]\nname = \"Bo\"\nschool = \"Hill\"\n"
                             "address = \"bo@hill.test\"\nnominated = true\n"
                             "[nominated_contacts]\nat_least = 1\nat_most = 1\n"
                             "reviewed = 2026-09-01\n";
    const auto loaded = load_people("people.toml", text);
    ASSERT_TRUE(loaded.has_value());
    std::string all;
    for (const parsers::Diagnostic& each : lint_people(*loaded, "people.toml", 2026y / 11 / 25)) {
        all += parsers::render(each, text);
    }
    EXPECT_EQ(all,
              "people.toml:1:1: warning: \"Hill\" has 2 nominated contacts\n"
              "    1 | [[school]]\n"
              "      | ^~~~~~~~~~\n"
              "      = the agreement wants 1 to 1\n");
}

}  // namespace
}  // namespace bellhop::rules
