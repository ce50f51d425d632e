"""Brings an article's address into its canonical form, the same for all spellings of it.

Two spellings are one address where no site tells them apart: another scheme, `www.`, the mobile and
the AMP page, parameters that only say where a reader came from. All else stays, since two articles
must never become one: a number, a word of the path, a parameter that may name the article.
"""

import posixpath
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import SplitResult, quote_from_bytes, unquote_to_bytes, urlsplit, urlunsplit

import idna
from tldextract import TLDExtract

from claims.intake.trackers import (
    AMP_PARAMETERS,
    AMP_SWITCHES,
    DOUBTFUL_TRACKERS,
    INDEX_PAGE_ENDINGS,
    INDEX_PAGE_NAMES,
    NUMBER_PARAMETERS,
    SCRIPT_ENDINGS,
    TRACKER_PREFIXES,
    TRACKERS,
    WORDS_FOR_ANY_ARTICLE,
)

LONGEST_CANONICAL_ADDRESS = 1000  # characters
ADDRESSES_REMEMBERED = 10_000  # with their canonical forms: each is asked for time and again
DEFAULT_PORTS = (80, 443)
# Hosts of the same site: `www2.` is one of several machines.
SAME_SITE_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp)\.")
# Characters that stand for themselves in a path, and in a parameter.
SAFE_IN_PATH = "/!$&'()*+,;=:@~"
SAFE_IN_PARAMETER = "/!$'()*,:@~"
SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*", re.I)
# An AMP page in the store of a search engine: the site's own address stands in the path.
AMP_STORE_HOST = re.compile(r"[\w-]+\.cdn\.ampproject\.org|(?:www\.)?google\.[a-z.]{2,6}")
AMP_STORE_PATH = re.compile(r"/(?:amp|[acv])/(s/)?([^/]+\.[^/]+)(/.*)?")
# So many hyphens stand in no section's name: us-and-canada.
SEPARATORS_OF_SLUG = 3
DAY_IN_PATH = re.compile(r"/\d{4}/(?:\d{1,2}|[a-z]{3,9})/", re.I)
NUMBERED_SHARE = re.compile(r"sf\d{4,}")

Parameter = tuple[str, str]  # name and value, as they are to be written


@lru_cache(ADDRESSES_REMEMBERED)
def canonicalize_address(address: str) -> str:
    """Return an http or https address in its canonical form.

    That is no address to follow: its scheme is always https. A very long one ends in a digest, and
    one that cannot be read stays as it is.
    """
    try:
        canonical = respell_address(address)
    except ValueError:
        canonical = address.strip()
    return shorten_address(canonical)


def respell_address(address: str) -> str:
    """Return an address in its canonical form, however long. Raises `ValueError` if it is none."""
    parts = unpack_amp_store(split_address(address))
    path = reduce_path(parts.path)
    parameters = select_naming_parameters(read_parameters(parts.query), path)
    parameters.sort(key=get_parameter_name)
    query = format_parameters(parameters)
    return urlunsplit(("https", build_netloc(parts), path, query, get_route(parts.fragment)))


def clean_address(address: str) -> str:
    """Return an address to be shown and followed: as it is, without what only follows readers."""
    try:
        parts = split_address(address)
    except ValueError:
        return address.strip()
    naming = set(select_naming_parameters(read_parameters(parts.query), parts.path))
    written = [part for part in parts.query.split("&") if part]
    kept = [part for part in written if naming.issuperset(read_parameters(part))]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=get_route(parts.fragment)))


def is_same_site(one: str, other: str) -> bool:
    """Return whether two addresses are of one registered domain."""
    try:
        hosts = [unpack_amp_store(split_address(address)).hostname for address in (one, other)]
    except ValueError:
        return False
    domains = {find_registered_domain(encode_host(host or "")) for host in hosts}
    return len(domains) == 1


def is_of_inner_network(address: str) -> bool:
    """Return whether an address is of this machine or of an inner network, and of no public site."""
    try:
        host = split_address(address).hostname or ""
    except ValueError:
        return False
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


