"""typst in-process, one compiler reused: typst_pdf.py TEXTS COUNT FONTS; prints milliseconds for each, and bytes."""

import pathlib
import sys
import tempfile
import time

import typst

texts, count, fonts = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
# The looks of the profile `speech`, as far as typst has them.
TEMPLATE = """
#set document(title: text_title)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "- 1 -")
#set text(font: ("Liberation Serif", "Zhuque Fangsong (technical preview)"), size: 16pt, lang: "zh")
#set par(justify: true, leading: 12.95pt, spacing: 12.95pt, first-line-indent: (amount: 2em, all: true))
#show heading.where(level: 1): it => align(center, text(font: "Noto Serif SC", weight: "semibold", size: 22pt, it.body))
#show heading.where(level: 2): it => par(text(font: "Noto Sans SC", weight: "regular", size: 16pt, it.body))
#let lead(body) = text(font: "LXGW WenKai GB Lite", body)
"""


def source(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    title, rest = lines[0], lines[1:]
    body = [f"= {title}"]
    for line in rest:
        if line[1:2] == "、" and line[0] in "一二三":
            body.append(f"== {line}")
        elif line[1:2] in ("是", "要") or line.startswith("第"):
            first, _, after = line.partition("。")
            body.append(f"#lead[{first}。]{after}")
        else:
            body.append(line)
    return TEMPLATE.replace("text_title", f'"{title}"') + "\n\n".join(body)


with tempfile.TemporaryDirectory() as folder:
    main = pathlib.Path(folder) / "main.typ"
    sources = [source(texts / f"{number}.txt") for number in range(count)]
    main.write_text(sources[0], encoding="utf-8")
    compiler = typst.Compiler(str(main), font_paths=[fonts], ignore_system_fonts=True)
    compiler.compile(format="pdf", pdf_standards=["a-2a"])
    begun = time.process_time()
    for text in sources:
        main.write_text(text, encoding="utf-8")
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2a"])
    print((time.process_time() - begun) / count * 1000, len(pdf))
