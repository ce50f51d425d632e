"""Pages from a real server on this machine, let in by the setting."""

import gzip
import zlib

import pytest
from pytest_django import Settings

from claims.intake.fetching import Fetched, FetchRefused, fetch, fetch_conditionally
from claims.intake.fetching.answers import MOST_REDIRECTS, TURNED_OFF
from claims.models.refusals import Refused
from tests.claims.intake.fetching.sites import Internet, Page, Site

STORY = b"<html><body><p>The bridge stays open.</p></body></html>"


def refuse(address: str) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        fetch(address)
    return refused.value


def lead(location: str, status: int = 302, **headers: str) -> Page:
    """Return a redirect."""
    return Page(status=status, headers={"Location": location, **headers})


def test_a_page_is_fetched_with_what_the_site_says_of_it(site: Site) -> None:
    headers = {
        "Content-Type": 'Text/HTML; Charset="ISO-8859-1"',
        "ETag": 'W/"7"',
        "Last-Modified": "Tue, 05 Mar 2024 08:00:00 GMT",
    }
    site.pages["/story"] = Page(STORY, headers=headers)

    fetched = fetch(site.find_address("/story"))

    assert fetched == Fetched(
        address=site.find_address("/story"),
        content=STORY,
        content_type="text/html",
        charset="iso-8859-1",
        etag='W/"7"',
        last_modified="Tue, 05 Mar 2024 08:00:00 GMT",
        is_unchanged=False,
    )


def test_a_site_is_told_who_asks_and_how_to_reach_them(site: Site, settings: Settings) -> None:
    settings.CONTACT = "https://desk.example/robot"
    site.pages["/"] = Page(STORY)

    fetch(site.find_address("/"))

    assert site.asked[0].headers["user-agent"] == "Newsroom/0.1 (+https://desk.example/robot)"


def test_without_a_contact_the_project_says_its_name(site: Site) -> None:
    site.pages["/"] = Page(STORY)

    fetch(site.find_address("/"))

    assert site.asked[0].headers["user-agent"] == "Newsroom/0.1"


@pytest.mark.parametrize("charset", ["undefined", "zlib", "klingon", "hex", ""])
def test_a_charset_that_is_none_of_text_is_not_passed_on(site: Site, charset: str) -> None:
    headers = {"Content-Type": f"text/html; charset={charset}"}
    site.pages["/"] = Page(STORY, headers=headers)

    assert fetch(site.find_address("/")).charset == ""


def test_nothing_is_fetched_where_fetching_is_turned_off(site: Site, settings: Settings) -> None:
    settings.FETCH = False

    assert str(refuse(site.find_address("/"))) == TURNED_OFF
    assert not site.asked


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_the_final_address(site: Site, status: int) -> None:
    site.pages["/old"] = lead("/new#top", status)
    site.pages["/new"] = Page(STORY)

    fetched = fetch(site.find_address("/old"))

    assert (fetched.address, fetched.content) == (site.find_address("/new"), STORY)


def test_a_redirect_with_odd_letters_is_followed(site: Site) -> None:
    site.pages["/old"] = lead("/brücke offen".encode().decode("latin-1"))
    site.pages["/br%C3%BCcke%20offen"] = Page(STORY)

    assert fetch(site.find_address("/old")).content == STORY


def test_a_circle_of_redirects_is_named(site: Site) -> None:
    site.pages["/a"] = lead("/b")
    site.pages["/b"] = lead("/a")

    reason = str(refuse(site.find_address("/a")))

    a, b = site.find_address("/a"), site.find_address("/b")
    assert reason == f"the address leads round in a circle ({a} → {b} → {a})"
    assert len(site.asked) == 2


def test_a_site_that_leads_to_itself_with_a_cookie_is_followed(site: Site) -> None:
    def answer(handler):  # type: ignore[no-untyped-def]
        has_cookie = "seen=1" in handler.headers.get("Cookie", "")
        handler.send_response(200 if has_cookie else 302)
        handler.send_header("Set-Cookie", "seen=1")
        handler.send_header("Location", "/")
        handler.end_headers()
        handler.wfile.write(STORY if has_cookie else b"")

    site.pages["/"] = answer

    assert fetch(site.find_address("/")).content == STORY


