// What lies in an application/pkcs7-mime part (RFC 8551): a signed mail is only wrapped, an
// encrypted one cannot be read.
#pragma once

#include <string>
#include <string_view>

namespace bellhop::parsers {

enum class SmimeKind {
    unknown,  ///< no CMS structure that is known, or a broken one
    signed_content,
    encrypted,  ///< enveloped or authenticated-enveloped
    other       ///< certificates alone, compressed data
};

struct SmimeEnvelope {
    SmimeKind kind = SmimeKind::unknown;
    std::string content = {};  ///< the signed MIME entity, bytes; only of signed_content
};

/// Takes the envelope off, in DER or BER, without verifying anything. The object identifier
/// (RFC 5652 section 3) says what it is: parameters of the part's header are often missing. Never
/// fails.
SmimeEnvelope open_smime(std::string_view bytes);

}  // namespace bellhop::parsers
