// Telephone numbers that a reader can press.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::rules {

/// What stands behind "tel:" for a number as people write it (RFC 3966 section 3): "+441214960000"
/// of "+44 (0)121 496 0000", "01632960123;ext=4" of "01632 960 123 ext 4".
std::string phone_link(std::string_view number);

}  // namespace bellhop::rules
