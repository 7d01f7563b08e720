#include "parsers/encoding/smime_envelope.hpp"

#include <string>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

using namespace std::string_literals;

/// A value of DER with its length (X.690 section 8.1.3).
std::string der(char tag, const std::string& content) {
    std::string all{tag};
    if (content.size() < 128) {
        all += static_cast<char>(content.size());
    } else {
        all += '\x82';
        all += static_cast<char>(content.size() >> 8U);
        all += static_cast<char>(content.size() & 0xFFU);
    }
    return all + content;
}

/// The same in BER, whose length is where it ends.
std::string ber(char tag, const std::string& content) {
    return tag + "\x80"s + content + "\0\0"s;
}

const std::string signed_data = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"s;
const std::string enveloped_data = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"s;
const std::string data = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"s;
const std::string version = "\x02\x01\x01"s;
const std::string no_set = "\x31\x00"s;

std::string signed_der(const std::string& words) {
    const std::string inner = der('\x30', data + der('\xA0', der('\x04', words)));
    return der('\x30', signed_data + der('\xA0', der('\x30', version + no_set + inner + no_set)));
}

/// In pieces, as programs write that stream.
std::string signed_ber(const std::string& first, const std::string& second) {
    const std::string words = ber('\x24', der('\x04', first) + der('\x04', second));
    const std::string inner = ber('\x30', data + ber('\xA0', words));
    return ber('\x30', signed_data + ber('\xA0', ber('\x30', version + no_set + inner + no_set)));
}

TEST(SmimeEnvelope, OpensWhatIsOnlySigned) {
    const SmimeEnvelope opened = open_smime(signed_der("Content-Type: text/plain\r\n\r\nHello"));
    EXPECT_EQ(opened.kind, SmimeKind::signed_content);
    EXPECT_EQ(opened.content, "Content-Type: text/plain\r\n\r\nHello");
    EXPECT_EQ(open_smime(signed_der(std::string(3000, 'x'))).content, std::string(3000, 'x'));
}

TEST(SmimeEnvelope, OpensBerInPieces) {
    const SmimeEnvelope opened = open_smime(signed_ber("Hello, ", "world"));
    EXPECT_EQ(opened.kind, SmimeKind::signed_content);
    EXPECT_EQ(opened.content, "Hello, world");
}

TEST(SmimeEnvelope, KnowsWhatItCannotOpen) {
    const std::string recipients = no_set;
    const std::string hidden = der('\x30', data + der('\x30', "\x06\x01\x2A"s));
    const std::string enveloped =
        der('\x30', enveloped_data + der('\xA0', der('\x30', version + recipients + hidden)));
    EXPECT_EQ(open_smime(enveloped).kind, SmimeKind::encrypted);
    const std::string inner = der('\x30', data);
    EXPECT_EQ(open_smime(der('\x30', signed_data + der('\xA0', der('\x30', version + no_set +
                                                                               inner + no_set))))
                  .kind,
              SmimeKind::other)
        << "certificates alone";
}

TEST(SmimeEnvelope, FailsOnNothing) {
    const std::string whole = signed_der("words");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(open_smime(whole.substr(0, size)).content, "") << size;
    EXPECT_EQ(open_smime("no envelope at all").kind, SmimeKind::unknown);
    EXPECT_EQ(open_smime(std::string(10'000, '\x30')).kind, SmimeKind::unknown);
}

}  // namespace
}  // namespace bellhop::parsers
