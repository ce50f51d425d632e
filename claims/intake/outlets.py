"""Finds who published an article, by the host of its address."""

from urllib.parse import urlsplit

WELL_KNOWN_OUTLETS = {
    "abc.net.au": "ABC News (Australia)",
    "abcnews.go.com": "ABC News",
    "aljazeera.com": "Al Jazeera",
    "apnews.com": "Associated Press",
    "bbc.co.uk": "BBC News",
    "bbc.com": "BBC News",
    "bloomberg.com": "Bloomberg",
    "breitbart.com": "Breitbart",
    "cbc.ca": "CBC News",
    "cbsnews.com": "CBS News",
    "cnn.com": "CNN",
    "dailymail.co.uk": "Daily Mail",
    "dw.com": "Deutsche Welle",
    "economist.com": "The Economist",
    "euronews.com": "Euronews",
    "foxnews.com": "Fox News",
    "france24.com": "France 24",
    "ft.com": "Financial Times",
    "guardian.co.uk": "The Guardian",
    "huffpost.com": "HuffPost",
    "huffingtonpost.com": "HuffPost",
    "independent.co.uk": "The Independent",
    "irishtimes.com": "The Irish Times",
    "kyivindependent.com": "The Kyiv Independent",
    "latimes.com": "Los Angeles Times",
    "nbcnews.com": "NBC News",
    "news.sky.com": "Sky News",
    "npr.org": "NPR",
    "nytimes.com": "The New York Times",
    "politico.com": "Politico",
    "politico.eu": "Politico Europe",
    "reuters.com": "Reuters",
    "scmp.com": "South China Morning Post",
    "smh.com.au": "The Sydney Morning Herald",
    "telegraph.co.uk": "The Telegraph",
    "theatlantic.com": "The Atlantic",
    "theglobeandmail.com": "The Globe and Mail",
    "theguardian.com": "The Guardian",
    "thehindu.com": "The Hindu",
    "thetimes.co.uk": "The Times",
    "thetimes.com": "The Times",
    "time.com": "Time",
    "usatoday.com": "USA Today",
    "voanews.com": "Voice of America",
    "washingtonpost.com": "The Washington Post",
    "westernjournal.com": "The Western Journal",
    "wsj.com": "The Wall Street Journal",
}
HOST_PREFIXES = ("www.", "m.", "amp.", "mobile.", "edition.", "uk.")


def find_outlet(url: str, publisher: str) -> tuple[str, str]:
    """Return the host and the name of an outlet, by the address or else the publisher's name.

    Several hosts of one well-known outlet are the first of them.
    """
    host = (urlsplit(url).hostname or "").removesuffix(".")
    if not host:
        name = publisher or "unknown publisher"
        return name.casefold(), name
    for prefix in HOST_PREFIXES:
        host = host.removeprefix(prefix)
    for domain in list_parent_domains(host):
        if domain in WELL_KNOWN_OUTLETS:
            name = WELL_KNOWN_OUTLETS[domain]
            return find_first_host(name), name
    return host, publisher or host


def find_first_host(name: str) -> str:
    """Return the first host of a well-known outlet."""
    return next(host for host, outlet in WELL_KNOWN_OUTLETS.items() if outlet == name)


def list_parent_domains(host: str) -> list[str]:
    """Return the host and the domains that it lies in: news.bbc.co.uk, bbc.co.uk, co.uk."""
    parts = host.split(".")
    return [".".join(parts[number:]) for number in range(len(parts) - 1)]
