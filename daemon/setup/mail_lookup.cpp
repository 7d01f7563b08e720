#include "daemon/setup/mail_lookup.hpp"

#include <algorithm>
#include <array>

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

namespace bellhop::daemon {
namespace {

constexpr int patience = 2;  // seconds for a name server, doubled when it is asked again
constexpr int tries = 2;
constexpr int most_hosts = 50;
constexpr std::size_t largest_answer = 64 * 1024;  // bytes
constexpr std::size_t mx_length = 2;               // bytes before the name: the preference
constexpr std::size_t srv_length = 6;              // priority, weight, port

/// The name at `at` of a record, which may point to any other place of the message.
std::string name_at(const ns_msg& message, const unsigned char* at) {
    std::array<char, NS_MAXDNAME> name{};
    const int length = dn_expand(ns_msg_base(message), ns_msg_end(message), at, name.data(),
                                 static_cast<int>(name.size()));
    if (length < 0) return {};
    const std::string text = name.data();
    return text.empty() ? "." : text;
}

class Resolver {
public:
    Resolver() : is_ready_(res_ninit(&state_) == 0) {
        state_.retrans = patience;
        state_.retry = tries;
    }
    ~Resolver() { res_nclose(&state_); }
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// Nothing is asked any more once no name server has answered.
    std::vector<rules::NamedHost> ask(const std::string& name, NamedBy kind) {
        if (!is_ready_) return {};
        std::string answer(largest_answer, '\0');
        const int length = res_nquery(
            &state_, name.c_str(), ns_c_in, kind == NamedBy::mx ? ns_t_mx : ns_t_srv,
            reinterpret_cast<unsigned char*>(answer.data()), static_cast<int>(answer.size()));
        if (length < 0) {
            is_ready_ = state_.res_h_errno != TRY_AGAIN;
            return {};
        }
        answer.resize(std::min(static_cast<std::size_t>(length), answer.size()));
        return named_hosts(answer, kind);
    }

private:
    struct __res_state state_ = {};
    bool is_ready_;
};

}  // namespace

std::vector<rules::NamedHost> named_hosts(std::string_view answer, NamedBy kind) {
    std::vector<rules::NamedHost> hosts;
    ns_msg message{};
    const auto* bytes = reinterpret_cast<const unsigned char*>(answer.data());
    if (ns_initparse(bytes, static_cast<int>(answer.size()), &message) != 0) return hosts;
    const std::size_t before_name = kind == NamedBy::mx ? mx_length : srv_length;
    for (int i = 0; i < ns_msg_count(message, ns_s_an) && i < most_hosts; ++i) {
        ns_rr record{};
        if (ns_parserr(&message, ns_s_an, i, &record) != 0) return {};
        const bool is_wanted = ns_rr_type(record) == (kind == NamedBy::mx ? ns_t_mx : ns_t_srv);
        if (!is_wanted || ns_rr_rdlen(record) <= before_name) continue;
        const unsigned char* data = ns_rr_rdata(record);
        rules::NamedHost host;
        host.preference = static_cast<std::uint16_t>(ns_get16(data));
        if (kind == NamedBy::srv) host.port = static_cast<std::uint16_t>(ns_get16(data + 4));
        host.host = name_at(message, data + before_name);
        if (!host.host.empty()) hosts.push_back(std::move(host));
    }
    return hosts;
}

rules::MailDns look_up_mail(const std::string& domain) {
    Resolver resolver;
    rules::MailDns dns;
    dns.exchangers = resolver.ask(domain, NamedBy::mx);
    dns.imaps = resolver.ask("_imaps._tcp." + domain, NamedBy::srv);
    dns.submissions = resolver.ask("_submissions._tcp." + domain, NamedBy::srv);
    dns.submission = resolver.ask("_submission._tcp." + domain, NamedBy::srv);
    return dns;
}

}  // namespace bellhop::daemon
