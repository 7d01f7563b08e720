#include "tests/bench/gmime_yardstick.hpp"

#ifdef BELLHOP_HAS_GMIME
#include <cstring>

#include <gmime/gmime.h>
#endif

namespace bellhop::bench {

#ifdef BELLHOP_HAS_GMIME

namespace {

void add_leaf(GMimeObject*, GMimeObject* part, gpointer total) {
    auto& octets = *static_cast<std::size_t*>(total);
    if (GMIME_IS_TEXT_PART(part)) {
        char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        if (text != nullptr) octets += std::strlen(text);
        g_free(text);
    } else if (GMIME_IS_PART(part)) {
        GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(part));
        if (content == nullptr) return;
        // Into memory, as whoever wants to keep an attachment must do.
        GMimeStream* decoded = g_mime_stream_mem_new();
        octets += static_cast<std::size_t>(g_mime_data_wrapper_write_to_stream(content, decoded));
        g_object_unref(decoded);
    }
}

std::size_t read_header(GMimeMessage* message) {
    std::size_t octets = 0;
    const char* subject = g_mime_message_get_subject(message);
    if (subject != nullptr) octets += std::strlen(subject);
    for (InternetAddressList* list :
         {g_mime_message_get_from(message), g_mime_message_get_to(message),
          g_mime_message_get_cc(message)}) {
        if (list == nullptr) continue;
        char* text = internet_address_list_to_string(list, nullptr, FALSE);
        if (text != nullptr) octets += std::strlen(text);
        g_free(text);
    }
    return octets;
}

}  // namespace

bool has_gmime() {
    g_mime_init();
    return true;
}

std::size_t read_with_gmime(const std::string& mail) {
    GMimeStream* stream = g_mime_stream_mem_new_with_buffer(mail.data(), mail.size());
    GMimeParser* parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
    std::size_t octets = 0;
    if (message != nullptr) {
        octets = read_header(message);
        g_mime_message_foreach(message, add_leaf, &octets);
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    return octets;
}

#else

bool has_gmime() {
    return false;
}

std::size_t read_with_gmime(const std::string&) {
    return 0;
}

#endif

}  // namespace bellhop::bench
