"""What is not public is never connected to, however it is written and wherever it comes from."""

import pytest
from pytest_django import Settings

from claims.intake.fetching import FetchRefused, fetch, fetch_conditionally, may_crawl
from claims.intake.fetching.addresses import ODD_SPELLING
from claims.intake.fetching.guard import NOT_PUBLIC
from tests.claims.intake.fetching.sites import Internet, Page, Site

PUBLIC = "93.184.215.14"
PUBLIC_SIX = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

# Private addresses in their usual spelling.
PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
]
PRIVATE_SIX = [
    "::",
    "::1",
    "0:0:0:0:0:0:0:1",
    "0000:0000:0000:0000:0000:0000:0000:0001",
    "::0001",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "ff02::1",
    "100::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "2001:2::1",
    "4000::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::FFFF:10.0.0.1",
    "0:0:0:0:0:ffff:169.254.169.254",
    "::127.0.0.1",
    "::7f00:1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::",
    "2001:0:808:808:0:0:80ff:fffe",
    "2001:4860:4860::5efe:10.0.0.1",
    "2001:4860:4860::200:5efe:127.0.0.1",
]
# Spellings that some programs take for an address of the sort above.
ODD = [
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0X7F000001",
    "127.1",
    "127.0.1",
    "10.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "0x7f.0.0.1",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "127.0.0.0x1",
    "127.0.0.01",
    "127.000.000.001",
    "00127.0.0.1",
    "256.256.256.256",
    "127.0.0.1.",
    "localhost.",
    "localhost..",
    "127.0.0.1%00",
    "%31%32%37.0.0.1",
    "127%2e0.0.1",
    "127.0.0.1%2f",
    "１２７.０.０.１",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "127．0．0．1",
    "127｡0｡0｡1",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "ｌｏｃａｌｈｏｓｔ",
    "local\u00adhost",
    "local\u200bhost",
    "[::1%25eth0]",
    "[fe80::1%eth0]",
    "[127.0.0.1]",
    "[::1",
    "::1",
    "[::ffff:0177.0.0.1]",
    "[v1.127.0.0.1]",
    "127.0.0.1:0",
    "127.0.0.1:65536",
    "127.0.0.1:080",
    "127.0.0.1:８０",
    "127.0.0.1,93.184.215.14",
    "127.0.0.1 .herald.example",
    "",
]
# Addresses whose host is not what it seems, or that are none of the web.
TRICKS = [
    "http://herald.example@127.0.0.1/",
    "http://127.0.0.1@herald.example/",
    "http://user:password@herald.example/",
    "http://herald.example:80@127.0.0.1/",
    "http://@127.0.0.1/",
    "http://herald.example\\@127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://127.0.0.1\\.herald.example/",
    "http:127.0.0.1/",
    "http:/127.0.0.1/",
    "http:///127.0.0.1/",
    "http:////127.0.0.1/",
    "//127.0.0.1/",
    "http://herald.example\t@127.0.0.1/",
    "http://127.0.0.1\n.herald.example/",
    "ht\ntp://127.0.0.1/",
    "http://127.0.0.1\x00.herald.example/",
    "file:///etc/passwd",
    "FILE:/etc/passwd",
    "file://localhost/etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stats",
    "unix:///var/run/docker.sock",
    "jar:http://127.0.0.1!/",
    "url:http://127.0.0.1/",
    "data:text/html,<p>here</p>",
    "javascript:alert(1)",
    "127.0.0.1",
    "localhost",
    "/etc/passwd",
    "",
    "   ",
]


def refuse(address: str) -> str:
    """Return why an address is refused."""
    with pytest.raises(FetchRefused) as refused:
        fetch(address)
    return str(refused.value)


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_private_address_is_refused(internet: Internet, ip: str) -> None:
    reason = refuse(f"http://{ip}/")

    assert reason == f"{ip} {NOT_PUBLIC}"
    assert not internet.connected


@pytest.mark.parametrize("ip", PRIVATE_SIX)
def test_a_private_address_of_ipv6_is_refused(internet: Internet, ip: str) -> None:
    reason = refuse(f"http://[{ip}]:8080/")

    assert NOT_PUBLIC in reason
    assert not internet.connected


