#include "parsers/config/known_name.hpp"

#include "parsers/config/diagnostic.hpp"
#include "parsers/text/ascii.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::parsers {
namespace {

constexpr std::size_t most_told = 30;  // names in a complaint

bool has_word_that_begins(std::string_view name, std::string_view typed) {
    for (std::size_t at = 0; at < name.size(); ++at) {
        const bool begins_word = at == 0 || name[at - 1] == ' ';
        if (begins_word && starts_with_ignoring_case(name.substr(at), typed)) return true;
    }
    return false;
}

template <class Fits>
std::vector<std::string> fitting(const std::vector<std::string>& known, const Fits& fits) {
    std::vector<std::string> found;
    for (const std::string& name : known) {
        if (fits(name)) found.push_back(name);
    }
    return found;
}

std::string unknown(const std::string& kind,
                    std::string_view typed,
                    const std::vector<std::string>& known) {
    std::string text = "there is no " + kind + " " + in_quotes(typed);
    if (known.empty()) return text;
    const std::vector<std::string> told(
        known.begin(),
        known.begin() + static_cast<std::ptrdiff_t>(std::min(known.size(), most_told)));
    text += "; there are: " + joined(told, ", ");
    if (told.size() < known.size()) text += ", and others";
    const std::string near = nearest(typed, known);
    return near.empty() ? text : text + "; did you mean " + in_quotes(near) + "?";
}

}  // namespace

KnownName known_name(const std::string& kind,
                     std::string_view typed,
                     const std::vector<std::string>& known) {
    if (contains(known, typed)) return {std::string{typed}, {}};
    if (typed.empty()) return {{}, unknown(kind, typed, known)};
    std::vector<std::string> found =
        fitting(known, [&](const std::string& name) { return equal_ignoring_case(name, typed); });
    if (found.empty()) {
        found = fitting(known,
                        [&](const std::string& name) { return has_word_that_begins(name, typed); });
    }
    if (found.size() == 1) return {found.front(), {}};
    if (found.empty()) return {{}, unknown(kind, typed, known)};
    return {{}, in_quotes(typed) + " can mean several: " + joined(found, ", ")};
}

}  // namespace bellhop::parsers
