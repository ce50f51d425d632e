import pytest

from claims.extraction.text.quotation import mark_quoted_characters


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we go" now', '"we go"'),
        ("He said “we go” now", "“we go”"),
        ("He said 'we go' now", "'we go'"),
        ("He said ‘don’t go’ now", "‘don’t go’"),
        ("It is the boys' game and Ann's too", ""),
        ('A slip: "we go on, he said. It rained.', ""),
        ('"We go on.\n\n"We rest."', '"We go on."We rest."'),
        ("“We go on.\n\n“We rest.”", "“We go on.“We rest.”"),
        ("« nous allons » he said", "« nous allons »"),
        ("''We go on,'' he said. It's late.", "''We go on,''"),
        ("``We go on,'' he said.", "``We go on,''"),
        ("„We go“ he said, “and rest.”", "„We go““and rest.”"),
        ('"We go on,“ he said. "We rest,“ she said.', '"We go on,“"We rest,“'),
        ("“We say “no” to it,” he said.", "“We say “no”"),
    ],
    ids=[
        "straight",
        "curly",
        "single",
        "apostrophe within",
        "apostrophes only",
        "a slip",
        "over paragraphs",
        "over paragraphs, curly",
        "guillemets",
        "two for one",
        "as in TeX",
        "German",
        "closed by an opening mark",
        "an opening mark inside",
    ],
)
def test_quotation_marks_are_told_from_apostrophes(text: str, inside: str) -> None:
    flags = mark_quoted_characters(text)

    assert "".join(c for c, flag in zip(text, flags, strict=False) if flag) == inside


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    text = 'He said: "we go\n"We rest." Nobody said this.'

    assert not mark_quoted_characters(text)[text.index("Nobody") :].any()
