#include "parsers/encoding/smime_envelope.hpp"

#include <memory>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/objects.h>

namespace bellhop::parsers {
namespace {

constexpr std::size_t largest = 64U * 1024 * 1024;  // bytes; more than any mail server takes

using Envelope = std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)>;

/// OpenSSL keeps its errors for the thread; nobody else is to find them.
Envelope read_envelope(std::string_view bytes) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of OpenSSL
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
    const std::unique_ptr<BIO, decltype(&BIO_free)> source{
        BIO_new_mem_buf(begin, static_cast<int>(bytes.size())), BIO_free};
    Envelope envelope{source ? d2i_CMS_bio(source.get(), nullptr) : nullptr, CMS_ContentInfo_free};
    ERR_clear_error();
    return envelope;
}

std::string signed_content(CMS_ContentInfo* envelope) {
    ASN1_OCTET_STRING** content = CMS_get0_content(envelope);
    ERR_clear_error();
    if (content == nullptr || *content == nullptr) return {};
    const int size = ASN1_STRING_length(*content);
    if (size <= 0) return {};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the interface of OpenSSL
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(*content)),
            static_cast<std::size_t>(size)};
}

SmimeKind kind_of(const CMS_ContentInfo* envelope) {
    switch (OBJ_obj2nid(CMS_get0_type(envelope))) {
        case NID_pkcs7_signed:
            return SmimeKind::signed_content;
        case NID_pkcs7_enveloped:
        case NID_id_smime_ct_authEnvelopedData:
        case NID_pkcs7_encrypted:
            return SmimeKind::encrypted;
        default:
            return SmimeKind::other;
    }
}

}  // namespace

SmimeEnvelope open_smime(std::string_view bytes) {
    if (bytes.empty() || bytes.size() > largest) return {};
    const Envelope envelope = read_envelope(bytes);
    if (!envelope) return {};
    SmimeEnvelope opened{kind_of(envelope.get()), {}};
    if (opened.kind != SmimeKind::signed_content) return opened;
    opened.content = signed_content(envelope.get());
    // Only certificates travel in a signature without content.
    if (opened.content.empty()) opened.kind = SmimeKind::other;
    return opened;
}

}  // namespace bellhop::parsers
