#include "daemon/commands/sla_vectors.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellhop::daemon {
namespace {

namespace json = boost::json;

std::string read(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Every key that `want` states is there and equal; null counts as absent.
bool agrees(const json::value& want, const json::value& got) {
    if (!want.is_object()) return want == got;
    if (!got.is_object()) return false;
    for (const auto& [key, value] : want.get_object()) {
        const json::value* found = got.get_object().if_contains(key);
        if (value.is_null() && found == nullptr) continue;
        if (found == nullptr || !agrees(value, *found)) return false;
    }
    return true;
}

/// Runs a file of vectors and compares each result with the one that it states.
void expect_agreement(const std::string& path) {
    const std::string document = read(path);
    std::ostringstream results;
    std::ostringstream complaints;
    ASSERT_EQ(run_sla_vectors(document, results, complaints), VectorsOutcome::all_computed)
        << complaints.str();
    std::istringstream lines{results.str()};
    std::string line;
    std::size_t compared = 0;
    const json::value parsed = json::parse(document);
    for (const json::value& vector : parsed.at("vectors").as_array()) {
        ASSERT_TRUE(std::getline(lines, line));
        const json::value answer = json::parse(line);
        ASSERT_EQ(answer.at("id"), vector.at("id"));
        EXPECT_TRUE(agrees(vector.at("expect"), answer.at("result")))
            << json::serialize(vector) << "\n"
            << line;
        ++compared;
    }
    EXPECT_GT(compared, 0U);
}

// Random calendars, targets and lives; the expectations were reached by two other programs, one
// that walks minute by minute and one that reckons with intervals.
TEST(SlaVectors, AgreeWithWhatOtherProgramsReached) {
    expect_agreement(std::string{BELLHOP_TEST_DATA} + "/sla_vectors.json");
}

/// A file of one's own: BELLHOP_SLA_VECTORS=FILE ctest -R SlaVectors
TEST(SlaVectors, AgreeWithAFileOfOnesOwn) {
    const char* path = std::getenv("BELLHOP_SLA_VECTORS");
    if (path == nullptr) GTEST_SKIP() << "BELLHOP_SLA_VECTORS names no file";
    expect_agreement(path);
}

std::string answers(const std::string& vectors, std::string* complaints = nullptr) {
    std::ostringstream results;
    std::ostringstream errors;
    run_sla_vectors(
        R"({"calendars": {"office": {"tz": "Europe/London", "weekly": {"mon": ["09:00-17:00"]}},
        "bad": {"tz": "Europe/Lodnon"}}, "vectors": [)" +
            vectors + "]}",
        results, errors);
    if (complaints != nullptr) *complaints = errors.str();
    return results.str();
}

TEST(SlaVectors, AnswerOneObjectALine) {
    EXPECT_EQ(answers(R"({"id": 1, "op": "business_time_between", "calendar": "office",
                          "input": {"from": "2026-01-05T08:00:00Z", "to": "2026-01-05T10:00:00Z"}})"),
              "{\"id\":1,\"result\":{\"seconds\":3600}}\n");
}

TEST(SlaVectors, RefuseWhatMakesNoSense) {
    std::string complaints;
    EXPECT_EQ(answers(R"({"id": "a", "op": "guess", "calendar": "office", "input": {}},
                         {"id": "b", "op": "business_time_between", "calendar": "bad", "input": {}},
                         {"id": "c", "op": "business_time_between", "calendar": "office",
                          "input": {"from": "yesterday", "to": "2026-01-05T10:00:00Z"}},
                         7)",
                      &complaints),
              "{\"id\":\"a\",\"error\":\"unknown op \\\"guess\\\"\"}\n"
              "{\"id\":\"b\",\"error\":\"calendar \\\"bad\\\": unknown time zone "
              "\\\"Europe/Lodnon\\\"\"}\n"
              "{\"id\":\"c\",\"error\":\"\\\"yesterday\\\" is not an instant such as "
              "2026-10-26T12:30:00Z\"}\n"
              "{\"error\":\"\\\"vectors\\\" is not an object\"}\n");
    EXPECT_THAT(complaints, testing::HasSubstr("bellhop: vector \"a\": unknown op \"guess\"\n"));
}

TEST(SlaVectors, RefuseWhatIsNoDocument) {
    for (const std::string document :
         {"", "[", "{}", "[]", R"({"calendars": [], "vectors": []})"}) {
        std::ostringstream results;
        std::ostringstream complaints;
        EXPECT_EQ(run_sla_vectors(document, results, complaints), VectorsOutcome::not_readable);
        EXPECT_EQ(results.str(), "");
        EXPECT_NE(complaints.str(), "");
    }
}

}  // namespace
}  // namespace bellhop::daemon
