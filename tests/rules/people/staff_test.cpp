#include "rules/people/staff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StaffTest : public testing::Test {
protected:
    StaffTest() {
        people_.technicians = {{"Tess", "tess@desk.example", {"network"}, false, {}},
                               {"Sam", "sam@desk.example", {"network", "desk"}, true, {}}};
        people_.teams = {{"network", "network@desk.example", {}, {}},
                         {"desk", "help@desk.example", {}, {}}};
        staff_ = {&people_, "Sam", {"help@desk.example"}};
        ticket_.team = "network";
        ticket_.assignee = "Tess";
    }

    std::vector<std::string> told(const std::vector<std::string>& whom) const {
        return staff_addresses(staff_, ticket_, whom);
    }

    People people_;
    Staff staff_;
    Ticket ticket_;
};

TEST_F(StaffTest, KnowsTheWordsOfTheLadder) {
    EXPECT_THAT(told({"assignee", "team", "manager", "head@school.example"}),
                ElementsAre("tess@desk.example", "network@desk.example", "sam@desk.example",
                            "head@school.example"));
}

TEST_F(StaffTest, TellsANameFromASlipOfThePen) {
    people_.contacts = {{"Helen", "head@hill.example", "Hill", true, true, false, {}}};
    for (const char* name : {"assignee", "team", "manager", "slt", "nominated contact",
                             "head@school.example", "Tess", "network", "Helen"}) {
        EXPECT_TRUE(is_somebody(people_, name)) << name;
    }
    EXPECT_FALSE(is_somebody(people_, "mangaer"));
    EXPECT_FALSE(is_somebody(people_, ""));
}

TEST_F(StaffTest, FindsTheGroupsOfTheTicketsSchool) {
    people_.contacts = {{"Helen", "head@hill.example", "Hill", true, true, false, {}},
                        {"Olive", "office@hill.example", "Hill", true, false, false, {}},
                        {"Diana", "deputy@dale.example", "Dale", true, true, false, {}}};
    ticket_.school = "Hill";
    EXPECT_THAT(told({"slt"}), ElementsAre("head@hill.example"));
    EXPECT_THAT(told({"nominated contact"}),
                ElementsAre("head@hill.example", "office@hill.example"));
    EXPECT_THAT(told({"pupil"}), IsEmpty());
}

TEST_F(StaffTest, TellsTheTeamWhereNoManagerIsNamed) {
    staff_.manager.clear();
    EXPECT_THAT(told({"manager"}), ElementsAre("network@desk.example"));
}

TEST_F(StaffTest, TellsEverybodyOnce) {
    ticket_.assignee = "Sam";
    EXPECT_THAT(told({"assignee", "manager"}), ElementsAre("sam@desk.example"));
}

TEST_F(StaffTest, GoesUpWhereThereIsNobody) {
    ticket_.assignee = "Nobody Known";
    EXPECT_THAT(told({"assignee"}), ElementsAre("network@desk.example"));
    ticket_.team.clear();
    EXPECT_THAT(told({"assignee"}), ElementsAre("sam@desk.example"));
    staff_.manager.clear();
    EXPECT_THAT(told({"assignee"}), ElementsAre("sam@desk.example")) << "a senior";
    people_.technicians[1].senior = false;
    EXPECT_THAT(told({"assignee"}), ElementsAre("tess@desk.example", "sam@desk.example"));
    people_.technicians.clear();
    EXPECT_THAT(told({"assignee"}), IsEmpty());
}

TEST_F(StaffTest, NamesWhoseYesIsWaitedFor) {
    people_.contacts = {{"Helen", "head@hill.example", "Hill", true, true, false, {}},
                        {"Olive", "office@hill.example", "Hill", true, false, false, {}}};
    EXPECT_EQ(approvers_in_words(&people_, "Hill", "nominated contact"), "Helen or Olive");
    EXPECT_EQ(approvers_in_words(&people_, "Hill", "slt"), "Helen");
    EXPECT_EQ(approvers_in_words(&people_, "Hill", "Diana"), "Diana");
    EXPECT_EQ(approvers_in_words(&people_, "", "nominated contact"),
              "a nominated contact of your school")
        << "no name to a stranger";
    EXPECT_EQ(approvers_in_words(&people_, "", "Diana"), "somebody of the desk");
    EXPECT_EQ(approvers_in_words(nullptr, "Hill", "slt"), "the leadership of your school");
    EXPECT_EQ(approvers_in_words(&people_, "Hill", ""), "the desk");
}

