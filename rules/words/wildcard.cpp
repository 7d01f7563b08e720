#include "rules/words/wildcard.hpp"

#include <cstddef>

namespace bellhop::rules {
namespace {

bool fits(char pattern, char c) {
    return pattern == '#' ? c >= '0' && c <= '9' : pattern == c;
}

bool is_domain_or_below(std::string_view domain, std::string_view address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos) return false;
    const std::string_view host = address.substr(at + 1);
    if (host == domain) return true;
    return host.size() > domain.size() && host.substr(host.size() - domain.size()) == domain &&
           host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

bool matches_wildcard(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;  // the last one passed
    std::size_t resume = 0;                     // where it may take one more
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && fits(pattern[p], text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool matches_address(std::string_view pattern, std::string_view address) {
    if (pattern.find('@') != std::string_view::npos) return matches_wildcard(pattern, address);
    if (pattern.find('*') == std::string_view::npos) return is_domain_or_below(pattern, address);
    const std::size_t at = address.rfind('@');
    return at != std::string_view::npos && matches_wildcard(pattern, address.substr(at + 1));
}

}  // namespace bellhop::rules
