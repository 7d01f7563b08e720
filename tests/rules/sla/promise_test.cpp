#include "rules/sla/promise.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "rules/letter/mail_phrase.hpp"
#include "tests/rules/calendar_fixtures.hpp"

namespace bellhop::rules {
namespace {

using namespace std::chrono_literals;

const Targets tier3 = {Target{BusinessDays{1}}, Target{BusinessDays{3}}};

/// As the shipped texts say it.
std::string say(MailPhrase phrase, const TemplateValues& values) {
    const std::string name{entry_of(phrase).name};
    std::ifstream file{BELLHOP_SOURCE_DIR "/daemon/presets/every_preset/templates/" + name +
                       ".txt"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    auto parsed = MailTemplate::create(name, text, Escaping::none, entry_of(phrase).placeholders);
    EXPECT_TRUE(parsed.has_value()) << name;
    MailPhrases phrases;
    phrases.set(phrase, *std::move(parsed));
    return phrases.say(phrase, values);
}

std::string said(const CalendarPlan& plan,
                 const Targets& targets,
                 std::string_view now,
                 const std::string& boost = "") {
    return say(MailPhrase::promise, values_of(promise_for(calendar_of(plan), targets, london(now),
                                                          london(now), WordStyle::british, boost)));
}

TEST(Promise, NamesBothInstants) {
    EXPECT_EQ(said(provider_plan(), tier3, "2026-09-15 10:20"),
              "Somebody will answer you by Wednesday 16 September, 10.20 am, and we mean to have "
              "it solved "
              "by Friday 18 September, 10.20 am.");
    EXPECT_EQ(said(provider_plan(), {{}, Target{BusinessTime{4h}}}, "2026-09-15 10:20"),
              "We mean to have it solved by Tuesday 15 September, 2.20 pm.");
    EXPECT_EQ(said(provider_plan(), {Target{Immediate{5min}}, {}}, "2026-09-15 10:20"),
              "Somebody will answer you by Tuesday 15 September, 10.25 am.");
}

// The gateway may have stood still: an answer is composed against the clock at which it is sent.
TEST(Promise, NamesNoInstantThatIsPast) {
    const std::chrono::sys_seconds arrived = london("2026-09-15 10:20");
    const Targets both{Target{BusinessTime{1h}}, Target{BusinessTime{4h}}};
    const std::chrono::sys_seconds response = london("2026-09-15 11:20");
    const std::chrono::sys_seconds solution = london("2026-09-15 14:20");
    for (std::chrono::sys_seconds now = arrived; now < arrived + 48h; now += 10min) {
        const Promise promise =
            promise_for(calendar_of(provider_plan()), both, arrived, now, WordStyle::british, "");
        EXPECT_EQ(promise.respond_by.empty(), response <= now);
        EXPECT_EQ(promise.resolve_by.empty(), solution <= now);
        EXPECT_EQ(
            say(MailPhrase::chase, chase_values(promise)).find("in time") == std::string::npos,
            solution <= now);
    }
    EXPECT_EQ(say(MailPhrase::promise,
                  values_of(promise_for(calendar_of(provider_plan()), both, arrived,
                                        london("2026-09-16 09:00"), WordStyle::british, ""))),
              "Somebody will answer you as soon as possible.");
}

TEST(Promise, EndsAnAmericanTimeOnce) {
    const Promise promise = promise_for(calendar_of(provider_plan()),
                                        {Target{BusinessTime{1h}}, {}}, london("2026-09-18 19:00"),
                                        london("2026-09-18 19:00"), WordStyle::american, "");
    EXPECT_EQ(say(MailPhrase::promise, values_of(promise)),
              "The help desk is closed now and opens on Monday, September 21, 8:30 a.m. Somebody "
              "will answer you by Monday, September 21, 9:30 a.m.");
}

TEST(Promise, NamesTheHolidaysBetweenNowAndThen) {
    EXPECT_EQ(
        said(provider_plan(), {{}, Target{BusinessDays{3}}}, "2026-12-22 14:00"),
        "We mean to have it solved by Tuesday 5 January 2027, 2 pm. The help desk is closed in "
        "between (Christmas shutdown, until Monday 4 January 2027).");
    EXPECT_EQ(said(provider_plan(), {{}, Target{BusinessDays{1}}}, "2026-09-18 14:00"),
              "We mean to have it solved by Monday 21 September, 2 pm.")
        << "a weekend is no holiday";
    EXPECT_EQ(
        said(provider_plan(), {{}, Target{BusinessDays{1}}}, "2026-12-28 14:00"),
        "The help desk is closed now (Christmas shutdown) and opens on Monday 4 January 2027, "
        "8.30 am. We mean to have it solved by Tuesday 5 January 2027, 8.30 am.")
        << "what keeps it closed now has been told";
}

TEST(Promise, SaysWhenTheDeskOpens) {
    EXPECT_EQ(
        said(provider_plan(), {Target{BusinessTime{1h}}, {}}, "2026-09-18 19:00"),
        "The help desk is closed now and opens on Monday 21 September, 8.30 am. Somebody will "
        "answer you by Monday 21 September, 9.30 am.");
    EXPECT_EQ(
        said(provider_plan(), {Target{BusinessTime{1h}}, {}}, "2026-12-27 12:00"),
        "The help desk is closed now (Christmas shutdown) and opens on Monday 4 January 2027, "
        "8.30 am. Somebody will answer you by Monday 4 January 2027, 9.30 am.");
}

TEST(Promise, SaysWhatIsNotKnownYet) {
    EXPECT_EQ(said(school_plan(), {Target{BusinessTime{3h}}, {}}, "2026-10-27 12:00"),
              "The help desk is closed now (October half-term) and opens on Monday 2 November, 8 "
              "am. Somebody "
              "will answer you by Monday 2 November, 11 am. The hours of October half-term are not "
              "published "
              "yet; if the desk is open then, it may be sooner.");
}

TEST(Promise, SaysWhyASchoolIsServedFaster) {
    EXPECT_EQ(
        said(provider_plan(), {Target{BusinessTime{1h}}, {}}, "2026-09-15 10:20", "inspection"),
        "Somebody will answer you by Tuesday 15 September, 11.20 am. Your school is served with "
        "priority "
        "at the moment (inspection).");
}

TEST(Promise, PromisesNothingThatCannotBeReckoned) {
    EXPECT_EQ(said(provider_plan(), {}, "2026-09-15 10:20"),
              "Somebody will answer you as soon as possible.");
    EXPECT_EQ(said(school_plan(), {Target{BusinessTime{3h}}, {}}, "2027-02-13 12:00"),
              "Somebody will answer you as soon as possible.");
}

TEST(Promise, SaysWhatToDoIfNothingComes) {
    const Promise promise =
        promise_for(calendar_of(provider_plan()), tier3, london("2026-09-15 10:20"),
                    london("2026-09-15 10:20"), WordStyle::british, "");
    EXPECT_EQ(promise.closes, "4.30 pm");
    EXPECT_EQ(say(MailPhrase::chase, chase_values(promise)),
              "If you have not heard from us in time, reply to this mail.");
    EXPECT_EQ(say(MailPhrase::chase, chase_values({})),
              "If you do not hear from us, reply to this mail.");
}

TEST(Promise, PublishesTheTargetsSoThatAnybodyUnderstandsThem) {
    EXPECT_EQ(say(MailPhrase::targets,
                  target_values({Target{BusinessTime{std::chrono::hours{3}}, "within 3 hours"},
                                 Target{BusinessDays{1}}})),
              "answered within 3 working hours; solved within 1 working day");
    EXPECT_EQ(say(MailPhrase::targets,
                  target_values({{}, Target{BusinessDays{5}, "5 days or as agreed"}})),
              "solved within 5 working days or as agreed");
    EXPECT_EQ(say(MailPhrase::targets, target_values({})), "");
}

}  // namespace
}  // namespace bellhop::rules
