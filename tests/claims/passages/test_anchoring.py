"""Where the words of a quote stand in an edited text, or that nobody can tell."""

import pytest

from claims.passages.anchoring import Placement, TextBounds, find_placement

NOON = "It was noon in the harbour, and nobody had slept for two days."
SAID = "Ana Bell, the mayor, said on Monday that the bridge is safe. She left."
RAIN = "Rain fell over the town, and the ferries were as late as ever."
VOTE = "The council met again in the evening and went home without a vote."
OLD = "\n".join((NOON, SAID, RAIN, VOTE))


def bounds(text: str, *parts: str) -> list[TextBounds]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def placed(
    new: str, old: str = OLD, parts: tuple[str, ...] = ("Ana Bell", "said", "the bridge is safe")
) -> Placement:
    """Where a quote of these parts, the last of which is its content, stands now; each must be itself there."""
    where = bounds(old, *parts)
    placement = find_placement(where, where[-1:], old, new)
    for part, (start, end) in zip(parts, where, strict=True):
        if placement.found:
            begin, stop = placement.at(start, end)
            assert new[begin:stop] == part
    return placement


def lines(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


@pytest.mark.parametrize(
    ("new", "fate"),
    [
        pytest.param(OLD, "kept", id="nothing changed"),
        pytest.param(lines(NOON, SAID, VOTE, RAIN), "kept", id="what follows changed"),
        pytest.param(
            lines("It was noon in the harbour, and nobody had slept for ten days.", SAID, RAIN),
            "kept",
            id="before",
        ),
        pytest.param(lines(SAID, NOON, RAIN, VOTE), "moved", id="its paragraph moved"),
        pytest.param(
            lines(NOON, "New.", SAID, RAIN, VOTE), "moved", id="a paragraph more before it"
        ),
        pytest.param(SAID, "moved", id="all else is gone"),
        pytest.param(
            OLD.replace("mayor, said on", "mayor – said, on"),
            "moved",
            id="other marks between the parts",
        ),
        pytest.param(
            OLD.replace(", the mayor, said on Monday", ",  the mayor,  said on Monday"),
            "moved",
            id="spaces",
        ),
        pytest.param(lines(NOON, RAIN, VOTE), "gone", id="its paragraph is gone"),
        pytest.param("", "gone", id="all is gone"),
        pytest.param(OLD.replace("is safe", "was safe"), "gone", id="another content"),
        pytest.param(OLD.replace("said", "denied"), "gone", id="another cue"),
        pytest.param(OLD.replace("Ana Bell", "Omar Reza"), "gone", id="another source"),
        pytest.param(
            OLD.replace("mayor, said", "mayor, never said"),
            "gone",
            id="a word more between the parts",
        ),
        pytest.param(
            OLD.replace("the mayor, said", "whose deputy, Omar Reza, said"),
            "gone",
            id="another who said it",
        ),
        pytest.param(
            OLD.replace("mayor, said", "mayor, left. He said"), "gone", id="another sentence"
        ),
        pytest.param(
            OLD.replace("said on Monday", "said\non Monday"),
            "gone",
            id="a paragraph's end between the parts",
        ),
        pytest.param(
            OLD.replace("is safe.", "is safe only in June."), "gone", id="a content that goes on"
        ),
        pytest.param(
            OLD.replace("is safe", "is safety"), "gone", id="a content that ends within a word"
        ),
        pytest.param(
            OLD.replace("Ana Bell", "DiAna Bell"), "gone", id="a source that begins within a word"
        ),
    ],
)
def test_words_are_kept_moved_or_gone(new: str, fate: str) -> None:
    assert placed(new).fate == fate


@pytest.mark.parametrize(
    ("new", "fate"),
    [
        pytest.param(
            lines(NOON, SAID, SAID, RAIN, VOTE), "unclear", id="twice, one after the other"
        ),
        pytest.param(lines(NOON, SAID, VOTE, SAID, RAIN), "unclear", id="one neighbour each"),
        pytest.param(lines(VOTE, SAID, "New.", SAID), "unclear", id="no neighbour left"),
        pytest.param(lines(NOON, SAID, RAIN, VOTE, SAID), "kept", id="a copy at the end"),
        pytest.param(lines(SAID, NOON, SAID, RAIN, VOTE), "moved", id="a copy at the beginning"),
        pytest.param(
            lines(SAID, VOTE, SAID, RAIN, "New.", SAID),
            "moved",
            id="one neighbour, and none beside the others",
        ),
    ],
)
def test_of_two_passages_that_look_alike_only_the_one_that_its_surroundings_tell_is_it(
    new: str, fate: str
) -> None:
    placement = placed(new)

    assert placement.fate == fate
    if placement.found:
        begin, _ = placement.at(*bounds(OLD, "Ana Bell")[0])
        assert new[begin:].startswith(lines(SAID, RAIN))


TWICE = lines(NOON, SAID, RAIN, SAID, VOTE)


@pytest.mark.parametrize(
    ("new", "fate"),
    [
        pytest.param(TWICE, "kept", id="both are there"),
        pytest.param(
            lines("New.", NOON, SAID, RAIN, SAID, VOTE), "moved", id="both are there, further down"
        ),
        pytest.param(lines(NOON, SAID, RAIN, VOTE), "kept", id="the other is gone"),
        pytest.param(
            lines(NOON, RAIN, SAID, VOTE), "unclear", id="it is gone, and the other there"
        ),
        pytest.param(SAID, "unclear", id="one is left, and nobody can tell which"),
    ],
)
def test_the_first_of_two_that_look_alike_is_not_taken_for_the_other(new: str, fate: str) -> None:
    assert placed(new, TWICE).fate == fate


def test_from_an_older_text_the_words_must_stand_once() -> None:
    parts = bounds(OLD, "Ana Bell", "said", "the bridge is safe")
    twice = lines(NOON, SAID, SAID, "New.", RAIN, VOTE)

    assert find_placement(parts, parts[2:], OLD, twice, alone=True).fate == "unclear"
    assert (
        find_placement(parts, parts[2:], OLD, lines(RAIN, "New.", SAID), alone=True).fate == "moved"
    )


def test_a_text_that_is_one_passage_twice_over_does_not_tell() -> None:
    assert placed(lines(SAID, SAID), SAID).fate == "unclear"
    assert placed(SAID, lines(SAID, SAID)).fate == "unclear"


def test_parts_that_touch_overlap_or_cross_paragraphs_stay_together() -> None:
    old = 'Ana Bell spoke.\n"We wait," she said, "and hope."\nRain fell.'
    parts = bounds(old, '"We wait,"', "she", "she said", '"and hope."', "Ana Bell")
    contents = [parts[0], parts[3]]

    placement = find_placement(parts, contents, old, f"New.\n{old}")

    assert placement.fate == "moved"
    assert [placement.at(*part) for part in parts] == [(start + 5, end + 5) for start, end in parts]
    assert find_placement(parts, contents, old, old.replace(".\n", ". ")).fate == "kept"


def test_offsets_count_characters() -> None:
    old = "🌧 Ana Bell said 👩‍👩‍👧 stay."
    new = "𝒏𝒐𝒘 🦊. " + old

    begin, end = (placement := placed(new, old, ("Ana Bell", "said", "👩‍👩‍👧 stay"))).at(
        *bounds(old, "👩‍👩‍👧 stay")[0]
    )

    assert placement.fate == "moved"
    assert new[begin:end] == "👩‍👩‍👧 stay"