def is_front_page(address: str) -> bool:
    """Return whether an address is that of a whole site, and so of no article."""
    try:
        parts = split_address(address)
    except ValueError:
        return True
    path = reduce_path(parts.path)
    naming = select_naming_parameters(read_parameters(parts.query), path)
    return path == "/" and not naming and not get_route(parts.fragment)


def split_address(address: str) -> SplitResult:
    """Split an address. Raises `ValueError` if it is none."""
    parts = urlsplit(address.strip().replace("&amp;", "&"))
    parts.port  # noqa: B018 (raises `ValueError` where it is no number)
    return parts


def unpack_amp_store(parts: SplitResult) -> SplitResult:
    """Return the address of a page itself where it is that of its copy in an AMP store."""
    if not AMP_STORE_HOST.fullmatch((parts.hostname or "").casefold()):
        return parts
    found = AMP_STORE_PATH.fullmatch(parts.path)
    if not found:
        return parts
    scheme = "https" if found[1] else "http"
    return parts._replace(scheme=scheme, netloc=found[2], path=found[3] or "/")


# Host and port


@lru_cache(maxsize=10_000)
def reduce_host(host: str) -> str:
    """Return the host of a site without what stands before it for its mobile and AMP pages."""
    host = encode_host(host)
    domain = find_registered_domain(host)
    found = SAME_SITE_PREFIX.match(host)
    while found and len(host) - found.end() >= len(domain):
        host = host[found.end() :]
        found = SAME_SITE_PREFIX.match(host)
    return host


def encode_host(host: str) -> str:
    """Return a host in small letters, and one in other letters than English as the network has it."""
    host = host.casefold() if host.isascii() else host
    host = host.strip(".")
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.lower()


@lru_cache(maxsize=10_000)
def find_registered_domain(host: str) -> str:
    """Return the part of a host that somebody registered: bbc.co.uk of news.bbc.co.uk.

    Of a host without a known ending it is the last two parts; of a number, the whole.
    """
    if is_number(host):
        return host
    found = load_public_suffixes().extract_str(host)
    domain = found.top_domain_under_public_suffix
    return domain or ".".join(host.split(".")[-2:])


