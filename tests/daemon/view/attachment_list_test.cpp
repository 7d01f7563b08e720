#include "daemon/view/attachment_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

using testing::HasSubstr;

ListedAttachment file(int number, const std::string& name, const std::string& sha256) {
    ListedAttachment one;
    one.number = number;
    one.stored.filename = name;
    one.stored.sha256 = sha256;
    return one;
}

TEST(AttachmentList, FindsAFileByItsNameItsBeginningOrItsNumber) {
    const std::vector<ListedAttachment> all{file(1, "image001.png", "logo"),
                                            file(2, "Screen.png", "s1"), file(3, "2", "two"),
                                            file(4, "image001.png", "logo")};
    const std::vector<std::pair<std::string, int>> cases{
        {"Screen.png", 2}, {"screen", 2}, {"2", 3}, {"4", 4}, {"image001.png", 4}, {"IMAGE", 4}};
    for (const auto& [name, number] : cases) {
        const ChosenAttachment chosen = chosen_attachment(all, name);
        EXPECT_EQ(chosen.complaint, "") << name;
        EXPECT_EQ(chosen.attachment.number, number) << name;
    }
}

TEST(AttachmentList, SaysWhyNoFileIsMeant) {
    const std::vector<ListedAttachment> all{file(1, "a.png", "1"), file(2, "a.png", "2")};
    EXPECT_THAT(chosen_attachment(all, "a.png").complaint, HasSubstr("say a number: 1, 2"));
    EXPECT_THAT(chosen_attachment(all, "b").complaint, HasSubstr("no file \"b\" among its 2"));
    EXPECT_THAT(chosen_attachment({}, "b").complaint, HasSubstr("among its 0"));
}

}  // namespace
}  // namespace bellhop::daemon
