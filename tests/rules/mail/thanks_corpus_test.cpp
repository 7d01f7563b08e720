// Thanks and complaints as people of schools write them, by somebody who had not looked at the
// words that the reader knows. Of the thanks most must be known; of the complaints none may be
// taken for one.
#include <array>

#include <gtest/gtest.h>

#include "rules/mail/customer_reply.hpp"

namespace bellhop::rules {
namespace {

bool opens(const char* text) {
    parsers::Message message;
    message.reply_text = text;
    return read_reply(message).wants_work;
}

constexpr std::array<const char*, 88> thanks{
    "Thanks for sorting everything out Raj",
    "Thank you for resetting my password.",
    "Thank you both for your help with the server",
    "Many thanks for the quick turnaround",
    "Thank you for the swift resolution.",
    "thanks so much, that's brilliant",
    "Thank you. Everything seems to be working now.",
    "My email is working again, thank you",
    "Great, all fixed, cheers",
    "Thanks Raj that did the trick",
    "Thank you for your continued support",
    "Appreciate your help",
    "Appreciate the quick reply",
    "Thanks for the heads up",
    "You guys are the best!",
    "Wonderful, that's fixed it. Thank you.",
    "No worries, thanks for letting me know",
    "Ok that's fine, thank you",
    "Thank you I'll let you know if it happens again",
    "That's sorted now, many thanks",
    "Thank you for the replacement laptop",
    "Thank you for your prompt attention to this matter.",
    "Thank you!",
    "Thanks a million",
    "thats great thank you",
    "Thank you so much for sorting this out so fast.",
    "Hi Tom, all good now, thank you!",
    "That worked, thanks Tom.",
    "Perfect thank you x",
    "Brilliant – thank you for your speedy help.",
    "Thank you, it is now working.",
    "Yes thank you, all working fine now",
    "Fantastic service as always, thank you.",
    "Thank you for your email.",
    "Thanks for getting back to me so quickly",
    "Thank you. I can log in now.",
    "Lovely, thank you, I can see the register now.",
    "Great news, thanks for letting us know!",
    "Thank you for fixing the printer.",
    "Thanks, the projector is working again.",
    "Thank you Tom, the sound is back.",
    "Thanks for your patience and help today.",
    "Much appreciated, thanks",
    "You're a superstar, thank you!",
    "Thanks, I really appreciate it.",
    "Many thanks for looking into this",
    "Super, thanks. Have a good weekend.",
    "That is wonderful. Thank you for all your help with this, it has made a huge difference.",
    "Hello,\n\nThank you - that's all sorted.\n\nMany thanks,\n\nJo",
    "Ok thank you",
    "Okay, thanks for the info.",
    "Thanks for the update.",
    "Thanks for the update, Tom. Much appreciated.",
    "Noted with thanks",
    "Thank you for dealing with it",
    "Thanks for explaining.",
    "Excellent! Thank you for your quick response.",
    "Thank you very much indeed.",
    "Thank you ever so much!",
    "Ah, brilliant! Thanks so much :)",
    "Thanks 😊",
    "🙏",
    "❤️",
    "Thank you for your time on the phone.",
    "Thanks Tom, you've been really helpful.",
    "It works! Thank you!!",
    "Works a treat, thanks",
    "It's all up and running, thank you.",
    "Hooray! Thank you.",
    "Thank you for coming in this morning.",
    "Thank you, that has resolved the issue.",
    "This has now been resolved, thank you",
    "Happy for this to be closed, thanks",
    "Thanks, please close the ticket.",
    "You can close this ticket, thank you.",
    "That's perfect. No further action needed, thanks.",
    "No need to do anything else, thank you.",
    "All done, thank you for your support.",
    "Thank you from all of us in Year 2!",
    "Thanks again for all your help yesterday.",
    "Big thank you from the office team",
    "Cheers Tom, that's got it.",
    "Ta very much",
    "Thank you kindly.",
    "Thanks. Have a lovely half term when it comes.",
    "Much better now, thank you",
    "Thank you for sorting it, Tom. Best wishes, Jane Hall, Year 4 Teacher",
    "Thank you\n\nJane Hall\nYear 4 Class Teacher\nHill Primary School",
};

constexpr std::array<const char*, 80> complaints{
    "Thanks for wasting my whole morning",
    "Thanks for the wrong cable",
    "Thanks for making it worse",
    "Thank you for sending somebody who knew nothing",
    "Thanks for getting back to me after three weeks",
    "Thanks for your help but no thanks",
    "Thank you for replying. I do not agree.",
    "Thanks for the call, nobody has come",
    "Thank you for your email, the attachment is empty",
    "Thanks for looking, it did not change",
    "Thanks for the visit. The door stays locked.",
    "Thanks for coming but you left the lid open",
    "Thank you for fixing one of them",
    "Thanks for fixing the first one",
    "Thanks for adding me to the wrong group",
    "Thanks for setting up the account, what is the password",
    "Thanks for the update. How long",
    "The sound is back but crackles",
    "The printer is back. Thanks. It smells of smoke",
    "Everything is fine except the scanner thanks",
    "The wifi is working again in half the rooms, thanks",
    "We can see each other's files now. Thanks",
    "I can log in now as somebody else, thanks",
    "I can only print now, thanks",
    "Thanks, everything is slow",
    "That's great, next week then, thanks",
    "It's back up and running on one PC, thanks",
    "My account is working again on the old laptop, thanks",
    "Thanks, the new screen is fantastic, we would like four more",
    "Thank you from a very annoyed teacher",
    "Thank you from a cold classroom",
    "Happy for this to be closed once it works, thanks",
    "No further action needed from me, thanks",
    "Thank you but it still does not work.",
    "Thanks for nothing.",
    "Thanks, the printer prints but only in pink.",
    "Thank you. Now Bob cannot log in either.",
    "Thanks for trying. The screen is black again.",
    "Thanks, I will try again tomorrow and let you know.",
    "Thank you for closing my ticket without doing anything.",
    "Great, now nothing works at all.",
    "Great. Three weeks and no laptop.",
    "Perfect timing, in the middle of my lesson.",
    "Brilliant, it crashed in front of the inspectors.",
    "Thanks, when will somebody come",
    "Thank you, could you also look at the whiteboard in room 5",
    "Thanks. While you are here please look at the door as well.",
    "Many thanks, we also have two new starters on Monday who want accounts.",
    "Thanks, it worked for an hour.",
    "It worked yesterday.",
    "It is working on mine. Not on the others. Thanks",
    "Thank you, it works in room 4. Room 5 is the same as before.",
    "Thanks, but this is the third time this month.",
    "Thank you for your email. I have been waiting since Monday.",
    "Thanks. This was the wrong printer.",
    "Thanks. I am not happy with how long this took.",
    "That was not helpful, thanks anyway.",
    "Fine. I shall ask the head.",
    "Good for you. My class sat in the dark.",
    "Thanks, the password you sent is rejected",
    "Thanks, same error as before",
    "Thanks for the link, it opens an empty page",
    "Thank you, I tried that already",
    "Thanks, the parents are complaining",
    "Thanks Tom, it says access denied",
    "Thank you, no change here",
    "Thanks, the keyboard types the wrong letters",
    "Thank you for the loan laptop. The charger is missing.",
    "Thanks. It needs a new bulb",
    "Thanks. Please send somebody.",
    "Thank you. Please call me on 01632 960123.",
    "Thanks. I want to speak to your manager.",
    "Thank you, I would like a refund",
    "Thanks, SIMS froze once more",
    "Thanks, it keeps logging me out",
    "Thanks, a pupil has told me something worrying",
    "Working now? No.",
    "Sorted? I think not.",
    "Great service, if you like waiting",
    "Thanks. Only one of the two is back",
};

// Kinds of thanks with what is like them and is none.
TEST(ThanksKinds, OpenNothing) {
    for (const char* text :
         {"That's done it, thank you", "All up and running, thanks!", "Everything good here, ta",
          "Such a lifesaver, thank you", "Thank you! 5 stars from us",
          "Thanks, I'll test it on Monday and let you know", "Thanks - will look at it tomorrow",
          "We are thrilled, thank you!"}) {
        EXPECT_FALSE(opens(text)) << text;
    }
}

TEST(ThanksKinds, AreNotTakenForWhatIsLikeThem) {
    for (const char* text :
         {"That's done it now, everything is dark", "All up and running but the sound",
          "Everything here is slow, thanks", "Thanks, I'll need a new one tomorrow",
          "Thanks, will you look at it tomorrow", "Thanks, I'll try again, it fails each time",
          "Thank you\n\nUseless Service\nVery Late", "Thank you\n\nRoom 12\nStill Dark"}) {
        EXPECT_TRUE(opens(text)) << text;
    }
}

TEST(ThanksCorpus, NoComplaintCountsAsThanks) {
    for (const char* text : complaints) {
        EXPECT_TRUE(opens(text)) << text;
    }
}

TEST(ThanksCorpus, MostThanksOpenNothing) {
    std::size_t known = 0;
    std::string others;
    for (const char* text : thanks) {
        if (opens(text)) {
            others += std::string{text} + '\n';
        } else {
            ++known;
        }
    }
    EXPECT_GE(known * 100, thanks.size() * 90) << others;
}

}  // namespace
}  // namespace bellhop::rules
