// Field names and subjects by which programs that answer mail are known. All in folded
// form (plain_text.hpp): lower case.
#pragma once

#include <array>
#include <string_view>

namespace bellhop::parsers {

/// Fields that only programs write; a body of "no" takes it back.
constexpr std::array<std::string_view, 18> robot_fields = {"x-autoreply",
                                                           "x-auto-reply",
                                                           "x-autorespond",
                                                           "x-autoresponder",
                                                           "x-autoresponse",
                                                           "x-autoreply-from",
                                                           "x-mail-autoreply",
                                                           "x-auto-reply-from",
                                                           "x-autoreply-domain",
                                                           "x-vacation",
                                                           "x-fc-machinegenerated",
                                                           "x-cron-env",
                                                           "x-ms-exchange-generated-message-source",
                                                           "x-facebook-notify",
                                                           "x-github-reason",
                                                           "x-mailer-daemon",
                                                           "x-automatic-reply",
                                                           "x-out-of-office"};

/// What stands in the names of such fields, whatever the program.
constexpr std::array<std::string_view, 7> robot_field_words = {
    "autorespon",           "autoreply",  "auto-reply", "auto_reply", "-vacation",
    "servicenow-generated", "outofoffice"};

/// Fields of other ticket systems, whose acknowledgements would answer ours.
constexpr std::array<std::string_view, 14> ticket_system_fields = {
    "rt-ticket",  "rt-originator", "x-rt-loop-prevention", "x-otrs-loop", "x-otrs-",
    "x-znuny-",   "x-zammad-",     "x-freescout-",         "x-redmine-",  "x-osticket",
    "x-zendesk-", "x-freshdesk-",  "x-helpscout-",         "x-jira-"};

/// The first label of the host in a Message-ID, where another desk wrote the mail.
constexpr std::array<std::string_view, 12> ticket_system_hosts = {
    "zammad",   "otrs",        "otobo",     "znuny", "freescout", "osticket",
    "helpdesk", "servicedesk", "ticketing", "glpi",  "uvdesk",    "bellhop"};

/// How Outlook, Gmail and others begin the subject of an automatic reply.
constexpr std::array<std::string_view, 68> automatic_reply_prefixes = {"automatic reply:",
                                                                       "auto reply:",
                                                                       "autoreply:",
                                                                       "auto-reply:",
                                                                       "auto:",
                                                                       "autoresponse:",
                                                                       "auto response:",
                                                                       "automated reply:",
                                                                       "automated response:",
                                                                       "automatic response:",
                                                                       "out of office:",
                                                                       "out of office reply:",
                                                                       "out of office autoreply:",
                                                                       "vacation:",
                                                                       "automatische antwort:",
                                                                       "automatisch antwort:",
                                                                       "abwesenheitsnotiz:",
                                                                       "abwesenheitsnachricht:",
                                                                       "abwesend:",
                                                                       "réponse automatique",
                                                                       "absence du bureau",
                                                                       "absent(e) du bureau",
                                                                       "respuesta automática",
                                                                       "respuesta automatica",
                                                                       "fuera de la oficina",
                                                                       "risposta automatica",
                                                                       "fuori sede",
                                                                       "resposta automática",
                                                                       "automatisch antwoord",
                                                                       "afwezig:",
                                                                       "autosvar:",
                                                                       "automatiskt svar",
                                                                       "automatisk svar",
                                                                       "automaattinen vastaus",
                                                                       "odpowiedź automatyczna",
                                                                       "automatická odpověď",
                                                                       "автоматический ответ",
                                                                       "自动回复",
                                                                       "out of office re:",
                                                                       "out-of-office:",
                                                                       "i am out of the office:",
                                                                       "away:",
                                                                       "ateb awtomatig",
                                                                       "allan o'r swyddfa",
                                                                       "resposta automàtica",
                                                                       "răspuns automat",
                                                                       "automatikus válasz",
                                                                       "automatsko",
                                                                       "automatski odgovor",
                                                                       "samodejni odgovor",
                                                                       "automatische reactie",
                                                                       "автоматична відповідь",
                                                                       "автоматичен отговор",
                                                                       "αυτόματη απάντηση",
                                                                       "otomatik yanıt",
                                                                       "automatinis atsakymas",
                                                                       "automātiska atbilde",
                                                                       "automaatvastus",
                                                                       "sjálfvirkt svar",
                                                                       "freagra uathoibríoch",
                                                                       "自動応答",
                                                                       "自動返信",
                                                                       "자동 회신",
                                                                       "réponse d'absence",
                                                                       "absence :",
                                                                       "resposta automatica",
                                                                       "autosvar",
                                                                       "automatyczna odpowiedź"};

/// Complaints of mail providers about a mail of ours, older than RFC 5965.
constexpr std::array<std::string_view, 3> complaint_prefixes = {
    "complaint about message from", "email feedback report for", "abuse report id"};

/// In a subject they are a hint only.
constexpr std::array<std::string_view, 30> absence_words = {"out of office", "out of the office",
                                                            "on vacation",   "on holiday",
                                                            "annual leave",  "maternity leave",
                                                            "abwesenheit",   "nicht im büro",
                                                            "im urlaub",     "außer haus",
                                                            "absence",       "congé",
                                                            "ausencia",      "vacaciones",
                                                            "assenza",       "ferie",
                                                            "ausência",      "férias",
                                                            "afwezigheid",   "vakantie",
                                                            "frånvaro",      "nieobecność",
                                                            "不在",          "자동 회신",
                                                            "i am away",     "i'm away",
                                                            "on leave",      "absenoldeb",
                                                            "gwyliau",       "urlop"};

/// Near the beginning of the text of such a reply.
constexpr std::array<std::string_view, 48> absence_sentences = {"out of the office",
                                                                "out of office",
                                                                "away from my desk",
                                                                "away from the office",
                                                                "on vacation",
                                                                "on holiday",
                                                                "on leave",
                                                                "annual leave",
                                                                "currently away",
                                                                "currently unavailable",
                                                                "limited access to",
                                                                "will be back",
                                                                "i will return",
                                                                "automatic reply",
                                                                "nicht im büro",
                                                                "nicht im haus",
                                                                "außer haus",
                                                                "im urlaub",
                                                                "abwesend",
                                                                "nicht erreichbar",
                                                                "wieder erreichbar",
                                                                "absent",
                                                                "en congé",
                                                                "de retour le",
                                                                "fuera de la oficina",
                                                                "de vacaciones",
                                                                "ausente",
                                                                "fuori ufficio",
                                                                "in ferie",
                                                                "fora do escritório",
                                                                "de férias",
                                                                "afwezig",
                                                                "niet aanwezig",
                                                                "inte på kontoret",
                                                                "ikke på kontoret",
                                                                "poza biurem",
                                                                "nieobecn",
                                                                "отпуске",
                                                                "i am away",
                                                                "i'm away",
                                                                "not in school",
                                                                "not in the office",
                                                                "non-working day",
                                                                "allan o'r swyddfa",
                                                                "ar wyliau",
                                                                "ar fy ngwyliau",
                                                                "na urlopie",
                                                                "verlof"};

}  // namespace bellhop::parsers
