from email.message import EmailMessage

from claims.intake.readers import Document, Problem
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_all, read_one
from tests.claims.intake.readers.test_html import ADDRESS, make_page


def make_mail(
    *, page: str = "", subject: str = "Fwd: Harbour bridge to stay open", text: str = TEXT
) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Harbour Herald <news@herald.example>"
    mail["To"] = "reader@example.org"
    mail["Subject"] = subject
    mail["Date"] = "Tue, 05 Mar 2024 23:30:00 -0500"
    mail["Message-ID"] = "<bridge@herald.example>"
    mail.set_content(text.replace("\n", "\n\n"), cte="quoted-printable")
    if page:
        mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


def test_a_mail_is_subject_sender_date_and_text() -> None:
    found = read_one(make_mail(), "bridge.eml")

    assert (found.title, found.text) == ("Harbour bridge to stay open", TEXT)
    assert (str(found.published_on), found.publisher) == ("2024-03-05", "Harbour Herald")
    assert found.key == "id:Harbour Herald/bridge@herald.example"


def test_of_two_forms_of_a_mail_the_page_is_read() -> None:
    found = read_one(make_mail(page=make_page(), text="See the other form."), "bridge.eml")

    assert found.text == TEXT


def test_what_a_mail_answers_and_its_signature_are_left_out() -> None:
    found = read_one(
        make_mail(text=f"{TEXT}\n> What they wrote before.\n-- \nAna Bell\nNews desk"), "bridge.eml"
    )

    assert "What they wrote" not in found.text
    assert "News desk" not in found.text


def test_each_mail_of_an_mbox_is_read_and_the_broken_one_named() -> None:
    mails = [make_mail(), make_mail(text="Too short."), make_mail(subject="Second")]
    content = b"".join(
        b"From herald@example Tue Mar  5 08:00:00 2024\n" + mail + b"\n" for mail in mails
    )

    first, broken, last = read_all(content, "news.mbox")

    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(broken, Problem)
    assert broken.where == "news.mbox: mail 2"
    assert "too little text" in broken.reason


def test_a_page_saved_by_a_browser_as_mhtml_is_read_as_a_page() -> None:
    mail = EmailMessage()
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = ADDRESS
    mail["Subject"] = "Harbour bridge to stay open"
    mail["Date"] = "Wed, 01 Jan 2025 10:00:00 -0000"
    mail.set_content(make_page(), subtype="html")

    found = read_one(mail.as_bytes(), "bridge.mhtml")

    assert (str(found.published_on), found.url, found.text) == ("2024-03-05", ADDRESS, TEXT)
    assert PARAGRAPHS[0] in found.text
