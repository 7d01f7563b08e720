// How a person is spoken to, and of, whose mail program writes the name in its own way.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::rules {

/// "Jane" of "Hall, Jane" and of "HALL, Jane (Hill Primary)", "Mrs J Hall" of "Hall, Mrs J",
/// "Jane Hall" of "Jane Hall (School Office)". What is not a name so written stays as it is.
std::string greeting_name(std::string_view display_name);

/// How people speak of him: "Jane Hall" of "Hall, Jane (Hill Primary)".
std::string spoken_name(std::string_view display_name);

}  // namespace bellhop::rules
