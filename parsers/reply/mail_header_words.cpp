#include "parsers/reply/mail_header_words.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

struct Word {
    std::string_view text;
    HeaderLineKind kind;
};

using enum HeaderLineKind;

// English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian,
// Finnish, Polish, Czech, Slovak, Hungarian, Romanian, Russian, Ukrainian, Turkish, Greek,
// Estonian, Croatian, Catalan; then the scripts of East Asia and the Near East.
// clang-format off
constexpr std::array<Word, 201> words = {{
    {"from", from}, {"von", from}, {"de", from}, {"da", from}, {"van", from}, {"från", from}, {"fra", from},
    {"lähettäjä", from}, {"od", from}, {"feladó", from}, {"de la", from}, {"от", from}, {"від", from},
    {"kimden", from}, {"gönderen", from}, {"από", from}, {"saatja", from}, {"šalje", from}, {"absender", from},
    {"expéditeur", from}, {"remitente", from}, {"remetente", from}, {"mittente", from}, {"afzender", from},
    {"avsändare", from}, {"nadawca", from}, {"odesílatel", from}, {"отправитель", from}, {"from address", from},
    {"发件人", from}, {"寄件者", from}, {"寄件人", from}, {"差出人", from}, {"送信者", from}, {"보낸사람", from},
    {"보낸 사람", from}, {"发自", from}, {"מאת", from}, {"من", from}, {"từ", from}, {"dari", from},

    {"date", date}, {"sent", date}, {"date sent", date}, {"sent on", date}, {"sent at", date}, {"datum", date},
    {"gesendet", date}, {"gesendet am", date}, {"envoyé", date}, {"envoyé le", date}, {"date d'envoi", date},
    {"fecha", date}, {"enviado", date}, {"enviado el", date}, {"enviado em", date}, {"enviada em", date},
    {"enviada", date}, {"data", date}, {"inviato", date}, {"data invio", date}, {"verzonden", date},
    {"verstuurd", date}, {"skickat", date}, {"sendt", date}, {"dato", date}, {"lähetetty", date},
    {"päivämäärä", date}, {"päiväys", date}, {"wysłano", date}, {"wysłane", date}, {"odesláno", date},
    {"odoslané", date}, {"dátum", date}, {"elküldve", date}, {"trimis", date}, {"дата", date},
    {"отправлено", date}, {"надіслано", date}, {"tarih", date}, {"gönderilme tarihi", date},
    {"gönderildi", date}, {"ημερομηνία", date}, {"στάλθηκε", date}, {"saadetud", date}, {"kuupäev", date},
    {"poslano", date}, {"enviat", date}, {"发送时间", date}, {"发送日期", date}, {"日期", date}, {"寄件日期", date},
    {"傳送時間", date}, {"时间", date}, {"送信日時", date}, {"日付", date}, {"日時", date}, {"보낸 날짜", date},
    {"보낸날짜", date}, {"날짜", date}, {"נשלח", date}, {"תאריך", date}, {"التاريخ", date}, {"đã gửi", date},
    {"ngày", date}, {"tanggal", date},

    {"to", to}, {"an", to}, {"à", to}, {"pour", to}, {"destinataire", to}, {"para", to}, {"a", to}, {"aan", to},
    {"naar", to}, {"till", to}, {"til", to}, {"vastaanottaja", to}, {"do", to}, {"komu", to}, {"címzett", to},
    {"către", to}, {"кому", to}, {"kime", to}, {"alıcı", to}, {"προς", to}, {"saaja", to}, {"prima", to},
    {"per a", to}, {"empfänger", to}, {"收件人", to}, {"收件者", to}, {"宛先", to}, {"받는 사람", to},
    {"받는사람", to}, {"אל", to}, {"إلى", to}, {"đến", to}, {"kepada", to}, {"adresat", to}, {"odbiorca", to},
    {"příjemce", to}, {"mottaker", to},

    {"cc", cc}, {"bcc", cc}, {"kopie", cc}, {"copie", cc}, {"copie à", cc}, {"copia", cc}, {"kopia", cc},
    {"kopi", cc}, {"kopio", cc}, {"dw", cc}, {"копия", cc}, {"копія", cc}, {"bilgi", cc}, {"κοιν", cc},
    {"抄送", cc}, {"副本", cc}, {"참조", cc}, {"másolat", cc},

    {"subject", subject}, {"betreff", subject}, {"objet", subject}, {"sujet", subject}, {"asunto", subject},
    {"assunto", subject}, {"oggetto", subject}, {"onderwerp", subject}, {"ämne", subject}, {"emne", subject},
    {"aihe", subject}, {"temat", subject}, {"předmět", subject}, {"predmet", subject}, {"tárgy", subject},
    {"subiect", subject}, {"тема", subject}, {"konu", subject}, {"θέμα", subject}, {"teema", subject},
    {"assumpte", subject}, {"主题", subject}, {"主旨", subject}, {"主題", subject}, {"件名", subject},
    {"제목", subject}, {"נושא", subject}, {"الموضوع", subject}, {"chủ đề", subject}, {"subjek", subject},
    {"re", subject},

    {"reply-to", reply_to}, {"antwort an", reply_to}, {"répondre à", reply_to}, {"risposta", reply_to},
    {"rispondi a", reply_to}, {"responder a", reply_to}, {"antwoord aan", reply_to}, {"svara till", reply_to},
    {"odpowiedz do", reply_to},
}};

constexpr std::array<std::string_view, 19> other_words = {
    "importance", "priority", "attachments", "wichtigkeit", "priorität", "anlagen", "importance haute",
    "pièces jointes", "importancia", "importância", "allegati", "priorità", "bijlagen", "urgentie", "prioritet",
    "prioriteit", "sensitivity", "organization", "when"};
// clang-format on

constexpr std::size_t longest_name = 28;  // bytes

/// Where the name begins: behind quote marks, blanks, emphasis and bullets.
std::size_t name_start(std::string_view line) {
    const std::size_t start = line.find_first_not_of("> \t*_|");
    return start == std::string_view::npos ? line.size() : start;
}

std::string_view without_emphasis(std::string_view name) {
    const std::size_t last = name.find_last_not_of(" \t*_");
    return name.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

std::optional<HeaderLine> header_line(std::string_view folded_line) {
    const std::size_t start = name_start(folded_line);
    const std::string_view rest = folded_line.substr(start);
    constexpr std::string_view wide_colon = "：";
    const std::string_view head = rest.substr(0, longest_name + 4);
    const std::size_t colon = std::min(head.find(':'), head.find(wide_colon));
    if (colon == std::string_view::npos || colon == 0) return {};
    const std::string_view name = without_emphasis(head.substr(0, colon));
    const std::size_t colon_size = head[colon] == ':' ? 1 : wide_colon.size();
    const std::size_t value_at = std::min(
        folded_line.find_first_not_of(" \t*_", start + colon + colon_size), folded_line.size());
    for (const Word& each : words) {
        if (each.text == name) return HeaderLine{each.kind, value_at};
    }
    if (std::find(other_words.begin(), other_words.end(), name) != other_words.end()) {
        return HeaderLine{other, value_at};
    }
    return {};
}

}  // namespace bellhop::parsers
