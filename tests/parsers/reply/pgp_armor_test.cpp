#include "parsers/reply/pgp_armor.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/reply/reply_text.hpp"
#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

const std::string head = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n";
const std::string signature =
    "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n=aBcD\n-----END PGP SIGNATURE-----\n";

std::size_t size_at(const std::string& text, std::size_t at = 0) {
    const std::string low = folded(text);
    return armor_at(text_lines(text, low), at);
}

TEST(PgpArmor, IsAHeadASignatureOrAKey) {
    EXPECT_EQ(size_at(head), 2U);
    EXPECT_EQ(size_at(signature), 5U);
    EXPECT_EQ(size_at("words\n" + signature, 1), 5U);
    EXPECT_EQ(
        size_at("-----BEGIN PGP PUBLIC KEY BLOCK-----\nx\n-----END PGP PUBLIC KEY BLOCK-----"), 3U);
}

TEST(PgpArmor, IsNothingElse) {
    EXPECT_EQ(size_at("-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----"), 0U);
    EXPECT_EQ(size_at("-----BEGIN PGP SIGNATURE-----\nits end is missing\n"), 0U);
    EXPECT_EQ(size_at("words"), 0U);
}

TEST(PgpArmor, GoesFromASignedMailWithTheSignatureOfItsWriter) {
    const ReplyParts parts =
        split_reply(head + "The board is dark.\n\n- -- \nAnn Lee\n01632 960001\n" + signature,
                    {.answers = false});
    EXPECT_EQ(parts.reply, "The board is dark.");
    EXPECT_EQ(parts.pieces.front().kind, PieceKind::boilerplate);
    EXPECT_EQ(parts.pieces.back().kind, PieceKind::boilerplate);
}

TEST(PgpArmor, StaysWhereItIsAllThatAMailSays) {
    EXPECT_EQ(split_reply(signature).reply, signature.substr(0, signature.size() - 1));
}

}  // namespace
}  // namespace bellhop::parsers
