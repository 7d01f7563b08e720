#include "daemon/imap/uid_sets.hpp"

#include "parsers/protocol/uid_set.hpp"

namespace bellhop::daemon {
namespace {

// Bytes of a set: RFC 7162 section 4 promises 8,192 a line.
constexpr std::size_t set_length = 4'000;

}  // namespace

std::vector<std::string> sets_of(const std::vector<MailUid>& uids) {
    std::vector<std::uint32_t> numbers;
    numbers.reserve(uids.size());
    for (const MailUid uid : uids) numbers.push_back(number(uid));
    return parsers::uid_sets(std::move(numbers), set_length);
}

}  // namespace bellhop::daemon
