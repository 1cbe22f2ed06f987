"""Sets everything up, with nothing but Python 3.11 or newer:

    python3 run.py demo     load the sample notices, ask who supervises whom, write a graph and a chain to look at
    python3 run.py test     lint, types and all tests, those in a browser included (what follows goes to pytest)
    python3 run.py bench    measure speed and memory
    python3 run.py env      only make the environment (.venv)

On Windows write `py run.py demo`. All it makes lies in .venv/ and out/; it can be run again at any time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUT = ROOT / "out"
OLDEST = (3, 11)
STAMP = VENV / "installed.txt"
DECLARED = ("pyproject.toml", "constraints.txt")
MEASURED = ("start", "reading", "memory", "queries", "lists", "explorer", "pages")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def main(arguments: list[str]) -> int:
    """Run one of the commands above; returns the exit status."""
    commands = {"demo": demo, "test": test, "bench": bench, "env": env}
    if sys.version_info < OLDEST:
        return stop(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {sys.version.split()[0]}: {sys.executable}"
        )
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    os.environ["PYTHONUTF8"] = "1"
    os.chdir(ROOT)
    try:
        return commands[arguments[0]](arguments[1:])
    except subprocess.CalledProcessError as error:
        return stop(f"this failed with status {error.returncode}: {' '.join(map(str, error.cmd))}")
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def demo(_: list[str]) -> int:
    """From the sample notices to answers and pictures."""
    install(dev=False)
    OUT.mkdir(exist_ok=True)
    store, subject = OUT / "demo.kgl", "龙固镇"
    kg = [str(python()), "-m", "kg", "--store", os.path.relpath(store)]
    say("Loading the sample notices 载入示例通知")
    run([*kg, "load", os.path.join("kg", "samples")])
    say(f"Who supervises {subject}? 谁监督{subject}？")
    run([*kg, "query", "supervision/who-supervises", "-p", f"subject={subject}", "--stated-only"])
    say("Its chain, step by step 逐级")
    run([*kg, "chain", subject, "--direction", "up"])
    say("Pictures 图")
    run([*kg, "viz", "-o", os.path.join("out", "graph.html")])
    for name in ("chain.html", "chain.svg"):
        run([*kg, "chain", subject, "--direction", "up", "-o", os.path.join("out", name)])
    say("Look at them in a browser 在浏览器中打开")
    print(f"  {(OUT / 'graph.html').as_uri()}\n  {(OUT / 'chain.html').as_uri()}")
    activate = r".venv\Scripts\activate" if os.name == "nt" else ". .venv/bin/activate"
    setting = "set" if os.name == "nt" else "export"
    say("Go on 继续")
    print(f"  {activate}\n  {setting} KG_STORE={os.path.relpath(store)}\n  kg serve\n  kg query\n  kg --help")
    return 0


def test(arguments: list[str]) -> int:
    """Everything that is tested; pytest's own last line says how it went."""
    install(dev=True)
    browser()
    chinese_type()
    # as many processes as there are processors; what needs the one Neo4j server shares one of them
    shared = ["-n", "logical", "--maxprocesses", "4", "--dist", "loadgroup"]
    return subprocess.call([str(python()), "-m", "pytest", *shared, *arguments])


def bench(arguments: list[str]) -> int:
    """All measurements, or those named."""
    install(dev=True)
    for name in arguments or MEASURED:
        if not (ROOT / "benchmarks" / f"{name}.py").is_file():
            return stop(f"there is no measurement {name}: choose among {', '.join(MEASURED)}")
        say(f"benchmarks/{name}.py")
        run([str(python()), os.path.join("benchmarks", f"{name}.py")])
    return 0


def env(_: list[str]) -> int:
    """The environment alone, with the tools of `test`."""
    install(dev=True)
    print(f"{VENV} is ready")
    return 0


