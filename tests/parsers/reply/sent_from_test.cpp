#include "parsers/reply/sent_from.hpp"

#include <string>

#include <gtest/gtest.h>

#include "parsers/text/plain_text.hpp"

namespace bellhop::parsers {
namespace {

bool is_cut(const std::string& line) {
    const std::string low = folded(line);
    return is_sent_from({line, low});
}

TEST(SentFrom, KnowsWhatPhonesAdd) {
    for (const std::string line : {"Sent from my iPhone",
                                   "Sent from my iPhone.",
                                   "Sent from Yahoo Mail on Android",
                                   "Sent from my Samsung Galaxy s5 Octacore device",
                                   "Sent from my Verizon, Samsung Galaxy smartphone",
                                   "Sent from Mail for Windows 10",
                                   "Sent from Outlook for iOS",
                                   "Sent from my phone, please excuse any typos.",
                                   "Sent from my iPad - sorry for the spelling",
                                   "Sent with Proton Mail secure email.",
                                   "Sent via BlackBerry from Vodafone",
                                   "Sent from the all-new AOL app for iOS",
                                   "Get Outlook for iOS<https://aka.ms/o0ukef>",
                                   "Get Outlook for Android",
                                   "Von meinem iPad gesendet",
                                   "Gesendet mit der GMX Mail App",
                                   "Von meinem Samsung Galaxy Smartphone gesendet.",
                                   "Envoyé de mon iPhone",
                                   "Envoyé depuis mon mobile",
                                   "Enviado desde mi iPhone",
                                   "Inviato da iPhone",
                                   "Verstuurd vanaf mijn iPhone",
                                   "Skickat från min iPhone",
                                   "Wysłane z iPhone'a",
                                   "Отправлено с iPhone",
                                   "从我的 iPhone 发送",
                                   "iPhoneから送信",
                                   "從我的 iPhone 傳送"}) {
        EXPECT_TRUE(is_cut(line)) << line;
    }
}

TEST(SentFrom, LeavesSentencesThatBeginSo) {
    for (const std::string line :
         {"Sent from my classroom PC it works, from the office it does not.",
          "Sent from my iPad the homework does not arrive.",
          "Sent from my iPhone it looks fine, on the laptop it is cut off",
          "Sent via the copier, scans to my outlook arrive without attachment.",
          "Sent from Ann's laptop the print job never arrives, and the queue shows an error.",
          "Sent from the office yesterday.", "Sent from my phone, is that a problem?",
          "From my phone I can open it, from the iPad I cannot.",
          "Get Outlook for all Year 6 tablets please, by Friday.",
          "Get Outlook working on my new laptop please.",
          "Typed on my keyboard the letter e comes out twice.",
          "Gesendet von meinem Handy kommen Mails an, vom PC nicht.",
          "Von meinem Rechner aus geht es nicht.", "Envoyé de mon poste, le courriel n'arrive pas.",
          "Envoyé depuis mon téléphone le message passe, depuis le bureau non.",
          "Enviado desde mi móvil llega, desde el ordenador no.", "Cannot print from mobile"}) {
        EXPECT_FALSE(is_cut(line)) << line;
    }
}

}  // namespace
}  // namespace bellhop::parsers
