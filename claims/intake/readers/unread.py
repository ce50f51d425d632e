"""What is no text and so is not read, by name: pictures, sound, video, and archives of other kinds."""

PICTURE = "it is a picture, and words in pictures are not read"
SOUND = "it is a sound recording, which is not read; its transcript (VTT, SRT) is"
VIDEO = "it is a video, which is not read; its transcript (VTT, SRT) is"
ARCHIVE = "it is an archive of a kind that is not unpacked here; ZIP and gzip are"
PROGRAM = "it is a program, and no text"
FONT = "it is a font, and no text"

# How files begin, by what they are.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),  # JPEG
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),  # TIFF, as the next
    (b"MM\x00*", PICTURE),
    (b"\x00\x00\x01\x00", PICTURE),  # an icon
    (b"\x00\x00\x00\x0cJXL ", PICTURE),
    (b"8BPS", PICTURE),
    (b"ID3", SOUND),
    (b"\xff\xfb", SOUND),  # MP3, as the next two
    (b"\xff\xf3", SOUND),
    (b"\xff\xf2", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"#!AMR", SOUND),
    (b"\x1aE\xdf\xa3", VIDEO),  # Matroska and WebM
    (b"\x00\x00\x01\xba", VIDEO),  # MPEG, as the next
    (b"\x00\x00\x01\xb3", VIDEO),
    (b"FLV\x01", VIDEO),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),  # Zstandard
    (b"\x04\x22\x4d\x18", ARCHIVE),  # LZ4
    (b"MSCF", ARCHIVE),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"wOFF", FONT),
    (b"wOF2", FONT),
)
# What a file is that begins as RIFF does, by what follows its length.
RIFF_KINDS = {b"WEBP": PICTURE, b"WAVE": SOUND, b"AVI ": VIDEO}
# And one of ISO's media files, by its brand.
PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"avis")
SOUND_BRANDS = (b"M4A ", b"M4B ")
TAR_MARK, TAR_PLACE = b"ustar", 257
# By the ends of their names.
ENDINGS: dict[str, tuple[str, ...]] = {
    PICTURE: (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".avif"),
        *(".svg", ".ico", ".psd", ".jxl"),
    ),
    SOUND: (".mp3", ".wav", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".aac", ".amr", ".wma"),
    VIDEO: (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".mpg", ".mpeg", ".flv"),
    ARCHIVE: (
        *(".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".rar", ".bz2", ".xz", ".zst"),
        *(".lz4", ".cab"),
    ),
}


def find_unread_kind(start: bytes) -> str:
    """Return why a file that begins so is not read; "" if it may be text or another format."""
    for beginning, kind in BEGINNINGS:
        if start.startswith(beginning):
            return kind
    if start.startswith(b"RIFF"):
        return RIFF_KINDS.get(start[8:12], "")
    if start[4:8] == b"ftyp":
        return name_media_kind(start[8:12])
    if start.startswith(b"BM") and start[6:10] == b"\x00\x00\x00\x00":  # a bitmap's empty fields
        return PICTURE
    if start[TAR_PLACE : TAR_PLACE + len(TAR_MARK)] == TAR_MARK:
        return ARCHIVE
    if is_drawing(start):
        return PICTURE
    return ""


def name_media_kind(brand: bytes) -> str:
    if brand in PICTURE_BRANDS:
        return PICTURE
    return SOUND if brand in SOUND_BRANDS else VIDEO


def is_drawing(start: bytes) -> bool:
    """Return whether a file is SVG: XML whose first element is a drawing."""
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"<svg"):
        return True
    head, mark, _ = begins.partition(b"<svg")
    return bool(mark) and begins.startswith(b"<?xml") and b"<" not in strip_prolog(head)


def strip_prolog(head: bytes) -> bytes:
    """Return what stands before the first element, without declarations and comments."""
    left = head
    for opening, closing in ((b"<!--", b"-->"), (b"<?", b"?>"), (b"<!DOCTYPE", b">")):
        while opening in left:
            before, _, rest = left.partition(opening)
            left = before + rest.partition(closing)[2]
    return left


def explain_unread_name(name: str) -> str:
    """Return why a file of this name is not read; "" if its name does not tell."""
    ending = name.casefold()
    for kind, endings in ENDINGS.items():
        if ending.endswith(endings):
            return kind
    return ""
