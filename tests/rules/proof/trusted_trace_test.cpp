#include "rules/proof/trusted_trace.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

using parsers::HeaderField;
using Fields = std::vector<HeaderField>;
using enum MailOrigin;

const HeaderField border{"Received",
                         "from out.a.example (out.a.example [192.0.2.1]) by "
                         "mx.hill.example (Postfix)"};
const HeaderField to_store{"Received", "from mx.hill.example by store.hill.example with LMTP"};
const HeaderField results{"Authentication-Results", "mx.hill.example; none"};
const HeaderField senders{"Received", "from pc by out.a.example"};
const HeaderField from{"From", "a@a.example"};

TEST(TraceOfDomain, EndsBelowTheHopThatTookTheMailFromAStranger) {
    const std::vector<std::string> id{"mx.hill.example"};
    EXPECT_EQ(trace_of_domain({border, results, senders, from}, id), (TrustedTrace{outside, 2}));
    EXPECT_EQ(trace_of_domain({results, border, from}, id), (TrustedTrace{outside, 2}));
    EXPECT_EQ(trace_of_domain({to_store, border, results, from}, id), (TrustedTrace{outside, 3}));
    EXPECT_EQ(trace_of_domain({border, {"DKIM-Signature", "v=1"}, results}, id),
              (TrustedTrace{outside, 1}));
    EXPECT_EQ(trace_of_domain({to_store, results, senders, from}, id),
              (TrustedTrace{not_known, 2}));
    EXPECT_EQ(trace_of_domain({to_store, results, from}, id), (TrustedTrace{inside, 2}));
    const HeaderField begun{"Received", "by mx.hill.example (Postfix, from userid 33)"};
    EXPECT_EQ(trace_of_domain({begun, results, from}, id), (TrustedTrace{inside, 0}));
    EXPECT_EQ(trace_of_domain({to_store, results, begun, results, from}, id),
              (TrustedTrace{inside, 2}));
    EXPECT_EQ(trace_of_domain({results, senders, border}, id), (TrustedTrace{not_known, 0}));
    EXPECT_EQ(trace_of_domain({from, border, results}, id), TrustedTrace{});
    EXPECT_EQ(trace_of_domain({results, from}, id), TrustedTrace{});
    EXPECT_EQ(trace_of_domain({}, id), TrustedTrace{});
}

TEST(TraceOfDomain, KnowsOwnHostsByTheDomainOfTheId) {
    struct Case {
        const char* id;
        const char* by;
        bool is_ours;
    };
    const std::vector<Case> cases{{"mx.hill.example", "mx.hill.example", true},
                                  {"mx.hill.example", "MX2.HILL.example", true},
                                  {"mx.hill.example", "hill.example", true},
                                  {"mx.hill.example", "localhost", true},
                                  {"hill.example", "mx.hill.example", true},
                                  {"m\u00f8x.example", "xn--mx-lka.example", true},
                                  {"mail", "mail", true},
                                  {"mail", "mail.evil.example", false},
                                  {"hill.example", "mx.other.example", false},
                                  {"mx.hill.example", "mx.nothill.example", false},
                                  {"mx.hill.example", "mx.hill.example.evil.example", false},
                                  {"hill.sch.uk", "evil.sch.uk", false},
                                  {"mx.hill.sch.uk", "store.hill.sch.uk", true}};
    for (const Case& each : cases) {
        const Fields fields{{"Received", std::string{"from x.example by "} + each.by}, from};
        EXPECT_EQ(trace_of_domain(fields, {each.id}).origin == outside, each.is_ours)
            << each.id << ' ' << each.by;
    }
}

