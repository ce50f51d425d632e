# ruff: noqa: E501 -- the made-up sentences are long
"""How well saved web pages are read: `python -m benchmarks.pages_read`.

Every story is set in the shapes of twelve content systems, with the boxes, captions, advertisements and links that stand around
articles there, and read back. All of the text is invented. It prints, for each shape and for all, the mean F1 of four-word
shingles of the text (with trafilatura alone beside it), and the shares of titles, dates, outlets, authors and posts that are
right. `--hard` takes pages that are hard to read: what is not the article stands in the middle of it, and its elements have
names that say nothing.
"""

import difflib
import random
import re
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import mean

import trafilatura

from benchmarks.hard_page_shapes import HARD_SHAPES, WITHOUT_POSTS
from benchmarks.page_shapes import SHAPES
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.page import read_page

STORIES = 12
SHINGLE = 4  # words


@dataclass(frozen=True, slots=True)
class Story:
    """What is true of a page: `parts` are the paragraphs, headings and posts of its text, in order."""

    title: str
    day: str
    outlet: str
    author: str
    section: str
    url: str
    parts: Sequence[tuple[str, str]]
    pull_quote: str
    related: Sequence[str] = field(default_factory=tuple)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.parts)


PEOPLE = (
    "Carla Dent",
    "Nils Berg",
    "Ana Bell",
    "Tom Kane",
    "Ruth Okoro",
    "Ivo Marsh",
    "Lena Fife",
    "Omar Dale",
    "Petra Lind",
    "Hugh Sato",
)
PLACES = (
    "Fernhaven",
    "Port Aldis",
    "Easterly",
    "Marrow Bay",
    "Tilling",
    "Coldbrook",
    "Saint Orrin",
    "Varden",
)
THINGS = (
    "the harbour bridge",
    "the tram line",
    "the county hospital",
    "the old mill",
    "the ferry pier",
    "the flood wall",
    "the night market",
    "the water works",
)
ROLES = (
    "mayor",
    "chair of the dock workers’ union",
    "county engineer",
    "head teacher",
    "fire chief",
    "director of the museum",
    "shopkeeper",
    "judge",
)
OUTLETS = (
    "Harbour Herald",
    "The Coldbrook Courier",
    "Varden Today",
    "Easterly Post",
    "Channel Nine News",
    "The Tilling Examiner",
)
SECTIONS = ("Local", "Politics", "World", "Business", "Health")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SENTENCES = (
    "{A}, the {role} of {place}, said on {weekday} that {thing} would stay open through the winter, whatever the council decides.",
    "“We have looked at every plank and every bolt of it,” {A} told reporters. “There is nothing to be afraid of, and nothing to hide.”",
    "About {n} people had gathered in front of {thing} in the rain, some with lanterns and some with dogs.",
    "The repairs are to cost {n}0,000 crowns, according to a report that the council published last week.",
    "{B} disagreed. “It is not safe, and it has not been safe for years,” the {role} said after the meeting.",
    "In a letter to the council, residents of {place} wrote that nobody had asked them before the work began.",
    "Asked whether the money was there, {B} laughed and said that it had been spent twice already.",
    "The first plans for {thing} were drawn {n} years ago, when the town had half as many inhabitants as now.",
    "A spokeswoman for the county declined to comment, but said that an answer would be given in writing.",
    "“My grandmother sold fish here,” said {C}, who keeps a stall near {thing}. “My daughter will sell fish here too.”",
    "Two earlier reports had come to another conclusion; neither of them was ever read out in the council.",
    "The vote is expected on {weekday}. If it fails, {thing} will be closed for at least {n} days.",
    "According to {A}, the delay was caused by a supplier in {place} who had sent the wrong steel, and then none at all.",
    "{C} called the plan “a sandcastle with a budget” and demanded that all contracts be made public.",
    "Nobody was hurt when a part of the roof came down in {month}, but a cart and two bicycles were destroyed.",
    "The court in {place} will hear the case in {month}; a judgment is not expected before the end of the year.",
)  # fmt: skip
MORE_SENTENCES = (
    "That was {n} years after the first storm of which anybody in {place} has kept a record.",
    "The {role} was not there, and had sent a letter that nobody opened.",
    "It had rained since {weekday}, and the water stood as high as the third step.",
)
HEADINGS = (
    "‘Nobody asked us’",
    "A long history",
    "What happens next",
    "Who pays for it",
    "Older than the town",
)
TITLES = (
    "{Thing} to stay open through winter, says {role}", "Residents of {place} demand answers over {thing}",
    "{A}: ‘There is nothing to hide’ about {thing}", "Why {thing} costs {n}0,000 crowns more",
    "{place} votes on {thing} after a night of protest", "{Thing}: five questions and no answers",
)  # fmt: skip
TWEETS = (
    "Nobody should cross it before June, whatever they tell you in the town hall.",
    "I have asked for the papers four times. I am still waiting for them.",
    "Proud of everybody who came out in the rain tonight",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def make_story(rng: random.Random) -> Story:
    people = rng.sample(PEOPLE, 4)
    thing = rng.choice(THINGS)
    values = {"A": people[0], "B": people[1], "C": people[2], "thing": thing}
    values["Thing"] = f"{thing[0].upper()}{thing[1:]}"

    def fill(sentence: str) -> str:
        values["role"], values["place"] = rng.choice(ROLES), rng.choice(PLACES)
        values["weekday"], values["month"] = rng.choice(WEEKDAYS), rng.choice(MONTHS)
        return sentence.format(n=rng.randint(12, 95), **values)

    sentences = rng.sample(SENTENCES, rng.randint(9, len(SENTENCES)))
    headings = rng.sample(HEADINGS, 2)
    parts: list[tuple[str, str]] = []
    for i, sentence in enumerate(sentences):
        if i in (4, 9):
            parts.append(("heading", headings.pop()))
        text = fill(sentence)
        if rng.random() < 0.3:
            text += " " + fill(rng.choice(MORE_SENTENCES))
        parts.append(("paragraph", text))
        if i == 6 and rng.random() < 0.5:
            parts.append(
                ("post", f"{rng.choice(TWEETS)}|{people[3]}|{people[3].lower().replace(' ', '')}")
            )
        if i == 7 and rng.random() < 0.3:
            parts += [
                ("item", fill("{thing} is closed at night from {month} on")),
                ("item", fill("{n} lamps are to be replaced before {month}")),
            ]
    year, month, day = rng.randint(2012, 2024), rng.randint(1, 12), rng.randint(1, 28)
    outlet = rng.choice(OUTLETS)
    title = fill(rng.choice(TITLES))
    slug = re.sub(r"\W+", "-", title.lower()).strip("-")
    host = re.sub(r"\W+", "", outlet.lower().removeprefix("the "))
    return Story(
        title=title,
        day=f"{year}-{month:02}-{day:02}",
        outlet=outlet,
        author=rng.choice(PEOPLE),
        section=rng.choice(SECTIONS),
        url=f"https://www.{host}.example/news/{slug}",
        parts=parts,
        pull_quote=next(re.findall("“([^”]+)”", text)[0] for _, text in parts if "“" in text),
        related=[fill(rng.choice(TITLES)) for _ in range(6)],
    )


def list_shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def measure_f1(found: str, wanted: str) -> float:
    one, other = list_shingles(found), list_shingles(wanted)
    shared = len(one & other)
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def write_wanted(story: Story, *, has_posts: bool = True) -> str:
    """Return the text of a story as it should be read, its posts signed."""
    lines = []
    for kind, text in story.parts:
        if kind == "post" and not has_posts:
            continue
        if kind == "post":
            words, name, handle = text.split("|")
            text = f"“{words}” — {name} (@{handle}), March 5, 2024"
        lines.append(text)
    return "\n".join(lines)


def measure_page(
    shape: Callable[[Story], str | bytes], story: Story, *, has_posts: bool = True
) -> dict[str, float]:
    page = write_page(shape, story)
    wanted = write_wanted(story, has_posts=has_posts)
    alone = trafilatura.extract(page, include_comments=False) or ""
    try:
        draft = read_page(page, "page")
    except ValueError:
        draft = Draft(title="", text="")
    posts = [text.split("|") for kind, text in story.parts if kind == "post" and has_posts]
    signed = [f"“{words}” — {name}" in draft.text for words, name, _ in posts]
    return {
        "F1": measure_f1(draft.text, wanted),
        "alone": measure_f1(alone, wanted),
        "title": draft.title == story.title,
        "date": draft.day == story.day,
        "outlet": draft.publisher == story.outlet,
        "author": draft.author == story.author,
    } | ({"post": mean(signed)} if signed else {})


def write_page(shape: Callable[[Story], str | bytes], story: Story) -> bytes:
    page = shape(story)
    return page.encode() if isinstance(page, str) else page


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--hard", action="store_true", help="pages that are hard to read")
    parser.add_argument("--show", metavar="SHAPE", help="print a page of this shape as it is read")
    options = parser.parse_args()
    rng = random.Random(7)
    stories = [make_story(rng) for _ in range(options.stories)]
    shapes: dict[str, Callable[[Story], str | bytes]] = {
        **(HARD_SHAPES if options.hard else SHAPES)
    }
    if options.show:
        show_page(shapes[options.show], stories[0])
        return
    every: defaultdict[str, list[float]] = defaultdict(list)
    for name, shape in shapes.items():
        row: defaultdict[str, list[float]] = defaultdict(list)
        for story in stories:
            measured = measure_page(shape, story, has_posts=name not in WITHOUT_POSTS)
            for key, value in measured.items():
                row[key].append(float(value))
                every[key].append(float(value))
        print(name.ljust(12), describe(row))
    print("all".ljust(12), describe(every))


def describe(row: dict[str, list[float]]) -> str:
    return "  ".join(f"{key} {mean(values):.3f}" for key, values in row.items())


def show_page(shape: Callable[[Story], str | bytes], story: Story) -> None:
    found = read_page(write_page(shape, story), "page")
    print(found)
    wanted = write_wanted(story).split("\n")
    got = found.text.split("\n")
    for line in difflib.unified_diff(wanted, got, "wanted", "read", lineterm=""):
        print(line)


if __name__ == "__main__":
    main()
