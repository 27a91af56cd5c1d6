"""Every message as it would be sent, as text, as HTML, and as readers see it.

    make gallery        (screenshots need Debian's `chromium`; without it only the texts are written)

Screenshots are of 390 and 1000 px, light and dark.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from monitor.demo.samples import LIKE, sample
from monitor.render.mail import html_of, text_of
from monitor.render.words import message_of

GALLERY = Path(__file__).parent.parent / "docs" / "gallery"
WIDTHS = (390, 1000)
#: What stands at the end of a mail, where `links:` is configured.
PREFERENCES = "https://monitor.example.org/preferences/sample.desk/0c6f5a…"
#: Blink's numbers of the schemes that a reader prefers.
SCHEMES = {"light": 1, "dark": 0}
#: Chromium makes no window narrower than 500 px: the page is, and says how high it gets.
_MEASURE = (
    "<script>document.body.style.width='{}px';document.body.style.boxSizing='border-box';"
    "document.title=document.body.scrollHeight+20</script></body>"
)


def texts() -> Iterator[tuple[str, str]]:
    """File name -> what stands in it, for every message."""
    for like in LIKE:
        notification = sample(like, "desk")
        message = replace(message_of(notification), preferences=PREFERENCES)
        head = f"Subject: {message.subject}\n\n"
        yield f"{like}.txt", head + text_of(message, notification.rules) + "\n"
        yield f"{like}.html", html_of(message, notification.rules) + "\n"


def _chromium(profile: str, *options: str) -> str:
    command = [
        *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--hide-scrollbars", f"--user-data-dir={profile}"),
    ]
    done = subprocess.run(
        [*command, *options], check=False, capture_output=True, text=True, timeout=60
    )
    return done.stdout


def _height(page: Path, width: int, profile: str) -> int:
    with tempfile.NamedTemporaryFile("w", suffix=".html", dir=page.parent) as measured:
        measured.write(page.read_text("utf-8").replace("</body>", _MEASURE.format(width)))
        measured.flush()
        address = Path(measured.name).as_uri()
        said = _chromium(profile, f"--window-size={width},100", "--dump-dom", address)
    found = re.search(r"<title>(\d+)</title>", said)
    return int(found[1]) if found else 1_000


def _shoot(page: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        for width in WIDTHS:
            height = _height(page, width, profile)
            for scheme, number in SCHEMES.items():
                target = page.with_name(f"{page.stem}-{width}-{scheme}.png")
                _chromium(
                    profile,
                    f"--window-size={width},{height}",
                    f"--blink-settings=preferredColorScheme={number}",
                    f"--screenshot={target}",
                    page.as_uri(),
                )


def main() -> None:
    GALLERY.mkdir(exist_ok=True)
    for name, text in texts():
        (GALLERY / name).write_text(text, "utf-8")
    if shutil.which("chromium") is None:
        print("no chromium here: texts only")
        return
    for page in sorted(GALLERY.glob("*.html")):
        _shoot(page)
        print(page.stem, flush=True)


if __name__ == "__main__":
    main()
