#include "rules/mail/bounce.hpp"

#include <algorithm>

#include "parsers/header/address.hpp"
#include "parsers/text/lists.hpp"

namespace bellhop::rules {
namespace {

constexpr std::size_t most_lines = 20;  // recipients in a line of the log

/// The key of an address, as one word: a list of them is parted by blanks.
std::string word_of(const std::string& address) {
    std::string key = parsers::address_key(address);
    std::replace(key.begin(), key.end(), ' ', '_');
    return key.empty() ? nobody_named : key;
}

/// What is added to a log line: no empty parts.
std::string line_about(const parsers::ReportedRecipient& one) {
    std::string line = one.address + ": " + one.action;
    for (const std::string& part : {one.status, one.diagnostic}) {
        if (!part.empty()) line += " " + part;
    }
    return line;
}

std::string reason_of(const parsers::ReportedRecipient& one) {
    if (!one.diagnostic.empty()) return one.diagnostic;
    return one.status.empty() ? "a report says that it failed" : one.status;
}

class Reader {
public:
    explicit Reader(const BouncedMail& mail) : mail_(mail) {}

    void take(const parsers::ReportedRecipient& one) {
        ++taken_;
        if (taken_ <= most_lines) {
            reading_.words += (reading_.words.empty() ? "" : "; ") + line_about(one);
        } else if (taken_ == most_lines + 1) {
            reading_.words += "; and others";
        }
        if (one.action != "failed") return;
        const std::string key = word_of(one.address);
        if (parsers::contains(reading_.named, key)) return;
        reading_.named.push_back(key);
        const bool is_for_good = one.status.starts_with('5');
        if (const std::string* reader = reader_of(one.address)) {
            fail(*reader, is_for_good ? MailWay::refused : MailWay::given_up, reason_of(one));
        } else {
            take_stranger(key, one.address + ": " + reason_of(one));
        }
    }

    void take_nobody() {
        reading_.words = "our mail to " + parsers::joined(mail_.readers, ", ") + " came back";
        reading_.named.emplace_back(nobody_named);
        take_stranger(nobody_named, "it came back");
    }

    BounceReading read() && { return std::move(reading_); }

private:
    const std::string* reader_of(const std::string& address) const {
        const std::string key = parsers::address_key(address);
        const auto found = std::find_if(
            mail_.readers.begin(), mail_.readers.end(),
            [&key](const std::string& one) { return parsers::address_key(one) == key; });
        return found == mail_.readers.end() ? nullptr : &*found;
    }

    /// Of a mail to one reader alone it is plain who has not got it.
    void take_stranger(const std::string& key, const std::string& words) {
        if (mail_.readers.size() == 1) return fail(mail_.readers.front(), MailWay::given_up, words);
        if (!parsers::contains(mail_.named_before, key)) reading_.strangers.push_back(key);
    }

    void fail(const std::string& reader, MailWay way, const std::string& words) {
        const auto same =
            std::find_if(reading_.failed.begin(), reading_.failed.end(),
                         [&reader](const MailReport& one) { return one.recipient == reader; });
        if (same == reading_.failed.end()) {
            reading_.failed.push_back({way, mail_.kind, reader, mail_.message_id, words});
        } else if (way == MailWay::refused && same->way != way) {
            same->way = way;
            same->words = words;
        }
    }

    const BouncedMail& mail_;
    BounceReading reading_ = {};
    std::size_t taken_ = 0;
};

}  // namespace

BounceReading read_bounce(const std::optional<parsers::DeliveryReport>& report,
                          const BouncedMail& mail) {
    Reader reader{mail};
    if (!report || report->recipients.empty()) {
        reader.take_nobody();
    } else {
        for (const parsers::ReportedRecipient& one : report->recipients) reader.take(one);
    }
    return std::move(reader).read();
}

}  // namespace bellhop::rules
