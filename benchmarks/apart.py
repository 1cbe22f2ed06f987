"""Environments apart from the project's, for what a measurement compares with."""

from __future__ import annotations

import os
import subprocess
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "out" / "bench"


def environment(name: str) -> Path:
    """The interpreter of an environment with what ``<name>.txt`` beside this file lists; made once."""
    folder, listed = OUT / name, HERE / f"{name}.txt"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "installed.txt"
    if not stamp.exists() or stamp.read_text() != listed.read_text():
        print(f"installing {listed.name} into {folder} (once)", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(listed)]
        subprocess.check_call(install)
        stamp.write_text(listed.read_text())
    return python
