#include "daemon/work/shown_images.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/text/ascii.hpp"

namespace bellhop::daemon {
namespace {

/// The ending that says its type; empty for what is not shown.
std::string_view ending_of(std::string_view content_type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> shown{
        {{"image/png", "png"},
         {"image/jpeg", "jpg"},
         {"image/jpg", "jpg"},
         {"image/gif", "gif"},
         {"image/webp", "webp"}}};
    for (const auto& [type, ending] : shown) {
        if (parsers::lower_case(content_type) == type) return ending;
    }
    return {};
}

bool is_shown(const storage::StoredAttachment& file) {
    const bool is_attached = file.disposition == parsers::Disposition::attachment;
    return !ending_of(file.content_type).empty() && file.size <= largest_image &&
           (is_attached || file.size >= smallest_inline);
}

}  // namespace

std::vector<parsers::OutgoingFile> shown_images(const storage::BlobStore& blobs,
                                                const storage::StoredMessage& mail) {
    std::vector<parsers::OutgoingFile> images;
    for (const storage::StoredAttachment& file : mail.attachments) {
        if (images.size() == most_images) break;
        if (!is_shown(file)) continue;
        auto bytes = blobs.get(file.sha256);
        if (!bytes) continue;
        const std::string name = "image-" + std::to_string(images.size() + 1);
        images.push_back({name + "." + std::string{ending_of(file.content_type)}, *std::move(bytes),
                          name + "@shown"});
    }
    return images;
}

}  // namespace bellhop::daemon
