from ipaddress import ip_address

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment
from newsroom.inner_hosts import is_inner


@pytest.mark.parametrize(
    ("written", "host", "ip", "port"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1", 8931),
        ("127.0.0.1:8931", "127.0.0.1", "127.0.0.1", 8931),
        ("10.0.0.0/8", "wiki.example", "10.1.2.3", 80),
        ("10.0.0.0/8:8080", "wiki.example", "10.1.2.3", 8080),
        ("wiki.example", "wiki.example", "10.1.2.3", 80),
        ("Wiki.Example:80", "wiki.example", "10.1.2.3", 80),
        ("localhost", "localhost", "::1", 80),
        ("::1", "localhost", "::1", 80),
        ("[::1]", "::1", "::1", 80),
        ("[::1]:8000", "::1", "::1", 8000),
        ("fd00::/8", "wiki.example", "fd12::1", 80),
        ("[fd00::/8]:80", "wiki.example", "fd12::1", 80),
    ],
)
def test_a_host_that_is_named_is_let_in(written: str, host: str, ip: str, port: int) -> None:
    assert is_inner(host, ip_address(ip), port, ["192.168.0.0/16", written])


@pytest.mark.parametrize(
    ("written", "host", "ip", "port"),
    [
        ("127.0.0.1:8931", "127.0.0.1", "127.0.0.1", 8932),
        ("127.0.0.1", "127.0.0.2", "127.0.0.2", 80),
        ("10.0.0.0/8", "wiki.example", "11.1.2.3", 80),
        ("10.0.0.0/8", "::a00:1", "::a00:1", 80),
        ("wiki.example", "a.wiki.example", "10.1.2.3", 80),
        ("wiki.example", "10.1.2.3", "10.1.2.3", 80),
        ("wiki.example:80", "wiki.example", "10.1.2.3", 8080),
        ("::1", "::2", "::2", 80),
    ],
)
def test_a_host_that_is_not_named_is_not_let_in(
    written: str, host: str, ip: str, port: int
) -> None:
    assert not is_inner(host, ip_address(ip), port, [written])


@pytest.mark.parametrize(
    "written",
    ["127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x", "10.0.0.1/8", "10.0.0.0/40", "300.1.1.1",
     "http://wiki.example", "wiki.example/a", "a b", "[::1", "[wiki.example]", "::1/8", "-:1:", "wiki..example"],
)  # fmt: skip
def test_a_setting_that_names_no_host_is_said_so(written: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="A_LIST should name hosts or networks"):
        environment.check_inner_hosts("A_LIST", [written])


@pytest.mark.parametrize("contact", ["", "https://desk.example/robot", "desk@herald.example"])
def test_a_contact_is_an_address(contact: str) -> None:
    assert environment.check_contact("A_CONTACT", contact) == contact


@pytest.mark.parametrize("contact", ["call us", "a\r\nHost: b", "(a)", "ü@herald.example"])
def test_a_contact_that_could_not_be_sent_is_refused(contact: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="A_CONTACT should be the address of a page"):
        environment.check_contact("A_CONTACT", contact)


def test_a_flag_that_is_not_set_is_as_its_default_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_FLAG", raising=False)
    unset = environment.read_flag("A_FLAG", "1")
    monkeypatch.setenv("A_FLAG", "0")

    assert (unset, environment.read_flag("A_FLAG", "1")) == (True, False)
