#include "rules/mail/other_gateway.hpp"

#include <algorithm>

#include "parsers/header/address.hpp"
#include "parsers/text/ascii.hpp"

namespace bellhop::rules {
namespace {

std::string domain_of(std::string_view address) {
    return parsers::lower_case(address.substr(std::min(address.rfind('@'), address.size())));
}

bool is_own(const std::string& address, const std::vector<std::string>& own_addresses) {
    return std::find(own_addresses.begin(), own_addresses.end(), parsers::address_key(address)) !=
           own_addresses.end();
}

bool is_own_domain(const std::string& domain, const std::vector<std::string>& own_addresses) {
    return std::any_of(own_addresses.begin(), own_addresses.end(),
                       [&domain](const std::string& own) { return domain_of(own) == domain; });
}

bool goes_to_neighbours(const parsers::Message& message,
                        const std::vector<std::string>& own_addresses) {
    for (const auto* list : {&message.to, &message.cc}) {
        for (const parsers::Address& one : *list) {
            const bool is_near = is_own_domain(domain_of(one.address), own_addresses);
            if (is_near && !is_own(one.address, own_addresses)) return true;
        }
    }
    return false;
}

bool has_written_before(const std::string& sender,
                        const std::vector<Claim>& claims,
                        const std::vector<Candidate>& candidates) {
    return std::any_of(claims.begin(), claims.end(), [&](const Claim& claim) {
        return claim.kind == ClaimKind::reference &&
               std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& one) {
                   return one.claim == claim.value && one.sender == sender;
               });
    });
}

}  // namespace

std::string sign_of_another_gateway(const parsers::Message& message,
                                    const std::vector<Claim>& claims,
                                    const std::vector<Candidate>& candidates,
                                    const std::vector<std::string>& own_addresses) {
    const bool is_a_persons = message.kind == parsers::MessageKind::human && message.from;
    if (!is_a_persons || goes_to_neighbours(message, own_addresses)) return {};
    const std::string sender = parsers::address_key(message.from->address);
    const auto foreign = std::find_if(claims.begin(), claims.end(), [&](const Claim& claim) {
        return claim.kind == ClaimKind::forged_token &&
               is_own_domain(domain_of(claim.value), own_addresses);
    });
    if (sender.empty() || foreign == claims.end()) return {};
    return has_written_before(sender, claims, candidates) ? foreign->value : std::string{};
}

}  // namespace bellhop::rules
