#include "rules/mail/thanks_words.hpp"

namespace bellhop::rules {

const WordSet& words_of_thanks() {
    static const WordSet words{
        "thanks",     "thank",    "appreciative", "thankful",   "thankyou",    "thx",
        "tvm",        "ty",       "cheers",       "ta",         "grateful",    "appreciated",
        "appreciate", "danke",    "dank",         "dankeschon", "dankjewel",   "bedankt",
        "merci",      "mersi",    "remercie",     "gracias",    "grazie",      "obrigado",
        "obrigada",   "dziekuje", "dzieki",       "multumesc",  "diolch",      "tack",
        "takk",       "tak",      "tesekkurler",  "aciu",       "shukriya",    "shukran",
        "hvala",      "koszonom", "kiitos",       "efharisto",  "faleminderit"};
    return words;
}

const WordSet& words_of_praise() {
    static const WordSet words{
        "helpful",   "superstar",    "superstars",  "amazingly", "gem",      "heroes",
        "hero",      "better",       "wonderfully", "sorted",    "fixed",    "works",
        "working",   "worked",       "resolved",    "solved",    "perfect",  "perfectly",
        "brilliant", "great",        "excellent",   "fab",       "fabulous", "amazing",
        "awesome",   "lovely",       "wonderful",   "fantastic", "super",    "good",
        "fine",      "ok",           "okay",        "done",      "star",     "stars",
        "legend",    "legends",      "yay",         "hooray",    "superb",   "marvellous",
        "happy",     "pleased",      "delighted",   "perfekt",   "klasse",   "toll",
        "prima",     "funktioniert", "geht",        "parfait",   "marche",   "fonctionne",
        "perfecto",  "funciona",     "perfetto",    "funziona",  "werkt",    "top",
        "geweldig",  "dziala",       "gwych",       "perffaith", "bine",     "lauft",
        "klar",      "lifesaver",    "lifesavers",  "thrilled",  "chuffed",  "impressed",
        "relieved",  "overjoyed",    "ecstatic"};
    return words;
}

const WordSet& words_of_courtesy() {
    static const WordSet words{
        "you",      "u",         "so",         "very",       "much",      "many",
        "a",        "an",        "the",        "lot",        "lots",      "all",
        "for",      "your",      "help",       "helping",    "quick",     "quickly",
        "fast",     "swift",     "swiftly",    "ever",       "as",        "always",
        "news",     "treat",     "you've",     "you're",     "youve",     "prompt",
        "promptly", "response",  "reply",      "replying",   "support",   "assistance",
        "time",     "sorting",   "fixing",     "doing",      "this",      "that",
        "that's",   "thats",     "it",         "it's",       "its",       "now",
        "has",      "have",      "been",       "i",          "i'm",       "im",
        "we",       "we're",     "me",         "us",         "and",       "of",
        "from",     "on",        "in",         "to",         "really",    "just",
        "kind",     "kindly",    "everyone",   "everything", "team",      "guys",
        "both",     "job",       "work",       "speedy",     "efficient", "service",
        "hi",       "hello",     "dear",       "hey",        "best",      "regards",
        "wishes",   "warm",      "sincerely",  "yours",      "sent",      "my",
        "iphone",   "ipad",      "android",    "outlook",    "mobile",    "phone",
        "up",       "running",   "is",         "am",         "x",         "xx",
        "mr",       "mrs",       "ms",         "miss",       "dr",        "million",
        "bunch",    "indeed",    "amazingly",  "today",      "morning",   "afternoon",
        "evening",  "weekend",   "nice",       "day",        "again",     "vielen",
        "schon",    "fur",       "die",        "hilfe",      "schnelle",  "alles",
        "jetzt",    "es",        "ist",        "herzlichen", "beaucoup",  "bien",
        "pour",     "votre",     "aide",       "ca",         "tout",      "muchas",
        "mucho",    "por",       "su",         "ayuda",      "ya",        "mille",
        "molte",    "muito",     "je",         "wel",        "hartelijk", "voor",
        "het",      "bardzo",    "serdecznie", "za",         "pomoc",     "mult",
        "pentru",   "yn",        "fawr",       "iawn",       "am",        "helpu",
        "mange",    "tusen",     "kan",        "cok",        "veel",      "are",
        "was",      "were",      "had",        "yes",        "yep",       "letting",
        "know",     "coming",    "trying",     "resolving",  "patience",  "with",
        "enjoy",    "half",      "term",       "holiday",    "holidays",  "break",
        "merry",    "christmas", "easter",     "new",        "year",      "received",
        "noted",    "got",       "close",      "closed",     "closing",   "ticket",
        "case",     "trick",     "mate",       "days",       "children",  "kids",
        "pupils",   "class",     "staff",      "teachers",   "board",     "further",
        "more",     "questions", "worries",    "rush",       "ios",       "bonne",
        "journee",  "soiree",    "bon",        "wieder",     "stuff"};
    return words;
}

/// In a sentence with one of these something is left to do.
const WordSet& words_of_trouble() {
    static const WordSet words{"not",       "cannot",    "cant",    "doesnt",
                               "isnt",      "wont",      "didnt",   "hasnt",
                               "dont",      "but",       "still",   "however",
                               "although",  "though",    "except",  "unfortunately",
                               "broken",    "down",      "error",   "errors",
                               "fault",     "faulty",    "wrong",   "failed",
                               "fails",     "fail",      "failing", "dead",
                               "slow",      "urgent",    "stopped", "missing",
                               "crash",     "crashes",   "crashed", "stuck",
                               "problem",   "problems",  "issue",   "issues",
                               "need",      "needs",     "lost",    "unable",
                               "happening", "nothing",   "never",   "nicht",
                               "aber",      "kaputt",    "immer",   "pas",
                               "mais",      "toujours",  "pero",    "no",
                               "non",       "ma",        "ancora",  "niet",
                               "maar",      "nie",       "ale",     "nu",
                               "dar",       "ddim",      "inte",    "ikke",
                               "men",       "complaint", "complain"};
    return words;
}

/// A sentence that begins so asks something, with or without its question mark.
const WordSet& words_of_questions() {
    static const WordSet words{"is",   "are",  "was",   "were",  "has",  "have",  "had",   "do",
                               "does", "did",  "can",   "could", "will", "would", "shall", "should",
                               "what", "when", "where", "who",   "why",  "which", "how",   "may"};
    return words;
}

const WordSet& words_of_service() {
    static const WordSet words{
        "letting",    "sorting",      "fixing",        "helping",     "coming",
        "getting",    "looking",      "dealing",       "explaining",  "resolving",
        "replying",   "responding",   "updating",      "checking",    "popping",
        "doing",      "showing",      "installing",    "setting",     "replacing",
        "ringing",    "calling",      "phoning",       "visiting",    "bringing",
        "arranging",  "organising",   "organizing",    "confirming",  "making",
        "offering",   "advising",     "following",     "clearing",    "adding",
        "changing",   "resetting",    "restoring",     "ordering",    "supplying",
        "delivering", "providing",    "supporting",    "assisting",   "reminding",
        "solving",    "unlocking",    "investigating", "moving",      "sending",
        "taking",     "giving",       "going",         "being",       "help",
        "support",    "email",        "mail",          "message",     "reply",
        "response",   "update",       "updates",       "info",        "information",
        "time",       "patience",     "call",          "visit",       "work",
        "effort",     "efforts",      "resolution",    "replacement", "heads",
        "advice",     "assistance",   "service",       "explanation", "understanding",
        "guidance",   "instructions", "quick",         "speedy",      "prompt",
        "attention",  "kindness"};
    return words;
}

const WordSet& words_that_turn() {
    static const WordSet words{
        "now",      "is",         "are",      "was",     "were",         "does",    "did",
        "do",       "has",        "have",     "had",     "can",          "could",   "will",
        "would",    "should",     "they",     "one",     "first",        "some",    "most",
        "part",     "few",        "each",     "he",      "she",          "i",       "we",
        "only",     "just",       "again",    "yet",     "without",      "despite", "instead",
        "weeks",    "months",     "long",     "late",    "later",        "worse",   "useless",
        "rubbish",  "absolutely", "waiting",  "because", "when",         "if",      "while",
        "until",    "before",     "after",    "finally", "eventually",   "other",   "another",
        "same",     "half",       "none",     "nobody",  "too",          "also",    "empty",
        "blank",    "old",        "please",   "and",     "or",           "then",    "want",
        "wants",    "wanted",     "angry",    "sad",     "disappointed", "away",    "off",
        "rude",     "wait",       "delay",    "delays",  "second",       "third",   "cancelling",
        "ignoring", "refusing",   "locked",   "frozen",  "laughing",     "lost",    "unhappy",
        "poor",     "bad",        "terrible", "awful",   "shocking",     "such"};
    return words;
}

const WordSet& words_of_position() {
    static const WordSet words{
        "teacher",   "school",       "academy",      "college",       "manager",     "headteacher",
        "bursar",    "secretary",    "primary",      "administrator", "coordinator", "assistant",
        "nursery",   "headmaster",   "headmistress", "senco",         "governor",    "technician",
        "librarian", "receptionist", "principal",    "infants",       "juniors",     "trust",
        "officer",   "lecturer",     "finance",      "deputy"};
    return words;
}

bool is_praise(std::string_view word) {
    return words_of_praise().contains(word);
}

bool is_trouble(std::string_view word) {
    return words_of_trouble().contains(word) || word.ends_with("n't");
}

}  // namespace bellhop::rules
