import pytest

from claims.intake.fetching import FetchRefused
from claims.intake.fetching.addresses import LONGEST_ADDRESS, parse_address


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("https://herald.example/a", "https://herald.example/a"),
        ("  https://herald.example/a\n", "https://herald.example/a"),
        ("HTTPS://Herald.Example/A", "https://herald.example/A"),
        ("https://herald.example", "https://herald.example"),
        ("https://herald.example:443/a", "https://herald.example/a"),
        ("http://herald.example:/a", "http://herald.example/a"),
        ("https://herald.example/a?b=c&d#e", "https://herald.example/a?b=c&d"),
        ("https://herald.example?q=a@b", "https://herald.example?q=a@b"),
        ("https://herald.example/@ana/1", "https://herald.example/@ana/1"),
        ("https://herald.example/a b", "https://herald.example/a%20b"),
        ("https://herald.example/brücke", "https://herald.example/br%C3%BCcke"),
        ("https://herald.example/br%C3%BCcke", "https://herald.example/br%C3%BCcke"),
        ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
        ("https://my_site.herald.example/", "https://my_site.herald.example/"),
        ("http://[2001:4860:4860:0::8888]:8080/", "http://[2001:4860:4860::8888]:8080/"),
    ],
)
def test_an_address_is_read_as_it_is_asked_for(written: str, text: str) -> None:
    address = parse_address(written)

    assert address.text.rstrip("/") == text.rstrip("/")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "there is no address"),
        ("herald.example/a", "only addresses that begin with https:// or http:// are fetched"),
        ("ftp://herald.example/a", "“ftp:” is not fetched"),
        ("mailto:ana@herald.example", "“mailto:” is not fetched"),
        ("https://", "it is not the address of a page"),
        ("https://ana:secret@herald.example/", "the address holds a user name or a password"),
        (f"https://herald.example/{'a' * LONGEST_ADDRESS}", "longer than 2,000 characters"),
        ("https://herald.example/\x07", "an invisible character"),
        ("https://herald.example/\udc80", "an invisible character"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_with_the_reason(
    written: str, reason: str
) -> None:
    with pytest.raises(FetchRefused, match=reason):
        parse_address(written)


def test_a_secret_in_an_address_is_not_repeated() -> None:
    with pytest.raises(FetchRefused) as refused:
        parse_address("https://ana:secret@herald.example/")

    assert "secret" not in str(refused.value)
