"""Made-up quotes in the words of news, as often as they stand there, about stories that many tell.

What makes likes hard to look up is what is common: words that stand everywhere, two rare words that
a large story always has together, and quotations that many outlets repeat. All three are here.
"""

from benchmarks.synthetic import SyntheticNews, ZipfDraw

NAMES = 30_000
SHARE_OF_NAMES = 0.06  # of the words of a quote
WORDS_OF_STORY = 40
QUOTES_OF_STORY = 150  # on average; the largest has thousands
SHARE_OF_STORY = 0.35  # of the words of a quote
SHARE_OF_COPIES = 0.05  # quotes that repeat what another outlet has, perhaps cut
COPIED_FROM = 20_000  # of the latest quotes
FEWEST_WORDS, MOST_WORDS = 6, 30
FEWEST_WORDS_CUT = 6
COMMON_WORDS = 150  # that are of every story, and so of none


class StoryNews(SyntheticNews):
    """Quotes of stories, some of which are copies."""

    def __init__(self, quotes: int, seed: int = 1):
        super().__init__(quotes, seed)
        words = list_words_by_frequency()
        self.words = ZipfDraw(words, self.rng)
        names = [self.make_word(self.rng.randint(2, 3)).title() for _ in range(NAMES)]
        self.names = ZipfDraw(names, self.rng)
        self.rarer_words = ZipfDraw(words[COMMON_WORDS:], self.rng, 0.7)
        number_of_stories = max(quotes // QUOTES_OF_STORY, 10)
        self.stories = ZipfDraw([self.make_story() for _ in range(number_of_stories)], self.rng)
        self.begin_article()
        self.told: list[str] = []

    def make_story(self) -> ZipfDraw:
        """Return the words of a story, some of them names, the first of them the commonest in it."""
        names = self.names.draw(WORDS_OF_STORY // 4)
        words = self.rarer_words.draw(WORDS_OF_STORY - len(names))
        mixed = [*words, *names]
        self.rng.shuffle(mixed)
        return ZipfDraw(mixed, self.rng, 0.6)

    def begin_article(self) -> None:
        self.story: ZipfDraw = self.stories.draw(1)[0]

    def make_content(self) -> str:
        if self.told and self.rng.random() < SHARE_OF_COPIES:
            return self.cut(self.rng.choice(self.told))
        words = [self.draw_word() for _ in range(self.rng.randint(FEWEST_WORDS, MOST_WORDS))]
        content = " ".join(words)
        self.told.append(content)
        if len(self.told) > 2 * COPIED_FROM:
            del self.told[:COPIED_FROM]
        return content

    def draw_word(self) -> str:
        chance = self.rng.random()
        if chance < SHARE_OF_STORY:
            source = self.story
        elif chance < SHARE_OF_STORY + SHARE_OF_NAMES:
            source = self.names
        else:
            source = self.words
        return str(source.draw(1)[0])

    def cut(self, content: str) -> str:
        """Return a quotation as another outlet has it: whole, or its first or last words."""
        words = content.split()
        if len(words) <= FEWEST_WORDS_CUT or self.rng.random() < 0.3:
            return content
        size = self.rng.randint(FEWEST_WORDS_CUT, len(words))
        return " ".join(words[:size] if self.rng.random() < 0.6 else words[-size:])


def list_words_by_frequency() -> list[str]:
    """Return the words of news that the model for pairs knows, the commonest first."""
    from claims.relating.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    return sorted(vocabulary.places, key=lambda word: vocabulary.rarities[vocabulary.places[word]])
