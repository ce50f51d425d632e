"""What says something that may be true, and what has a wording alone."""

import pytest

from claims.relating import is_claim
from tests.claims.relating.quotes import make_quote


@pytest.mark.parametrize(
    "told",
    [
        "said | the bridge is safe",
        "said | “We sank it,”",
        "said | the ship left on Friday",
        "promised | to withdraw all ships by the end of May",
        "accused | Norland of hiding the wrecks from inspectors",
        "said | prices doubled within a year",
        "believes | the harbour needs two new cranes",
    ],
)
def test_a_proposition_is_a_claim(told: str) -> None:
    assert is_claim(make_quote(told))


@pytest.mark.parametrize(
    "told",
    [
        "declined | to comment",
        "declined | to comment on the report about the harbour",
        "spoke of | Brandt",
        "praised | the visit",
        "mentioned | the new harbour master",
        "did not respond to | requests for comment",
        "discussed | the future of the harbour and its cranes",
    ],
)
def test_a_bare_phrase_is_none(told: str) -> None:
    assert not is_claim(make_quote(told))
