// What conditions ask by name: one table says for each how the rules file calls it, which values it
// may have, and how it is read.
#pragma once

#include <string>
#include <vector>

#include "rules/rule/decision.hpp"
#include "rules/rule/mail_facts.hpp"
#include "rules/rule/property.hpp"

namespace bellhop::rules {

/// Who says what values a property may have.
enum class KnownValues {
    any,         ///< nobody: whatever is written may stand there
    listed,      ///< the table
    priorities,  ///< the desk
    evidence,    ///< the rules: names of what they weigh
};

struct PropertyEntry {
    Property property = Property::arrival;
    const char* name = "";
    KnownValues known = KnownValues::any;
    std::vector<std::string> listed = {};  ///< where `known` says so
    /// Whether earlier rules may have changed it before a later one looks.
    bool is_decided_by_rules = false;
    /// Whether a mail has exactly one value of it: two of them never meet.
    bool is_single = false;
    /// The values that the mail has.
    std::vector<std::string> (*values)(const MailFacts& facts, const Decision& so_far) = nullptr;
};

/// Every property once, in the order in which conditions are looked at: what is quick to tell
/// comes first.
const std::vector<PropertyEntry>& property_table();

const PropertyEntry& entry_of(Property property);

/// How the rules file names a property.
std::string name_of(Property property);

/// Whether earlier rules may have changed it before a later one looks: priority, tags, marks.
bool is_decided_by_rules(Property property);

}  // namespace bellhop::rules
