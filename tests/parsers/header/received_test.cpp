#include "parsers/header/received.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

struct Case {
    const char* body;
    Received expected;
};

TEST(Received, TellsWhoTookAMailFromWhom) {
    const std::vector<Case> cases{
        // Postfix, and its pickup service.
        {"from out.a.example (rdns.a.example [192.0.2.1]) (using TLSv1.3 with cipher X (256/256 "
         "bits)) (No client certificate requested) by MX.hill.example (Postfix) with ESMTPS id 4x "
         "for <it@hill.example>; Thu, 26 Nov 2026 13:57:50 +0000 (GMT)",
         {"out.a.example", {"rdns.a.example"}, {"192.0.2.1"}, "mx.hill.example"}},
        {"by out.a.example (Postfix, from userid 33) id 1; Thu, 26 Nov 2026 13:57:50 +0000",
         {std::nullopt, {}, {}, "out.a.example"}},
        {"from x (unknown [10.0.0.3]) by mx.hill.example (Postfix)",
         {"x", {"unknown"}, {"10.0.0.3"}, "mx.hill.example"}},
        // Gmail.
        {"from mail.a.example (mail.a.example. [192.0.2.1]) by mx.google.com with ESMTPS id z",
         {"mail.a.example", {"mail.a.example"}, {"192.0.2.1"}, "mx.google.com"}},
        {"by 2002:a05:6512:4866:b0:53a:594e:a1d0 with SMTP id b; Thu, 5 Nov 2026 02:38:08 -0800",
         {std::nullopt, {}, {}, "2002:a05:6512:4866:b0:53a:594e:a1d0"}},
        // Exchange, Exim, Sendmail, qmail, Dovecot.
        {"from A.prod.outlook.com ([fe80::1:2%6]) by B.prod.outlook.com ([fe80::3%2]) with mapi",
         {"a.prod.outlook.com", {}, {"fe80::1:2%6"}, "b.prod.outlook.com"}},
        {"from mail.a.example ([192.0.2.1]:4711 helo=liar.example) by mx.hill.example with esmtps",
         {"mail.a.example", {}, {"192.0.2.1"}, "mx.hill.example"}},
        {"from liar.example (a.example [192.0.2.1] (may be forged)) by mx.hill.example (8.17)",
         {"liar.example", {"a.example", "forged"}, {"192.0.2.1"}, "mx.hill.example"}},
        {"from unknown (HELO mail.a.example) (192.0.2.1) by mx.hill.example with SMTP",
         {"unknown", {}, {"192.0.2.1"}, "mx.hill.example"}},
        {"from mx.hill.example by store.hill.example with LMTP id v (envelope-from <a@b.example>)",
         {"mx.hill.example", {}, {}, "store.hill.example"}},
        {"from [IPv6:2001:db8::1] (x [IPv6:2001:db8::1]) by mx.hill.example",
         {"[ipv6:2001:db8::1]", {}, {"2001:db8::1"}, "mx.hill.example"}},
        // A host that calls itself "by", one that says nothing, and no field at all.
        {"from by (evil.example [192.0.2.1]) by mx.hill.example",
         {"by", {"evil.example"}, {"192.0.2.1"}, "mx.hill.example"}},
        {"from (evil.example [192.0.2.1]) by mx.hill.example",
         {"", {"evil.example"}, {"192.0.2.1"}, "mx.hill.example"}},
        {"from a.example; by mx.hill.example", {"a.example", {}, {}, ""}},
        {"(qmail 123 invoked by uid 0); 5 Nov 2026", {}},
        {"", {}},
    };
    for (const Case& each : cases) EXPECT_EQ(parse_received(each.body), each.expected) << each.body;
}

TEST(Received, IsNoneWhereParenthesesDoNotClose) {
    EXPECT_FALSE(parse_received("from x( (evil.example [192.0.2.1]) by mx.hill.example"));
    EXPECT_FALSE(parse_received("from x) (evil.example [192.0.2.1]) by mx.hill.example"));
}

TEST(PrivateAddress, IsOneThatNoStrangerHas) {
    for (const char* address : {"127.0.0.1", "10.255.0.1", "172.16.0.1", "172.31.9.9",
                                "192.168.1.2", "169.254.1.1", "::1", "fe80::1", "fd12:3456::1"}) {
        EXPECT_TRUE(is_private_address(address)) << address;
    }
    for (const char* address :
         {"192.0.2.1", "172.32.0.1", "172.15.0.1", "11.0.0.1", "10.0.0", "10.0.0.1.2", "10.0.0.256",
          "10.evil.example", "2001:db8::1", "fd::1", "fd12.example", "", "unknown"}) {
        EXPECT_FALSE(is_private_address(address)) << address;
    }
}

}  // namespace
}  // namespace bellhop::parsers
