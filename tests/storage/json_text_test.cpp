#include "storage/json_text.hpp"

#include "tests/storage/store_fixture.hpp"

namespace bellhop::storage {
namespace {

TEST(JsonText, WritesArraysAndObjects) {
    EXPECT_EQ(to_json(std::vector<std::string>{}), "[]");
    EXPECT_EQ(to_json(std::vector<std::string>{"a", ""}), R"(["a",""])");
    EXPECT_EQ(to_json(TextPairs{}), "{}");
    EXPECT_EQ(to_json(TextPairs{{"to", "resolved"}, {"why", "a \"b\" \\ \n"}}),
              R"({"to":"resolved","why":"a \"b\" \\ \u000a"})");
}

TEST(JsonText, ReadsWhatItHasWritten) {
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    const std::vector<std::string> texts{"", hostile_text, every_byte, "\\", "\\u0000", "\","};
    EXPECT_EQ(texts_of_json(to_json(texts)), texts);
    const TextPairs pairs{{"", ""}, {hostile_text, every_byte}, {"same", "1"}, {"same", "2"}};
    EXPECT_EQ(pairs_of_json(to_json(pairs)), pairs);
    EXPECT_EQ(texts_of_json("[]"), std::vector<std::string>{});
    EXPECT_EQ(pairs_of_json("{}"), TextPairs{});
}

TEST(JsonText, RefusesAnythingElse) {
    for (const char* text : {"", "[", "]", "{}", "null", "[\"a\"", "[\"a]", "[\"a\",]", "[\"a\"]x",
                             "[\"\\", "[\"\\n\"]", "[\"\\u0\"]", "[\"\\u00zz\"]", "[1]"}) {
        EXPECT_THROW(texts_of_json(text), DatabaseError) << text;
    }
    for (const char* text :
         {"", "[]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":\"b\"", "{\"a\":\"b\",}", "{\"a\":1}"}) {
        EXPECT_THROW(pairs_of_json(text), DatabaseError) << text;
    }
}

TEST_F(StoreTest, JsonTextIsJsonToSqlite) {
    Statement valid = database.prepare("SELECT json_valid(?1), json_extract(?2, '$.to')",
                                       to_json(std::vector<std::string>{"a\x01\"\\\n", "é"}),
                                       to_json(TextPairs{{"to", "resolved"}}));
    ASSERT_TRUE(valid.step());
    EXPECT_EQ(valid.integer(0), 1);
    EXPECT_EQ(valid.text(1), "resolved");
}

}  // namespace
}  // namespace bellhop::storage
