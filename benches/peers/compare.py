#!/usr/bin/env python3
"""Processor time of one document here and in other programs: compare.py PROGRAM

Installs the others where they are missing (PyPI and npm below target/peers, LibreOffice from Debian), converts the same
texts with each, and prints a table in Markdown. Every program is given what it can keep between documents: typst one
compiler, python-docx and npm docx one process, LibreOffice one batch.
"""

import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEERS = ROOT / "target" / "peers"
FONTS = ROOT / "fonts"
TEXT = (ROOT / "benches/texts/speech.txt").read_text(encoding="utf-8")
# Documents for each: enough for half a second and more.
OURS, TYPST, PYTHON_DOCX, NPM_DOCX, OFFICE = 1000, 60, 60, 100, 40


def say(message):
    print(message, file=sys.stderr, flush=True)


def variant(number):
    """The text with its number at the end of every paragraph, so that no two documents have one in common."""
    return [f"{line}（{number}）" if line.endswith("。") else line for line in TEXT.splitlines() if line]


def run(command, **options):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)


def install():
    PEERS.mkdir(parents=True, exist_ok=True)
    python = PEERS / "python"
    if not (python / "bin/python").exists():
        say("installing typst and python-docx")
        run([sys.executable, "-m", "venv", str(python)])
        run([str(python / "bin/python"), "-m", "pip", "install", "-q", "typst==0.15.*", "python-docx"])
    if not (PEERS / "node_modules/docx").exists():
        say("installing docx from npm")
        run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PEERS), "docx"])
    if not shutil.which("soffice"):
        say("installing LibreOffice")
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "libreoffice-writer-nogui"], env=environment)


def children_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(program, folder, texts, formats):
    """Milliseconds for each of many documents, less those of one: start and end of the program left out."""
    many, one = folder / "many", folder / "one"
    for place, count in ((many, OURS), (one, 1)):
        if not place.exists():
            place.mkdir()
            for number in range(count):
                (place / f"{number:04}.txt").write_text("\n".join(texts[number % len(texts)]) + "\n", encoding="utf-8")

    def cost(place):
        times = []
        for _ in range(3):
            shutil.rmtree(folder / "out", ignore_errors=True)
            before = children_time()
            run([program, "convert", "--fonts", "bundled", "--quiet", "--jobs", "1", "--to", formats, "--out-dir", str(folder / "out"), str(place)])
            times.append(children_time() - before)
        return sorted(times)[1]

    each = (cost(many) - cost(one)) / (OURS - 1) * 1000
    return each, sum(f.stat().st_size for f in (folder / "out").iterdir())


def in_python(script, *arguments):
    """What a script below prints: milliseconds for each document, and bytes of the last."""
    output = subprocess.run([str(PEERS / "python/bin/python"), script, *map(str, arguments)], check=True, capture_output=True, text=True).stdout
    each, size = output.split()
    return float(each), int(size)


def office(folder, docx):
    """DOCX files to PDF in one run of LibreOffice, with the fonts of this project."""
    inputs = folder / "office"
    inputs.mkdir()
    for number in range(OFFICE):
        shutil.copy(docx, inputs / f"{number}.docx")
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder}/cache</cachedir><include>{ROOT}/docs/fonts/60-hongtou.conf</include></fontconfig>"
    )
    environment = dict(os.environ, FONTCONFIG_FILE=str(config))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", str(folder / "pdf")]
    run(command + [str(inputs / "0.docx")], env=environment, stderr=subprocess.DEVNULL)
    before = children_time()
    run(command + [str(f) for f in sorted(inputs.iterdir())], env=environment, stderr=subprocess.DEVNULL)
    return (children_time() - before) / OFFICE * 1000, (folder / "pdf/0.pdf").stat().st_size


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    install()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        folder = pathlib.Path(folder)
        texts = [variant(number) for number in range(100)]
        source = folder / "texts"
        source.mkdir()
        for number, text in enumerate(texts):
            (source / f"{number}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
        here = pathlib.Path(__file__).parent
        say("hongtou")
        docx, docx_size = ours(program, folder, texts, "docx")
        pdf, pdf_size = ours(program, folder, texts, "pdf")
        both, _ = ours(program, folder, texts, "docx,pdf")
        say("typst")
        typst, typst_size = in_python(here / "typst_pdf.py", source, TYPST, FONTS)
        say("python-docx")
        python_docx, python_docx_size = in_python(here / "python_docx.py", source, PYTHON_DOCX, folder / "python.docx")
        say("npm docx")
        output = subprocess.run(["node", str(here / "npm_docx.js"), str(source), str(NPM_DOCX), str(PEERS)], check=True, capture_output=True, text=True).stdout
        npm_docx, npm_docx_size = float(output.split()[0]), int(output.split()[1])
        say("LibreOffice")
        libreoffice, libreoffice_size = office(folder, folder / "python.docx")

    print("| to | program | processor time, ms | times as long | bytes |\n|---|---|---:|---:|---:|")
    for to, name, each, base, size in (
        ("DOCX", "**hongtou**", docx, docx, docx_size),
        ("DOCX", "python-docx", python_docx, docx, python_docx_size),
        ("DOCX", "npm docx", npm_docx, docx, npm_docx_size),
        ("PDF", "**hongtou**", pdf, pdf, pdf_size),
        ("PDF", "typst 0.15, one compiler", typst, pdf, typst_size),
        ("both", "**hongtou**", both, both, None),
        ("both", "python-docx and LibreOffice", python_docx + libreoffice, both, None),
    ):
        size = "" if size is None else f"{size}"
        print(f"| {to} | {name} | {each:.2f} | {each / base:.1f} | {size} |")
    print(f"\nThe PDF has {pdf_size / typst_size:.2f} times the bytes of typst's. LibreOffice alone: {libreoffice:.0f} ms.")


if __name__ == "__main__":
    main()
