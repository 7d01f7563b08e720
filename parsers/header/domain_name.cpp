#include "parsers/header/domain_name.hpp"

#include <algorithm>
#include <memory>

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/uspoof.h>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

struct SpoofCheckerClose {
    void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using SpoofChecker = std::unique_ptr<USpoofChecker, SpoofCheckerClose>;

/// UTS 39 section 5.2, as browsers ask it of the names that they show.
SpoofChecker spoof_checker() {
    UErrorCode status = U_ZERO_ERROR;
    SpoofChecker checker{uspoof_open(&status)};
    if (U_FAILURE(status)) return nullptr;
    uspoof_setRestrictionLevel(checker.get(), USPOOF_HIGHLY_RESTRICTIVE);
    uspoof_setChecks(checker.get(),
                     USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
    return U_FAILURE(status) ? nullptr : std::move(checker);
}

/// Whether `label` can be taken for another one: for its scripts, or because all of it looks like
/// ASCII, as \u0430\u0440\u0440\u04cf\u0435 does.
bool may_deceive(const USpoofChecker& checker, const std::string& label) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(label);
    if (uspoof_checkUnicodeString(&checker, text, nullptr, &status) != 0) return true;
    icu::UnicodeString skeleton;
    uspoof_getSkeletonUnicodeString(&checker, 0, text, skeleton, &status);
    if (U_FAILURE(status)) return true;
    for (std::int32_t i = 0; i < skeleton.length(); ++i) {
        if (skeleton.charAt(i) > 0x7f) return false;
    }
    return true;
}

/// The U-label of an A-label; nullopt where there is none that may be shown.
std::optional<std::string> unicode_label(std::string_view label) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna{icu::IDNA::createUTS46Instance(
        UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI |
            UIDNA_CHECK_CONTEXTJ | UIDNA_CHECK_CONTEXTO,
        status)};
    if (U_FAILURE(status) || !idna) return std::nullopt;
    std::string result;
    icu::StringByteSink<std::string> sink{&result};
    icu::IDNAInfo info;
    idna->labelToUnicodeUTF8({label.data(), static_cast<std::int32_t>(label.size())}, sink, info,
                             status);
    if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
    const SpoofChecker checker = spoof_checker();
    if (!checker || may_deceive(*checker, result)) return std::nullopt;
    return result;
}

/// A label as DNS has it, in lower case; empty where it is none.
std::string comparable_label(std::string_view label) {
    const std::string name = lower_case(ascii_domain(label).value_or(""));
    const bool is_foreign = std::any_of(label.begin(), label.end(), is_octet_8bit);
    const bool is_label = std::all_of(name.begin(), name.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || c == '-' || c == '_';
    });
    return is_label && (!is_foreign || name.starts_with("xn--")) ? name : "";
}

}  // namespace

std::optional<std::string> comparable_domain(std::string_view domain) {
    constexpr std::size_t longest = 255;  // RFC 1035 section 2.3.4
    if (domain.size() > longest || domain.find('.') == std::string_view::npos) return std::nullopt;
    std::string name;
    for (std::size_t start = 0; start <= domain.size();) {
        const std::size_t dot = std::min(domain.find('.', start), domain.size());
        const std::string label = comparable_label(domain.substr(start, dot - start));
        if (label.empty()) return std::nullopt;
        name += (name.empty() ? "" : ".") + label;
        start = dot + 1;
    }
    return name;
}

bool is_subdomain(std::string_view name, std::string_view domain) {
    return name.size() > domain.size() && name.ends_with(domain) &&
           name[name.size() - domain.size() - 1] == '.';
}

std::optional<std::string> ascii_domain(std::string_view domain) {
    if (std::none_of(domain.begin(), domain.end(), is_octet_8bit)) return std::string{domain};
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::IDNA> idna{icu::IDNA::createUTS46Instance(
        UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI, status)};
    if (U_FAILURE(status) || !idna) return std::nullopt;
    std::string result;
    icu::StringByteSink<std::string> sink{&result};
    icu::IDNAInfo info;
    const icu::StringPiece name{domain.data(), static_cast<std::int32_t>(domain.size())};
    idna->nameToASCII_UTF8(name, sink, info, status);
    if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
    return result;
}

std::string readable_domain(std::string_view domain) {
    constexpr std::string_view prefix = "xn--";  // RFC 5890 section 2.3.2.5
    constexpr std::size_t longest = 255;         // RFC 1035 section 2.3.4
    if (domain.size() > longest) return std::string{domain};
    std::string readable;
    while (!domain.empty()) {
        const std::size_t dot = std::min(domain.find('.'), domain.size());
        const std::string_view label = domain.substr(0, dot);
        const std::optional<std::string> shown =
            starts_with_ignoring_case(label, prefix) ? unicode_label(label) : std::nullopt;
        readable += shown ? std::string_view{*shown} : label;
        if (dot < domain.size()) readable += '.';
        domain.remove_prefix(std::min(dot + 1, domain.size()));
    }
    return readable;
}

std::string readable_address(std::string_view address) {
    const std::size_t at = address.rfind('@');
    if (at == std::string_view::npos) return std::string{address};
    return std::string{address.substr(0, at + 1)} + readable_domain(address.substr(at + 1));
}

}  // namespace bellhop::parsers
