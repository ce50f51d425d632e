"""Tables of words by which quotes are compared. Written by hand."""

from claims.extraction.lexicon.words import phrase_set, word_set

# What the short forms stand for, after which an apostrophe is left of no word.
CONTRACTIONS = {
    "can't": "can not", "won't": "will not", "shan't": "shall not", "cannot": "can not",
    "ain't": "be not", "let's": "let us", "gonna": "going to", "wanna": "want to",
    "gotta": "got to", "'em": "them", "o'clock": "oclock", "y'all": "you all",
}  # fmt: skip
CONTRACTED_ENDINGS = (
    ("n't", " not"), ("'re", " are"), ("'ll", " will"), ("'ve", " have"), ("'m", " am"),
    ("'d", " would"),
)  # fmt: skip

# One key for what changes when words are reported: the person, the tense, and the place they
# are seen from.
KEY_OF_SHIFTED_WORD = {
    form: key
    for key, forms in {
        "be": "am is are was were been being be",
        "have": "has had having have",
        "do": "does did done doing do",
        "will": "would will shall ll",
        "can": "could can",
        "may": "might may maybe",
        "i": "he she they we it you i one",
        "me": "him her them us me",
        "my": "his her their our its your my whose hers ours theirs mine",
        "myself": "himself herself themselves ourselves itself myself",
        "this": "that these those this",
        "go": "goes went gone going go",
        "say": "says said saying say",
        "get": "gets got gotten getting get",
        "make": "makes made making make",
        "take": "takes took taken taking take",
        "come": "comes came coming come",
        "know": "knows knew known knowing know",
        "see": "sees saw seen seeing see",
        "think": "thinks thought thinking think",
        "give": "gives gave given giving give",
        "find": "finds found finding find",
        "tell": "tells told telling tell",
        "become": "becomes became becoming become",
        "leave": "leaves left leaving leave",
        "feel": "feels felt feeling feel",
        "bring": "brings brought bringing bring",
        "begin": "begins began begun beginning begin",
        "keep": "keeps kept keeping keep",
        "hold": "holds held holding hold",
        "write": "writes wrote written writing write",
        "stand": "stands stood standing stand",
        "hear": "hears heard hearing hear",
        "mean": "means meant meaning mean",
        "meet": "meets met meeting meet",
        "pay": "pays paid paying pay",
        "run": "runs ran running run",
        "speak": "speaks spoke spoken speaking speak",
        "lead": "leads led leading lead",
        "grow": "grows grew grown growing grow",
        "lose": "loses lost losing lose",
        "fall": "falls fell fallen falling fall",
        "send": "sends sent sending send",
        "build": "builds built building build",
        "understand": "understands understood understanding understand",
        "draw": "draws drew drawn drawing draw",
        "break": "breaks broke broken breaking break",
        "spend": "spends spent spending spend",
        "rise": "rises rose risen rising rise",
        "drive": "drives drove driven driving drive",
        "buy": "buys bought buying buy",
        "wear": "wears wore worn wearing wear",
        "choose": "chooses chose chosen choosing choose",
        "die": "dies died dying die",
        "kill": "kills killed killing kill",
        "shoot": "shoots shot shooting shoot",
        "fight": "fights fought fighting fight",
        "seek": "seeks sought seeking seek",
        "sell": "sells sold selling sell",
        "win": "wins won winning win",
        "catch": "catches caught catching catch",
        "steal": "steals stole stolen stealing steal",
        "hide": "hides hid hidden hiding hide",
        "fly": "flies flew flown flying fly",
        "eat": "eats ate eaten eating eat",
        "forget": "forgets forgot forgotten forgetting forget",
        "news": "news",
        "means": "means",
        "series": "series",
        "behead": "beheads beheaded beheading behead",
    }.items()
    for form in forms.split()
}

# Spellings of one word or name, and short names: the first is the key.
KEY_OF_SPELLING = {
    spelling: key
    for key, spellings in {
        "isis": "isil isis daesh isil's is's",
        "uk": "britain british",
        "tv": "television",
        "percent": "percent per-cent pc",
        "adviser": "advisor adviser",
        "gray": "grey",
        "program": "programme",
        "toward": "towards",
        "okay": "ok okay",
        "mister": "mr",
    }.items()
    for spelling in spellings.split()
}

