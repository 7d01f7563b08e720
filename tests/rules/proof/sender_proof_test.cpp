#include "rules/proof/sender_proof.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parsers/message/parse_message.hpp"

namespace bellhop::rules {
namespace {

/// A header, and what is proved by it. tests/data/sender_proof/*.txt hold them, each below a line
/// "=== LEVEL PROVIDER ID why"; an ID of "-" is none. other_servers.txt was written after the
/// rules, and not with them.
struct Block {
    std::string level = {};
    ProofPolicy policy = {};
    std::string why = {};
    std::string header = {};
};

void read_blocks_of(const char* name, std::vector<Block>& blocks) {
    std::ifstream file{std::string{BELLHOP_TEST_DATA} + "/sender_proof/" + name};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("=== ")) {
            std::istringstream words{line.substr(4)};
            Block& block = blocks.emplace_back();
            std::string provider;
            std::string id;
            words >> block.level >> provider >> id;
            std::getline(words, block.why);
            block.policy.provider = provider_named(provider).value();
            if (id != "-") block.policy.authserv_ids = {id};
        } else if (!line.empty()) {
            blocks.back().header += line + "\r\n";
        }
    }
}

std::vector<Block> read_blocks() {
    std::vector<Block> blocks;
    read_blocks_of("blocks.txt", blocks);
    read_blocks_of("other_servers.txt", blocks);
    return blocks;
}

SenderProof proof_of(const std::string& header, const ProofPolicy& policy) {
    return sender_proof(parsers::parse_message(header + "\r\nHello.\r\n"), policy);
}

std::string id_of(const Block& block) {
    return block.policy.authserv_ids.empty() ? std::string{} : block.policy.authserv_ids.front();
}

bool is_trusting(ProofLevel level) {
    return level == ProofLevel::proved || level == ProofLevel::inside;
}

/// `header` with `field` directly before or behind its From field.
std::string with_field(const std::string& header, const std::string& field, bool behind) {
    const std::size_t from = header.find("\r\nFrom:");
    if (from == std::string::npos) return header + field + "\r\n";
    std::size_t at = from + 2;
    while (behind) {
        at = header.find("\r\n", at) + 2;
        if (at >= header.size() || (header[at] != ' ' && header[at] != '\t')) break;
    }
    return header.substr(0, at) + field + "\r\n" + header.substr(at);
}

TEST(SenderProof, IsWhatOurOwnServersSay) {
    const std::vector<Block> blocks = read_blocks();
    ASSERT_GE(blocks.size(), 220U);
    for (const Block& block : blocks) {
        const SenderProof proof = proof_of(block.header, block.policy);
        EXPECT_EQ(to_text(proof.level), block.level) << block.why << ": " << proof.reason;
        EXPECT_FALSE(proof.reason.empty()) << block.why;
        EXPECT_TRUE(!proof.address.empty() || !is_trusting(proof.level)) << block.why;
    }
}

// Whatever a sender writes below his own From makes nothing of it better, and nothing worse.
TEST(SenderProof, TakesNoWordOfTheSenderForOurs) {
    for (const Block& block : read_blocks()) {
        const SenderProof before = proof_of(block.header, block.policy);
        const std::string verdict = "dmarc=pass header.from=" + before.address;
        for (const std::string& field :
             {"Authentication-Results: " + verdict,
              "Authentication-Results: mx.google.com; " + verdict,
              "Authentication-Results: " + id_of(block) + "; " + verdict,
              "Authentication-Results: " + id_of(block) + "; dmarc=fail",
              std::string{"X-MS-Exchange-CrossTenant-AuthAs: Internal"},
              std::string{"ARC-Authentication-Results: i=1; mx.google.com; dmarc=pass"}}) {
            EXPECT_EQ(proof_of(with_field(block.header, field, true), block.policy), before)
                << block.why << ": " << field;
        }
    }
}

TEST(SenderProof, KnowsNobodyWhereFromIsNotOneAddress) {
    for (const Block& block : read_blocks()) {
        for (const char* field :
             {"From: other@evil.example", "from : Other <other@evil.example>"}) {
            for (const bool behind : {false, true}) {
                const SenderProof proof =
                    proof_of(with_field(block.header, field, behind), block.policy);
                if (block.header.find("\r\nFrom:") == std::string::npos) continue;
                EXPECT_EQ(proof.level, ProofLevel::unknown) << block.why;
                EXPECT_EQ(proof.address, "") << block.why;
            }
        }
    }
}

// What one kind of server writes proves nothing at another.
TEST(SenderProof, NeedsTheServersThatBroughtTheMail) {
    using enum MailProvider;
    for (const Block& block : read_blocks()) {
        for (const MailProvider provider : {rfc8601, microsoft365, google}) {
            if (provider == block.policy.provider) continue;
            const SenderProof proof = proof_of(block.header, {provider, {"mx.elsewhere.example"}});
            EXPECT_EQ(proof.level, ProofLevel::unknown) << block.why;
        }
    }
}

TEST(SenderProof, NeedsAHeader) {
    using enum MailProvider;
    for (const MailProvider provider : {rfc8601, microsoft365, google}) {
        EXPECT_EQ(proof_of("", {provider, {"mx.school.example"}}).level, ProofLevel::unknown);
        EXPECT_EQ(proof_of("From: a@b.example\r\n", {provider, {"mx.school.example"}}).level,
                  ProofLevel::unknown);
    }
}

}  // namespace
}  // namespace bellhop::rules
