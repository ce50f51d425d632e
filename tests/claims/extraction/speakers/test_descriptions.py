"""Sources that are described: documents, bodies, groups and persons without a name."""

import pytest

from tests.claims.extraction.speakers.articles import find_speaker


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Russian officials", "Russian officials", "group"),
        ("Critics", "critics", "group"),
        ("a survey by the institute", "survey by the institute", "document"),
        ("a spokesman for the mayor", "spokesman for the mayor", "unnamed"),
        ("The CIA director", "CIA director", "unnamed"),
        ("the judge", "judge", "unnamed"),
        ("The Republican", "Republican", "unnamed"),
        ("The former judge and U.S. senator", "former judge and U.S. senator", "unnamed"),
        ("The Russian", "Russian", "unnamed"),
        ("The mother-in-law", "mother-in-law", "unnamed"),
        ("The family", "family", "group"),
        ("the campaign and the party", "campaign and the party", "group"),
        ("the head of the campaign and the party", "head of the campaign and the party", "unnamed"),
        ("The Diwan of the emir", "Diwan of the emir", "organization"),
        ("The Harbour South MP", "Harbour South MP", "unnamed"),
        ("The film", "film", "document"),
        ("state law", "state law", "document"),
    ],
)
def test_whom_a_description_means(source: str, name: str, kind: str) -> None:
    text = f"{source} said that nothing had changed."

    found = find_speaker(text, source, "said", "that nothing had changed")

    assert found
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("Only 49 percent of the respondents", "respondents", "group"),
        ("More than half of voters", "voters", "group"),
        ("A national survey taken by the council in May", "national survey", "document"),
        ("the resolution published in the gazette", "resolution", "document"),
    ],
)
def test_a_description_is_reduced_to_its_plain_form(source: str, name: str, kind: str) -> None:
    found = find_speaker(
        f"{source} said that nothing had changed.", source, "said", "that nothing had changed"
    )

    assert found
    assert (found.name, found.kind) == (name, kind)


def test_an_article_alone_is_nobody() -> None:
    text = "President Ana Bell left. The said that it was late."

    assert (
        find_speaker(text, "The", "said", "that it was late", after="The said", Ana_Bell="PER")
        is None
    )


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        pytest.param("Justice Ana Bell sat. The judge said no.", "The judge", "Ana Bell", id="a justice is a judge"),
        pytest.param("Prime Minister Ana Bell came. The Irish prime minister said no.", "The Irish prime minister", None,
                     id="not called so"),
        pytest.param("Irish Prime Minister Ana Bell came. The Irish prime minister said no.", "The Irish prime minister",
                     "Ana Bell", id="called so"),
        pytest.param("Ireland's Prime Minister Ana Bell came. The Irish prime minister said no.", "The Irish prime minister",
                     "Ana Bell", id="by the state"),
        pytest.param("Ana Bell, general manager of the port, came. The general manager said no.", "The general manager",
                     "Ana Bell", id="a role without an article"),
        pytest.param("Ana Bell, said to be late, came. The manager said no.", "The manager", "manager", id="no role"),
        pytest.param("Japan and Ireland said no.", "Japan and Ireland", "Japan and Ireland", id="two states"),
        pytest.param("An opinion poll last week said no.", "An opinion poll last week", "opinion poll", id="when it was"),
        pytest.param("A spokesman for Norvent said no.", "A spokesman for Norvent", "Norvent spokesman", id="for whom"),
        pytest.param("Prosecutors representing the state said no.", "Prosecutors representing the state", "prosecutors",
                     id="a participle"),
        pytest.param("A second memo — a note from an aide — said no.", "A second memo — a note from an aide —", "second memo",
                     id="a dash"),
        pytest.param("The company, Norvent, said no.", "The company, Norvent,", "Norvent", id="named beside its description"),
    ],
)  # fmt: skip
def test_who_is_meant_by_a_description(text: str, source: str, name: str | None) -> None:
    found = find_speaker(text, source, "said", "no", Ana_Bell="PER")

    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("before", "source", "name", "kind"),
    [
        (
            "Prime Minister Ana Lima spoke.",
            "the PM",
            "PM",
            "unnamed",
        ),  # who may be another than she
        ("Deputy President Ana Lima spoke.", "the DP", "DP", "unnamed"),
        ("Ana Lima spoke.", "the DP", "DP", "organization"),
        ("Ana Lima spoke.", "the DSP", "DSP", "unnamed"),
        ("Ana Lima spoke.", "the Austrian", "Austrian", "unnamed"),
    ],
)
def test_letters_of_a_role_and_a_nation_are_no_body(
    before: str, source: str, name: str, kind: str
) -> None:
    text = f"{before} Then {source} said it was late."

    found = find_speaker(
        text, source, "said", "it was late", Ana_Lima="PER", DP="ORG", DSP="ORG", Austrian="LOC"
    )

    assert found
    assert (found.name, found.kind) == (name, kind)


def test_a_site_is_named_by_its_address() -> None:
    found = find_speaker(
        "The website Norvent.com said it was late.",
        "The website Norvent.com",
        "said",
        "it was late",
        Norvent="ORG",
    )

    assert found
    assert (found.name, found.kind) == ("Norvent.com", "organization")
