"""Where something is said: occasions, media, and what is done with a statement.

Written by hand, from phrases such as "in an interview" and "on Twitter" in English-language news.
"""

from claims.extraction.lexicon.words import add_plurals, phrase_set

# Nouns for what is said or written to somebody: who stands after their "with" or "to" hears it.
NOUNS_OF_TALK = add_plurals(
    phrase_set(
        """interview, letter, email, e-mail, message, text, call, conversation, statement, memo,
        note, presentation, briefing, lecture"""
    )
) | phrase_set("remarks, comments, speech, speeches, address, testimony, reply, replies")

VENUE_NOUNS = (
    NOUNS_OF_TALK
    | add_plurals(
        phrase_set(
            """news conference, press conference, joint conference, conference, tweet, post, op-ed,
            oped, article, column, essay, blog, podcast, meeting, summit, hearing, debate, event,
            forum, town hall, session, video, broadcast, show, program, programme, press release,
            news release, report, filing, lawsuit, complaint, affidavit, deposition, trial, stop,
            dinner, visit, tour, panel, discussion, exchange, gathering, convention, newsletter,
            editorial, book, memoir, caption, thread, livestream, ruling, indictment, declaration,
            communique, communiqué, appearance, monologue, sermon, keynote, webcast, Q&A,
            court filing, court document, court file, court hearing, fundraiser, bulletin, file,
            document, resolution, notice"""
        )
    )
    | phrase_set(
        """testimonies, rally, rallies, ceremony, ceremonies, radio, television, TV, lunch,
        luncheon, documentary, documentaries, court papers, parliament, Congress, website, papers,
        magazine, newspaper, dispatch, dispatches"""
    )
)

# Venues that need no article: "in remarks", "in court filings".
VENUES_WITHOUT_ARTICLE = phrase_set(
    """statements, interviews, speeches, tweets, posts, messages, letters, emails, e-mails,
    testimony, remarks, comments, parliament, court filings, court files, court documents,
    court papers, court records, Congress, filings, briefings, hearings, debates, rallies, texts,
    replies, conversations, documents, advertisements"""
)

# Media that may follow "on" or "via".
SOCIAL_MEDIA = phrase_set(
    """Twitter, Facebook, Instagram, Telegram, TikTok, YouTube, Truth Social, Weibo, LinkedIn,
    Reddit, WhatsApp, Threads, Bluesky, Snapchat, social media"""
)
BROADCASTERS = phrase_set(
    """CNN, MSNBC, NBC, ABC, CBS, CNBC, Fox News, Fox, BBC, Sky News, NPR, PBS, C-SPAN, ITV, CBC,
    Al Jazeera"""
)

# Words with a capital that are no places after "in": "in English".
CAPITALIZED_NO_PLACES = phrase_set(
    """English, French, Spanish, Russian, Arabic, German, Chinese, Mandarin, Hebrew, Farsi, Persian,
    Ukrainian, Turkish, Hindi, God, Republican, Republicans, Democrat, Democrats, American,
    Americans, Mr, Mrs, Ms"""
)

# Nouns with which "at the …" is no venue: "at the expense of".
NOUNS_OF_NO_VENUE_AFTER_AT = phrase_set(
    """time, moment, age, end, least, heart, risk, outset, start, beginning, expense, hands, cost,
    rate, point, ready"""
)

# Participles of what is done with a statement: "in a letter released by".
PARTICIPLES_OF_ISSUING = phrase_set(
    """released, issued, published, posted, aired, broadcast, delivered, held, sent, given,
    recorded, taped, televised, dated"""
)
PARTICIPLES_OF_PUBLISHING = PARTICIPLES_OF_ISSUING | phrase_set(
    """airing, obtained, seen, made, carried, shared, hosted, organised, organized, attended,
    printed, addressed"""
)
