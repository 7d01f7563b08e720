// Any bytes from an IMAP server: no crash, no growth beyond the limits, and the same responses
// however the network splits the bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/protocol/imap_fetched.hpp"
#include "parsers/protocol/imap_response.hpp"
#include "parsers/protocol/imap_text.hpp"
#include "parsers/protocol/uid_set.hpp"

namespace {

using namespace bellhop::parsers;

constexpr ImapLimits limits{.line = 4096, .literals = 8, .kept = 1000, .promised = 100'000};

struct Outcome {
    std::vector<ImapResponse> responses = {};
    std::string fault = {};

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

void require(bool condition) {
    if (!condition) std::abort();
}

Outcome parse(std::string_view bytes, std::size_t piece) {
    using State = ImapResponseParser::State;
    Outcome outcome;
    ImapResponseParser parser{limits};
    while (!bytes.empty()) {
        std::string_view part = bytes.substr(0, piece);
        while (!part.empty()) {
            const ImapResponseParser::Step step = parser.feed(part);
            require(step.taken <= part.size());
            require(step.taken > 0);
            part.remove_prefix(step.taken);
            bytes.remove_prefix(step.taken);
            if (step.state == State::response) outcome.responses.push_back(parser.take());
            if (step.state == State::fault) {
                outcome.fault = parser.fault();
                return outcome;
            }
        }
    }
    return outcome;
}

std::size_t size_of(const ImapValue& value) {
    std::size_t size = value.text.size();
    for (const ImapValue& item : value.items) size += size_of(item);
    return size;
}

void look_at(const ImapResponse& response) {
    std::size_t size = response.text.size() + response.arguments.size();
    for (const ImapValue& value : response.values) size += size_of(value);
    require(size <= limits.line + limits.kept);
    reply_words(response, 100);
    code_words(response.arguments);
    const auto copied = parse_copyuid(response.arguments, 50);
    require(!copied || copied->here.size() <= 50);
    parse_internal_date(response.text);
    const auto uids = parse_uid_set(response.arguments, 50);
    require(!uids || uids->size() <= 50);
    fetched(response);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const Outcome whole = parse(bytes, size);
    for (const ImapResponse& response : whole.responses) look_at(response);
    require(parse(bytes, 1 + data[0] % 16) == whole);
    return 0;
}
