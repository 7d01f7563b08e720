#include "parsers/reply/quotation.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

/// Lines with what they are: "A" an attribution, "S" a separator, "Q" quoted, "T" text, "-" empty;
/// what is kept of them afterwards in capitals.
class Lines {
public:
    explicit Lines(const std::string& classes) {
        for (const char c : classes) {
            text_ += c == '-' ? "\n" : c == 'Q' ? "> older\n" : "words\n";
        }
        low_ = folded(text_);
        const std::vector<TextLine> lines = text_lines(text_, low_);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const char c = classes[i];
            lines_.add(lines[i], c == 'A'   ? LineClass::attribution
                                 : c == 'S' ? LineClass::separator
                                            : class_of(lines[i]));
        }
        classes_ = classes;
    }

    MailLines& get() { return lines_; }

    std::string kept() const {
        std::string shown;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            shown += lines_.is_kept(i) ? classes_[i] : '.';
        return shown;
    }

private:
    std::string text_ = {};
    std::string low_ = {};
    std::string classes_ = {};
    MailLines lines_ = {};
};

std::string parted(const std::string& classes, const QuotingMail& mail = {true, false}) {
    Lines lines{classes};
    const std::size_t end = cut_older_mail(lines.get());
    cut_quotations(lines.get(), end, mail);
    return lines.kept();
}

TEST(Quotation, GoesWithAllBelowWhatIntroducesIt) {
    EXPECT_EQ(parted("TT-A-TT"), "TT-....");
    EXPECT_EQ(parted("T-STTT"), "T-....");
    EXPECT_EQ(parted("T-AQQ"), "T-...");
    EXPECT_EQ(parted("T-QQ"), "T-..");
}

TEST(Quotation, StaysWhereItIsAnswered) {
    EXPECT_EQ(parted("AQTQTQT"), ".QTQTQT");
    EXPECT_EQ(parted("QTQT"), "QTQT");
}

TEST(Quotation, GoesAboveAShortAnswerAndStaysAboveALongOne) {
    EXPECT_EQ(parted("T-AQT"), "T-..T");
    EXPECT_EQ(parted("T-AQTTTTTTT"), "T-.QTTTTTTT");
    EXPECT_EQ(parted("AQTTTTTTTT"), "..TTTTTTTT");
}

TEST(Quotation, IsAllThatAForwardedMailSays) {
    EXPECT_EQ(parted("STTT"), "STTT");
    EXPECT_EQ(parted("QQ"), "QQ");
}

TEST(Quotation, IsTheWritersOwnInANewMail) {
    EXPECT_EQ(parted("T-QQ", {false, false}), "T-QQ");
    EXPECT_EQ(parted("T-QQ-T", {false, false}), "T-QQ-T");
}

TEST(Quotation, EndsWhereItsContainerEnds) {
    Lines lines{"TATTT"};
    lines.get().state(1).container_end = 4;
    const std::size_t end = cut_older_mail(lines.get());
    EXPECT_EQ(end, 5U);
    EXPECT_EQ(lines.kept(), "T...T");
}

TEST(Quotation, MakesAnAnswerOfAMailWhoseHeaderDoesNotSaySo) {
    Lines plain{"TQQ"};
    EXPECT_FALSE(holds_older_mail(plain.get(), 3));
    Lines introduced{"TAQ"};
    EXPECT_TRUE(holds_older_mail(introduced.get(), 3));
}

}  // namespace
}  // namespace bellhop::parsers
