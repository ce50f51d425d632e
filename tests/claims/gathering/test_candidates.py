"""Which wordings are read as likes of another: many share a little, and reading is what costs."""

import pytest
from django.db import connection

from claims.gathering import candidates
from claims.gathering.candidates import (
    MOST_UNLIKELY,
    SHARE_OF_LIKELY,
    Candidate,
    build_candidates_sql,
    list_candidates_values,
    select_candidates_to_read,
)
from claims.gathering.pairing import FoundMatch, match_wordings
from claims.gathering.reading import ReadWording
from claims.gathering.updating import (
    PRINTS,
    have_all_wordings_related,
    relate_all_waiting_wordings,
)
from claims.models import Match, Wording, WordingPrint
from tests.factories import make_article, make_quote, numbers

UNLIKELY = SHARE_OF_LIKELY / 2


def test_all_that_share_much_are_read_and_of_the_others_only_the_first() -> None:
    likely = [Candidate(1, number, 0.5) for number in range(10, 60)]
    unlikely = [Candidate(1, number, UNLIKELY) for number in range(60, 90)]
    of_another = [Candidate(2, number, UNLIKELY) for number in range(60, 63)]

    read = select_candidates_to_read([*likely, *unlikely, *of_another])

    assert read == [*likely, *unlikely[:MOST_UNLIKELY], *of_another]


@pytest.mark.django_db
def test_a_run_that_very_many_have_is_looked_up_in_few_and_rarer_ones_find_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slogan, rare = [1, 2], [7, 8]
    asked = make_print(runs=[*slogan, *rare])
    holders = [make_print(runs=[*slogan, 100 + number]) for number in range(12)]
    copy = make_print(runs=[*slogan, *rare])
    monkeypatch.setattr(candidates, "MOST_HOLDERS", 5)

    found = find_candidates(asked)

    read = {number for _, number, _ in found}
    assert copy in read
    assert read <= {copy, *holders}
    assert len(read) <= 1 + 5


@pytest.mark.django_db
def test_of_a_large_story_few_quotes_are_read_and_the_copy_is_among_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in range(30):
        tell(
            f"Wexford, Tarrant and Millbrook need {place + 20} more {WORDS[place]} for the"
            f" {WORDS[-place]} by the {WORDS[place // 2]} road, with a long tale beside it"
        )
    sum(relate_all_waiting_wordings())
    known = Wording.objects.count()
    said = "The old ferrymen of Tarrant carried barley past Wexford to Millbrook all winter long"
    tell(said)
    tell(f"{said}, as their grandfathers did")
    read = []

    def match_and_note(one: ReadWording, other: ReadWording) -> FoundMatch | None:
        read.append((one.number, other.number))
        return match_wordings(one, other)

    monkeypatch.setattr("claims.gathering.updating.match_wordings", match_and_note)

    sum(relate_all_waiting_wordings())

    assert known == 30
    assert 0 < len(read) <= 2 * MOST_UNLIKELY + 1
    assert Match.objects.filter(kind="copy", status="sure").count() == 1


@pytest.mark.django_db
def test_what_was_found_is_not_forgotten_for_others_that_share_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tell("The old ferrymen of Tarrant carried barley past Wexford to Millbrook")
    tell("The old ferrymen of Tarrant carried barley past Wexford to Millbrook, all winter long")
    sum(relate_all_waiting_wordings())
    found = list(Match.objects.values())
    monkeypatch.setattr("claims.gathering.updating.select_candidates_to_read", lambda _: [])
    have_all_wordings_related()

    sum(relate_all_waiting_wordings())

    assert found == list(Match.objects.values()) != []


BEGINNINGS = ("lan", "bri", "ket", "sad", "bar", "ham")
ENDINGS = ("tern", "dle", "tle", "rel", "mer")
WORDS = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]


def tell(content: str) -> None:
    article = make_article(
        f"It was noon. Ana Bell said “{content}.” Rain fell.",
        key=f"https://example.org/{next(numbers)}",
    )
    make_quote(actor="Ana Bell", article=article, cue="said", content=f"“{content}.”")


def make_print(runs: list[int]) -> int:
    text = f"wording {next(numbers)}"
    wording = Wording.objects.create(text=text, key=text)
    WordingPrint.objects.create(wording=wording, runs=runs, read_as="test")
    return wording.pk


def find_candidates(asked: int) -> list[tuple[int, int, float]]:
    with connection.cursor() as cursor:
        cursor.execute(build_candidates_sql(PRINTS, PRINTS), list_candidates_values([asked], 100))
        found: list[tuple[int, int, float]] = cursor.fetchall()
        return found
