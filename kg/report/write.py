"""A report in the format that is asked for."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import Any

from kg.draw.style import LANGUAGES
from kg.draw.type import columns, plain, wrap
from kg.errors import QueryError
from kg.page.evidence import safe_url
from kg.report.gaps import Finding, Quote, Report, Section, table

FORMATS = ("text", "html", "markdown", "csv", "json")
_HEADS = ("kind", "finding", "derived", "quote", "notice", "date", "other_quote", "other_notice", "other_date", "ids")


def write(report: Report, format: str = "text", *, lang: str = "zh", width: int = 100) -> str:
    """The report in one of :data:`FORMATS`, ending in a line end. ``width`` is in columns. QueryError for another format."""
    if format not in FORMATS or lang not in LANGUAGES:
        raise QueryError(f"a report has the formats {', '.join(FORMATS)} and the languages {', '.join(LANGUAGES)}")
    at = LANGUAGES.index(lang)
    if format == "json":
        return json.dumps(_rows(report, at), ensure_ascii=False, indent=2) + "\n"
    if format == "csv":
        from kg.cli.table import comma

        return comma(_HEADS, [[row.get(h) for h in _HEADS] for row in map(_flat, _rows(report, at))]) + "\n"
    return {"text": _text, "html": _html, "markdown": _markdown}[format](report, at, width)


def _rows(report: Report, at: int) -> list[dict[str, Any]]:
    return [{"kind": f.kind, "finding": f.said[at], **f.row} for s in report.sections for f in s.findings]


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "ids": [v for k, v in row.items() if k.endswith("_id") and v]}


def _source(quote: Quote) -> str:
    return plain(f"“{quote.text}” ——《{quote.title}》{quote.date}")


def _mark(finding: Finding, at: int) -> str:
    return f"（{table()['derived'][at]}）" if finding.derived else ""


def _caption(report: Report, at: int) -> str:
    total = "at_least" if report.awaited or any(s.more for s in report.sections) else "total"
    return f"{report.caption[at]} · {table()[total][at].format(n=report.count)}"


def _more(section: Section, at: int) -> str:
    """Where the findings are that are not listed; '' where all are."""
    return table()["more"][at].format(n=len(section.findings), query=section.more) if section.more else ""


def _text(report: Report, at: int, width: int) -> str:
    lines = [report.title[at], _caption(report, at)]
    for section in report.sections:
        lines += ["", f"── {section.title[at]} · {section.count}"]
        if not section.findings:
            lines.append(table()["none"][at])
        for n, finding in enumerate(section.findings, 1):
            head = f"{n}. "
            said = wrap(plain(finding.said[at]) + _mark(finding, at), width - len(head), measure=columns)
            lines += [(head if i == 0 else " " * len(head)) + line for i, line in enumerate(said)]
            for quote in finding.quotes:
                lines += ["     " + line for line in wrap(_source(quote), width - 5, measure=columns)]
        lines += [_more(section, at)] if section.more else []
    return "\n".join(lines) + "\n"


def _markdown(report: Report, at: int, width: int) -> str:
    lines = [f"# {report.title[at]}", "", _caption(report, at)]
    for section in report.sections:
        lines += ["", f"## {section.title[at]} · {section.count}", ""]
        lines += [] if section.findings else [table()["none"][at]]
        for n, finding in enumerate(section.findings, 1):
            lines.append(f"{n}. {_tame(finding.said[at])}{_mark(finding, at)}")
            lines += [f"   > {_tame(_source(quote))}" for quote in finding.quotes]
        lines += ["", _tame(_more(section, at))] if section.more else []
    return "\n".join(lines) + "\n"


def _tame(text: str) -> str:
    """No Markdown or HTML is read out of a notice's words."""
    return "".join("\\" + c if c in "\\`*_[]<>#|" else c for c in " ".join(plain(text).split()))


def _html(report: Report, at: int, width: int) -> str:
    from kg.draw.html import colours
    from kg.page.document import document

    parts = [f"<main><header><h1>{escape(report.title[at])}</h1><p>{escape(_caption(report, at))}</p></header>"]
    links = "".join(f'<li><a href="#{s.key}">{escape(s.title[at])}</a> <b>{s.count}</b></li>' for s in report.sections)
    links += "".join(f"<li>{escape(title[at])} <b>…</b></li>" for title in report.awaited)
    parts.append(f'<nav class="contents"><ul>{links}</ul></nav>')
    for section in report.sections:
        parts.append(
            f'<section class="sources" id="{section.key}"><h2>{escape(section.title[at])} · {section.count}</h2>'
        )
        rows = "".join(_item(report, f, at) for f in section.findings)
        parts.append(
            (f"<ol>{rows}</ol>" if rows else f'<p class="lines">{escape(table()["none"][at])}</p>')
            + (f'<p class="lines">{escape(_more(section, at))}</p>' if section.more else "")
            + "</section>"
        )
    parts += [f'<p class="lines awaited" role="status">{escape(table()["awaited"][at])}</p>'] if report.awaited else []
    style = colours() + files("kg.draw").joinpath("chain.css").read_text("utf-8")
    style += files("kg.report").joinpath("report.css").read_text("utf-8")
    body = "".join(parts) + "</main>"
    return document(report.title[at], body, lang=("zh-CN", "en")[at], styles=[style], scripts=[], data={})


def _item(report: Report, finding: Finding, at: int) -> str:
    chip = f' <span class="kind derived">{escape(table()["derived"][at])}</span>' if finding.derived else ""
    out = [f"<li><p>{escape(plain(finding.said[at]))}{chip}</p>"]
    for quote in finding.quotes:
        title = escape(quote.title)
        if url := safe_url(report.urls.get(quote.notice, "")):
            title = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
        out.append(f"<q>{escape(plain(quote.text))}</q><cite>《{title}》 {escape(quote.date)}</cite>")
    return "".join(out) + "</li>"
