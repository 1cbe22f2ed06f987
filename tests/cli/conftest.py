"""The command as a person calls it, on the sample notices."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from called import Called, call

import kg

SAMPLES = Path(kg.__file__).parent / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample notices."""
    return SAMPLES


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample notices; only questions are asked of it."""
    store = tmp_path_factory.mktemp("loaded") / "samples.kgl"
    done = call("--store", str(store), "load", str(SAMPLES))
    assert done.status == 0, done.err
    return store


@pytest.fixture
def ask(loaded: Path) -> Callable[..., Called]:
    """``kg`` on the loaded store."""
    return lambda *arguments, **more: call("--store", str(loaded), *arguments, **more)


@pytest.fixture
def own(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store that may be written to."""
    return Path(shutil.copy(loaded, tmp_path / "own.kgl"))
