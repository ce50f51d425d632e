import random

import pytest
from django.core.management import call_command

from tests.claims.stories import make_copies, make_paragraphs
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def run(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("copies", *options)
    return capsys.readouterr().out.strip()


def test_what_waits_is_compared_and_all_again_if_asked(capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(1)
    for text in [*make_copies(rng, make_paragraphs(rng), 3), "Rain fell."]:
        make_article(text)

    first, second, again = run(capsys), run(capsys), run(capsys, "--again")

    assert first == again == "Articles: 4 compared; 3 are copies of 1 text in all."
    assert second == "Articles: 0 compared; 3 are copies of 1 text in all."
