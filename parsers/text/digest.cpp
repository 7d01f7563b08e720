#include "parsers/text/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "parsers/text/ensure.hpp"

namespace bellhop::parsers {
namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

// A digest that was not computed would be 32 zero bytes: every mail would be the same mail, and
// anybody could make our tokens. OpenSSL fails where a provider is missing or memory is gone.

Sha256 sha256(std::string_view bytes) {
    Sha256 digest{};
    unsigned length = 0;
    ensure(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) ==
           1);
    ensure(length == digest.size());
    return digest;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
    Sha256 digest{};
    unsigned length = 0;
    ensure(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(bytes), bytes.size(),
                digest.data(), &length) != nullptr);
    ensure(length == digest.size());
    return digest;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) >> 4];
        text += digits[static_cast<unsigned char>(byte) & 15];
    }
    return text;
}

std::string hex(const Sha256& digest) {
    return hex(std::string_view{reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string base32(std::string_view bytes) {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::string text;
    unsigned buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8 | static_cast<unsigned char>(byte)) & 0xffff;
        for (bits += 8; bits >= 5; bits -= 5) text += alphabet[buffer >> (bits - 5) & 31];
    }
    if (bits > 0) text += alphabet[buffer << (5 - bits) & 31];
    return text;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace bellhop::parsers
