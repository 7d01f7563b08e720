// What there is to be told of a happening, before it is known whom.
#pragma once

#include <string>
#include <vector>

#include "rules/desk/happening.hpp"
#include "rules/people/staff.hpp"
#include "rules/ticket/occasion.hpp"

namespace bellhop::rules {

struct Cause {
    Occasion occasion = Occasion::notified;
    std::vector<std::string> whom =
        {};  ///< who was named: by a rule, as the approver, as the writer
    std::vector<std::string> also = {};  ///< besides those of [tell]
    std::string words = {};
    std::string why = {};
    bool wants_reader = false;  ///< somebody else has to read it, whoever [tell] names
};

/// Read off what was decided, in its order. Pure.
std::vector<Cause> causes_of(const Happening& happening, const Staff& staff);

}  // namespace bellhop::rules
