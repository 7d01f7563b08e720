// The attachments of a mail as they are found: decoded, named, unpacked, bounded in number.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/message/message.hpp"
#include "parsers/message/message_limits.hpp"
#include "parsers/message/mime_leaf.hpp"

namespace bellhop::parsers {

class AttachmentList {
public:
    /// `limits` must outlive the list.
    explicit AttachmentList(const MessageLimits& limits) : limits_{limits} {}

    /// A file that a text or another file held. `content_type` may be empty.
    void add_file(std::string_view name, std::string_view content_type, std::string bytes);

    /// A part of the mail. winmail.dat is unpacked into its files; its texts wait in wrapped_text()
    /// and wrapped_html().
    void add(const Leaf& leaf, std::string bytes);

    /// One that has been read: named, and its digest known.
    void add_read(Attachment attachment) { push_named(std::move(attachment)); }

    /// Tells the images that `html` shows (RFC 2392: "cid:" and a Content-ID) from the attachments.
    void mark_inline(std::string_view html);

    bool is_full() const { return full_; }                 ///< some were left out
    bool has_unread_tnef() const { return unread_tnef_; }  ///< a winmail.dat could not be unpacked
    const std::string& wrapped_text() const { return wrapped_text_; }
    const std::string& wrapped_html() const { return wrapped_html_; }

    std::vector<Attachment> take() { return std::move(attachments_); }

private:
    bool add_wrapped_files(std::string_view bytes);
    void push(Attachment attachment);
    void push_named(Attachment attachment);

    const MessageLimits& limits_;
    std::vector<Attachment> attachments_ = {};
    std::string wrapped_text_ = {};
    std::string wrapped_html_ = {};
    bool full_ = false;
    bool unread_tnef_ = false;
};

}  // namespace bellhop::parsers
