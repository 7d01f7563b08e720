#include "rules/desk/desk_words.hpp"

#include <gtest/gtest.h>

namespace bellhop::rules {
namespace {

TEST(DeskWords, AreWithoutWhatIsQuoted) {
    struct Case {
        const char* text;
        const char* own;
    };
    for (const Case& one : std::vector<Case>{
             {"Which room?", "Which room?"},
             {"> It is dark.\nWhich room?\n> Please come.\nAt ten.", "Which room?\nAt ten."},
             {"Which room?\n\nOn Tue, 1 Dec 2026 at 09:12, IT <it@desk.example> wrote:\n> Dark.",
              "Which room?"},
             {"-----Original Message-----\nFrom: IT\nThe beamer is dark.", ""},
             {"From: IT <it@desk.example>\nSent: 01 December 2026 09:12\nTo: Tom\nSubject: "
              "x\n\nDark.",
              ""},
             {"> only quoted", ""},
             {"  \n", ""},
             {"From: the shelf, take the grey one.", "From: the shelf, take the grey one."}}) {
        EXPECT_EQ(own_words(one.text), one.own) << one.text;
    }
}

TEST(DeskWords, TakeTimeInProportionToTheText) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "From: somebody\n";
    EXPECT_FALSE(own_words(text).empty());
}

parsers::Attachment file(const std::string& name,
                         const std::string& type,
                         std::size_t size,
                         parsers::Disposition disposition,
                         const std::string& content_id = {}) {
    return {name, type, std::string(size, 'x'), {}, disposition, content_id};
}

TEST(DeskWords, GoOutWithTheirFilesAndWithoutTheSignaturesPictures) {
    using parsers::Disposition;
    parsers::Message message;
    message.attachments = {
        file("plan.pdf", "application/pdf", 10, Disposition::attachment),
        file("logo.png", "image/png", 10, Disposition::inline_part, "logo"),
        file("photo.jpg", "image/jpeg", 100'000, Disposition::inline_part, "photo"),
        file("IMG_1.jpg", "image/jpeg", 10, Disposition::inline_part),
        file("smime.p7s", "application/pkcs7-signature", 10, Disposition::attachment)};
    const std::vector<AttachedFile> files = files_of(message);
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(names_of(files), "plan.pdf, photo.jpg, IMG_1.jpg");
}

}  // namespace
}  // namespace bellhop::rules
