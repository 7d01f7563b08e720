// winmail.dat: the Transport Neutral Encapsulation Format ([MS-OXTNEF]) in which Outlook and
// Exchange wrap a mail for their own kind, and which reaches everybody else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bellhop::parsers {

struct TnefFile {
    std::string name = {};          ///< UTF-8, as the sender's program called it
    std::string content_type = {};  ///< empty where the sender's program named none
    std::string content_id = {};
    std::string bytes = {};
};

struct TnefContent {
    std::string text = {};  ///< the body as UTF-8; empty where there is none
    std::string html = {};  ///< as UTF-8
    std::string rtf = {};   ///< decompressed ([MS-OXRTFCP])
    std::vector<TnefFile> files = {};
};

constexpr std::size_t max_tnef_files = 100;
constexpr std::size_t max_tnef_rtf_bytes =
    4 * 1024 * 1024;  // compressed RTF expands up to eight times

/// Unpacks a winmail.dat. Nothing where `bytes` are no TNEF stream; what can be read of a damaged
/// one. Linear time.
std::optional<TnefContent> unpack_tnef(std::string_view bytes);

}  // namespace bellhop::parsers
