#include "rules/access/credential_end.hpp"

#include <algorithm>
#include <array>

namespace bellhop::rules {
namespace {

using std::chrono::days;
using std::chrono::sys_seconds;

constexpr std::array stages{60, 30, 14, 7, 3, 1, 0};  // days that are left

std::int64_t stage_of(days left) {
    return std::count_if(stages.begin(), stages.end(),
                         [left](int stage) { return left <= days{stage}; });
}

std::string headline_of(const std::string& kind, const std::string& name, days left, bool ended) {
    const std::string what = "the " + kind + " of [oauth." + name + "] ";
    if (ended) return what + "has ended";
    if (left == days{0}) return what + "ends within a day";
    return what + "ends in " + std::to_string(left.count()) + (left == days{1} ? " day" : " days");
}

}  // namespace

std::optional<EndingCredential> ending_credential(const std::string& name,
                                                  const std::vector<CredentialEnd>& credentials,
                                                  sys_seconds now) {
    const CredentialEnd* last = nullptr;
    for (const CredentialEnd& one : credentials) {
        if (!one.ends) return std::nullopt;
        if (last == nullptr || *one.ends > *last->ends) last = &one;
    }
    if (last == nullptr) return std::nullopt;
    const sys_seconds ends = *last->ends;
    const days left = std::chrono::floor<days>(ends - now);
    const sys_seconds told_from = ends - days{stages.front()};
    if (now < told_from) return std::nullopt;
    return EndingCredential{last->kind, ends, told_from, stage_of(left),
                            headline_of(last->kind, name, left, now >= ends)};
}

}  // namespace bellhop::rules
