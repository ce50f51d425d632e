"""What is the address of a web page, and how one is completed that was written in short."""

import pytest

from newsroom.web_addresses import complete_address, is_web_address


@pytest.mark.parametrize(
    "written",
    [
        "https://news.example/bridge",
        "http://news.example",
        "HTTPS://News.Example/Bridge",
        "https://news.example:8443/bridge?id=5#top",
        "https://[2001:db8::1]/bridge",
        "https://zeitung.example/brücke",
        "https://me@news.example/",
    ],
)
def test_an_address_of_a_page_is_known_as_one(written: str) -> None:
    assert is_web_address(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "bridge",
        "news.example/bridge",
        "https://",
        "https:///bridge",
        "https://:80/bridge",
        "https://[::1",
        "https://news.example:port/",
        "https://news.example:99999/",
        "ftp://news.example/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "javascript://news.example/%0aalert(1)",
        " https://news.example/",
        "https://news.example/a b",
        "https://news.example/a\tb",
        "https://news.example/a\nb",
        "https://news.example/a\u00a0b",
        "https://news.example/a\0b",
        "https://news.example/a\x7fb",
        "https://news.example/a\u200bb",
        "https://news.example/\u202egpj.exe",
        "https://news.example/\ud800",
    ],
)
def test_what_is_no_address_of_a_page_is_not_taken_for_one(written: str) -> None:
    assert not is_web_address(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("news.example", "https://news.example"),
        (" news.example/bridge ", "https://news.example/bridge"),
        ("news.example:8443/a", "https://news.example:8443/a"),
        ("HTTPS://news.example/Bridge", "https://news.example/Bridge"),
        ("http://news.example/", "http://news.example/"),
        ("harbour/bridge.html", "harbour/bridge.html"),
        ("bridge", "bridge"),
        ("ftp://news.example/a", "ftp://news.example/a"),
        ("mailto:ana@news.example", "mailto:ana@news.example"),
        ("ana@news.example", "ana@news.example"),
        ("", ""),
    ],
)
def test_an_address_is_completed_as_it_was_meant(written: str, meant: str) -> None:
    assert complete_address(written) == meant