@pytest.mark.parametrize("host", ODD)
def test_an_odd_spelling_of_a_host_is_refused_before_it_is_looked_up(
    internet: Internet, host: str
) -> None:
    reason = refuse(f"http://{host}/")

    assert NOT_PUBLIC not in reason
    assert not internet.looked_up
    assert not internet.connected


def test_of_an_odd_spelling_it_is_said_that_it_is_odd() -> None:
    assert refuse("http://0x7f.1/") == ODD_SPELLING


@pytest.mark.parametrize("address", TRICKS)
def test_a_trick_is_refused_before_anything_is_looked_up(internet: Internet, address: str) -> None:
    reason = refuse(address)

    assert reason
    assert not internet.looked_up
    assert not internet.connected


@pytest.mark.parametrize("ip", [*PRIVATE, *PRIVATE_SIX])
def test_a_name_that_stands_for_a_private_address_is_refused(internet: Internet, ip: str) -> None:
    internet.names["herald.example"] = [[ip]]

    reason = refuse("https://herald.example/story")

    assert reason == f"herald.example {NOT_PUBLIC}"
    assert not internet.connected


@pytest.mark.parametrize("ips", [[PUBLIC, "10.0.0.1"], ["::1", PUBLIC], [PUBLIC_SIX, "fe80::1%2"]])
def test_a_name_that_stands_for_a_private_address_among_others_is_refused(
    internet: Internet, ips: list[str]
) -> None:
    internet.names["herald.example"] = [ips]

    assert NOT_PUBLIC in refuse("http://herald.example/")
    assert not internet.connected


def test_this_machine_is_refused_by_the_name_that_it_has(settings: Settings) -> None:
    settings.FETCH_PRIVATE = []

    assert refuse("http://localhost:8000/") == f"localhost {NOT_PUBLIC}"


def test_a_name_that_changes_after_it_was_looked_up_leads_to_what_was_checked(
    internet: Internet,
) -> None:
    internet.site.pages["/"] = Page(b"Here.")
    internet.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]

    fetched = fetch("http://rebind.example/")

    assert fetched.content == b"Here."
    assert internet.looked_up == ["rebind.example"]
    assert internet.connected == [(PUBLIC, 80)]


def test_a_name_that_changes_before_a_redirect_to_itself_is_refused(internet: Internet) -> None:
    elsewhere = {"Location": "http://rebind.example:8080/b", "Connection": "close"}
    internet.site.pages["/a"] = Page(status=302, headers=elsewhere)
    internet.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]

    reason = refuse("http://rebind.example/a")

    assert NOT_PUBLIC in reason
    assert internet.connected == [(PUBLIC, 80)]


LED_TO = [
    *(f"http://{ip}/" for ip in PRIVATE),
    *(f"http://[{ip}]/" for ip in PRIVATE_SIX),
    *(f"http://{host}/" for host in ODD if host.isascii() and host),
    *(trick for trick in TRICKS if trick.strip() and "://" in trick and "\n" not in trick),
    "//127.0.0.1/",
    "https://127.0.0.1:8443/",
    "http://inner.example/",
]


@pytest.mark.parametrize("location", LED_TO)
def test_a_redirect_to_what_is_not_fetched_is_refused(internet: Internet, location: str) -> None:
    sent = location.replace("\x00", "%00")
    internet.site.pages["/"] = Page(status=301, headers={"Location": sent})
    internet.names["herald.example"] = [[PUBLIC]]
    internet.names["inner.example"] = [["192.168.0.1"]]

    refuse("http://herald.example/")

    assert internet.connected == [(PUBLIC, 80)]
    assert internet.site.list_paths() == ["/"]


def test_robots_and_conditional_requests_are_guarded_too(internet: Internet) -> None:
    internet.names["inner.example"] = [["10.1.2.3"]]

    with pytest.raises(FetchRefused, match=NOT_PUBLIC):
        fetch_conditionally("http://inner.example/feed", "mark", "")
    with pytest.raises(FetchRefused, match=NOT_PUBLIC):
        fetch("http://inner.example/story", crawling=True)
    assert not may_crawl("http://inner.example/story")
    assert not internet.connected