# Names of several words, as one key.
PHRASES_AS_ONE = {
    ("united", "states"): "usa",
    ("united", "states", "of", "america"): "usa",
    ("united", "kingdom"): "uk",
    ("united", "nations"): "un",
    ("islamic", "state"): "isis",
    ("islamic", "state", "group"): "isis",
    ("european", "union"): "eu",
    ("white", "house"): "whitehouse",
    ("per", "cent"): "percent",
    ("new", "york"): "newyork",
    ("central", "intelligence", "agency"): "cia",
    ("prime", "minister"): "premier",
    ("u", "k"): "uk",
    ("u", "n"): "un",
    ("d", "c"): "dc",
}

# Words for one thing: where two quotes are compared for what they mean, the first stands for all.
KEY_OF_SYNONYM = {
    synonym: key
    for key, synonyms in {
        "kidnap": "abduct abducted kidnapped kidnapping abduction",
        "mother": "mom mum",
        "father": "dad",
        "children": "kids kid child minors",
        "photo": "photograph photographs picture pictures image images photos",
        "kill": "killer slain slay murdered murder",
        "die": "dead death deaths deceased",
        "suicide": "suicides",
        "sell": "sale sales",
        "buy": "purchase purchased acquire acquired acquisition",
        "firm": "company companies business firms",
        "police": "cops officers policemen cop policeman",
        "boss": "chief head leader",
        "start": "begin beginning begun launch launched commence starts started",
        "end": "finish finished ended conclude",
        "hurt": "injured wounded injury injuries injure wounds",
        "job": "jobs workforce staff employees workers posts layoffs",
        "plan": "plans planning planned intends intend intention intends",
        "attack": "strike strikes airstrike airstrikes raid raids bombing attacks",
        "fighter": "militants militant fighters jihadists jihadist insurgents terrorists",
        "soldier": "troops soldiers servicemen",
        "cut": "cuts slash reduce reduced reduction slashed",
        "talk": "talks negotiations negotiate negotiating discussions discussion",
        "meeting": "summit meet met",
        "jail": "prison jailed imprisoned",
        "fire": "blaze fires",
        "car": "vehicle vehicles cars truck",
        "plane": "aircraft airplane jet jets planes airliner",
        "illness": "disease sick ill",
        "arrest": "arrested detained detain custody detention held",
        "freed": "released release free",
        "false": "untrue",
        "help": "aid assist assistance support",
    }.items()
    for synonym in synonyms.split()
}

# Words that say little of what a quote is about.
SMALL_WORDS = word_set(
    """a an the and or but nor so yet if then than that this these those as at by for from in into
    of off on onto out over to toward up upon with within without about after before between during
    through under until while i he she it we they you me him her us them my his its our their your
    myself himself be am is are was were been being have has had having do does did done doing will
    would shall should can could may might must there here who whom whose which what when where why
    how s t also just very too still again only even some any all each such own same other another
    more most much many one say says said saying tell told get got go going make made take come
    now well really quite mr mrs ms dr because like however though although both either"""
)

NEGATIONS = word_set("not no never none nobody nothing neither nowhere")

# Words that say of something told that it is not so.
WORDS_OF_FALSEHOOD = word_set(
    """false untrue fake fabrication fabricated fabrications hoax baseless unfounded groundless
    ridiculous ludicrous absurd nonsense lie lies lied lying liar wrong incorrect inaccurate
    misleading fiction fictitious myth bogus invented preposterous outrageous untruth untruths
    untruthful exaggerated exaggeration debunked debunk denied denies deny denying denial refuted
    refute rejected dismissed disputed contradicted contradict doubtful doubt doubts skeptical
    sceptical implausible impossible unlikely unsubstantiated discredited retracted mistaken
    mistake misidentified propaganda slander libel defamatory crap rubbish garbage trash absurdity
    disproved disproven erroneous photoshopped doctored staged satire joke prank excuse"""
)

# Verbs of cues that deny, also of "denied claims that …".
FORMS_OF_DENYING = word_set(
    """deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed
    dismissing refute refutes refuted refuting rebuff rebuffed rebut rebutted disputed disputes
    contradicted contradicts negated debunked debunks"""
)