TEST_F(StaffTest, KnowsInWhoseNameSomebodyOfTheDeskWrites) {
    people_.contacts = {{"Helen", "head@hill.example", "Hill", true, true, false, {}}};
    const auto name = [this](const char* address) { return name_at_desk(staff_, address); };
    EXPECT_EQ(name("TESS@desk.example"), "Tess");
    EXPECT_EQ(name("Network@desk.example"), "network");
    EXPECT_EQ(name("sam@desk.example"), "Sam");
    EXPECT_EQ(name("help@desk.example"), "") << "the desk itself, though a team is called by it";
    EXPECT_EQ(name("head@hill.example"), "");
    EXPECT_EQ(name("boss@elsewhere.example"), "");
    EXPECT_EQ(name(""), "");
    staff_.manager = "Helen";
    EXPECT_EQ(name("head@hill.example"), "Helen");
    staff_.manager = "boss@elsewhere.example";
    EXPECT_EQ(name("Boss@elsewhere.example"), "boss@elsewhere.example");
    staff_.people = nullptr;
    EXPECT_EQ(name("boss@elsewhere.example"), "boss@elsewhere.example");
    EXPECT_EQ(name("tess@desk.example"), "");
    staff_.manager = "help@desk.example";
    EXPECT_EQ(name("help@desk.example"), "");
    staff_.manager.clear();
    EXPECT_EQ(name(""), "");
}

/// A technician whose address is the desk's mailbox: a desk of one.
TEST_F(StaffTest, NamesTheTechnicianBehindTheDesksOwnAddress) {
    people_.technicians.push_back({"Una", "help@desk.example", {}, false, {}});
    EXPECT_EQ(name_at_desk(staff_, "help@desk.example"), "Una");
}

/// What is sent to whoever a name means is read by him, and what he writes is in that name.
TEST_F(StaffTest, LeadsFromANameToItsAddressAndBack) {
    people_.contacts = {{"Helen", "head@hill.example", "Hill", true, true, false, {}}};
    for (const char* manager : {"Sam", "Helen", "network", "boss@elsewhere.example"}) {
        staff_.manager = manager;
        for (const char* address : {"tess@desk.example", "sam@desk.example", "network@desk.example",
                                    "head@hill.example", "boss@elsewhere.example"}) {
            const std::string name = name_at_desk(staff_, address);
            EXPECT_EQ(is_of_the_desk(staff_, address), !name.empty()) << address;
            if (name.empty()) continue;
            EXPECT_THAT(people_.addresses_of(name), ElementsAre(address)) << manager;
        }
    }
}

TEST_F(StaffTest, CountsTheDesksOwnAddressesToTheDesk) {
    EXPECT_TRUE(is_of_the_desk(staff_, "Help@desk.example"));
    EXPECT_FALSE(is_of_the_desk(staff_, "head@hill.example"));
    EXPECT_FALSE(is_of_the_desk(staff_, ""));
}

TEST_F(StaffTest, FindsThoseWhoWorkSideBySide) {
    EXPECT_THAT(colleagues(staff_, ticket_), ElementsAre("tess@desk.example", "sam@desk.example"));
    ticket_.team = "desk";
    EXPECT_THAT(colleagues(staff_, ticket_), ElementsAre("sam@desk.example"));
    ticket_.team = "nobody";
    EXPECT_THAT(colleagues(staff_, ticket_), ElementsAre("tess@desk.example", "sam@desk.example"));
    people_.technicians[0].address = "help@desk.example";
    EXPECT_THAT(colleagues(staff_, ticket_), ElementsAre("sam@desk.example"));
    staff_.people = nullptr;
    EXPECT_THAT(colleagues(staff_, ticket_), IsEmpty());
}

TEST_F(StaffTest, NeverWritesToTheDeskItself) {
    ticket_.team = "desk";
    EXPECT_THAT(told({"team", "Help@Desk.example"}), ElementsAre("sam@desk.example"));
    EXPECT_TRUE(is_own_address(staff_, "HELP@desk.example"));
}

TEST_F(StaffTest, KnowsAddressesWithoutPeople) {
    staff_.people = nullptr;
    ticket_.assignee = "tess@desk.example";
    EXPECT_THAT(told({"assignee", "team"}), ElementsAre("tess@desk.example"));
}

}  // namespace
}  // namespace bellhop::rules
