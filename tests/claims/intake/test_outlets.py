import pytest

from claims.intake.outlets import find_outlet


@pytest.mark.parametrize(
    ("url", "publisher", "host", "name"),
    [
        ("https://www.bbc.com/news/a", "", "bbc.co.uk", "BBC News"),
        ("https://news.bbc.co.uk/1", "", "bbc.co.uk", "BBC News"),
        ("https://m.example.org/a", "", "example.org", "example.org"),
        ("https://www.example.org/a", "The Example", "example.org", "The Example"),
        ("https://notbbc.com/a", "", "notbbc.com", "notbbc.com"),
        ("", "nyt", "nyt", "nyt"),
        ("", "", "unknown publisher", "unknown publisher"),
    ],
)
def test_the_outlet_is_known_by_its_host(url: str, publisher: str, host: str, name: str) -> None:
    assert find_outlet(url, publisher) == (host, name)
