"""``kg serve`` at the prompt: where it listens, what it prints, and what it refuses."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest


def serve(store: str, *words: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "--store", store, "serve", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
    )  # fmt: skip


def opened(address: str) -> int:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_it_prints_its_address_answers_there_and_ends_at_ctrl_c(samples: str) -> None:
    with serve(samples, "--port", "0") as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[0]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert opened(address) == 200
        process.send_signal(signal.SIGINT)
        _, wrong = process.communicate(timeout=30)
    assert process.returncode in (0, 130)
    assert "Traceback" not in wrong


def test_beyond_this_machine_it_asks_for_a_token(samples: str) -> None:
    with serve(samples, "--port", "0", "--host", "0.0.0.0", "--name", "127.0.0.1", KG_TOKEN="abc123") as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[0]
        assert address.endswith("/?token=abc123")
        assert opened(address.partition("?")[0]) == 401
        process.terminate()
        process.communicate(timeout=30)


@pytest.mark.parametrize(
    ("words", "says"), [(("--port", "taken"), "--port"), (("--host", "203.0.113.7"), "cannot listen there")]
)
def test_where_it_cannot_listen_is_one_line(samples: str, words: tuple[str, str], says: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        given = [str(other.getsockname()[1]) if w == "taken" else w for w in words]
        done = serve(samples, *given)
        _, wrong = done.communicate(timeout=60)
    assert done.returncode == 2
    assert says in wrong and len(wrong.strip().splitlines()) == 1


def test_a_missing_store_is_told_at_the_prompt(tmp_path: Path) -> None:
    done = serve(str(tmp_path / "none.kgl"), "--port", "0")
    _, wrong = done.communicate(timeout=60)
    assert done.returncode == 2 and "there is no store yet" in wrong
