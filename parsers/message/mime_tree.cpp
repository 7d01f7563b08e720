#include "parsers/message/mime_tree.hpp"

#include <algorithm>
#include <charconv>
#include <exception>
#include <istream>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>

#include <mimetic/mimeentity.h>

#include "parsers/text/ascii.hpp"

namespace bellhop::parsers {
namespace {

/// The field of the skeleton that says which of Outline::parts an entity is.
constexpr std::string_view part_field = "X-Part";

std::string skeleton_boundary(std::size_t part) {
    constexpr std::size_t width = 8;
    const std::string digits = std::to_string(part);
    return "=part" + std::string(width - std::min(width, digits.size()), '0') + digits + "=";
}

/// The outline as a small well-formed message: the same multiparts, with boundaries that cannot be
/// mistaken, around leaves without contents.
std::string skeleton_of(const Outline& outline) {
    std::string text;
    std::vector<std::size_t> open;
    const auto close_to = [&](std::size_t depth) {
        for (; open.size() > depth; open.pop_back())
            text += "\r\n--" + skeleton_boundary(open.back()) + "--\r\n";
    };
    for (std::size_t i = 0; i < outline.parts.size(); ++i) {
        const OutlinePart& part = outline.parts[i];
        close_to(static_cast<std::size_t>(part.depth));
        if (!open.empty()) text += "\r\n--" + skeleton_boundary(open.back()) + "\r\n";
        text += std::string{part_field} + ": " + std::to_string(i) + "\r\nContent-Type: ";
        if (part.is_multipart) {
            text += "multipart/mixed; boundary=\"" + skeleton_boundary(i) + "\"\r\n\r\n";
            open.push_back(i);
        } else {
            text += "text/plain\r\n\r\n";
        }
    }
    close_to(0);
    return text;
}

/// Reads from bytes that stay where they are.
class ViewBuffer : public std::streambuf {
public:
    explicit ViewBuffer(std::string& bytes) {
        setg(bytes.data(), bytes.data(), bytes.data() + bytes.size());
    }
};

std::size_t part_number(mimetic::MimeEntity& entity, std::size_t parts) {
    const std::string value = entity.header().field(std::string{part_field}).value();
    const std::string_view digits = trimmed(value);
    std::size_t number = parts;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

/// Recursion is bounded by MessageLimits::nesting, which the outline keeps.
MimeNode node_of(mimetic::MimeEntity& entity, std::size_t parts, std::size_t& seen) {
    MimeNode node{part_number(entity, parts), {}};
    if (node.part < parts) ++seen;
    for (mimetic::MimeEntity* child : entity.body().parts()) {
        if (child != nullptr) node.children.push_back(node_of(*child, parts, seen));
    }
    return node;
}

bool is_valid(const MimeNode& node, std::size_t parts) {
    return node.part < parts &&
           std::all_of(node.children.begin(), node.children.end(),
                       [&](const MimeNode& child) { return is_valid(child, parts); });
}

/// All parts below the message: nothing is lost even where the tree is.
MimeNode flat_tree(const Outline& outline) {
    MimeNode root{0, {}};
    for (std::size_t i = 1; i < outline.parts.size(); ++i) {
        if (!outline.parts[i].is_multipart) root.children.push_back({i, {}});
    }
    return root;
}

}  // namespace

MimeNode tree_of(const Outline& outline) {
    if (outline.parts.size() == 1) return {0, {}};
    try {
        std::string skeleton = skeleton_of(outline);
        ViewBuffer buffer{skeleton};
        std::istream stream{&buffer};
        mimetic::MimeEntity entity{stream};
        std::size_t seen = 0;
        MimeNode root = node_of(entity, outline.parts.size(), seen);
        if (seen == outline.parts.size() && is_valid(root, outline.parts.size())) return root;
    } catch (const std::exception&) {
        return flat_tree(outline);
    }
    return flat_tree(outline);
}

}  // namespace bellhop::parsers