TEST(TraceOfDomain, BelievesNoNameThatAHostGivesItself) {
    struct Case {
        const char* from;
        MailOrigin origin;
    };
    const std::vector<Case> cases{{"from mx.hill.example", inside},
                                  {"from mx.hill.example (mx.hill.example [192.0.2.9])", inside},
                                  {"from mx.hill.example (unknown [10.0.0.1])", inside},
                                  {"from mx.hill.example ([10.0.0.1])", inside},
                                  {"from localhost (localhost [127.0.0.1])", inside},
                                  {"", inside},
                                  {"from mx.hill.example (evil.example [192.0.2.9])", outside},
                                  {"from mx.hill.example (evil.example [10.0.0.1])", outside},
                                  {"from mx.hill.example (unknown [192.0.2.9])", outside},
                                  {"from mx.hill.example ([192.0.2.9])", outside},
                                  {"from mx.hill.example (mx.hill.example [192.0.2.9] (may be "
                                   "forged))",
                                   outside},
                                  {"from evil.example ([192.0.2.9] helo=mx.hill.example)", outside},
                                  {"from", not_known}};
    for (const Case& each : cases) {
        const Fields fields{{"Received", std::string{each.from} + " by mx.hill.example"}, from};
        EXPECT_EQ(trace_of_domain(fields, {"mx.hill.example"}).origin, each.origin) << each.from;
    }
}

TEST(TraceAtMicrosoft, TellsTheEdgeFromASignedInClient) {
    const HeaderField inner{"Received",
                            "from A.prod.outlook.com (2603:10a6::1) by "
                            "B.prod.outlook.com with HTTPS"};
    const HeaderField edge{"Received",
                           "from a.example (192.0.2.1) by X.mail.protection.outlook.com"};
    const HeaderField client{"Received",
                             "from pc (192.0.2.1) by A.prod.outlook.com (2603:10a6::1)"};
    const HeaderField liar{"Received",
                           "from A.prod.outlook.com (192.0.2.1) by "
                           "X.mail.protection.outlook.com"};
    const HeaderField tenant{"Received",
                             "from a.outbound.protection.outlook.com (2603:10a6::1) by "
                             "X.mail.protection.outlook.com"};
    EXPECT_EQ(trace_at_microsoft({inner, results, edge, from}), (TrustedTrace{outside, 2}));
    EXPECT_EQ(trace_at_microsoft({inner, results, liar, from}), (TrustedTrace{outside, 2}));
    EXPECT_EQ(trace_at_microsoft({inner, tenant, from}), (TrustedTrace{outside, 1}));
    EXPECT_EQ(trace_at_microsoft({inner, client, senders, from}).origin, inside);
    EXPECT_EQ(trace_at_microsoft({inner, from}).origin, inside);
    EXPECT_EQ(trace_at_microsoft({inner, senders, from}).origin, not_known);
    EXPECT_EQ(trace_at_microsoft({senders, inner, edge}).origin, not_known);
}

TEST(TraceAtGoogle, BeginsAtItsOwnEdge) {
    const HeaderField inner{"Received", "by 2002:a05:6000::1 with SMTP id a"};
    const HeaderField edge{"Received", "from a.example (a.example. [192.0.2.1]) by mx.google.com"};
    const HeaderField client{"Received", "from [10.0.0.1] ([192.0.2.1]) by smtp.gmail.com"};
    EXPECT_EQ(trace_at_google({inner, edge, results, senders}), (TrustedTrace{outside, 3}));
    EXPECT_EQ(trace_at_google({inner, client, results, edge}), TrustedTrace{});
    EXPECT_EQ(trace_at_google({inner, from}), TrustedTrace{});
    EXPECT_EQ(trace_at_google({senders, edge}), TrustedTrace{});
}

TEST(ExchangeOnline, IsAHostThatOnlyMicrosoftHas) {
    for (const char* host :
         {"lo2p1.gbrp1.prod.outlook.com", "x.mail.protection.outlook.com",
          "a.outlook.office365.com", "x.eop-eur03.prod.protection.outlook.com"}) {
        EXPECT_TRUE(is_exchange_online(host)) << host;
    }
    for (const char* host :
         {"prod.outlook.com", "x.outbound.protection.outlook.com", "outlook.com",
          "xprod.outlook.com", "x.prod.outlook.com.evil.example", "a b.prod.outlook.com", ""}) {
        EXPECT_FALSE(is_exchange_online(host)) << host;
    }
}

}  // namespace
}  // namespace bellhop::rules
