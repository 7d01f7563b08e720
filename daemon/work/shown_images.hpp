// Pictures of a customer's mail that a notice to the desk shows: the screenshot tells more than its
// name. Small ones only, and no logos.
#pragma once

#include <vector>

#include "parsers/compose/attached_part.hpp"
#include "storage/store.hpp"

namespace bellhop::daemon {

inline constexpr std::size_t most_images = 3;             // in one mail
inline constexpr std::uint64_t largest_image = 300'000;   // bytes
inline constexpr std::uint64_t smallest_inline = 15'000;  // bytes; logos of signatures are smaller

/// Those that a mail may show, in their order, each under a content-id of its own. What a browser
/// could run (SVG) is none.
std::vector<parsers::OutgoingFile> shown_images(const storage::BlobStore& blobs,
                                                const storage::StoredMessage& mail);

}  // namespace bellhop::daemon
