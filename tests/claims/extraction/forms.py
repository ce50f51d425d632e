"""The forms that quotes take in the news, one small article each, with what a careful reader finds in it.

A line of `said` is source | cue | content (parts of a discontinuous one between " … ") | speaker; empty where there is none.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewsForm:
    name: str
    text: str
    said: tuple[tuple[str, str, str, str], ...] = ()
    nothing: tuple[str, ...] = ()  # words that nobody may be said to have said


def build_news_form(name: str, text: str, *said: str, nothing: tuple[str, ...] = ()) -> NewsForm:
    rows = [tuple(part.strip() for part in line.split("|")) for line in said]
    return NewsForm(name, text, tuple((a, b, c, d) for a, b, c, d in rows), nothing)


FORMS = (
    build_news_form(
        "source, cue, content",
        "Harbour plan\n\nThe mayor of Port Ellery, Dana Whitlock, said the harbour would reopen in May.",
        "Dana Whitlock | said | the harbour would reopen in May | Dana Whitlock",
    ),
    build_news_form(
        "a headline without a full stop is no source",
        "Poll\n\nMaria Lopez, the mayor of Port Ellery, said the vote was fair.",
        " | said | the vote was fair | ",
    ),
    build_news_form(
        "inverted",
        "The harbour is full again.\n\n\"We have never had so many boats,\" said harbour master Tom Areyo.",
        'Tom Areyo | said | "We have never had so many boats," | Tom Areyo',
    ),
    build_news_form(
        "interrupted",
        "Lina Osei runs the bakery.\n\n\"The ovens,\" Osei said, \"have been on since three in the morning.\"",
        'Osei | said | "The ovens," … "have been on since three in the morning." | Lina Osei',
    ),
    build_news_form(
        "two sentences, one attribution",
        "\"The ferry is late,\" Captain Mirko Dahl told passengers. \"It will not sail before noon.\"",
        'Mirko Dahl | told | "The ferry is late," … "It will not sail before noon." | Mirko Dahl',
    ),
    build_news_form(
        "colon",
        "Councillor Adaeze Obi was blunt: \"This budget is a fiction.\"",
        'Adaeze Obi | was blunt: | "This budget is a fiction." | Adaeze Obi',
    ),
    build_news_form(
        "colon after said",
        "Minister Karin Holt said: \"The road will be closed until Friday.\"",
        'Karin Holt | said | "The road will be closed until Friday." | Karin Holt',
    ),
    build_news_form(
        "dash and name",
        "Letters\n\n\"The library should stay open on Sundays.\" —Ruth Amsel",
        '| — | "The library should stay open on Sundays." | Ruth Amsel',
    ),
    build_news_form(
        "transcript",
        "Interview\n\nREPORTER: When will the tunnel open?\n\nHANNAH VOSS: It opens in June, and not a day later.",
        "HANNAH VOSS | : | It opens in June, and not a day later. | Hannah Voss",
    ),
    build_news_form(
        "according to, before",
        "According to the port authority, two cranes were damaged in the storm.",
        "the port authority | According to | two cranes were damaged in the storm | port authority",
    ),
    build_news_form(
        "according to, after",
        "Two cranes were damaged in the storm, according to Greta Lindqvist, who runs the terminal.",
        "Greta Lindqvist | according to | Two cranes were damaged in the storm | Greta Lindqvist",
    ),
    build_news_form(
        "nominal cue",
        "Senator Paul Ibarra's claim that the dam was safe has been disputed.",
        "Paul Ibarra's | claim | that the dam was safe | Paul Ibarra",
    ),
    build_news_form(
        "passive with by",
        "The figures were disputed by the finance ministry, and the plan was described as reckless by Maya Lund.",
        "Maya Lund | was described | the plan … as reckless | Maya Lund",
        "the finance ministry | were disputed | The figures | finance ministry",
    ),
    build_news_form(
        "negated cue",
        "Governor Ellen Sato did not say whether the tax would rise.",
        "Ellen Sato | did not say | whether the tax would rise | Ellen Sato",
    ),
    build_news_form(
        "denied",
        "The company, Norvent, denied that it had dumped waste in the river.",
        "Norvent | denied | that it had dumped waste in the river | Norvent",
    ),
    build_news_form(
        "several cues for one source",
        "Farid Nazari said the bridge was safe and warned that the road was not.",
        "Farid Nazari | said | the bridge was safe | Farid Nazari",
        "Farid Nazari | warned | that the road was not | Farid Nazari",
    ),
    build_news_form(
        "source in the sentence before",
        "Olga Brandt, the chief engineer, inspected the dam on Monday. She said it would hold.",
        "She | said | it would hold | Olga Brandt",
    ),
    build_news_form(
        "source in the paragraph before",
        "Chief engineer Olga Brandt inspected the dam on Monday.\n\n\"It will hold,\" she said.",
        'she | said | "It will hold," | Olga Brandt',
    ),
    build_news_form(
        "single marks",
        "'We were lucky,' said the pilot, Aoife Byrne, who wasn't hurt.",
        "Aoife Byrne | said | 'We were lucky,' | Aoife Byrne",
    ),
    build_news_form(
        "single marks with an apostrophe",
        "'It's the children's turn now,' said head teacher Ian Marsh.",
        "Ian Marsh | said | 'It's the children's turn now,' | Ian Marsh",
    ),
    build_news_form(
        "guillemets",
        "«The talks go on», said the foreign minister, Luc Ferrand.",
        "Luc Ferrand | said | «The talks go on» | Luc Ferrand",
    ),
    build_news_form(
        "curly marks",
        "“There is no plan,” the union’s leader, Meera Pillai, said on Tuesday.",
        "Meera Pillai | said | “There is no plan,” | Meera Pillai",
    ),
    build_news_form(
        "quotation inside a quotation",
        "\"He told me 'never again' and left,\" said neighbour Beth Crane.",
        "Beth Crane | said | \"He told me 'never again' and left,\" | Beth Crane",
    ),
    build_news_form(
        "tweeted",
        "Novelist Ravi Menon tweeted: “No book is worth this.”",
        "Ravi Menon | tweeted | “No book is worth this.” | Ravi Menon",
    ),
    build_news_form(
        "mixed",
        "Analyst Sofia Renner called the deal \"a gift to the banks\" and said it would not last.",
        "Sofia Renner | said | it would not last | Sofia Renner",
    ),
    build_news_form(
        "question",
        "Judge Nora Eklund asked why the files had been lost.",
        "Nora Eklund | asked | why the files had been lost | Nora Eklund",
    ),
    build_news_form(
        "accusation",
        "Opposition leader Samir Haddad accused the government of hiding the report.",
        "Samir Haddad | accused | the government of hiding the report | Samir Haddad",
    ),
    build_news_form(
        "group",
        "Residents say the smell has become unbearable since the plant opened.",
        "Residents | say | the smell has become unbearable since the plant opened | residents",
    ),
    build_news_form(
        "unnamed with a reason",
        "A senior official, who spoke on condition of anonymity, said the talks had failed.",
        "A senior official | said | the talks had failed | senior official",
    ),
    build_news_form(
        "unnamed who asked for it",
        "Two sources familiar with the matter, who asked not to be named because the talks are private, said they had failed.",
        "Two sources familiar with the matter | said | they had failed | sources familiar with the matter",
        nothing=("to be named",),
    ),
    build_news_form(
        "report as source",
        "A report by the audit office found that half the money was missing.",
        "A report by the audit office | found | that half the money was missing | report by the audit office",
    ),
    build_news_form(
        "capital for a government",
        "Moscow says the drills are routine, while Kyiv warned that they were a threat.",
        "Moscow | says | the drills are routine | Russia",
        "Kyiv | warned | that they were a threat | Ukraine",
    ),
    build_news_form(
        "ministry",
        "Russia's foreign ministry said the ambassador had been summoned.",
        "Russia's foreign ministry | said | the ambassador had been summoned | Russia's foreign ministry",
    ),
    build_news_form(
        "surname after full name, British title",
        "Gen Sir Alan Peake visited the base.\n\nSir Alan said the troops were ready.",
        "Sir Alan | said | the troops were ready | Alan Peake",
    ),
    build_news_form(
        "who is told, by somebody",
        "Baker Ada Finn had been warned by engineers that the road would flood.",
        "engineers | had been warned | that the road would flood | engineers",
    ),
    build_news_form(
        "who is told, by nobody who is named",
        "The court was told that Ada Finn had taken the money.",
        " | was told | that Ada Finn had taken the money | ",
    ),
    build_news_form(
        "quoted as saying",
        "Nils Berg, the harbour master, was quoted by the Herald on Monday as saying that the pier was safe.",
        "Nils Berg | was quoted by the Herald on Monday as saying | that the pier was safe | Nils Berg",
    ),
    build_news_form(
        "quoted as saying, after the quotation",
        "“The pier is safe,” Nils Berg was later quoted as saying by the Herald.",
        "Nils Berg | was later quoted as saying | “The pier is safe,” | Nils Berg",
    ),
    build_news_form(
        "quoting somebody as saying",
        "The Herald quoted the mayor as saying the pier was safe.",
        "The Herald | quoted | the mayor as saying the pier was safe | Herald",
        "the mayor | as saying | the pier was safe | mayor",
    ),
    build_news_form(
        "dateline in capitals",
        "LUNDE: At least twelve people were hurt when a ferry ran aground, police said.",
        "police | said | At least twelve people were hurt when a ferry ran aground | police",
        nothing=("LUNDE",),
    ),
    build_news_form(
        "dateline with the day and the agency",
        "MADRID, May 3 (Norwire) -- Harvests fell by a tenth, the bank said on Monday.",
        "the bank | said | Harvests fell by a tenth | bank",
        nothing=("MADRID",),
    ),
    build_news_form(
        "dateline before a quotation",
        'Kathmandu: "The road will be open by noon," said engineer Ada Finn on Monday morning.',
        'Ada Finn | said | "The road will be open by noon," | Ada Finn',
        nothing=("Kathmandu",),
    ),
    build_news_form(
        "no dateline, but who speaks",
        "Ada Finn (teacher): “I have not had a rise in ten years and I am leaving at Easter.”",
        "Ada Finn (teacher) | : | “I have not had a rise in ten years and I am leaving at Easter.” | Ada Finn",
    ),
    build_news_form(
        "no dateline, but a government",
        "Tehran: “The talks were useful, but there is still a long way to go before a deal.”",
        "Tehran | : | “The talks were useful, but there is still a long way to go before a deal.” | Iran",
    ),
    build_news_form(
        "an abbreviated title",
        "“We need more police,” said Ald. Nils Berg of the ninth ward.",
        "Ald. Nils Berg of the ninth ward | said | “We need more police,” | Nils Berg",
    ),
    build_news_form(
        "a list over paragraphs",
        "The plan calls for:\n\nmore police\n\nbetter roads\n\nlower taxes",
        "The plan | calls for | more police\n\nbetter roads\n\nlower taxes | plan",
    ),
    build_news_form(
        "a headline's colon",
        "Minister: No new tolls\n\nTransport minister Nils Berg has denied that there will be new tolls.",
        "Minister | : | No new tolls | Nils Berg",
        "Nils Berg | has denied | that there will be new tolls | Nils Berg",
    ),
    build_news_form(
        "who gets a letter",
        "Ada Finn got a letter from the council saying her bins would not be emptied.",
        "a letter from the council | saying | her bins would not be emptied | letter from the council",
    ),
    build_news_form(
        "who is fined",
        "Nils Berg was fined £500 and ordered to pay costs of £85.",
        " | ordered | to pay costs of £85 | ",
    ),
    build_news_form(
        "two speakers in a row",
        '"I am glad," said Ada Finn. Nils Berg said he was too.',
        'Ada Finn | said | "I am glad," | Ada Finn',
        "Nils Berg | said | he was too | Nils Berg",
    ),
    build_news_form(
        "what a court heard",
        "“The road was wet,” Lunde Crown Court heard.",
        " | heard | “The road was wet,” | ",
    ),
    build_news_form(
        "nested",
        "Ambassador Lee Corbin said Iran had claimed that the site was empty.",
        "Lee Corbin | said | Iran had claimed that the site was empty | Lee Corbin",
        "Iran | had claimed | that the site was empty | Iran",
    ),
    build_news_form(
        "nested, a company",
        "The lawyer, Ada Finn, said the company has insisted the product is safe.",
        "Ada Finn | said | the company has insisted the product is safe | Ada Finn",
        "the company | has insisted | the product is safe | company",
    ),
    build_news_form(
        "nominal cue, somebody's own",
        "Senator Paul Ibarra has been criticised for his claim that the dam was safe.",
        "his | claim | that the dam was safe | Paul Ibarra",
    ),
    build_news_form(
        "nested, in quotation marks",
        '"The minister says the law is fair, and I doubt it," said lawyer Ada Finn.',
        'Ada Finn | said | "The minister says the law is fair, and I doubt it," | Ada Finn',
        "The minister | says | the law is fair | minister",
    ),
    build_news_form(
        "nested, with who is told",
        "Wren Halloway said the police had told her that the case was closed.",
        "Wren Halloway | said | the police had told her that the case was closed | Wren Halloway",
        "the police | had told | that the case was closed | police",
    ),
    build_news_form(
        "nested, thrice",
        "Ambassador Lee Corbin said Iran had claimed that inspectors believed the site was empty.",
        "Lee Corbin | said | Iran had claimed that inspectors believed the site was empty | Lee Corbin",
        "Iran | had claimed | that inspectors believed the site was empty | Iran",
        "inspectors | believed | the site was empty | inspectors",
    ),
    build_news_form(
        "nested, what somebody knows",
        "Ambassador Lee Corbin said Norland had strong evidence that the site was empty.",
        "Lee Corbin | said | Norland had strong evidence that the site was empty | Lee Corbin",
        "Norland | had strong evidence | that the site was empty | Norland",
    ),
    build_news_form(
        "nested, in a passive",
        '"I was told by the council that nothing would change," said baker Ada Finn.',
        'Ada Finn | said | "I was told by the council that nothing would change," | Ada Finn',
        "the council | was told | that nothing would change | council",
    ),
    build_news_form(
        "no marks at all",
        "We are not leaving, the strike leader, Otis Grange, said.",
        "Otis Grange | said | We are not leaving | Otis Grange",
    ),
    build_news_form(
        "two cues of a union, and its officer in the next paragraph",
        'But Unite, the union, accused him of "hiding behind a report" and called for his resignation.\n\n'
        'Its regional officer Bev Tinsley said: "Our members raised this again and again."',
        'Bev Tinsley | said | "Our members raised this again and again." | Bev Tinsley',
    ),
    build_news_form(
        "headline",
        "Minister: no new taxes this year\n\nFinance minister Greta Aalto said there would be no new taxes this year.",
        "Greta Aalto | said | there would be no new taxes this year | Greta Aalto",
    ),
    build_news_form(
        "one line",
        "Port closed The port of Lunde was closed on Monday. \"We had no choice,\" said its director, Hanne Vik. She added "
        "that it would reopen on Tuesday.",
        'Hanne Vik | said | "We had no choice," | Hanne Vik',
        "She | added | that it would reopen on Tuesday | Hanne Vik",
    ),
    build_news_form(
        "live blog",
        "14:05 Prime Minister Ada Koch says the army will help.\n\n13:40 Rain is easing in the north.",
        "Ada Koch | says | the army will help | Ada Koch",
        nothing=("Rain is easing",),
    ),
    build_news_form(
        "quotation over paragraphs, first mark left open",
        "\"The first year was hard,\" said farmer Jonas Weil.\n\n\"We lost the whole crop and then the barn.\n\n"
        "\"But we stayed.\"",
        'Jonas Weil | said | "The first year was hard," … "We lost the whole crop and then the barn. … "But we stayed." '
        "| Jonas Weil",
    ),
    build_news_form(
        "unbalanced mark",
        "\"The lift is broken again, said tenant Pia Roth. The landlord has been told.",
        "Pia Roth | said | The lift is broken again | Pia Roth",
    ),
    build_news_form(
        "declined to comment",
        "A spokesman for Norvent declined to comment on the inquiry.",
        "A spokesman for Norvent | declined | to comment on the inquiry | Norvent spokesman",
    ),
    build_news_form(
        "organization by its acronym",
        "The World Health Organization (WHO) met on Friday. The WHO said cases were falling.",
        "The WHO | said | cases were falling | World Health Organization",
    ),
    build_news_form(
        "description of who was named",
        "Prime Minister Ada Koch met farmers on Friday. The prime minister said the law would change.",
        "The prime minister | said | the law would change | Ada Koch",
    ),
    build_news_form(
        "scare quotes",
        "The so-called \"wonder drug\" was sold for years in Lunde's markets.",
        nothing=("wonder drug",),
    ),
    build_news_form(
        "title of a work",
        "Her first novel, \"The Salt Road\", was published in 1994 and won two prizes.",
        nothing=("The Salt Road",),
    ),
    build_news_form(
        "furniture",
        "Storm hits coast\nVideo, 00:01:42 Storm hits coast\nImage caption: The harbour wall broke\nGetty Images\n\n"
        "The wall broke at noon.",
        nothing=("Storm hits coast", "The harbour wall broke"),
    ),
    build_news_form("empty", ""),
)  # fmt: skip
