#include "parsers/domain_name.hpp"

#include <algorithm>
#include <memory>

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include "parsers/ascii.hpp"

namespace bellhop::parsers {

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

}  // namespace bellhop::parsers
