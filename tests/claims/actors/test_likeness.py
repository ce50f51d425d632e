"""What two names alone say of whether they are one actor's."""

import pytest

from claims.actors.likeness import CalledActor, compare_called_actors, list_shared_role_words


def called(name: str, kind: str = "person") -> CalledActor:
    """A bare surname in quotation marks is known in one article alone."""
    return CalledActor(name.strip("'"), kind, everywhere=not name.startswith("'"))


@pytest.mark.parametrize(
    ("one", "other", "score", "reason"),
    [
        ("'Psaki'", "Jen Psaki", 0.6, "“Psaki” may be short for “Jen Psaki”"),
        ("'Obama'", "'Obama'", 0.4, "the same surname alone in two articles"),
        ("Joe Biden", "Joe R. Biden", 0.85, "the same given name and surname"),
        ("J. Psaki", "Jen Psaki", 0.7, "“J.” may stand for “Jen”"),
        ("Jen Psaki", "Jennifer Psaki", 0.65, "“Jen” may be short for “Jennifer”"),
        ("William Gates", "Bill Gates", 0.65, "“Bill” may be short for “William”"),
        (
            "Volodymyr Zelensky",
            "Volodymir Zelensky",
            0.55,
            "the same surname, and given names spelt alike",
        ),
        (
            "Volodymyr Zelensky",
            "Volodymyr Zelenskiy",
            0.6,
            "the same given name, and surnames spelt alike",
        ),
        ("Xi Jinping", "Jinping Xi", 0.7, "the same names in another order"),
        ("Maria Lopez", "Maria Lopez Garcia", 0.6, "one name holds the other"),
        ("Donald Trump", "Donald Trump Jr.", 0.3, "one is “Jr”, the other is not"),
        ("Bill Clinton", "Hillary Clinton", 0.1, "two people of this surname"),
        ("Robert King Jr", "Rodney King", 0.1, "two people of this surname"),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_persons(one: str, other: str, score: float, reason: str, turned: bool) -> None:
    pair = (called(other), called(one)) if turned else (called(one), called(other))

    found = compare_called_actors(*pair)

    assert found
    assert (found.score, found.reason) == (score, reason)


@pytest.mark.parametrize(
    ("one", "other", "score", "reason"),
    [
        (
            ("NATO", "organization"),
            ("North Atlantic Treaty Organization", "organization"),
            0.75,
            "“NATO” is the initials of “North Atlantic Treaty Organization”",
        ),
        (
            ("Ministry of Defence", "organization"),
            ("Ukraine’s Ministry of Defence", "organization"),
            0.5,
            "one name holds the other",
        ),
        (
            ("Times", "organization"),
            ("New York Times", "organization"),
            0.4,
            "one name is the last word of the other",
        ),
        (
            ("Clinton campaign", "organization"),
            ("Clinton’s campaign", "organization"),
            0.55,
            "the names are spelt alike",
        ),
        (
            ("Kremlin", "state"),
            ("the Kremlin", "organization"),
            0.65,
            "the same name, but a state and an organization",
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_organizations_and_states(
    one: tuple[str, str], other: tuple[str, str], score: float, reason: str, turned: bool
) -> None:
    found = (
        compare_called_actors(called(*other), called(*one))
        if turned
        else compare_called_actors(called(*one), called(*other))
    )

    assert found
    assert (round(found.score, 2), found.surname) == (score, False)
    assert sorted(found.reason.split()) == sorted(reason.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("Ana Bell", "person"), ("Omar Reza", "person"), id="nothing in common"),
        pytest.param(("Ana Bell", "person"), ("Ana Lund", "person"), id="a given name"),
        pytest.param(
            ("'Bell'", "person"), ("Bell Ireland", "person"), id="a surname that is a given name"
        ),
        pytest.param(
            ("Ana Bell", "person"), ("Ana Bell", "organization"), id="a person and another kind"
        ),
        pytest.param(("US officials", "unnamed"), ("US officials", "unnamed"), id="unnamed"),
        pytest.param(
            ("Police", "organization"),
            ("Tulsa Police Department", "organization"),
            id="a word among others",
        ),
        pytest.param(("voters", "group"), ("young voters", "group"), id="a group and a part of it"),
        pytest.param(
            ("'campaign'", "organization"),
            ("Clinton campaign", "organization"),
            id="what an article alone calls so",
        ),
        pytest.param(("Iran", "state"), ("Iraq", "state"), id="a letter of a short word"),
    ],
)
def test_names_that_say_nothing(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert compare_called_actors(called(*one), called(*other)) is None
    assert compare_called_actors(called(*other), called(*one)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bill Clinton", "Hillary Clinton", True),
        ("'Clinton'", "Hillary Clinton", True),
        ("Donald Trump", "Donald Trump Jr", True),
        ("Xi Jinping", "Jinping Xi", False),
    ],
)
def test_two_people_of_one_surname_are_known_as_such(one: str, other: str, same: bool) -> None:
    found = compare_called_actors(called(one), called(other))

    assert found
    assert found.surname is same


def test_roles_are_what_actors_are_called_beside_their_names() -> None:
    one = CalledActor("Jen Psaki", "person", ("Jen Psaki", "White House Press Secretary Jen Psaki"))
    other = CalledActor(
        "Psaki", "person", ("Psaki", "Press Secretary Psaki", "Ms Psaki"), everywhere=False
    )

    assert list_shared_role_words(one, other) == ["press", "secretary"]
