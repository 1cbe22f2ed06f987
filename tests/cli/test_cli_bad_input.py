"""What goes wrong is told in one line, with exit status 2, and changes nothing."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from called import Called, call, process
from pypdf import PdfWriter

Ask = Callable[..., Called]


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document/>" * 200)
    return out.getvalue()


FILES: dict[str, tuple[str, bytes]] = {
    "an empty file": ("empty.txt", b""),
    "only spaces": ("blank.txt", b"  \n\t\n"),
    "an image": ("scan.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    "a program": ("notice.html", b"\x7fELF" + bytes(2000)),
    "an encrypted PDF": ("secret.pdf", pdf("secret")),
    "a scanned PDF": ("scan.pdf", pdf()),
    "a truncated PDF": ("cut.pdf", b"%PDF-1.7\n1 0 obj\n"),
    "a truncated docx": ("cut.docx", docx()[:120]),
    "an unknown ending": ("table.dwg", b"AC1032" + bytes(500)),
    "bytes of no encoding": ("noise.txt", bytes([0xFF, 0x80, 0xC0, 0xC1, 0xF8] * 200)),
    "two encodings in one file": (
        "mixed.txt",
        ("县政府要求，" * 40).encode("gb18030") + ("各镇须整改。" * 40).encode("utf-8"),
    ),
}


@pytest.mark.parametrize("what", list(FILES))
def test_a_file_that_is_no_notice_is_named_with_its_reason(what: str, tmp_path: Path) -> None:
    name, data = FILES[what]
    (tmp_path / name).write_bytes(data)
    file = str(tmp_path / name)
    store = str(tmp_path / "store" / "s.kgl")
    done = call("--store", store, "load", file)
    assert done.failed_in_one_line(file)
    assert "0 new, 0 changed, 0 unchanged, 1 failed" in done.out
    assert call("extract", file).failed_in_one_line(file)


@pytest.mark.parametrize("path", ["no/such/file.txt", "no/such/*.txt", "长" * 300, ""])
def test_a_path_that_is_not_there_makes_no_store(path: str, tmp_path: Path) -> None:
    assert call("--store", str(tmp_path / "s.kgl"), "load", path).failed_in_one_line(path, "no such file")
    assert call("extract", path).failed_in_one_line(path, "no such file")
    assert not list(tmp_path.iterdir())


if sys.platform == "linux":  # elsewhere there are no such files

    def test_nothing_is_waited_for_that_is_no_file(tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        (tmp_path / "round").symlink_to("round")
        (tmp_path / "gone.txt").symlink_to("nowhere.txt")
        for name, why in (("pipe.txt", "is no file"), ("round", "a link to what"), ("gone.txt", "a link to what")):
            file = str(tmp_path / name)
            assert call("--store", str(tmp_path / "s.kgl"), "load", file).failed_in_one_line(file, why)
            assert call("extract", file).failed_in_one_line(file, why)
            assert call("--store", str(tmp_path / "s.kgl"), "load", str(tmp_path)).failed_in_one_line("no notices")
        assert not (tmp_path / "s.kgl").exists()

    def test_a_file_whose_name_is_no_unicode_is_read(tmp_path: Path, samples: Path) -> None:
        file = os.fsencode(tmp_path) + b"/\xb3\xaf.txt"
        Path(os.fsdecode(file)).write_bytes((samples / "07-summons.txt").read_bytes())
        store = str(tmp_path / "s.kgl")
        assert "1 new" in call("--store", store, "load", str(tmp_path)).out
        assert call("--store", store, "remove", os.fsdecode(file)).status == 0

    def test_output_that_finds_no_room_is_told(loaded: Path) -> None:
        for arguments in (["stats"], ["export", "--format", "json"]):
            command = [sys.executable, "-m", "kg", "--store", str(loaded), *arguments]
            with open("/dev/full", "w") as full:
                done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
            assert done.returncode == 2
            assert done.stderr.decode() == "kg: standard output: cannot be written, No space left on device\n"

    def test_streams_that_were_closed_are_empty_ones(loaded: Path) -> None:
        for arguments, streams, said in (
            ("stats", ">&-", (0, "")),
            ("export --format json", ">&-", (0, "")),
            ("show 无此物", "2>&-", (2, "")),
            ("extract -", "<&-", (2, "kg: -: the file is empty; nothing to read, give another file\n")),
        ):
            line = f"{sys.executable} -m kg --store '{loaded}' {arguments} {streams}"
            done = subprocess.run(line, shell=True, capture_output=True, check=False)
            assert (done.returncode, done.stderr.decode()) == said

    def test_a_store_is_a_file(tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.kgl")
        for address, why in (
            (str(tmp_path / "pipe.kgl"), "not a store"),
            ("/dev/null", "not a store"),
            ("长" * 99, "长"),
        ):
            assert call("--store", address, "stats").failed_in_one_line(why)
            assert call("--store", address, "load", str(tmp_path)).failed_in_one_line()


def test_an_empty_name_takes_no_notice_out(tmp_path: Path, samples: Path) -> None:
    store = str(tmp_path / "s.kgl")
    call("--store", store, "load", str(samples / "07-summons.txt"))
    assert call("--store", store, "remove", "").failed_in_one_line("empty")
    assert len(call("--store", store, "notices", "--format", "json").json) == 1


def test_kg_alone_shows_its_help() -> None:
    for arguments in ([], ["report"], ["server"]):
        done = call(*arguments)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(" ".join(["Usage: kg", *arguments]))
        assert len(done.err.splitlines()) > 5


def test_a_folder_without_notices_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "readme.md5").write_text("x")
    assert call("--store", str(tmp_path / "s.kgl"), "load", str(tmp_path / "folder")).failed_in_one_line("no notices")


def test_what_a_folder_holds_besides_is_told(tmp_path: Path, samples: Path) -> None:
    """An old document that may be a notice fails; what goes with a saved page does not."""
    folder, store = tmp_path / "mixed", str(tmp_path / "s.kgl")
    folder.mkdir()
    (folder / "07.txt").write_bytes((samples / "07-summons.txt").read_bytes())
    for name in ("a.png", "b.png", "c.css"):
        (folder / name).write_bytes(b"x")
    done = call("--store", store, "load", str(folder))
    assert done.status == 0
    assert "passed over: .css 1, .png 2" in done.out
    (folder / "old.doc").write_bytes(b"x")
    done = call("--store", store, "load", str(folder))
    assert done.status == 1
    assert "old.doc" in done.err and ".docx" in done.err


def test_the_good_half_of_a_folder_is_loaded(tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "half"
    folder.mkdir()
    for sample in list(samples.glob("0[4-7]*")):
        (folder / sample.name).write_bytes(sample.read_bytes())
    bad = [name for name, _ in FILES.values() if not name.endswith(".dwg")]
    for name, data in FILES.values():
        (folder / name).write_bytes(data)
    done = call("--store", str(tmp_path / "s.kgl"), "load", str(folder))
    assert done.status == 1
    assert f"4 new, 0 changed, 0 unchanged, {len(bad)} failed" in done.out
    assert sorted(line.split(":")[1].strip() for line in done.err.splitlines()) == sorted(str(folder / n) for n in bad)
    told = call("--store", str(tmp_path / "s.kgl"), "load", str(folder), "--format", "json")
    assert told.status == 1
    assert (told.json["unchanged"], len(told.json["failed"])) == (4, len(bad))


def test_a_notice_of_something_else_loads_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("图书馆开放时间\n2023-05-06\n本馆周一闭馆，周二至周日九点开放。\n", "utf-8")
    done = call("--store", str(tmp_path / "s.kgl"), "load", str(tmp_path / "other.txt"))
    assert done.status == 0
    assert "1 new" in done.out
    assert "no duties" in done.out


WRONG: dict[str, tuple[list[str], list[str]]] = {
    "a command": (["laod"], ["'laod'", "load"]),
    "an option": (["stats", "--formt", "json"], ["--formt"]),
    "a global option": (["--stor", "x", "stats"], ["--stor"]),
    "a format": (["stats", "--format", "yaml"], ["yaml", "table", "json"]),
    "a missing argument": (["show"], ["NAME|ID"]),
    "too many arguments": (["show", "沛县", "龙固镇"], ["龙固镇"]),
    "a date": (["chain", "沛县", "--as-of", "2023-02-30"], ["2023-02-30", "--as-of"]),
    "a date of publication": (["load", "x.txt", "--published", "上周"], ["上周", "--published"]),
    "a place that is none": (["load", "x.txt", "--place", "火星县"], ["火星县", "--place"]),
    "a place that is several": (["extract", "x.txt", "--place", "朝阳区"], ["北京市朝阳区", "长春市朝阳区"]),
    "a number out of range": (
        ["query", "supervision/whom-does-it-supervise", "-p", "subject=沛县", "-p", "depth=-1"],
        ["depth", "at least 1"],
    ),
    "no number": (["show", "沛县", "--min-confidence", "nan"], ["nan", "--min-confidence"]),
    "an empty name": (["show", " "], ["empty"]),
    "a long name of a notice": (["remove", "长" * 300], ["长"]),
    "a store to copy to": (["copy", "--to", ""], ["--to"]),
    "a depth": (["chain", "沛县", "--depth", "0"], ["--depth"]),
    "a direction": (["chain", "沛县", "--direction", "left"], ["left", "up"]),
    "an ending of a chain": (["chain", "沛县", "-o", "chain.xyz"], ["chain.xyz", ".svg"]),
    "a query name": (["query", "supervision/who-supervise"], ["supervision/who-supervises"]),
    "a query's parameter": (["query", "duties/of", "-p", "subjct=沛县"], ["subjct", "nearest: subject"]),
    "a missing parameter": (["query", "duties/of"], ["subject"]),
    "a parameter without value": (["query", "duties/of", "-p", "沛县"], ["key=value"]),
    "a parameter given twice": (["query", "duties/of", "-p", "subject=沛县", "-p", "subject=龙固镇"], ["twice"]),
    "a parameter's date": (["query", "duties/due-before", "-p", "date=明天"], ["明天"]),
    "help of a query that is not": (["query", "duties/off", "--help"], ["duties/of"]),
    "parameters without a query": (["query", "-p", "subject=沛县"], ["NAME"]),
    "Cypher syntax": (["cypher", "MATCH (n RETURN n"], ["line 1"]),
    "no Cypher": (["cypher", "  "], ["empty"]),
    "a Cypher parameter": (["cypher", "RETURN $x", "-p", "x"], ["key=value"]),
    "a write": (["cypher", "MATCH (n) DETACH DELETE n"], ["DETACH"]),
    "another write": (["cypher", "CREATE (n:Region {uid: 'x'}) RETURN n"], ["CREATE"]),
    "a file read": (["cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"], ["LOAD"]),
    "an unknown subject": (["show", "沛具人民政府"], ["沛县人民政府", "agency:320322/人民政府"]),
    "an unknown subject of a chain": (["chain", "不存在之地"], ["不存在之地"]),
    "an unknown subject of a query": (["query", "duties/of", "-p", "subject=不存在之地"], ["不存在之地"]),
    "an unknown notice": (["remove", "没有这份通知"], ["没有这份通知"]),
    "an ending of an export": (["export", "-o", "graph.doc"], ["graph.doc", ".ttl"]),
    "an export to nowhere": (["export"], ["-o"]),
    "an export into a folder that is not": (["export", "-o", "no/such/folder/g.ttl"], ["no/such/folder/g.ttl"]),
    "a page into a folder that is not": (["viz", "-o", "no/such/folder/g.html"], ["no/such/folder/g.html"]),
    "a chain under a name too long": (["chain", "沛县", "-o", "长" * 300 + ".svg"], [".svg"]),
    "a depth of nothing": (["viz", "--depth", "2"], ["--around"]),
    "a page that is called a picture": (["viz", "-o", "g.svg"], ["g.svg", ".html"]),
    "two verdicts at once": (["decide", "x", "--reject", "--confirm", "--by", "李"], ["--reject", "one of them"]),
    "no address to listen at": (["serve", "--host", ""], ["--host"]),
    "two parts at once": (["viz", "--around", "沛县", "--query", "duties/of"], ["--around", "--query"]),
    "a shell": (["completion", "cmd"], ["cmd"]),
    "a file to extract": (["extract", "no/such.txt"], ["no/such.txt"]),
    "a folder to extract": (["extract", "."], ["folder"]),
    "a folder of queries": (["--queries", "no/such/folder", "query"], ["no/such/folder"]),
}


@pytest.mark.parametrize("what", list(WRONG))
def test_what_is_wrong_is_told_in_one_line(what: str, ask: Ask, loaded: Path) -> None:
    arguments, parts = WRONG[what]
    before = loaded.read_bytes()
    assert ask(*arguments).failed_in_one_line(*parts)
    assert loaded.read_bytes() == before


def test_an_ambiguous_name_lists_what_it_may_mean(ask: Ask) -> None:
    done = ask("show", "人民政府")
    assert done.status == 2
    assert done.out == ""
    assert "agency:320322/人民政府" in done.err
    told = ask("chain", "人民政府", "--format", "json")
    assert told.status == 2
    assert {"id": "agency:320322/人民政府", "label": "Agency", "name": "沛县人民政府"} in told.json["candidates"]
    by_query = ask("query", "duties/of", "-p", "subject=人民政府", "--format", "json")
    assert (by_query.status, len(by_query.json["candidates"]) > 1) == (2, True)


def test_namesakes_are_offered_with_what_tells_them_apart(tmp_path: Path) -> None:
    store, page = str(tmp_path / "own.kgl"), tmp_path / "page.txt"
    head = "沛县要闻\n\n发布日期：2024-05-02　来源：沛县人民政府\n\n"
    for told in ("副县长尚可观，龙固镇镇长尚可观参加会议。", "尚可观同志指出，沛县要抓好散煤治理。"):
        page.write_text(f"{head}5月1日，{told}", "utf-8")
        assert call("--store", store, "load", str(page)).status == 0
    told = call("--store", store, "show", "尚可观", "--format", "json")
    assert [c.get("known_by") for c in told.json["candidates"]] == [
        "《沛县要闻》",
        "沛县人民政府副县长",
        "龙固镇人民政府镇长",
    ]
    assert "尚可观（龙固镇人民政府镇长） [person:尚可观@320322102]" in told.err


def test_a_broken_query_of_ones_own_is_named_and_the_others_stay(ask: Ask, loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.cypher").write_text("// title: x\nMATCH (n) RETURN n", "utf-8")
    done = call("--store", str(loaded), "--queries", str(tmp_path), "query")
    assert done.status == 0
    assert str(tmp_path / "bad.cypher") in done.err
    assert "duties/of" in done.out


@pytest.mark.parametrize("command", ["stats", "notices", "validate", "query"])
def test_a_store_that_is_not_there_is_told_with_what_to_do(command: str, tmp_path: Path) -> None:
    arguments = [command] if command != "query" else ["query", "duties/of", "-p", "subject=沛县"]
    where = tmp_path / "none.kgl"
    assert call("--store", str(where), *arguments).failed_in_one_line(str(where), "load")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path, samples: Path) -> None:
    file = tmp_path / "letter.kgl"
    file.write_text("Dear reader", "utf-8")
    for arguments in (["stats"], ["load", str(samples)]):
        assert call("--store", str(file), *arguments).failed_in_one_line(str(file))
    assert file.read_text("utf-8") == "Dear reader"
    assert list(tmp_path.iterdir()) == [file]


def test_a_half_written_store_is_told_and_left_as_it_is(own: Path, samples: Path) -> None:
    half = own.read_bytes()[: own.stat().st_size // 2]
    own.write_bytes(half)
    for arguments in (["stats"], ["load", str(samples)]):
        assert call("--store", str(own), *arguments).failed_in_one_line(str(own))
    assert own.read_bytes() == half


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert call("--store", str(tmp_path / "file" / "s.kgl"), "load", str(samples)).failed_in_one_line("file")


@pytest.mark.parametrize("address", ["http://example.org/graph", "neo4j://user:secret@127.0.0.1:1"])
def test_an_address_that_cannot_be_reached_is_told_without_its_password(address: str, samples: Path) -> None:
    for arguments in (["stats"], ["load", str(samples / "07-summons.txt")]):
        done = call("--store", address, *arguments)
        assert done.failed_in_one_line()
        assert "secret" not in done.err


def test_a_failure_nobody_thought_of_is_one_line_too(monkeypatch: pytest.MonkeyPatch, loaded: Path) -> None:
    import kg.shacl

    def broken(graph: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr(kg.shacl, "validate", broken)
    done = call("--store", str(loaded), "validate")
    assert done.failed_in_one_line("ZeroDivisionError: division by zero", "KG_DEBUG=1")
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        call("--store", str(loaded), "validate")


def test_a_reader_that_goes_away_is_no_error_to_speak_of(loaded: Path) -> None:
    for arguments in (["export", "--format", "json"], ["notices"], ["stats", "--format", "json"]):
        ours, theirs = os.pipe()
        os.close(ours)
        command = [sys.executable, "-m", "kg", "--store", str(loaded), *arguments]
        done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False)
        os.close(theirs)
        assert (done.returncode, done.stderr) == (141, b"")


def test_output_is_utf8_whatever_the_system_says(loaded: Path) -> None:
    done = process("--store", str(loaded), "show", "region:320322102", PYTHONIOENCODING="ascii")
    assert "龙固镇" in done.out
    missed = process("--store", str(loaded), "show", "龙固真", PYTHONIOENCODING="ascii")
    assert (missed.status, "龙固真" in missed.err) == (2, True)


def test_words_of_a_notice_do_not_steer_the_terminal(tmp_path: Path) -> None:
    text = "关于\x1b[2J\x1b[31m整改的通报\n2023-05-06\n沛县人民政府要求，龙固镇要在6月底前完成扬尘整治。\n"
    (tmp_path / "n.txt").write_text(text, "utf-8")
    store = str(tmp_path / "s.kgl")
    call("--store", store, "load", str(tmp_path / "n.txt"))
    said = [
        call("--store", store, *a)
        for a in (["notices"], ["show", "龙固镇"], ["query", "duties/of", "-p", "subject=龙固镇"])
    ]
    said.append(call("extract", str(tmp_path / "n.txt")))
    assert not [c for done in said for c in done.out + done.err if ord(c) < 32 and c != "\n"]
