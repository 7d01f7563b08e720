// What programs write in a person's name: reactions, receipts, answers to invitations,
// acknowledgements of other desks. All in folded form (plain_text.hpp).
#pragma once

#include <array>
#include <string_view>

namespace bellhop::parsers {

/// Apple's programs put one of these before the words that somebody liked. Who dislikes or
/// questions what we wrote says something that the desk has to hear.
constexpr auto reaction_verbs = std::to_array<std::string_view>(
    {"liked ", "loved ", "laughed at ", "emphasized ", "emphasised ", "reacted ",
     "removed a like from ", "removed a heart from ", "gefällt ", "hat „", "a aimé ", "a adoré ",
     "me gusta ", "le gusta ", "ha messo mi piace a "});

/// The rest of a mail that holds nothing but a reaction.
constexpr auto reaction_sentences = std::to_array<std::string_view>(
    {"reacted via gmail", "reacted to your message", "reacted to your email",
     "reacted to your e-mail", "hat auf ihre nachricht reagiert", "hat über gmail reagiert",
     "a réagi à votre message", "a réagi via gmail", "ha reaccionado a tu mensaje",
     "ha reagito al tuo messaggio"});

/// How the subject of a read receipt begins.
constexpr auto receipt_prefixes = std::to_array<std::string_view>({"read:",
                                                                   "not read:",
                                                                   "read receipt",
                                                                   "return receipt",
                                                                   "gelesen:",
                                                                   "ungelesen:",
                                                                   "lesebestätigung",
                                                                   "lu:",
                                                                   "lu :",
                                                                   "non lu",
                                                                   "accusé de réception (lu)",
                                                                   "accusé de lecture",
                                                                   "leído:",
                                                                   "no leído:",
                                                                   "letto:",
                                                                   "non letto:",
                                                                   "lido:",
                                                                   "gelezen:",
                                                                   "ongelezen:",
                                                                   "läst:",
                                                                   "læst:",
                                                                   "lest:",
                                                                   "luettu:",
                                                                   "przeczytane:",
                                                                   "přečteno:",
                                                                   "прочитано:",
                                                                   "darllenwyd:"});

/// What the text of one says.
constexpr auto receipt_sentences =
    std::to_array<std::string_view>({"ihre nachricht wurde am",
                                     "was read on",
                                     "was deleted without being read",
                                     "was displayed on",
                                     "has been displayed",
                                     "message was read",
                                     "has been read",
                                     "this is a receipt for the mail",
                                     "return receipt",
                                     "wurde gelesen",
                                     "ungelesen gelöscht",
                                     "a été lu",
                                     "a été supprimé sans",
                                     "fue leído",
                                     "se leyó",
                                     "è stato letto",
                                     "foi lida",
                                     "is gelezen",
                                     "lästes den",
                                     "blev læst",
                                     "została przeczytana",
                                     "was gelezen",
                                     "gelesen am"});

/// Outlook's recall of a mail.
constexpr auto recall_prefixes = std::to_array<std::string_view>(
    {"recall:", "message recall",
     "rückruf:", "rappel:", "rappel :", "recuperar:", "richiamo:", "intrekken:"});
constexpr auto recall_sentences = std::to_array<std::string_view>(
    {"would like to recall the message", "möchte die nachricht", "souhaite rappeler le message",
     "desea recuperar el mensaje", "vorrebbe richiamare il messaggio", "wil het bericht"});

/// How the subject of an answer to an invitation begins.
constexpr auto meeting_prefixes = std::to_array<std::string_view>({"accepted:",
                                                                   "declined:",
                                                                   "tentative:",
                                                                   "tentatively accepted:",
                                                                   "meeting forward notification:",
                                                                   "zugesagt:",
                                                                   "abgelehnt:",
                                                                   "mit vorbehalt:",
                                                                   "accepté:",
                                                                   "accepté :",
                                                                   "refusé:",
                                                                   "refusé :",
                                                                   "provisoire:",
                                                                   "provisoire :",
                                                                   "aceptado:",
                                                                   "rechazado:",
                                                                   "accettato:",
                                                                   "rifiutato:",
                                                                   "geaccepteerd:",
                                                                   "geweigerd:",
                                                                   "aceito:",
                                                                   "recusado:",
                                                                   "derbyniwyd:",
                                                                   "gwrthodwyd:"});

/// What programs say in it.
constexpr auto meeting_sentences = std::to_array<std::string_view>(
    {"has accepted this", "has declined this", "has tentatively accepted",
     "has accepted this invitation", "has accepted your", "has declined this invitation",
     "has declined your", "has tentatively accepted", "have accepted this invitation",
     "accepted your invitation", "hat diese einladung", "a accepté cette invitation",
     "a refusé cette invitation", "ha aceptado esta invitación"});

/// Other desks name their program in X-Mailer.
constexpr auto desk_mailers = std::to_array<std::string_view>(
    {"spiceworks", "jitbit",   "freescout", "helpscout",  "help scout", "zendesk",      "freshdesk",
     "halo",       "topdesk",  "sysaid",    "servicenow", "lansweeper", "manageengine", "kayako",
     "supportpal", "osticket", "zammad",    "uvdesk",     "deskpro",    "happyfox",     "hesk"});

/// A program speaks of itself.
constexpr auto automatic_sentences =
    std::to_array<std::string_view>({"this is an automated",
                                     "this is an automatic",
                                     "automated response",
                                     "automated message",
                                     "automated reply",
                                     "automatically generated",
                                     "do not reply to this",
                                     "not reply directly",
                                     "replies to this email are not",
                                     "this mailbox is not monitored",
                                     "dies ist eine automatische",
                                     "automatisch erstellt",
                                     "automatisch generiert",
                                     "bitte antworten sie nicht auf diese",
                                     "ceci est un message automatique",
                                     "réponse automatique",
                                     "ne pas répondre à ce",
                                     "mensaje automático",
                                     "no responda a este",
                                     "messaggio automatico",
                                     "non rispondere a questo",
                                     "automatisch bericht",
                                     "neges awtomatig",
                                     "peidiwch ag ateb"});

/// What was opened, and that it was: "your request (4711) has been received".
constexpr auto opened_things = std::to_array<std::string_view>(
    {"ticket", "request",   "incident", "case",    "enquiry", "inquiry", "query",
     "call",   "issue",     "anfrage",  "vorgang", "meldung", "demande", "solicitud",
     "caso",   "richiesta", "verzoek",  "melding", "tocyn",   "cais"});
constexpr auto opening_verbs = std::to_array<std::string_view>(
    {"has been received", "has been created",    "has been logged",    "has been opened",
     "has been raised",   "has been registered", "has been submitted", "was created",
     "was received",      "was logged",          "was opened",         "is registered",
     "ist eingegangen",   "wurde erstellt",      "wurde angelegt",     "wurde eröffnet",
     "wurde registriert", "a été créé",          "a été enregistré",   "a bien été",
     "ha sido recibid",   "ha sido cread",       "ha sido registrad",  "è stata ricevuta",
     "è stata creata",    "is ontvangen",        "is aangemaakt",      "is geregistreerd",
     "wedi'i dderbyn",    "wedi'i gofnodi"});

/// A person may say so, too.
constexpr auto soft_acknowledgements = std::to_array<std::string_view>(
    {"we have received your", "we've received your", "we received your", "thank you for contacting",
     "thanks for contacting", "thank you for submitting", "email has been received",
     "message has been received", "wir haben ihre", "nous avons bien reçu votre",
     "hemos recibido su", "abbiamo ricevuto la", "wij hebben uw", "we hebben uw",
     "rydym wedi derbyn eich"});

/// It says by what number.
constexpr auto reference_words = std::to_array<std::string_view>(
    {"ticket", "case", "reference", "request", "incident", "call", "ref", "id", "number", "nummer",
     "numéro", "inc", "req", "sr"});

/// The writer says in a note of absence when he is back, or whom to ask.
constexpr auto absence_advice = std::to_array<std::string_view>({"for urgent",
                                                                 "if your matter is urgent",
                                                                 "if it is urgent",
                                                                 "if urgent",
                                                                 "is urgent, please",
                                                                 "in my absence",
                                                                 "please contact",
                                                                 "will reply when",
                                                                 "will respond when",
                                                                 "will answer when",
                                                                 "on my return",
                                                                 "upon my return",
                                                                 "when i return",
                                                                 "when i am back",
                                                                 "when i'm back",
                                                                 "will not read",
                                                                 "not be read",
                                                                 "not be checking",
                                                                 "no access to",
                                                                 "limited access",
                                                                 "i will be back",
                                                                 "i will return",
                                                                 "back in the office",
                                                                 "returning on",
                                                                 "return to the office",
                                                                 "in dringenden",
                                                                 "wenden sie sich",
                                                                 "nicht weitergeleitet",
                                                                 "ab dem",
                                                                 "en cas d'urgence",
                                                                 "de retour",
                                                                 "durante mi ausencia",
                                                                 "para urgencias",
                                                                 "in mia assenza",
                                                                 "per urgenze",
                                                                 "bij afwezigheid",
                                                                 "voor dringende",
                                                                 "w pilnych",
                                                                 "yn fy absenoldeb",
                                                                 "os yw'n fater brys"});

}  // namespace bellhop::parsers