def test_too_many_redirects_are_refused(site: Site) -> None:
    for number in range(20):
        site.pages[f"/{number}"] = lead(f"/{number + 1}")

    reason = str(refuse(site.find_address("/0")))

    assert reason == f"the address leads on more than {MOST_REDIRECTS} times"
    assert len(site.asked) == MOST_REDIRECTS + 1


def test_as_many_redirects_as_may_be_are_followed(site: Site) -> None:
    for number in range(MOST_REDIRECTS):
        site.pages[f"/{number}"] = lead(f"/{number + 1}")
    site.pages[f"/{MOST_REDIRECTS}"] = Page(STORY)

    assert fetch(site.find_address("/0")).content == STORY


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("", "the site leads elsewhere without saying where (302)"),
        ("file:///etc/passwd", "it leads to file:///etc/passwd, but “file:” is not fetched"),
        ("//[", "it leads to //[, which is no address"),
        ("http://[", "it leads to http://[, but its host is written in an unusual way"),
        ("https://ana:secret@herald.example/", "the address holds a user name or a password"),
    ],
)
def test_of_a_redirect_that_is_not_followed_it_is_said_where_it_leads(
    site: Site, location: str, reason: str
) -> None:
    site.pages["/"] = lead(location)

    assert reason in str(refuse(site.find_address("/")))


# Answers that are no page


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "the site does not give this page"),
        (401, "the page is behind a login"),
        (402, "the page has to be paid for"),
        (403, "the site does not let programs read this page"),
        (404, "there is no page at this address"),
        (410, "the page has been taken down for good"),
        (451, "the site withholds the page for legal reasons"),
        (304, "the site does not give this page"),
    ],
)
def test_an_answer_that_is_no_page_is_refused_for_good(
    site: Site, status: int, reason: str
) -> None:
    site.pages["/"] = Page(b"Sorry.", status)

    refusal = refuse(site.find_address("/"))

    assert reason in str(refusal)
    assert str(refusal).endswith(f"({status})")
    assert (refusal.status, refusal.again_after) == (status, None)
    assert isinstance(refusal, Refused)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 522])
def test_a_fault_that_may_pass_says_when_to_try_again(site: Site, status: int) -> None:
    site.pages["/"] = Page(b"Sorry.", status)
    site.pages["/wait"] = Page(b"Sorry.", status, {"Retry-After": "120"})

    at_once, later = refuse(site.find_address("/")), refuse(site.find_address("/wait"))

    assert (at_once.again_after, later.again_after) == (60, 120)
    assert str(status) in str(later)


@pytest.mark.parametrize("written", ["soon", "-5", "", "Tue, 05 Mar 2019 08:00:00 GMT", "1e9"])
def test_a_moment_to_try_again_that_is_none_is_passed_over(site: Site, written: str) -> None:
    site.pages["/"] = Page(b"Sorry.", 503, {"Retry-After": written})

    assert refuse(site.find_address("/")).again_after == 60


def test_a_moment_to_try_again_is_read_as_a_date_and_lies_within_a_day(site: Site) -> None:
    headers = {"Retry-After": "Tue, 05 Mar 2199 08:00:00 GMT"}
    site.pages["/"] = Page(b"Sorry.", 503, headers)

    assert refuse(site.find_address("/")).again_after == 86_400


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png", "a picture"),
        (b"<svg/>", "image/svg+xml", "a picture"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "a picture"),
        (b"\xff\xd8\xff\xe0", "application/octet-stream", "a picture"),
        (b"....", "video/mp4", "a video"),
        (b"\x00\x00\x00\x18ftypmp42", "", "a video"),
        (b"#EXTM3U", "application/vnd.apple.mpegurl", "a video"),
        (b"ID3\x04", "audio/mpeg", "a recording"),
        (b"p { margin: 0 }", "text/css; charset=utf-8", "a part of a page"),
        (b"alert(1)", "application/javascript", "a program"),
    ],
)
def test_what_is_no_document_is_refused_by_what_it_is(
    site: Site, body: bytes, content_type: str, kind: str
) -> None:
    site.pages["/"] = Page(body, headers={"Content-Type": content_type})

    reason = str(refuse(site.find_address("/")))

    assert reason.startswith(f"there is no article at this address, but {kind}")


