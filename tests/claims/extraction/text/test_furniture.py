import pytest

from claims.extraction.text.furniture import list_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Storm hits the coast: view from the harbour. Video, 00:01:12Storm hits the coast: view from the harbour",
        "Image source, A Press Agency",
        "Media caption, The minister says he will stay",
        "Read more: What the minister said",
        "Photo: J. Doe / Agency",
        "© 2024 The Daily Example. All rights reserved.",
        "Sign up for our morning newsletter",
        "Watch: Minister explains the plan",
        "Last updated 4 May 2023 at 10:15",
    ],
)
def test_page_furniture_is_known_by_its_form(line: str) -> None:
    text = f"The minister said it was over.\n{line}\nShe left."

    assert [s.of(text) for s in list_furniture(text)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The minister told the video conference that taxes would rise by 10:30 at the latest.",
        "“Watch the borders,” the general said.",
        "Read carefully, the report says little.",
        "Related work was published in May, she said.",
    ],
)
def test_prose_is_not_furniture(line: str) -> None:
    assert not list(list_furniture(line))
