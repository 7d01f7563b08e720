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

TEST_F(FactsTest, ListsThoseOfOneKind) {
    for (const char* name : {"a", "a/", "a/x", "a/%", "a/y/z", "a0", "b/x"}) facts.set(name, name);
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(facts.below("a/"), (Pairs{{"", "a/"}, {"%", "a/%"}, {"x", "a/x"}, {"y/z", "a/y/z"}}));
    facts.forget("a/x");
    facts.forget("never there");
    EXPECT_EQ(facts.below("a/").size(), 3U);
    EXPECT_EQ(facts.find("b/x"), "b/x");
    EXPECT_EQ(facts.below("c"), Pairs{});
}

TEST_F(FactsTest, SurvivesTheProcess) {
    facts.set("digest", "one");
    Database again{file};
    EXPECT_EQ(Facts{again}.find("digest"), "one");
}

}  // namespace
}  // namespace bellhop::storage
