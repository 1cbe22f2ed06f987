"""Whether a clause opens with a time that was over when its notice was published: then it tells, and orders nothing."""

from __future__ import annotations

from kg.lazy import lazy

_DAY = r"(?:(?P<y{n}>[0-9]{{4}})年)?(?:(?P<m{n}>[0-9]{{1,2}})月)?(?:(?P<d{n}>[0-9]{{1,2}})日)?(?:份|底|初|[上中下]旬|[上下]半年)?"
_OPENS = lazy(
    r"[ 　“]*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．])?(?:今年)?"
    + _DAY.format(n=1)
    + rf"(?:(?:至|到|—|－|-|～|~){_DAY.format(n=2)})?(?:期间|间)?，"
)
_PUBLISHED = lazy(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def opens_in_the_past(text: str, start: int, end: int, published: str) -> bool:
    """Whether ``text`` from ``start`` begins with a day, month or year, or a span of them, that ended before
    ``published`` (ISO); of a time without a year that of the publication is taken."""
    now = _PUBLISHED.match(published)
    m = _OPENS.match(text, start, end) if now else None
    if now is None or m is None:
        return False
    last = 2 if any(m[f"{unit}2"] for unit in "ymd") else 1
    year = m[f"y{last}"] or m["y1"] or (now[1] if m["m1"] else "")
    if not year:
        return False
    month = m[f"m{last}"] or (m["m1"] if last == 2 and not m["y2"] else "")
    told = [int(year), *([int(month)] if month else []), *([int(m[f"d{last}"])] if month and m[f"d{last}"] else [])]
    over = [int(n) for n in now.groups()][: len(told)]
    return told < over or (told == over and not month and last == 2 and int(m["y1"] or now[1]) < over[0])