def python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(*, dev: bool) -> None:
    """Make .venv and install the project in it, unless that was done for the very same declarations."""
    digest = hashlib.sha256(sys.version.encode() + str(ROOT).encode())
    for name in DECLARED:
        digest.update((ROOT / name).read_bytes())
    wanted = digest.hexdigest()
    installed = STAMP.read_text().split() if STAMP.exists() else []
    if wanted in installed and (not dev or "dev" in installed) and works():
        return
    STAMP.unlink(missing_ok=True)
    pip = [str(python()), "-m", "pip"] if works() and has_pip() else make()
    say("Installing into .venv (once; some minutes on a slow line)")
    dev = dev or "dev" in installed
    quiet = ["--quiet", "--disable-pip-version-check"]
    run(
        [
            *pip,
            "install",
            *quiet,
            "--constraint",
            "constraints.txt",
            "--editable",
            f".[{'dev,names,serve,server' if dev else 'serve'}]",
        ]
    )
    STAMP.write_text(f"{wanted} {'dev' if dev else ''}\n")


def works() -> bool:
    """Whether the environment's interpreter runs; one that was moved or whose Python was replaced does not."""
    return python().exists() and subprocess.call([str(python()), "-c", "pass"], stderr=subprocess.DEVNULL) == 0


def has_pip() -> bool:
    """Whether the environment can install by itself."""
    return subprocess.call([str(python()), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make() -> list[str]:
    """Make the environment; returns the command that installs into it."""
    import venv

    if importlib.util.find_spec("ensurepip") is None:
        return make_without_ensurepip()
    venv.create(VENV, clear=True, with_pip=True)
    return [str(python()), "-m", "pip"]


def make_without_ensurepip() -> list[str]:
    """Debian and Ubuntu keep ensurepip in a package of its own: fetch it, or use the system's pip from outside."""
    import venv

    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if is_root() and shutil.which("apt-get"):
        say(f"Installing {package}, which this Python lacks")
        apt(package)
        # this process has already looked for ensurepip in vain; a new one finds it
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        return [str(python()), "-m", "pip"]
    if importlib.util.find_spec("pip") is not None:
        venv.create(VENV, clear=True, with_pip=False)
        return [sys.executable, "-m", "pip", "--python", str(python())]
    raise SystemExit(
        stop(f"this Python cannot make an environment: sudo apt-get install {package}, then run this again")
    )


def browser() -> None:
    """See to a Chromium for the tests of pages: the system's, Debian's package, or the one that Playwright manages."""
    if os.environ.get("KG_CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    if is_root() and shutil.which("apt-get") and debian():
        say("Installing chromium for the tests of pages")
        apt("chromium")
        return
    status = subprocess.call([str(python()), "-m", "playwright", "install", "chromium"])
    if status != 0:
        print(
            "no Chromium was found and none could be fetched; the tests of pages will fail: install chromium "
            "(Debian: sudo apt-get install chromium), or name one in KG_CHROMIUM",
            file=sys.stderr,
        )


def chinese_type() -> None:
    """See to a font with Chinese characters, which pictures are drawn with; Macs and Windows bring theirs."""
    listed = shutil.which("fc-list")
    if os.name == "nt" or sys.platform == "darwin" or (listed and subprocess.check_output([listed, ":lang=zh"])):
        return
    if is_root() and shutil.which("apt-get"):
        say("Installing fonts-noto-cjk for the tests of pictures")
        apt("fonts-noto-cjk")
    else:
        print(
            "no font with Chinese characters was found; the tests of PNG pictures will fail: install one "
            "(Debian: sudo apt-get install fonts-noto-cjk)",
            file=sys.stderr,
        )


def debian() -> bool:
    """Whether apt's chromium is a browser; on Ubuntu it is only a pointer to a snap."""
    release = Path("/etc/os-release")
    return release.exists() and "ubuntu" not in release.read_text(errors="replace").lower()


def apt(package: str) -> None:
    """Install a package without questions."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.call(["apt-get", "install", "-y", "-qq", package], env=quiet) != 0:
        subprocess.check_call(["apt-get", "update", "-qq"], env=quiet)
        subprocess.check_call(["apt-get", "install", "-y", "-qq", package], env=quiet)


def is_root() -> bool:
    """Whether packages may be installed without asking anyone."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def run(command: list[str]) -> None:
    """Run to the end, or raise CalledProcessError; what was printed before comes before."""
    sys.stdout.flush()
    subprocess.check_call(command)


def say(text: str) -> None:
    """A heading."""
    print(f"\n== {text}", flush=True)


def stop(reason: str) -> int:
    """One line on standard error; returns the exit status 2."""
    print(f"run.py: {reason}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
