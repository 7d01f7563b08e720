#include "daemon/orders/actor.hpp"

#include <gmock/gmock.h>

#include "tests/daemon/busy_desk.hpp"

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;

class Actors : public BusyDesk {};

TEST_F(Actors, ArePeopleOfTheDesk) {
    config_.write("people.toml", R"(
[[technician]]
name = "Tess Tech"
address = "tess@desk.example"
[[technician]]
name = "Tom Brown"
address = "tom@desk.example"
[[technician]]
name = "Raj Patel"
address = "raj@desk.example"
login = "u1042"
)");
    load();
    const std::vector<std::pair<std::string, std::string>> cases{
        {"tom", "agent Tom Brown"},       {"Tom", "agent Tom Brown"},
        {"Tom Brown", "agent Tom Brown"}, {"brown", "agent Tom Brown"},
        {"raj", "agent Raj Patel"},       {"u1042", "agent Raj Patel"},
        {"Tess Tech", "agent Tess Tech"}};
    for (const auto& [by, name] : cases) {
        EXPECT_EQ(actor_of(*desk_, by).name, name) << by;
        EXPECT_EQ(actor_of(*desk_, by).complaint, "");
    }
    for (const std::string by : {"root", "T", "Eve", "gateway", "tess@desk.example"}) {
        EXPECT_EQ(actor_of(*desk_, by).name, "") << by;
        EXPECT_THAT(actor_of(*desk_, by).complaint, HasSubstr("--as NAME"));
    }
}

TEST_F(Actors, AreTakenAsTheyAreWhereNobodyIsKnown) {
    EXPECT_EQ(actor_of(*desk_, "Eve").name, "agent Eve");
    EXPECT_THAT(actor_of(*desk_, "").complaint, HasSubstr("--as NAME"));
    EXPECT_THAT(actor_of(*desk_, "root").complaint, HasSubstr("--as NAME"));
}

}  // namespace
}  // namespace bellhop::daemon