@pytest.mark.parametrize("body", [b"", b" \r\n\t"])
def test_an_empty_page_is_refused(site: Site, body: bytes) -> None:
    site.pages["/"] = Page(body)

    assert str(refuse(site.find_address("/"))) == "the page is empty"


def test_a_name_that_does_not_exist_is_refused(internet: Internet) -> None:
    assert str(refuse("http://none.example/")) == "there is no site of the name none.example"


def test_a_site_that_takes_no_connection_may_take_one_later(site: Site, settings: Settings) -> None:
    settings.FETCH_PRIVATE = ["127.0.0.1"]

    refusal = refuse("http://127.0.0.1:9/")

    assert str(refusal) == "127.0.0.1 takes no connection"
    assert refusal.again_after == 60


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "does not answer as a web site does"),
        (b"220 mail.example ESMTP\r\n", "does not answer as a web site does"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nThe bridge", "does not answer as"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000, "does not answer as a web site does"),
    ],
    ids=["nothing", "mail", "cut off", "headers"],
)
def test_what_does_not_answer_as_a_site_is_refused(site: Site, sent: bytes, reason: str) -> None:
    def answer(handler):  # type: ignore[no-untyped-def]
        handler.wfile.write(sent)
        handler.close_connection = True

    site.pages["/"] = answer

    assert reason in str(refuse(site.find_address("/")))


# Packed pages


def pack_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(STORY, mtime=0)),
        ("x-gzip", gzip.compress(STORY, mtime=0)),
        ("GZIP", gzip.compress(STORY[:9], mtime=0) + gzip.compress(STORY[9:], mtime=0)),
        ("gzip", gzip.compress(STORY, mtime=0) + b"\0\0\0\0"),
        ("deflate", zlib.compress(STORY)),
        ("deflate", pack_raw(STORY)),
        ("identity", STORY),
    ],
)
def test_a_packed_page_is_unpacked(site: Site, encoding: str, body: bytes) -> None:
    site.pages["/"] = Page(body, headers={"Content-Encoding": encoding})

    assert fetch(site.find_address("/")).content == STORY


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", STORY, "what the site sent is broken, or was cut off"),
        (
            "gzip",
            gzip.compress(STORY, mtime=0)[:-9],
            "what the site sent is broken, or was cut off",
        ),
        ("deflate", STORY, "what the site sent is broken, or was cut off"),
        ("br", STORY, "the site packs the page in a way that is not read (br)"),
        ("gzip, gzip", STORY, "the site packs the page in a way that is not read (gzip, gzip)"),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_refused(
    site: Site, encoding: str, body: bytes, reason: str
) -> None:
    site.pages["/"] = Page(body, headers={"Content-Encoding": encoding})

    assert str(refuse(site.find_address("/"))) == reason


def test_only_what_can_be_unpacked_is_asked_for(site: Site) -> None:
    site.pages["/"] = Page(STORY)

    fetch(site.find_address("/"))

    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate"


# What has not changed


def test_what_has_not_changed_has_no_content(site: Site) -> None:
    site.pages["/feed"] = Page(status=304, headers={"ETag": '"7"'})

    fetched = fetch_conditionally(
        site.find_address("/feed"), '"7"', "Tue, 05 Mar 2024 08:00:00 GMT"
    )

    assert (fetched.is_unchanged, fetched.content, fetched.etag) == (True, b"", '"7"')
    assert site.asked[0].headers["if-none-match"] == '"7"'
    assert site.asked[0].headers["if-modified-since"] == "Tue, 05 Mar 2024 08:00:00 GMT"


def test_what_has_changed_is_fetched_and_so_is_what_has_no_marks(site: Site) -> None:
    site.pages["/feed"] = Page(STORY, headers={"ETag": '"8"'})

    marked = fetch_conditionally(site.find_address("/feed"), '"7"')
    unmarked = fetch_conditionally(site.find_address("/feed"))

    assert (marked.is_unchanged, marked.content, marked.etag) == (False, STORY, '"8"')
    assert unmarked.content == STORY
    assert "if-none-match" not in site.asked[1].headers


@pytest.mark.parametrize("mark", ['"ü"', "x" * 501])
def test_a_mark_that_could_not_be_sent_back_is_not_kept(site: Site, mark: str) -> None:
    site.pages["/feed"] = Page(STORY, headers={"ETag": mark})

    assert fetch(site.find_address("/feed")).etag == ""