# Words by which a quote takes up what somebody else has said.
WORDS_FOR_WHAT_IS_SAID = word_set(
    """report reports rumor rumors rumour rumours claim claims allegation allegations accusation
    accusations charge charges story stories speculation suggestion suggestions assertion
    assertions statement statements comments remarks criticism notion idea reporting news article
    articles account accounts"""
)

# Words without which a denial may still be none, and with which two contents say opposite things.
OPPOSITES = {
    frozenset(pair)
    for pair in (
        ("increase", "decrease"), ("rise", "fall"), ("more", "less"), ("more", "fewer"),
        ("up", "down"), ("alive", "dead"), ("alive", "die"), ("true", "false"), ("win", "lose"),
        ("open", "close"), ("begin", "end"), ("start", "stop"), ("accept", "reject"),
        ("support", "oppose"), ("guilty", "innocent"), ("male", "female"), ("man", "woman"),
        ("before", "after"), ("first", "last"), ("high", "low"), ("higher", "lower"),
        ("revenue", "profit"), ("safe", "danger"), ("possible", "impossible"),
        ("likely", "unlikely"), ("all", "some"), ("real", "fake"), ("real", "hoax"),
        ("authentic", "fake"), ("authentic", "hoax"), ("allow", "ban"), ("legal", "illegal"),
        ("north", "south"), ("east", "west"), ("buy", "sell"), ("import", "export"),
        ("friend", "enemy"), ("release", "hold"), ("success", "failure"), ("pass", "fail"),
        ("best", "worst"), ("good", "bad"), ("strong", "weak"), ("large", "small"),
        ("early", "late"), ("morning", "evening"), ("men", "women"), ("boy", "girl"),
        ("husband", "wife"), ("son", "daughter"), ("brother", "sister"), ("mother", "father"),
        ("black", "white"), ("left", "right"), ("new", "old"), ("inside", "outside"),
        ("present", "absent"), ("healthy", "sick"), ("confirm", "deny"), ("remain", "leave"),
        ("leave", "stay"), ("arrive", "leave"), ("minimum", "maximum"), ("least", "most"),
    )
}  # fmt: skip

# Words that weaken what is said, or make it hang on something.
HEDGES = word_set(
    """may might could possibly perhaps maybe reportedly allegedly apparently probably likely
    potentially appear appears appeared seem seems seemed suggest suggests believed believe think
    suspected alleged supposed rumored rumoured expected"""
)
CONDITIONS = word_set("if unless provided except otherwise assuming")

# Ways of giving no answer, in cue and content together.
NO_ANSWER_PATTERN = (
    r"no (?:further |immediate |official )?(?:comment|response|answer|statement)"
    r"|(?:declin|refus)\w* (?:to |any |further )*(?:comment|say|answer|discuss|confirm|respond"
    r"|elaborate|give|disclose|provide|specify|identify|name|reveal|release|be|speculate|talk)"
    r"|(?:not|n't|yet|never|fail\w*|without) (?:\w+ ){0,2}(?:comment\w*|respond\w*|answer\w*"
    r"|repl(?:y|ied)|return\w* (?:a |the |our |his |her |several |repeated |phone )*(?:calls?|request"
    r"|message|e-?mail))"
    r"|(?:not|n't|cannot|can't|unable to|could not|nor) (?:\w+ ){0,3}(?:confirm|verif|comment|discuss"
    r"|rule out|independently|authenticat|speculat)\w*"
    r"|neither confirm\w* nor den(?:y|ied)|not available (?:for|to)|unavailable (?:for|to)"
    r"|nothing (?:\w+ )?(?:new )?to (?:say|report|add|announce)|does(?: not|n't) (?:\w+ )?comment"
    r"|unconfirmed|awaiting|looking into|aware of (?:the |these |such |media |those )*(?:report|claim"
    r"|video|alleg|rumou?r|image|photo)\w*|investigating|no information|unable to (?:confirm|verify)"
    r"|request\w* for comment|too early to|would(?: not|n't) (?:\w+ )?(?:say|comment|discuss)"
)

# Nouns and verbs of an offer of vagueness: what stands for a number.
VAGUE_COUNTS = phrase_set("dozens, scores, hundreds, thousands, millions, several, many, few")
