#include "parsers/message/mime_tree.hpp"

#include <random>

#include <gtest/gtest.h>

#include "parsers/message/message_limits.hpp"

namespace bellhop::parsers {
namespace {

struct Line {
    int depth = 0;
    bool is_multipart = false;
};

Outline outline_with(const std::vector<Line>& lines) {
    Outline outline;
    for (const Line& line : lines) {
        OutlinePart part;
        part.depth = line.depth;
        part.is_multipart = line.is_multipart;
        outline.parts.push_back(std::move(part));
    }
    return outline;
}

/// What the tree must be: each part below the last multipart that is one level higher.
MimeNode expected_tree(const std::vector<Line>& lines, std::size_t& at) {
    MimeNode node{at, {}};
    const int depth = lines[at].depth;
    for (++at; at < lines.size() && lines[at].depth > depth;)
        node.children.push_back(expected_tree(lines, at));
    return node;
}

MimeNode expected_tree(const std::vector<Line>& lines) {
    std::size_t at = 0;
    return expected_tree(lines, at);
}

TEST(MimeTree, OfALonePartIsThePart) {
    EXPECT_EQ(tree_of(outline_with({{0, false}})), (MimeNode{0, {}}));
}

TEST(MimeTree, NestsPartsAsTheirDepthsSay) {
    const std::vector<Line> lines{{0, true},  {1, true}, {2, false}, {2, true}, {3, false},
                                  {1, false}, {1, true}, {2, false}, {1, false}};
    EXPECT_EQ(tree_of(outline_with(lines)),
              (MimeNode{0, {{1, {{2, {}}, {3, {{4, {}}}}}}, {5, {}}, {6, {{7, {}}}}, {8, {}}}}));
}

TEST(MimeTree, NestsAsDeepAsAMailMay) {
    std::vector<Line> lines;
    for (int depth = 0; depth < MessageLimits{}.nesting; ++depth) lines.push_back({depth, true});
    lines.push_back({MessageLimits{}.nesting, false});
    EXPECT_EQ(tree_of(outline_with(lines)), expected_tree(lines));
}

TEST(MimeTree, IsRightForAnyShape) {
    std::mt19937 random{7};
    for (int round = 0; round < 300; ++round) {
        std::vector<Line> lines{{0, true}};
        const std::size_t parts = 2 + random() % 40;
        while (lines.size() < parts) {
            const Line& last = lines.back();
            const int deepest = last.is_multipart ? last.depth + 1 : last.depth;
            const int depth = 1 + static_cast<int>(random() % static_cast<unsigned>(deepest));
            lines.push_back({depth, random() % 3 == 0});
        }
        EXPECT_EQ(tree_of(outline_with(lines)), expected_tree(lines)) << "round " << round;
    }
}

/// An outline that no mail can have: nothing may be lost of it.
TEST(MimeTree, LosesNoPartWhereTheDepthsMakeNoTree) {
    const std::vector<Line> lines{{0, false}, {1, false}, {1, false}};
    EXPECT_EQ(tree_of(outline_with(lines)), (MimeNode{0, {{1, {}}, {2, {}}}}));
}

}  // namespace
}  // namespace bellhop::parsers
