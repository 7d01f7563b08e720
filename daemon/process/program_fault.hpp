// Which exceptions tell of a fault of the program, or of a want of memory: of nothing that a mail,
// a server or a person did.
#pragma once

#include <exception>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <typeinfo>
#include <variant>

namespace bellhop::daemon {

/// Whoever catches one lets it through: the process ends, and the service manager starts it afresh.
inline bool is_program_fault(const std::exception& error) {
    const auto is = [&error]<class... Faults>() {
        return ((dynamic_cast<const Faults*>(&error) != nullptr) || ...);
    };
    return is.template operator()<std::logic_error, std::bad_alloc, std::bad_optional_access,
                                  std::bad_variant_access, std::bad_cast, std::bad_function_call>();
}

}  // namespace bellhop::daemon
