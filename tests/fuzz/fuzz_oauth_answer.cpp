// Any bytes from a token endpoint, and what a mail server offers and answers to a login with a
// token.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/encoding/base64.hpp"
#include "parsers/protocol/jwt.hpp"
#include "parsers/protocol/sasl_bearer.hpp"
#include "parsers/protocol/service_account_key.hpp"
#include "parsers/protocol/token_answer.hpp"

namespace {

using namespace bellhop::parsers;

void require(bool condition) {
    if (!condition) std::abort();
}

/// Whatever it is, it goes into a log of one line.
void require_line(std::string_view text) {
    require(text.size() < 1'000);
    for (const char c : text) require(static_cast<unsigned char>(c) >= ' ' && c != 0x7f);
}

/// A token goes into a command as it is.
void require_token(std::string_view text) {
    require(text.size() <= 16 * 1024);
    for (const char c : text) require(c > ' ' && c < 0x7f);
}

void look_at(const TokenRefusal& refusal) {
    require_line(refusal.code);
    require_line(refusal.words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    for (const int status : {200, 400}) {
        const TokenAnswer token = read_token_answer(status, bytes);
        require(token.is_granted() == (token.refusal == TokenRefusal{}));
        require_token(token.access_token);
        require_token(token.refresh_token);
        require(!token.is_granted() || token.lifetime.count() > 0);
        look_at(token.refusal);
        const DeviceAnswer device = read_device_answer(status, bytes);
        require(!device.is_granted() || device.interval.count() >= 1);
        require_token(device.device_code);
        require_line(device.user_code);
        require_line(device.address);
        look_at(device.refusal);
    }
    for (const LoginOffer& offer : {imap_login_offer(bytes), smtp_login_offer(bytes)}) {
        require_line(offer.mechanisms);
    }
    require_line(challenge_words(bytes));
    require_line(challenge_words(encode_base64(bytes)));
    require(decode_base64url(encode_base64url(bytes)) == bytes);
    static_cast<void>(decode_base64url(bytes));
    if (const auto claims = claims_of(bytes)) {
        for (const std::string& right : claims->rights) require_line(right);
    }
    static_cast<void>(claims_of("e30." + encode_base64url(bytes) + ".x"));
    require_line(read_service_account_key(bytes).complaint);
    return 0;
}
