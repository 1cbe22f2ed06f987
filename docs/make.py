"""Makes the pictures of the README from the sample notices: python docs/make.py (needs Chromium)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SUBJECT = "龙固镇"


def main() -> None:
    """Write chain.svg and graph.png beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        kg = [sys.executable, "-m", "kg", "--store", str(Path(folder) / "s.kgl")]
        page = Path(folder) / "graph.html"
        subprocess.run([*kg, "load", str(HERE.parent / "kg" / "samples")], check=True)
        subprocess.run([*kg, "chain", SUBJECT, "--direction", "up", "-o", str(HERE / "chain.svg")], check=True)
        subprocess.run([*kg, "viz", "-o", str(page)], check=True)
        photograph({page: (1280, 800)})


def photograph(pages: dict[Path, tuple[int, int]]) -> None:
    """One picture a page, of the size given."""
    browser = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for page, (width, height) in pages.items():
            window = chromium.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            window.goto(page.as_uri())
            window.wait_for_timeout(1500)
            window.screenshot(path=HERE / f"{page.stem}.png")
        chromium.close()


if __name__ == "__main__":
    main()
