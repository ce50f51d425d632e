"""Hands a mail to the server, and tells what surely was not sent from what may have been.

An alert is sent once at most: where the connection breaks off while the server has the mail, nobody
knows whether it goes out, and it is not sent again. What the server refuses, and what it never got,
is tried again later. No message of an error tells the address.
"""

from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.core.mail import EmailMultiAlternatives, get_connection

FIRST_LASTING = 500  # numbers of answers from which on a server will not change its mind


class NotSent(Exception):
    """A mail surely was not sent; `is_lasting` if the server will not take it another time either."""

    def __init__(self, reason: str, *, is_lasting: bool = False):
        super().__init__(reason)
        self.is_lasting = is_lasting


class PerhapsSent(Exception):
    """Nobody knows whether a mail was sent."""


def send_mail(mail: EmailMultiAlternatives) -> None:
    """Send a mail. Raises `NotSent` or `PerhapsSent`."""
    connection = get_connection()
    problem: Exception
    try:
        connection.open()
    except SMTPResponseException as error:
        raise NotSent(f"the mail server refuses us ({error.smtp_code})") from None
    except (SMTPException, OSError) as error:
        raise NotSent(f"the mail server cannot be reached ({type(error).__name__})") from None
    try:
        connection.send_messages([mail])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        problem = refuse("the address", codes[0] if codes else 0)
    except (SMTPSenderRefused, SMTPDataError, SMTPHeloError) as error:
        problem = refuse("the mail", error.smtp_code)
    except ValueError:  # before any of it was handed over: as bytes it would be no mail
        problem = NotSent("the mail cannot be written to this address", is_lasting=True)
    except SMTPNotSupportedError:
        problem = NotSent("the mail server cannot send to this address", is_lasting=True)
    except (SMTPException, OSError) as error:
        problem = PerhapsSent(f"the connection broke off ({type(error).__name__})")
    else:
        return
    finally:
        close_quietly(connection)
    raise problem from None


def refuse(what: str, code: int) -> NotSent:
    return NotSent(f"the mail server refuses {what} ({code})", is_lasting=code >= FIRST_LASTING)


def close_quietly(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (SMTPException, OSError):
        return
