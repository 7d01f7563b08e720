#include "parsers/reply/reply_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bellhop::parsers {
namespace {

std::string reply_in(std::string_view text) {
    return split_reply(text).reply;
}
std::string html_reply_in(std::string_view html) {
    return split_html_reply(html).reply;
}

TEST(ReplyText, KeepsAMailWithoutQuotation) {
    EXPECT_EQ(reply_in("Hello,\n\nthe printer in room 12 jams.\n\nRegards\nAnn\n"),
              "Hello,\n\nthe printer in room 12 jams.\n\nRegards\nAnn");
    EXPECT_EQ(split_reply("just this").quoted, "");
}

TEST(ReplyText, CutsAtTheAttributionAndKeepsItElsewhere) {
    const ReplyParts parts = split_reply(
        "It works.\n\nOn Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n\n> Try now\n");
    EXPECT_EQ(parts.reply, "It works.");
    EXPECT_EQ(parts.quoted,
              "On Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n\n> Try now");
}

TEST(ReplyText, KeepsALineWithADigitAboveTheAttribution) {
    for (const std::string line : {"5 - quick and kind", "5 out of 5", "2nd phone works, thanks"}) {
        const ReplyParts parts = split_reply(
            line + "\n\nOn Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n> Hello\n");
        EXPECT_EQ(parts.reply, line);
    }
}

TEST(ReplyText, ReadsAttributionsOfManyLanguages) {
    for (const std::string attribution :
         {"On 3 May 2021, at 10:12, Bo Li <bo@example.org> wrote:",
          "On Mon, May 3, 2021 at 10:12 AM Bo Li <\nbo@example.org> wrote:",
          "On Monday, 3 May 2021, 10:12:44 CEST, Bo Li\n<bo@example.org> wrote:",
          "2021-05-03 10:12 GMT+02:00 Bo Li <bo@example.org>:",
          "Bo Li <bo@example.org> wrote:",
          "---- On Mon, 03 May 2021 10:12:00 +0200 Bo Li <bo@example.org> wrote ----",
          "Am 03.05.21 um 10:12 schrieb Bo Li:",
          "Am Mo., 3. Mai 2021 um 10:12 Uhr schrieb Bo Li <\nbo@example.org>:",
          "Le 3 mai 2021 à 10:12, Bo Li <bo@example.org> a écrit :",
          "Le lun. 3 mai 2021 à 10:12, Bo Li <bo@example.org> a\nécrit :",
          "El lun, 3 may 2021 a las 10:12, Bo Li (<bo@example.org>) escribió:",
          "Il giorno lun 3 mag 2021 alle ore 10:12 Bo Li <bo@example.org> ha scritto:",
          "Em seg., 3 de mai. de 2021 às 10:12, Bo Li <bo@example.org> escreveu:",
          "Op ma 3 mei 2021 om 10:12 schreef Bo Li <bo@example.org>:",
          "Den mån 3 maj 2021 kl 10:12 skrev Bo Li <bo@example.org>:",
          "Den man. 3. maj 2021 kl. 10.12 skrev Bo Li <bo@example.org>:",
          "man. 3. mai 2021 kl. 10:12 skrev Bo Li <bo@example.org>:",
          "Bo Li <bo@example.org> kirjoitti 3.5.2021 kello 10.12:",
          "pon., 3 maj 2021 o 10:12 Bo Li <bo@example.org> napisał(a):",
          "po 3. 5. 2021 v 10:12 odesílatel Bo Li <bo@example.org> napsal:",
          "пн, 3 мая 2021 г. в 10:12, Бо Ли <bo@example.org>:",
          "3 мая 2021 г., в 10:12, Бо Ли <bo@example.org> написал(а):",
          "Bo Li <bo@example.org>, 3 May 2021 Pzt, 10:12 tarihinde şunu yazdı:",
          "Bo Li <bo@example.org> ezt írta (időpont: 2021. máj. 3., H, 10:12):",
          "Στις Δευ, 3 Μαΐ 2021 στις 10:12 π.μ., Bo Li <bo@example.org> έγραψε:",
          "在 2021年5月3日，上午10:12，Bo Li <bo@example.org> 写道：",
          "2021年5月3日(月) 10:12 Bo Li <bo@example.org>:",
          "2021년 5월 3일 (월) 오전 10:12, Bo Li <bo@example.org>님이 작성:"}) {
        EXPECT_EQ(reply_in("It works.\n\n" + attribution + "\n\nolder text\nof the desk\n"),
                  "It works.")
            << attribution;
        EXPECT_EQ(reply_in("It works.\n" + attribution + "\n> older text\n"), "It works.")
            << attribution;
    }
}

TEST(ReplyText, TakesSentencesForSentences) {
    for (const std::string text :
         {"On your laptop you can run:\n\n    ping 192.0.2.1\n\nand tell me what it says.",
          "On 3 May I wrote:\n\nthe beamer is dark.\n\nNobody answered.",
          "On this day in 1969 he wrote: one small step\n\nWhat is the lesson?",
          "10/19/2021 @ 9:30 am the van comes.\nPlease open the gate.",
          "From: London\nTo: Paris\nThat is the trip the class makes.",
          "Subject: broken beamer\nRoom: 12\n\nPlease help.",
          "The list:\n\n-----\nThe printer in the office does not work.\nThe beamer in room 12 is "
          "dark."}) {
        EXPECT_EQ(reply_in(text), text);
    }
}

TEST(ReplyText, CutsAtSeparatorsOfOutlook) {
    for (const std::string separator :
         {"-----Original Message-----", "-----Ursprüngliche Nachricht-----",
          "-----Message d'origine-----", "-----Oprindelig meddelelse-----",
          "-------- Mensaje original --------", "-----Messaggio originale-----",
          "------------------ 原始邮件 ------------------", "-----Исходное сообщение-----"}) {
        EXPECT_EQ(reply_in("Thanks, done.\n\n" + separator + "\nolder text\n"), "Thanks, done.")
            << separator;
    }
}

TEST(ReplyText, CutsAtHeaderBlocks) {
    EXPECT_EQ(
        reply_in("Done.\n\n________________________________\nFrom: Desk <desk@example.org>\n"
                 "Sent: Monday, May 3, 2021 10:12 AM\nTo: Ann\nSubject: [#12] Key\n\nolder\n"),
        "Done.");
    EXPECT_EQ(reply_in("Erledigt.\n\nVon: Desk [mailto:desk@example.org]\nGesendet: Montag, 3. Mai "
                       "2021 10:12\n"
                       "An: Ann\nBetreff: Schlüssel\n\nalt\n"),
              "Erledigt.");
    EXPECT_EQ(reply_in("C'est bon.\n\n*De :* Desk <desk@example.org>\n*Envoyé :* lundi 3 mai 2021 "
                       "10:12\n\n*À :* Ann\n"
                       "*Objet :* Clé\n\nvieux\n"),
              "C'est bon.");
    EXPECT_EQ(
        reply_in(
            "Готово.\n\nОт: Desk <desk@example.org>\nОтправлено: 3 мая 2021 г. 10:12\nКому: Аня\n"
            "Тема: ключ\n\nстарое\n"),
        "Готово.");
}

TEST(ReplyText, KeepsAnswersBetweenQuotations) {
    const std::string answers = "> Which room?\n\nRoom 12.\n\n> Since when?\n\nMonday.";
    EXPECT_EQ(reply_in("On Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n" + answers),
              answers);
}

TEST(ReplyText, DropsTheOneQuotationThatIsAnsweredBelow) {
    EXPECT_EQ(
        reply_in("On 04/02/2021 06:26 PM, Desk wrote:\n> Which room?\n> Since when?\nRoom 12."),
        "Room 12.");
    EXPECT_EQ(
        reply_in("Hello,\n\nOn 04/02/2021 06:26 PM, Desk wrote:\n\n> Which room?\n\nRoom 12."),
        "Hello,\n\nRoom 12.");
}

/// An answer of seven lines goes through the quotation point by point; a shorter one stands alone.
TEST(ReplyText, KeepsTheOneQuotationAboveALongAnswer) {
    const std::string quotation = "On 5 Mar 2026, Ann wrote:\n> Which room?\n> And since when?\n";
    std::string answer;
    for (int lines = 1; lines <= 20; ++lines) {
        answer += "Point " + std::to_string(lines) + " is done.\n";
        const ReplyParts below = split_reply("Hello Ann,\n\n" + quotation + answer);
        EXPECT_EQ(below.reply.find("> Which room?") != std::string::npos, lines >= 7) << lines;
        EXPECT_NE(below.reply.find(answer.substr(0, answer.size() - 1)), std::string::npos);
        const ReplyParts alone = split_reply(quotation + answer);
        EXPECT_EQ(alone.reply.find("> Which room?"), std::string::npos)
            << lines << ": nothing is said above it";
    }
}

TEST(ReplyText, KeepsAQuotationThatNobodyIntroduces) {
    EXPECT_EQ(reply_in("> error 0x12\n\nis what it says."), "> error 0x12\n\nis what it says.");
}

TEST(ReplyText, FindsAnAttributionBehindTheReplyOnOneLine) {
    EXPECT_EQ(
        reply_in(
            "yes please On Mon, May 3, 2021 at 10:12 AM, desk@example.org wrote:\n> Shall we?"),
        "yes please");
}

TEST(ReplyText, CutsSignatures) {
    EXPECT_EQ(reply_in("It works.\n\n-- \nAnn Lee\nSchool of Music\n"), "It works.");
    EXPECT_EQ(reply_in("It works.\n--\nAnn Lee\n\nOn 3 May 2021 10:12, Desk wrote:\n> ok?"),
              "It works.");
    EXPECT_EQ(reply_in("It works.\n\nKind regards,\n\nAnn Lee\nHead of Music\nTel. 030 "
                       "1234567\nwww.school.example\n"),
              "It works.");
    EXPECT_EQ(reply_in("It works.\n\n_____________________________\nstaff mailing "
                       "list\nhttp://lists.example/staff\n"),
              "It works.");
    EXPECT_EQ(reply_in("It works.\n\n-Ann\n"), "It works.");
}

TEST(ReplyText, KeepsANameUnderAGreeting) {
    EXPECT_EQ(reply_in("It works.\n\nThanks,\nAnn\n"), "It works.\n\nThanks,\nAnn");
    EXPECT_EQ(reply_in("Thank you!\n\nSent from my iPhone\n"), "Thank you!");
}

TEST(ReplyText, KeepsWhatAMachineReportsBelowARule) {
    const std::string report =
        "A fax has arrived.\n--------------------\nTime: 3/9/2026 15:50:52\n"
        "Received from: 0221 4711\nPage record: 1 - 1\nElapsed time: 00:58 on channel 11";
    EXPECT_EQ(reply_in(report), report);
    EXPECT_EQ(reply_in("Please call.\n-----\nAnn Lee\nTel. 0221 4711 890\n8:00-16:00\n"),
              "Please call.");
}

TEST(ReplyText, CutsWhatPhonesAdd) {
    for (const std::string line :
         {"Sent from my iPhone", "Sent from Yahoo Mail on Android",
          "Get Outlook for iOS<https://aka.ms/o0ukef>", "Von meinem iPad gesendet",
          "Gesendet mit der GMX Mail App", "Envoyé de mon iPhone", "Enviado desde mi iPhone",
          "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone",
          "Wysłane z iPhone'a", "Отправлено с iPhone", "从我的 iPhone 发送", "iPhoneから送信"}) {
        EXPECT_EQ(reply_in("It works.\n\n" + line + "\n"), "It works.") << line;
    }
    EXPECT_EQ(reply_in("Sent from the office yesterday."), "Sent from the office yesterday.");
}

/// Below half of a school's mails: it must not look like a child in danger.
TEST(ReplyText, CutsTheCreedOfASchool) {
    EXPECT_EQ(reply_in("My headset is silent.\n\nBeth Arnold\nAttendance Officer\nSafeguarding is "
                       "everyone's responsibility. If a child is in immediate danger dial 999.\n"),
              "My headset is silent.\n\nBeth Arnold\nAttendance Officer");
    EXPECT_EQ(
        reply_in("Not a fault.\n\nHolyrood Academy is committed to safeguarding and promoting "
                 "the welfare of children.\n01632 960700\n"),
        "Not a fault.");
    EXPECT_EQ(
        reply_in("The screen is pink.\n\nIf you are worried about a child call the hotline on "
                 "01632 960200\n"),
        "The screen is pink.");
    EXPECT_EQ(
        reply_in("Which labels?\n\nJackie\n\nQueensway High School: Safeguarding is our first "
                 "priority. If you have a safeguarding concern, report it at once.\n"),
        "Which labels?\n\nJackie");
    EXPECT_EQ(
        reply_in("Please take Peter off the list.\n\nSt Benedict's - 'Love one another'. This "
                 "email may contain confidential data; if received in error please delete it "
                 "immediately and inform the sender URGENTLY.\n"),
        "Please take Peter off the list.");
    const std::string real = "Hello,\nI have a concern about a child in my class, please call me.";
    EXPECT_EQ(reply_in(real), real);
}

TEST(ReplyText, CutsDisclaimers) {
    EXPECT_EQ(reply_in("It works.\n\nThis e-mail and any attachments are confidential and intended "
                       "solely for the addressee. "
                       "If you have received it in error, please notify the sender and delete it. "
                       "Any disclosure or "
                       "copying is prohibited.\n"),
              "It works.");
    EXPECT_EQ(reply_in("Geht.\n\nDiese E-Mail enthält vertrauliche und rechtlich geschützte "
                       "Informationen. Sind Sie nicht "
                       "der richtige Empfänger, informieren Sie bitte den Absender und vernichten "
                       "Sie die Mail; das "
                       "unbefugte Kopieren der Anhänge ist nicht gestattet.\n"),
              "Geht.");
}

TEST(ReplyText, CutsBelowTheLineOfTicketSystems) {
    EXPECT_EQ(
        reply_in("It works.\n\n##- Please type your reply above this line -##\nYour ticket\n"),
        "It works.");
}

TEST(ReplyText, IsTheWholeWhereNothingElseWouldRemain) {
    const std::string forward =
        "---------- Forwarded message ---------\nFrom: Ann <ann@example.org>\n"
        "Date: Mon, May 3, 2021 at 10:12 AM\nSubject: Key\nTo: <bo@example.org>\n\nlost";
    EXPECT_EQ(reply_in(forward), forward);
    EXPECT_EQ(reply_in("> only a quote"), "> only a quote");
    EXPECT_EQ(reply_in("-- \nAnn"), "-- \nAnn");
    EXPECT_EQ(reply_in(""), "");
}

TEST(ReplyText, ShowsOfASignatureAloneTheSignature) {
    for (const std::string signature : {"-- \nAnn Lee\nSchool of Music", "Sent from my iPhone"}) {
        const ReplyParts parts = split_reply(
            signature + "\n\nOn Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n> Try\n");
        EXPECT_EQ(parts.reply, signature);
        EXPECT_TRUE(parts.signature_only) << signature;
        EXPECT_NE(parts.quoted.find("> Try"), std::string::npos) << signature;
    }
}

TEST(ReplyText, TakesAThankYouForWordsWhateverStandsBelow) {
    for (const std::string words : {"Thank you.", "Many thanks", "Thanks again", "Merci"}) {
        const ReplyParts parts = split_reply(words + "\n\nAnn Lee\nSchool Office\n01234 567890\n");
        EXPECT_TRUE(parts.reply.starts_with(words)) << parts.reply;
        EXPECT_FALSE(parts.signature_only) << words;
    }
}

TEST(ReplyText, LosesNoLine) {
    const std::string text = "a\n\nOn 3 May 2021 10:12, Bo wrote:\n> b\n> c\n\nd\n-- \ne\n";
    const ReplyParts parts = split_reply(text);
    for (const std::string line :
         {"a", "On 3 May 2021 10:12, Bo wrote:", "> b", "> c", "d", "-- ", "e"}) {
        EXPECT_NE((parts.reply + '\n' + parts.quoted).find(line), std::string::npos) << line;
    }
}

TEST(ReplyText, LeavesCodeAlone) {
    EXPECT_EQ(reply_in("Try:\n```\n> get key\nOn 3 May 2021 10:12, Bo wrote:\n```\nthen tell me."),
              "Try:\n```\n> get key\nOn 3 May 2021 10:12, Bo wrote:\n```\nthen tell me.");
}

TEST(ReplyText, TakesCodeForNoAnswerToAQuotation) {
    const std::string answer = "Room 12, and it says:\n```\n> get key\n> no key\n```\nevery time.";
    EXPECT_EQ(reply_in("On 04/02/2021 06:26 PM, Desk wrote:\n> Which room?\n\n" + answer), answer);
}

TEST(ReplyText, TakesLinearTimeForHostileText) {
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "On 3 May 2021\n\n> x\nFrom: a@b.example\n-- \nSent from my\n```\n";
    EXPECT_FALSE(split_reply(text).reply.empty());
    EXPECT_FALSE(split_reply(std::string(300'000, ':')).reply.empty());
    EXPECT_FALSE(split_reply(std::string(300'000, '>')).reply.empty());
}

const MailSetting new_mail{.answers = false};

/// Nothing is quoted in a mail that answers none, but what a program introduced.
TEST(ReplyText, KeepsAllOfANewMail) {
    for (const std::string text :
         {"What does this mean?\n\n> cannot find printer\n> at line 3",
          "Speed is > 100 Mb at the switch but\n> 5 Mb is all we get in room 9",
          "On Tuesday 3 November at 10:15 the head wrote:\n\nWe need all iPads wiped.\n\nPlease do "
          "so.",
          "The letter said:\n\nFrom: Bursar\nDate: 3 November 2026\nSubject: new tills\n\nOrder "
          "two.",
          "Runs with error:\n\n    > use printers\n    --\n    SELECT * FROM q;\n\nany idea?",
          "I get this:\n\n```\nOn 3 May 2021 at 10:12, a@b.example wrote:\n> error\n-- "
          "\nfatal\n```\n\nWhy?",
          "Log Name: System\nSource: Disk\nDate: 03/11/2026 09:12:00\nUser: N/A\nThe device is "
          "bad."}) {
        EXPECT_EQ(split_reply(text, new_mail).reply, text);
    }
}

TEST(ReplyText, CutsTheQuotationOfAnAnswerWhoseHeaderDoesNotSayThatItIsOne) {
    for (const std::string quotation :
         {"On Mon, 3 May 2021 at 10:12, Desk <desk@example.org> wrote:\n> Try now",
          "-----Original Message-----\nolder text",
          "> On 11-Apr-2011, at 6:54 PM, Bob <bob@example.com> wrote:\n> Test",
          "From: Desk <desk@example.org>\nSent: Monday, May 3, 2021 10:12 AM\nTo: Ann\nSubject: "
          "Key\n\nolder"}) {
        EXPECT_EQ(split_reply("It works.\n\n" + quotation, new_mail).reply, "It works.")
            << quotation;
    }
}

/// Every text, of every setting: the pieces are the text, and what was not kept says why.
TEST(ReplyText, IsMadeOfPieces) {
    const std::vector<std::string> blocks = {"It works.",
                                             "Which room?",
                                             "On 3 May 2021 at 10:12, Bo <bo@example.org> wrote:",
                                             "> old",
                                             "-- ",
                                             "--",
                                             "______________",
                                             "Ann Lee",
                                             "01632 960001",
                                             "Kind regards",
                                             "PS: room 4",
                                             "Sent from my iPhone",
                                             "```",
                                             "",
                                             "From: a@b.example Date: 3 May 2021 10:12",
                                             "    > code",
                                             "This email is confidential and privileged.",
                                             "[EXTERNAL]"};
    unsigned long seed = 7;
    const auto next = [&] { return seed = (seed * 6364136223846793005UL + 1442695040888963407UL); };
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::size_t lines = next() % 24; lines > 0; --lines)
            text += blocks[(next() >> 33U) % blocks.size()] + (next() % 29 == 0 ? "" : "\n");
        for (const bool answers : {false, true}) {
            const ReplyParts parts = split_reply(text, {.answers = answers});
            std::string all;
            bool kept = false;
            for (const TextPiece& piece : parts.pieces) {
                EXPECT_EQ(piece.begin, all.size());
                all += piece_of(text, piece);
                kept = kept || piece.kind == PieceKind::kept;
            }
            ASSERT_EQ(all, text);
            EXPECT_TRUE(kept || text.empty());
            EXPECT_EQ(parts.reply, joined_pieces(text, parts.pieces, PieceChoice::kept));
            EXPECT_EQ(parts.quoted, joined_pieces(text, parts.pieces, PieceChoice::set_apart));
        }
    }
}

TEST(HtmlReplyText, KeepsAllOfANewMail) {
    for (const std::string html :
         {"<p>Two faults:</p><hr><p>Room 4: no sound, ext 960044</p><hr><p>Room 5: dark</p>",
          "<h2>New request</h2><hr><p>Name: Ann<br>Email: ann@example.org<br>Problem: dark</p>",
          "<div style='border-top:1px solid'>Printer 5</div><div style='border-top:1px "
          "solid'>toner "
          "out</div>",
          "<p>The error is:</p><blockquote>cannot connect to printer</blockquote>",
          "<p>It says</p><blockquote>No signal</blockquote><p>and goes off.</p>"}) {
        EXPECT_EQ(split_html_reply(html, new_mail).quoted, "") << html;
    }
}

TEST(HtmlReplyText, CutsAtALineAboveASender) {
    const std::string html =
        "<p>It works.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm "
        "0cm "
        "0cm'><b>From:</b> Desk &lt;desk@example.org&gt;<br>older</div>";
    EXPECT_EQ(split_html_reply(html, new_mail).reply, "It works.");
}

TEST(HtmlReplyText, KeepsAPostscriptInsideASignature) {
    EXPECT_EQ(html_reply_in("<p>It works.</p><div class=gmail_signature>Ann<br>PS: room 4</div>"),
              "It works.\nPS: room 4");
}

TEST(HtmlReplyText, KnowsTheMarkupOfMailPrograms) {
    const std::string old = "<div>2021/05/03: Desk</div><div>older text</div>";
    for (const std::string& quoted : std::vector<std::string>{
             "<div class=\"gmail_quote\">" + old + "</div>",
             "<div class=\"gmail_quote gmail_quote_container\"><div class=gmail_attr>3.5. "
             "Desk:</div>"
             "<blockquote class=gmail_quote>older</blockquote></div>",
             "<div id=\"appendonsend\"></div><hr>" + old,
             "<div id=\"divRplyFwdMsg\">" + old + "</div><div>x</div>",
             "<div id=x_divRplyFwdMsg>" + old + "</div>",
             "<div class=\"yahoo_quoted\" id=\"yahoo_quoted_1\">" + old + "</div>",
             "<div class=\"protonmail_quote\">" + old + "</div>",
             "<div class=\"moz-cite-prefix\">Desk:<br></div><blockquote type=\"cite\">" + old +
                 "</blockquote>",
             "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>" +
                 old + "</div>",
             "<hr id=\"zwchr\" data-marker=\"__DIVIDER__\">" + old,
             "<div name=\"quote\">" + old + "</div>",
             "<div class=\"zmail_extra\">" + old + "</div>", "<hr id=stopSpelling>" + old,
             "<blockquote type=cite>" + old + "</blockquote>"}) {
        EXPECT_EQ(html_reply_in("<div>It <b>works</b>.</div>" + quoted), "It works.") << quoted;
    }
}

TEST(HtmlReplyText, KeepsAnswersInsideTheQuotationOfGmail) {
    EXPECT_EQ(
        html_reply_in(
            "<div class=gmail_quote><div class=gmail_attr>Desk:</div><blockquote>Which "
            "room?</blockquote>"
            "<div>Room 12.</div><blockquote>Since when?</blockquote><div>Monday.</div></div>"),
        "> Which room?\n\nRoom 12.\n\n> Since when?\n\nMonday.");
}

TEST(HtmlReplyText, KeepsTextBelowAContainer) {
    EXPECT_EQ(html_reply_in("<p>Above.</p><div class=yahoo_quoted><p>old</p></div><p>Below.</p>"),
              "Above.\nBelow.");
}

TEST(HtmlReplyText, CutsSignaturesSaidByTheMarkup) {
    EXPECT_EQ(html_reply_in("<p>It works.</p><div class=\"gmail_signature\" "
                            "data-smartmail=gmail_signature>Ann</div>"),
              "It works.");
    EXPECT_EQ(html_reply_in("<div id=Signature>It works.</div>"), "It works.");
}

TEST(HtmlReplyText, IsEmptyForNothing) {
    EXPECT_EQ(html_reply_in("<html></html>"), "");
}

}  // namespace
}  // namespace bellhop::parsers
