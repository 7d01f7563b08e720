// What the store costs: mails a second into a durable database, bytes written for them, and the
// look-ups that every mail needs. On a real disk: $BELLHOP_BENCH_FOLDER, or the temporary folder.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <stdlib.h>
#include <unistd.h>

#include "parsers/text/digest.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "storage/ledger.hpp"
#include "storage/mail_slices.hpp"
#include "storage/outbox.hpp"
#include "storage/search.hpp"
#include "storage/ticket_store.hpp"
#include "storage/timers.hpp"

namespace bellhop::storage {
namespace {

class BenchFolder {
public:
    BenchFolder() {
        const char* chosen = std::getenv("BELLHOP_BENCH_FOLDER");
        const std::filesystem::path parent =
            chosen != nullptr ? chosen : std::filesystem::temp_directory_path();
        path_ = parent / ("bellhop-bench-" + std::to_string(::getpid()));
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~BenchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    BenchFolder(const BenchFolder&) = delete;
    BenchFolder& operator=(const BenchFolder&) = delete;

    std::filesystem::path file() const { return path_ / "bellhop.db"; }

private:
    std::filesystem::path path_;
};

std::chrono::sys_seconds at(std::int64_t seconds) {
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

/// Numbers that look like chance and are the same in every run.
class Chance {
public:
    unsigned next(unsigned bound) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<unsigned>(state_ >> 33) % bound;
    }

private:
    std::uint64_t state_ = 42;
};

/// Words of a vocabulary of 20,000, frequent ones first, as people write.
std::string words(Chance& chance, std::size_t size) {
    std::string text;
    while (text.size() < size) {
        const unsigned word = chance.next(chance.next(20000) + 1);
        text += "w" + std::to_string(word) + (chance.next(12) == 0 ? "\n" : " ");
    }
    return text;
}

struct BenchMail {
    std::string raw = {};
    std::string text = {};
    std::vector<parsers::Attachment> attachments = {};
};

/// About 5 KB with 1 to 2 KB of text; every fifth carries an attachment of 50 to 300 KB.
BenchMail bench_mail(Chance& chance, std::int64_t number) {
    BenchMail mail;
    mail.text = words(chance, 1000 + chance.next(1000));
    mail.raw = "Message-ID: <" + std::to_string(number) +
               "@bench.example>\r\nX-Trace: " + words(chance, 1500) + "\r\n\r\n--x\r\n\r\n" +
               mail.text + "\r\n<p>" + mail.text;
    if (number % 5 == 0) {
        parsers::Attachment attachment;
        attachment.filename = "photo.jpg";
        attachment.content_type = "image/jpeg";
        const std::size_t size = 50'000 + chance.next(250'000);
        attachment.bytes.reserve(size);
        while (attachment.bytes.size() < size) {
            attachment.bytes += static_cast<char>(chance.next(256));
        }
        attachment.sha256 = parsers::hex(parsers::sha256(attachment.bytes));
        mail.raw += "\r\n--x\r\n\r\n";
        append_base64(mail.raw, attachment.bytes, {});
        mail.raw += "\r\n";
        mail.attachments.push_back(std::move(attachment));
    }
    return mail;
}

/// All that the intake writes for a mail that opens a ticket and is acknowledged.
void take(Database& database, const BenchMail& mail, std::int64_t number) {
    BlobStore blobs{database};
    TicketStore tickets{database};
    Ledger ledger{database};
    const std::string name = std::to_string(number) + "@bench.example";
    const std::string raw = parsers::hex(parsers::sha256(mail.raw));
    ledger.find_same_mail(raw, {});
    tickets.sightings(name);
    blobs.put_mail(mail.raw, raw, mail.attachments);
    const rules::TicketId ticket = tickets.open({.subject = "Printer in Room 12 does not print",
                                                 .requester = {"Ann Teacher", "ann@school.example"},
                                                 .status = "open",
                                                 .priority = "P3",
                                                 .team = "onsite",
                                                 .mailbox = "support",
                                                 .opened_at = at(number),
                                                 .participants = {"ann@school.example"}});
    StoredMessage message{.ticket = ticket,
                          .at = at(number),
                          .from = {"Ann Teacher", "ann@school.example"},
                          .to = {"help@desk.example"},
                          .message_id = name,
                          .subject = "Printer in Room 12 does not print",
                          .text = mail.text,
                          .reply_text = mail.text,
                          .raw_sha256 = raw};
    for (const parsers::Attachment& each : mail.attachments) {
        message.attachments.push_back({.filename = each.filename,
                                       .content_type = each.content_type,
                                       .size = each.bytes.size(),
                                       .sha256 = each.sha256});
    }
    const rules::MessageId id = tickets.add_message(message);
    for (const rules::EventType type :
         {rules::EventType{rules::Event::created}, rules::EventType{rules::Event::rules},
          rules::EventType{rules::MailEvent{}}}) {
        tickets.record(ticket, {at(number), type, "gateway", "why", {{"rules", raw}}});
    }
    Timers{database}.replace(ticket, {{ticket, "response_breach", at(number + 14400)}});
    const std::string acknowledgement(3500, 'a');
    const OutboxMail answer{.ticket = ticket,
                            .kind = "acknowledgement",
                            .unique_key = "ack/" + std::to_string(number),
                            .message_id = "ack." + name,
                            .recipient = "ann@school.example",
                            .bytes = acknowledgement + name,
                            .created_at = at(number),
                            .next_attempt_at = at(number),
                            .expires_at = at(number + 432000)};
    Outbox outbox{database};
    outbox.automatic_mails_to(answer.recipient, at(number - 600));
    outbox.enqueue(answer);
    tickets.add_message({.ticket = ticket,
                         .direction = Direction::out,
                         .at = at(number),
                         .message_id = answer.message_id,
                         .text = "We have received your message",
                         .raw_sha256 = parsers::hex(parsers::sha256(answer.bytes)),
                         .kind = parsers::MessageKind::automatic});
    ledger.record({.key = {"support", 7, static_cast<std::uint32_t>(number)},
                   .ticket = ticket,
                   .message = id,
                   .message_id = name,
                   .content_key = raw,
                   .at = at(number)});
}

/// Bytes that this process has sent to the disk, by the kernel's count.
std::int64_t bytes_written() {
    std::ifstream counters{"/proc/self/io"};
    std::string name;
    std::int64_t value = 0;
    while (counters >> name >> value) {
        if (name == "write_bytes:") return value;
    }
    return 0;
}

void durable_intake(benchmark::State& state) {
    const BenchFolder folder;
    Database database{folder.file()};
    Chance chance;
    std::int64_t number = 0;
    std::int64_t bytes = 0;
    const std::int64_t before = bytes_written();
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        std::vector<BenchMail> mails;
        for (std::int64_t index = 0; index < state.range(0); ++index) {
            mails.push_back(bench_mail(chance, number + index + 1));
            bytes += static_cast<std::int64_t>(mails.back().raw.size());
        }
        state.ResumeTiming();
        Transaction transaction{database};
        for (const BenchMail& mail : mails) {
            Savepoint savepoint{database};
            take(database, mail, ++number);
            savepoint.release();
        }
        TicketStore{database}.index_messages(100);
        transaction.commit();
    }
    state.SetItemsProcessed(number);
    state.SetBytesProcessed(bytes);
    state.counters["written_for_each_byte"] =
        static_cast<double>(bytes_written() - before) / static_cast<double>(bytes);
    state.counters["stored_for_each_byte"] =
        static_cast<double>(std::filesystem::file_size(folder.file())) / static_cast<double>(bytes);
}
BENCHMARK(durable_intake)->ArgName("batch")->Arg(1)->Iterations(300)->UseRealTime();
BENCHMARK(durable_intake)->ArgName("batch")->Arg(10)->Iterations(100)->UseRealTime();
BENCHMARK(durable_intake)
    ->ArgName("batch")
    ->Arg(100)
    ->Iterations(50)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void text_indexing(benchmark::State& state) {
    const BenchFolder folder;
    Database database{folder.file()};
    Chance chance;
    TicketStore tickets{database};
    const rules::TicketId ticket = tickets.open({.status = "open"});
    StoredMessage unsearched{.ticket = ticket, .direction = Direction::out, .subject = "Printer"};
    unsearched.kind = parsers::MessageKind::automatic;  // stored, but not indexed
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        Transaction transaction{database};
        for (int index = 0; index < 100; ++index) {
            unsearched.text = words(chance, 1500);
            index_later(database, tickets.add_message(unsearched));
        }
        state.ResumeTiming();
        while (index_some(database, 100)) {
        }
        transaction.commit();
    }
    state.SetItemsProcessed(100 * state.iterations());
}
BENCHMARK(text_indexing)->Iterations(100)->Unit(benchmark::kMillisecond);

void same_mail_among_200000(benchmark::State& state) {
    const BenchFolder folder;
    Database database{folder.file()};
    database.execute("INSERT INTO mailboxes (id, name) VALUES (1, 'support')");
    database.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
        "INSERT INTO ledger SELECT 1, 7, i, 'ticket', '', NULL, NULL, '', "
        "hex(randomblob(32)), i, 1, NULL, NULL, 0 FROM n");
    const Ledger ledger{database};
    const std::string unknown(64, '8');
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(ledger.find_same_mail(unknown, {}));
    }
}
BENCHMARK(same_mail_among_200000);

void find_slices_of_300_kb(benchmark::State& state) {
    Chance chance;
    BenchMail mail;
    while (mail.attachments.empty() || mail.attachments[0].bytes.size() < 200'000) {
        mail = bench_mail(chance, 5);
    }
    const std::vector<std::string_view> parts{mail.attachments[0].bytes};
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(find_slices(mail.raw, parts));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(mail.raw.size()));
}
BENCHMARK(find_slices_of_300_kb);

}  // namespace
}  // namespace bellhop::storage
