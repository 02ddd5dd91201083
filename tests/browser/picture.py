"""``make picture``: what README.md shows of the report. Prod's, as it is committed."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.browser.chromium import browser
from toolkit.cli import main

ROOT: Final = Path(__file__).parents[2]
PICTURE: Final = ROOT / "docs" / "audit.png"
WIDTH, HEIGHT = 1240, 1600
SCALE: Final = 0.8
"""As wide as README.md is shown, and no wider: the file stays small."""


def take() -> None:
    """Write the report, and the picture of its beginning."""
    PICTURE.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, browser() as shown:
        main(["audit", "prod", "--out", folder, "--lang", "en"])
        shown.size(WIDTH, HEIGHT, SCALE)
        shown.open(Path(folder) / "prod.html")
        shown.run("document.documentElement.style.overflow = 'hidden'")  # no scroll bar in it
        shown.picture(PICTURE)


if __name__ == "__main__":
    take()
