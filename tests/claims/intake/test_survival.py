"""Decisions outlive other models and edited articles: hundreds of them, in articles edited at random."""

import random

import pytest
from django.db import transaction

from benchmarks.survival import (
    DECISIONS_DRAWN,
    EDIT_KINDS,
    ArticleEditor,
    DecisionWatch,
    count_errors,
    get_words_selected,
    measure_survival,
)
from claims.models import Article, Quote, Span
from tests.claims.intake.test_ingest import store
from tests.claims.intake.test_versions import found

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = ("Ana Bell", "Omar Reza", "Rui Tavares", "Eva Lind")
THINGS = ("the bridge", "the ferry", "the harbour", "the toll")
STATES = ("is safe", "is late", "will rise", "was never paid for")


def made_up(rng: random.Random) -> str:
    """An article of short paragraphs, some of which stand in it twice, as refrains and captions do."""

    def sentence() -> str:
        who, what, state = rng.choice(PEOPLE), rng.choice(THINGS), rng.choice(STATES)
        return f"{who} {rng.choice(('said', 'denied', 'warned'))} that {what} {state}"

    lines = [
        f"{sentence()}, and {rng.choice(('left', 'went home', 'sat down'))}."
        for _ in range(rng.randint(4, 9))
    ]
    lines += [
        f"Rain fell on {rng.choice(THINGS)} for {number} days. {sentence()}."
        for number in range(rng.randint(1, 4))
    ]
    lines += rng.choices(lines, k=rng.randint(0, 2))
    rng.shuffle(lines)
    return "\n".join(lines)


def test_of_two_hundred_decisions_none_is_lost_and_none_is_on_words_that_look_alike() -> None:
    """On nearly all quotes of two dozen articles; `benchmarks/survival.py` does it with more, over articles of real news."""
    rng = random.Random(2)
    for number in range(24):
        text = made_up(rng)
        store(*found(text), text=text, key=f"https://example.org/{number}")

    result = measure_survival(
        lambda document: found(document.text), decisions=200, rounds=4, seed=2, most=2
    )

    assert result["decisions"] == 200
    assert count_errors(result) == 0, result
    first, *edits = [each["decisions"] for each in result["rounds"]]
    assert first["kept"] == 200
    assert all(each["kept"] + each["moved"] + each["orphaned"] == 200 for each in edits)
    assert all(each["kept"] > 50 for each in edits)
    assert all(each["moved"] > 5 for each in edits)
    assert 0 < edits[0]["orphaned"] < 60
    assert set(Quote.objects.decided().values_list("status", flat=True)) == set(DECISIONS_DRAWN)


@pytest.mark.parametrize("sort", EDIT_KINDS)
def test_the_paragraphs_of_an_edited_text_are_told_from_those_that_look_alike(sort: str) -> None:
    editor = ArticleEditor(random.Random(3), "One.\n\nTwo.\nThree.")
    before = {paragraph.origin: paragraph.text for paragraph in editor.paragraphs}

    editor.edit(sort)  # type: ignore[arg-type]

    after = {paragraph.origin: paragraph.text for paragraph in editor.paragraphs}
    added, lost = after.keys() - before.keys(), before.keys() - after.keys()
    changed = {origin for origin in before.keys() & after.keys() if before[origin] != after[origin]}
    expected = {
        "moved": (0, 0, 0),
        "copied": (1, 0, 0),
        "changed": (0, 0, 1),
        "removed": (0, 1, 0),
        "new": (1, 0, 0),
    }
    assert (len(added), len(lost), len(changed)) == expected[sort]
    assert {after[origin] in before.values() for origin in added} == {
        "copied": {True},
        "new": {False},
    }.get(sort, set())


@pytest.mark.parametrize("sort", EDIT_KINDS)
def test_each_character_of_an_edited_text_has_the_origin_of_its_paragraph(sort: str) -> None:
    editor = ArticleEditor(random.Random(3), "One.\n\nTwo.\nThree.")

    editor.edit(sort)  # type: ignore[arg-type]

    told = [editor.find_origin(at) for at in range(len(editor.text))]
    assert told == [p.origin for p in editor.paragraphs for _ in f"{p.text}\n"][:-1]


def test_a_decision_on_a_copy_would_be_seen() -> None:
    text = "Nobody spoke.\nAna Bell said that it rains.\nThe hall was empty."
    store(*found(text), text=text)
    article, quote = Article.objects.get(), Quote.objects.get()
    Quote.objects.update(status="accepted")
    editor = ArticleEditor(random.Random(1), text)
    watch = DecisionWatch({article.pk: editor}, [quote])
    editor.paragraphs.insert(0, editor.make_paragraph("Ana Bell said that it rains."))

    store(*found(editor.text), text=editor.text)
    Quote.objects.unreviewed().delete()

    assert watch.count_fates()["on a look-alike"] == 0
    assert get_words_selected(Quote.objects.get()) == ["Ana Bell", "said", "that it rains"]
    with transaction.atomic():  # as if it had been put on the copy
        Quote.objects.update(version=None, source_start=0, source_end=8, cue_start=9, cue_end=13)
        Span.objects.update(start=14, end=27)
    assert watch.count_fates()["on a look-alike"] == 1