@cache
def load_public_suffixes() -> TLDExtract:
    """Return the list of public suffixes that comes with the library; no other is ever fetched."""
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def is_number(host: str) -> bool:
    """Return whether a host is a number of the network, such as 127.0.0.1."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def build_netloc(parts: SplitResult) -> str:
    """Return host and port, without a port that goes without saying."""
    host = reduce_host(parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    if parts.port is None or parts.port in DEFAULT_PORTS:
        return host
    return f"{host}:{parts.port}"


# Path


def reduce_path(path: str) -> str:
    """Return a path that is spelled in one way, without index page, AMP and closing slash."""
    path = SESSION_IN_PATH.sub("", spell_out(path, SAFE_IN_PATH))
    segments = [segment for segment in posixpath.normpath(f"/{path}").split("/") if segment]
    if segments and is_index_page(segments[-1]):
        segments.pop()
    return "/" + "/".join(drop_amp(segments))


def is_index_page(segment: str) -> bool:
    name, _, ending = segment.casefold().rpartition(".")
    return name in INDEX_PAGE_NAMES and ending in INDEX_PAGE_ENDINGS


def drop_amp(segments: list[str]) -> list[str]:
    """Return the parts of a path without what asks for the AMP page.

    That is a part of its own, the first, second or last, or an ending: `story.amp`,
    `story.amp.html`.
    """
    places = (0, 1, len(segments) - 1)
    kept = []
    for place, segment in enumerate(segments):
        is_amp = segment.casefold() in ("amp", "amp.html") and place in places
        if not is_amp:
            kept.append(segment)
    if not kept:
        return segments
    last = re.sub(r"\.amp(?=\.html?$|$)", "", kept[-1], flags=re.I)
    return [*kept[:-1], last or kept[-1]]


def spell_out(written: str, safe: str) -> str:
    """Return a part of an address in which each character is written in the one way it needs.

    `%7E` is `~`; letters other than English are their bytes, `%C3%A9`; `%2F` stays, which is no
    `/`.
    """
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", written)
    spelled = []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            spelled.append(quote_from_bytes(piece.encode("utf-8", "surrogatepass"), safe))
            continue
        byte = unquote_to_bytes(piece)
        is_unreserved = byte.isalnum() or byte in (b"-", b".", b"_", b"~")
        spelled.append(byte.decode("ascii") if is_unreserved else piece.upper())
    return "".join(spelled)


# Parameters


def read_parameters(query: str) -> list[Parameter]:
    """Return the parameters of a query, name and value, spelled in one way, in their order."""
    parameters = []
    for written in query.split("&"):
        name, _, value = written.partition("=")
        if written:
            parameters.append((spell_parameter(name), spell_parameter(value)))
    return parameters


def spell_parameter(written: str) -> str:
    return spell_out(written.replace("+", "%20"), SAFE_IN_PARAMETER)


def format_parameters(parameters: Iterable[Parameter]) -> str:
    written = []
    for name, value in parameters:
        written.append(f"{name}={value}" if value else name)
    return "&".join(written)


def get_parameter_name(parameter: Parameter) -> str:
    return parameter[0]


def select_naming_parameters(parameters: list[Parameter], path: str) -> list[Parameter]:
    """Return the parameters without those that only follow readers or ask for the AMP page.

    A parameter that may be either, such as `cid`, stays unless something else says which article is
    meant.
    """
    naming = []
    doubtful = []
    for name, value in parameters:
        folded = name.casefold()
        if folded in DOUBTFUL_TRACKERS:
            doubtful.append((name, value))
        elif not is_tracker(folded) and not asks_for_amp(folded, value):
            naming.append((name, value))
    is_named_by_parameter = any(is_number_of_article(name, value) for name, value in naming)
    if is_named_by_parameter or has_long_slug(path):
        return naming
    for name, value in doubtful:
        if has_digit(value) or not has_slug(path):
            naming.append((name, value))
    return naming


def is_tracker(name: str) -> bool:
    if name in TRACKERS or name.startswith(TRACKER_PREFIXES):
        return True
    return bool(NUMBERED_SHARE.fullmatch(name))


def asks_for_amp(name: str, value: str) -> bool:
    """Return whether a parameter asks for the AMP page: `?amp`, `?amp=1`, `?outputType=amp`."""
    if name == "amp":
        return value.casefold() in AMP_SWITCHES
    return name in AMP_PARAMETERS and value.casefold() == "amp"


def is_number_of_article(name: str, value: str) -> bool:
    """Return whether a parameter says by a number which article is meant: `?id=5`, `?storyid=5`."""
    folded = name.casefold()
    return has_digit(value) and (folded in NUMBER_PARAMETERS or folded.endswith("id"))


def has_slug(path: str) -> bool:
    """Return whether a path ends with a word of its own, and not with the name of a program."""
    last = path.rstrip("/").rpartition("/")[2].casefold()
    name, dot, ending = last.rpartition(".")
    if dot and ending in SCRIPT_ENDINGS:
        return False
    word = name if dot else last
    return bool(word) and word not in WORDS_FOR_ANY_ARTICLE


def has_long_slug(path: str) -> bool:
    """Return whether a path surely says which article is meant: by several words, or a number."""
    last = path.rstrip("/").rpartition("/")[2]
    if len(re.findall(r"[-_]", last)) >= SEPARATORS_OF_SLUG:
        return True
    if has_slug(path) and DAY_IN_PATH.search(path):
        return True
    return bool(re.search(r"\d{5,}", last))


def has_digit(written: str) -> bool:
    return any(character.isdigit() for character in written)


# What is left


def get_route(fragment: str) -> str:
    """Return the part behind `#` where it names the page, as `#!/story/5` does; "" for a place in it."""
    return fragment if fragment.startswith(("!", "/")) else ""


def shorten_address(address: str) -> str:
    if len(address) <= LONGEST_CANONICAL_ADDRESS:
        return address
    digest = sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{address[: LONGEST_CANONICAL_ADDRESS - len(digest) - 1]}…{digest}"
