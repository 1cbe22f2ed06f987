"""Calls ``kg`` in this process, and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner

from kg.cli import main


@dataclass(frozen=True)
class Called:
    """What came of a call."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def failed_in_one_line(self, *parts: str) -> bool:
        """Exit status 2, nothing but one line on standard error, and these parts in it."""
        lines = self.err.splitlines()
        assert self.status == 2, self
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        for part in parts:
            assert part in self.err, self.err
        return True


def call(*arguments: str, input: bytes | None = None) -> Called:
    """In this process, through the same door as the command."""
    result = CliRunner().invoke(main, list(arguments), input=input)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Called(result.exit_code, result.stdout, result.stderr)


def process(*arguments: str, input: bytes | None = None, **environment: str) -> Called:
    """As a process of its own, with real streams."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments], input=input, capture_output=True, env={**os.environ, **environment},
        timeout=120, check=False,
    )  # fmt: skip
    return Called(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
