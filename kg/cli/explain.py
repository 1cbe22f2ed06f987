"""What ``kg query NAME --help`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.draw.type import columns, wrap

if TYPE_CHECKING:
    from kg.ask import Parameter, SavedQuery


def explain(saved: SavedQuery) -> str:
    """The question, its parameters, its columns, and a line to try."""
    from kg.cli.table import width

    room = min(width(), 110) - 2
    lines = [f"{saved.name}  {saved.title['zh']} · {saved.title['en']}", ""]
    for tongue in ("zh", "en"):
        lines += [f"  {line}" for line in wrap(saved.description[tongue], room, 0, columns)]
    lines += ["", "Parameters:"] if saved.parameters else ["", "It takes no parameters."]
    for parameter in saved.parameters:
        lines += _parameter(parameter, room)
    lines += ["", "Columns:", *(f"  {line}" for line in wrap(", ".join(saved.columns), room, 0, columns)), ""]
    lines += ["Example:", "  $ " + example(saved), "", f"Kept in {saved.path}"]
    return "\n".join(lines)


def example(saved: SavedQuery) -> str:
    """A command line that answers on the sample notices."""
    from shlex import quote

    given = [f"-p {quote(f'{p.name}={p.example}')}" for p in saved.parameters if p.required and p.example is not None]
    return " ".join([f"kg query {saved.name}", *given])


def _parameter(p: Parameter, room: int) -> list[str]:
    kind = " | ".join(p.choices) or p.type
    state = "required" if p.required else "optional" if p.default is None else f"default {_plain(p.default)}"
    head = f"  -p {p.name}=…  {kind}, {state}" + (f", e.g. {_plain(p.example)}" if p.example is not None else "")
    said = " · ".join(t for t in (p.text("zh"), p.text("en")) if t)
    return [head, *(f"       {line}" for line in wrap(said, room - 7, 0, columns))]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
