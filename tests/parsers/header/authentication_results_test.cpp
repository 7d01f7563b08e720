#include "parsers/header/authentication_results.hpp"

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

/// One line of a field: "id | method=result property=value ..."; "?" where it is not understood.
std::string told(std::string_view body) {
    const AuthenticationResults read = parse_authentication_results(body);
    std::string text = read.authserv_id + (read.is_understood ? "" : "?");
    for (const AuthenticationResult& result : read.results) {
        text += " | " + result.method + (result.is_version_1 ? "=" : "/other=") + result.result;
        for (const auto& [name, value] : result.properties) {
            text.append(" ").append(name).append("=").append(value);
        }
    }
    return text;
}

struct Case {
    const char* body;
    const char* expected;
};

void expect_told(const std::vector<Case>& cases) {
    for (const Case& each : cases) EXPECT_EQ(told(each.body), each.expected) << each.body;
}

TEST(AuthenticationResults, ReadsTheGrammarOfTheStandard) {
    expect_told({
        {"mx.example.org; none", "mx.example.org"},
        {"mx.example.org 1; none", "mx.example.org"},
        {"\"mx.example.org\"; spf=pass", "mx.example.org | spf=pass"},
        {"(our) mx.example.org (really) 1 (one); spf=pass", "mx.example.org | spf=pass"},
        {"mx.example.org; spf=pass smtp.mailfrom=example.net",
         "mx.example.org | spf=pass smtp.mailfrom=example.net"},
        {"mx.example.org;\t dkim (checked) = (yes) pass reason = \"good; signature\" header . d = "
         "a.example header.i=@a.example",
         "mx.example.org | dkim=pass reason=good; signature header.d=a.example "
         "header.i=@a.example"},
        {"mx.example.org; DKIM/1 = Pass Header.D=A.example",
         "mx.example.org | dkim=pass "
         "header.d=A.example"},
        {"mx.example.org; spf=pass smtp.mailfrom=\"a b\"@x.example; dmarc=fail",
         "mx.example.org | spf=pass smtp.mailfrom=a b@x.example | dmarc=fail"},
        {"mx.example.org; dmarc/2=pass header.from=a.example",
         "mx.example.org | dmarc/other=pass header.from=a.example"},
    });
}

TEST(AuthenticationResults, ReadsWhatServersWrite) {
    expect_told({
        // Exchange Online: no id; older ones with the recipient's domain between the results.
        {"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=none (message not "
         "signed) "
         "header.d=none;dmarc=pass action=none header.from=a.example;compauth=pass reason=100",
         " | spf=pass smtp.mailfrom=a.example | dkim=none header.d=none | dmarc=pass action=none "
         "header.from=a.example | compauth=pass reason=100"},
        {"spf=pass smtp.mailfrom=a.example; b.example; dkim=pass header.d=a.example;b.example; "
         "dmarc=none",
         " | spf=pass smtp.mailfrom=a.example | dkim=pass header.d=a.example | dmarc=none"},
        // Yahoo, Amazon, an empty reverse-path, a base64 value, angle brackets.
        {"x.yahoo.example; dmarc=pass(p=REJECT,sp=NONE) header.from=a.example;",
         "x.yahoo.example | dmarc=pass header.from=a.example"},
        {"amazonses.example; spf=pass (spfCheck: a.example) client-ip=192.0.2.1; "
         "envelope-from=b@a.example; dmarc=pass",
         "amazonses.example | spf=pass client-ip=192.0.2.1 | dmarc=pass"},
        {"mx.example.org; spf=pass smtp.mailfrom= smtp.helo=a.example",
         "mx.example.org | spf=pass smtp.mailfrom= smtp.helo=a.example"},
        {"mx.example.org; dkim=pass header.b=x+/3fQ== header.d=a.example",
         "mx.example.org | dkim=pass header.b=x+/3fQ== header.d=a.example"},
        {"mx.example.org; spf=pass smtp.mailfrom=<a@b.example>;",
         "mx.example.org | spf=pass smtp.mailfrom=a@b.example"},
        {"mx.example.org; dkim=pass reason=\"2048 bit\"(secure) header.d=a.example",
         "mx.example.org | dkim=pass reason=2048 bit header.d=a.example"},
        {"", ""},
        {"mx.example.org;", "mx.example.org"},
    });
}

TEST(AuthenticationResults, UnderstandsNothingOfAFieldThatBreaksTheGrammarWhereItMatters) {
    expect_told({
        {"mx.example.org 2; dmarc=pass", "mx.example.org?"},
        {"mx.example.org x; dmarc=pass", "mx.example.org?"},
        {"mx.example.org dmarc=pass", "?"},
        {"mx.example.org; dmarc=pass (never closed", "?"},
        {"mx.example.org; dmarc=pass reason=\"never closed", "?"},
        {"mx.example.org; dmarc pass", "mx.example.org?"},
        {"mx.example.org; dmarc=", "mx.example.org?"},
        {"mx.example.org; dmarc=\"pass\"", "mx.example.org?"},
        {"mx.example.org; spf=pass smtp.mailfrom=a dmarc pass", "mx.example.org?"},
        {"mx.example.org; spf=pass smtp.mailfrom=a@b.example evil", "mx.example.org?"},
        // What does not speak of the sender may look as it likes.
        {"mx.example.org; x-odd = ; iprev = pass what ever; dmarc=pass",
         "mx.example.org | dmarc=pass"},
    });
}

// A local part in quotes may hold anything; servers have been seen to repeat it as it came.
TEST(AuthenticationResults, IsNotFooledByATextThatBreaksOutOfItsPlace) {
    expect_told({
        {"mx.example.org; spf=none (domain of \"a); dmarc=pass header.from=hill.example; "
         "x=(b\"@e.x "
         "is none) smtp.mailfrom=e.x",
         "?"},
        {"mx.example.org; spf=none reason=\"no \"a; dmarc=pass header.from=hill.example; b\"@e.x\"",
         "?"},
        {"mx.example.org; spf=none smtp.mailfrom=\"a; dmarc=pass header.from=hill.example\"@e.x",
         "mx.example.org | spf=none smtp.mailfrom=a; dmarc=pass header.from=hill.example@e.x"},
        {"mx.example.org; spf=none smtp.mailfrom=x\"; dmarc=pass\"", "?"},
        {"mx.example.org; spf=none (a) dmarc=pass) smtp.mailfrom=e.x", "?"},
        {"mx.example.org; spf=none (domain of a); dmarc=pass header.from=hill.example; (b@e.x) "
         "smtp.mailfrom=e.x",
         "mx.example.org?"},
        {"mx.example.org (; dmarc=pass header.from=hill.example;) ; dmarc=fail",
         "mx.example.org | dmarc=fail"},
    });
}

TEST(AuthenticationResults, AreBounded) {
    std::string body = "mx.example.org";
    for (std::size_t i = 0; i < max_results; ++i) body += "; x=pass";
    EXPECT_EQ(parse_authentication_results(body).results.size(), max_results);
    EXPECT_FALSE(parse_authentication_results(body + "; x=pass").is_understood);
    std::string result = "mx.example.org; dkim=pass";
    for (std::size_t i = 0; i <= max_properties; ++i) result += " a.b=c";
    EXPECT_FALSE(parse_authentication_results(result).is_understood);
}

}  // namespace
}  // namespace bellhop::parsers
