#include "storage/facts.hpp"

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

class FactsTest : public StoreTest {
protected:
    Facts facts{database};
};

TEST_F(FactsTest, RemembersByName) {
    EXPECT_EQ(facts.find("digest"), "");
    facts.set("digest", "one");
    facts.set("digest", hostile_text);
    facts.set("other", "two");
    EXPECT_EQ(facts.find("digest"), hostile_text);
    EXPECT_EQ(facts.find("other"), "two");
}

TEST_F(FactsTest, SurvivesTheProcess) {
    facts.set("digest", "one");
    Database again{file};
    EXPECT_EQ(Facts{again}.find("digest"), "one");
}

}  // namespace
}  // namespace bellhop::storage