def test_proxies_of_the_environment_are_not_asked(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    internet.site.pages["/"] = Page(b"Here.")
    internet.names["herald.example"] = [[PUBLIC]]

    fetch("http://herald.example/")

    assert internet.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 11211, 1, 65535])
def test_a_port_where_no_sites_are_is_refused(internet: Internet, port: int) -> None:
    internet.names["herald.example"] = [[PUBLIC]]

    reason = refuse(f"http://herald.example:{port}/")

    assert reason == f"sites are not served at port {port}, so it is not fetched"
    assert not internet.connected


# What is let in


@pytest.mark.parametrize(
    "ip",
    [
        PUBLIC,
        "8.8.8.8",
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "11.0.0.1",
        "169.253.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        PUBLIC_SIX,
        "2001:4860:4860::8888",
        "2a00:1450:4001:81b::200e",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:0:808:808::f7f7:f7f7",
    ],
)
def test_a_name_that_stands_for_a_public_address_is_fetched_from_it(
    internet: Internet, ip: str
) -> None:
    internet.site.pages["/story?a=1"] = Page(b"Here.")
    internet.names["herald.example"] = [[ip]]

    fetched = fetch("http://herald.example/story?a=1#top")

    assert fetched.address == "http://herald.example/story?a=1"
    assert internet.looked_up == ["herald.example"]
    assert [address for address, _ in internet.connected] == [
        ip.replace("8.8.8.8", "808:808") if ":" in ip else ip
    ]
    assert internet.site.asked[0].headers["host"] == "herald.example"


@pytest.mark.parametrize("port", [80, 443, 8000, 8080, 8443])
def test_a_port_where_sites_are_is_connected_to(internet: Internet, port: int) -> None:
    internet.site.pages["/"] = Page(b"Here.")
    internet.names["herald.example"] = [[PUBLIC]]

    fetch(f"http://herald.example:{port}/")

    assert internet.connected == [(PUBLIC, port)]


def test_the_next_address_of_a_host_is_tried_where_one_does_not_answer(internet: Internet) -> None:
    internet.site.pages["/"] = Page(b"Here.")
    internet.names["herald.example"] = [[PUBLIC_SIX, PUBLIC, "8.8.8.8"]]
    internet.unreachable = {PUBLIC}

    fetch("http://herald.example/")

    assert [ip for ip, _ in internet.connected] == [PUBLIC, "8.8.8.8"]


@pytest.mark.parametrize("address", ["http://münchen.example/", "http://MÜNCHEN.example/"])
def test_a_name_in_other_letters_is_looked_up_as_names_are(
    internet: Internet, address: str
) -> None:
    internet.site.pages["/"] = Page(b"Here.")
    internet.names["xn--mnchen-3ya.example"] = [[PUBLIC]]

    fetch(address)

    assert internet.looked_up == ["xn--mnchen-3ya.example"]


@pytest.mark.parametrize("let_in", ["127.0.0.1", "127.0.0.0/8", "127.0.0.1:{port}"])
def test_what_the_setting_names_is_let_in(site: Site, settings: Settings, let_in: str) -> None:
    settings.FETCH_PRIVATE = ["10.0.0.0/8", let_in.format(port=site.port)]
    site.pages["/"] = Page(b"Here.")

    assert fetch(site.find_address("/")).content == b"Here."


@pytest.mark.parametrize("let_in", ["127.0.0.1:1", "127.0.0.2", "10.0.0.0/8", "[::1]", "localhost"])
def test_what_the_setting_does_not_name_is_not_let_in(
    site: Site, settings: Settings, let_in: str
) -> None:
    settings.FETCH_PRIVATE = [let_in]

    assert NOT_PUBLIC in refuse(site.find_address("/"))
    assert not site.asked


def test_a_name_that_the_setting_names_may_stand_for_a_private_address(
    internet: Internet, settings: Settings
) -> None:
    settings.FETCH_PRIVATE = ["wiki.example:9000"]
    internet.site.pages["/"] = Page(b"Here.")
    internet.names["wiki.example"] = [["10.1.2.3"]]

    fetch("http://wiki.example:9000/")

    assert internet.connected == [("10.1.2.3", 9000)]
