#include "rules/rule/property_table.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "rules/rule/mail_facts.hpp"

namespace bellhop::rules {
namespace {

using Names = std::vector<std::string>;

TEST(PropertyTable, HasEachPropertyOnceInItsPlace) {
    std::set<std::string> names;
    const auto& table = property_table();
    for (std::size_t i = 0; i < table.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(table[i].property), i) << table[i].name;
        EXPECT_TRUE(names.insert(table[i].name).second) << table[i].name;
        EXPECT_EQ(table[i].known == KnownValues::listed, !table[i].listed.empty()) << table[i].name;
        EXPECT_EQ(&entry_of(table[i].property), &table[i]);
    }
}

TEST(PropertyTable, ReadsOnlyValuesThatItLists) {
    // A mail about which nothing is known has values, too, and they can be asked for.
    for (const PropertyEntry& entry : property_table()) {
        if (entry.known != KnownValues::listed) continue;
        for (const std::string& value : entry.values(MailFacts{}, Decision{})) {
            EXPECT_NE(std::find(entry.listed.begin(), entry.listed.end(), value),
                      entry.listed.end())
                << entry.name << ": " << value;
        }
    }
}

TEST(PropertyTable, ReadsWhatIsKnownOfAMail) {
    MailFacts facts;
    facts.kind = parsers::MessageKind::bounce;
    facts.content = parsers::MessageContent::image_only;
    facts.context.arrival = Arrival::follow_up;
    facts.context.school = "Oak Lane";
    facts.context.open = true;
    facts.context.date = std::chrono::year_month_day{std::chrono::year{2026} / 12 / 1};
    facts.attachments = {{.name = "a.pdf", .type = "application/pdf"}};
    Decision so_far;
    so_far.outcome.tags = {"net"};
    so_far.marks = {"seen"};
    const auto read = [&](Property property) { return entry_of(property).values(facts, so_far); };
    EXPECT_EQ(read(Property::kind), Names{"bounce"});
    EXPECT_EQ(read(Property::content), Names{"image only"});
    EXPECT_EQ(read(Property::arrival), Names{"follow-up"});
    EXPECT_EQ(read(Property::school), Names{"Oak Lane"});
    EXPECT_EQ(read(Property::hours), Names{"open"});
    EXPECT_EQ(read(Property::weekday), Names{"tuesday"});
    EXPECT_EQ(read(Property::attachment_type), Names{"application/pdf"});
    EXPECT_EQ(read(Property::tagged), Names{"net"});
    EXPECT_EQ(read(Property::marked), Names{"seen"});
    EXPECT_EQ(read(Property::evidence), Names{});
}

TEST(PropertyTable, KnowsWhatEarlierRulesMayChange) {
    for (const Property property : {Property::priority, Property::tagged, Property::marked})
        EXPECT_TRUE(is_decided_by_rules(property)) << name_of(property);
    for (const Property property : {Property::school, Property::kind, Property::proposed})
        EXPECT_FALSE(is_decided_by_rules(property)) << name_of(property);
}

}  // namespace
}  // namespace bellhop::rules
