// Domain names beyond ASCII (IDNA 2008, UTS 46).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellhop::parsers {

/// The name in A-labels, as DNS and servers without SMTPUTF8 know it: "b\u00fccher.example" is
/// "xn--bcher-kva.example". A name that is ASCII stays as it is. nullopt where no such name exists.
std::optional<std::string> ascii_domain(std::string_view domain);

/// The one spelling of a name by which two are compared: A-labels in lower case. nullopt for what
/// is no plain name of two labels or more: an address literal, an empty label, a dot at the end, or
/// a label beyond ASCII that stands for one in ASCII, as full-width letters do.
std::optional<std::string> comparable_domain(std::string_view domain);

/// Whether a name is one below `domain`, both in that spelling.
bool is_subdomain(std::string_view name, std::string_view domain);

/// The name as a person reads it: "xn--bcher-kva.example" is "b\u00fccher.example". A label stays
/// as it is where UTS 46 does not allow the other form, or where that could be taken for another
/// name (UTS 39: scripts that are not written together, letters that look like ASCII). For display
/// only: mail goes to the ASCII form.
std::string readable_domain(std::string_view domain);

/// An address with its domain in that form.
std::string readable_address(std::string_view address);

}  // namespace bellhop::parsers
