"""Makes the pictures of the README from the sample notices: python docs/make.py (needs Chromium)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SUBJECT = "龙固镇"
NOTICE = 3  # the fourth by date


def main() -> None:
    """Write chain.svg, graph.png and serve.png beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        kg = [sys.executable, "-m", "kg", "--store", str(Path(folder) / "s.kgl")]
        page = Path(folder) / "graph.html"
        subprocess.run([*kg, "load", str(HERE.parent / "kg" / "samples")], check=True)
        subprocess.run([*kg, "chain", SUBJECT, "--direction", "up", "-o", str(HERE / "chain.svg")], check=True)
        subprocess.run([*kg, "viz", "-o", str(page)], check=True)
        with served(kg) as address:
            notice = json.load(urllib.request.urlopen(f"{address}api/notices"))[NOTICE]["id"]
            photograph({"graph": page.as_uri(), "serve": f"{address}notice/{quote(notice, safe='')}"})


@contextmanager
def served(kg: list[str]) -> Iterator[str]:
    """The explorer's address, while it runs."""
    with subprocess.Popen([*kg, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.terminate()


def photograph(pages: dict[str, str]) -> None:
    """One picture of each address; of a notice, with the words of a statement lit."""
    browser = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for name, address in pages.items():
            window = chromium.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
            window.goto(address)
            if name == "serve":
                window.locator("[data-statement]", has_text="包保").nth(3).locator("small").click()
            window.wait_for_timeout(1500)
            window.screenshot(path=HERE / f"{name}.png")
        chromium.close()


if __name__ == "__main__":
    main()
