"""The name of a browser and of a system out of a User-Agent header, as far as a person needs to know his devices."""

from typing import Final

_BROWSERS: Final = (
    ("YaBrowser/", "Yandex Browser"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("okhttp", "Android"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def describe(header: str) -> str:
    """ "Chrome, Windows"; the part that is known, or "" when nothing is."""
    browser = next((name for mark, name in _BROWSERS if mark in header), "")
    system = next((name for mark, name in _SYSTEMS if mark in header), "")
    return ", ".join(part for part in (browser, system) if part)
