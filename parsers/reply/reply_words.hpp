// The words with which mail programs introduce quoted mails, by language. All in folded form
// (plain_text.hpp): lower case.
#pragma once

#include <array>
#include <string_view>

namespace bellhop::parsers::reply_words {

/// How an attribution begins: "On", "Am", "Le", … each followed by a blank.
constexpr std::array<std::string_view, 28> attribution_beginnings = {
    "on",     "am",   "le",      "el", "il", "em",   "op",  "den",        "på",  "dnia",
    "w dniu", "dne",  "dňa",     "v",  "в",  "la",   "pe",  "în data de", "vào", "pada",
    "στις",   "dana", "em data", "at", "um", "a(z)", "kl.", "datum:"};

/// The verb of an attribution: "wrote", "schrieb", … anywhere near its end.
constexpr std::array<std::string_view, 72> attribution_verbs = {
    // English, German, Dutch, Scandinavian
    "wrote", "writes", "schrieb", "geschrieben", "schreef", "geschreven", "schreven", "skrev",
    "skreiv", "kirjoitti", "skrifaði",
    // Romance
    "a écrit", "a ecrit", "a e'crit", "écrivait", "écrit", "escribió", "escribio", "ha escrito",
    "escriure", "va escriure", "ha scritto", "scrisse", "escreveu", "escreveram", "a scris",
    "escribiu",
    // Slavic and Baltic
    "napisał", "napisal", "napisała", "pisze", "napísal", "napsal", "napsala", "píše", "je napisao",
    "je pisao", "написал", "написала", "писал", "пишет", "пише", "написа", "написав", "rakstīja",
    "rašė", "kirjutas", "je napisal", "напісаў",
    // others
    "ezt írta", "írta", "yazdı", "şunu yazdı", "έγραψε", "έγραψεν", "đã viết", "menulis", "כתב",
    "כתבה", "كتب", "كتبت", "نوشت", "เขียน",
    // East Asia
    "写道", "寫道", "编写", "撰写", "書きました", "のメッセージ", "작성", "님이 작성",
    "작성했습니다"};

/// The same where the next word follows without a blank.
constexpr std::array<std::string_view, 4> attribution_beginnings_east_asia = {"在", "于", "於",
                                                                              "20"};

/// Before or behind the verb they tell that the writer speaks of himself: "On 3 May I wrote:".
constexpr std::array<std::string_view, 17> first_person = {"i",   "we", "he",  "she", "they", "ich",
                                                           "wir", "er", "sie", "je",  "nous", "ik",
                                                           "wij", "yo", "eu",  "io",  "jag"};

/// The words between the dashes of "-----Original Message-----".
constexpr std::array<std::string_view, 72> original_message = {"original message",
                                                               "original appointment",
                                                               "original-nachricht",
                                                               "reply message",
                                                               "forwarded message",
                                                               "forwarded by",
                                                               "forward message",
                                                               "begin forwarded message",
                                                               "ursprüngliche nachricht",
                                                               "urspruengliche nachricht",
                                                               "originalnachricht",
                                                               "ursprünglicher termin",
                                                               "weitergeleitete nachricht",
                                                               "anfang der weitergeleiteten",
                                                               "message d'origine",
                                                               "message d’origine",
                                                               "message original",
                                                               "message transféré",
                                                               "message transmis",
                                                               "message transfere",
                                                               "début du message",
                                                               "courriel original",
                                                               "rendez-vous d'origine",
                                                               "mensaje original",
                                                               "mensaje reenviado",
                                                               "mensaje enviado",
                                                               "mensagem original",
                                                               "mensagem encaminhada",
                                                               "mensagem reencaminhada",
                                                               "mensagem anterior",
                                                               "messaggio originale",
                                                               "messaggio inoltrato",
                                                               "messaggio inviato",
                                                               "missatge original",
                                                               "oorspronkelijk bericht",
                                                               "oorspronkelijke bericht",
                                                               "doorgestuurd bericht",
                                                               "oprindelig meddelelse",
                                                               "original meddelelse",
                                                               "videresendt meddelelse",
                                                               "videresendt melding",
                                                               "videresendt besked",
                                                               "opprinnelig melding",
                                                               "original melding",
                                                               "ursprungligt meddelande",
                                                               "vidarebefordrat meddelande",
                                                               "ursprungsmeddelande",
                                                               "alkuperäinen viesti",
                                                               "välitetty viesti",
                                                               "edelleen lähetetty",
                                                               "oryginalna wiadomość",
                                                               "wiadomość oryginalna",
                                                               "wiadomość przekazana",
                                                               "przekazana wiadomość",
                                                               "původní zpráva",
                                                               "přeposlaná zpráva",
                                                               "pôvodná správa",
                                                               "eredeti üzenet",
                                                               "továbbított üzenet",
                                                               "mesaj original",
                                                               "originalna poruka",
                                                               "izvorna poruka",
                                                               "исходное сообщение",
                                                               "пересылаемое сообщение",
                                                               "пересылаемое письмо",
                                                               "оригінальне повідомлення",
                                                               "αρχικό μήνυμα",
                                                               "özgün ileti",
                                                               "orijinal mesaj",
                                                               "thư gốc",
                                                               "הודעה מקורית",
                                                               "الرسالة الأصلية"};

constexpr std::array<std::string_view, 14> original_message_east_asia = {
    "原始邮件",       "原始郵件",         "原邮件",      "邮件原件",       "转发的邮件",
    "转发邮件",       "轉寄郵件",         "轉寄的郵件",  "元のメッセージ", "オリジナルメッセージ",
    "転送メッセージ", "original message", "원본 메시지", "전달된 메시지"};

/// "Please reply above this line", as ticket systems put it above what they quote.
constexpr std::array<std::string_view, 25> reply_above = {"reply above this line",
                                                          "type your reply above",
                                                          "reply above the line",
                                                          "above this line to reply",
                                                          "reply-above-this-line",
                                                          "write above this line",
                                                          "add your reply above",
                                                          "replies above this line",
                                                          "antwort oberhalb dieser",
                                                          "antworten sie oberhalb",
                                                          "oberhalb dieser zeile",
                                                          "über dieser linie",
                                                          "répondre au-dessus de cette ligne",
                                                          "réponse au-dessus de cette ligne",
                                                          "au-dessus de cette ligne",
                                                          "responda por encima de esta línea",
                                                          "encima de esta línea",
                                                          "acima desta linha",
                                                          "sopra questa riga",
                                                          "al di sopra di questa riga",
                                                          "boven deze regel",
                                                          "boven deze lijn",
                                                          "ovanför den här raden",
                                                          "powyżej tej linii",
                                                          "nad tento řádek"};

}  // namespace bellhop::parsers::reply_words
