"""python-docx: python_docx.py TEXTS COUNT LAST; prints milliseconds for each, and bytes; the last stays as LAST."""

import io
import pathlib
import sys
import time

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

texts, count, last = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


def run(paragraph, text, font, size):
    piece = paragraph.add_run(text)
    piece.font.size = Pt(size)
    piece.font.name = "Times New Roman"
    piece._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def convert(lines):
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph()
        looks = paragraph.paragraph_format
        looks.line_spacing_rule, looks.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)
        looks.space_after = Pt(0)
        if number == 0:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run(paragraph, line, "方正小标宋简体", 22)
            continue
        looks.first_line_indent = Pt(32)
        if line[1:2] == "、" and line[0] in "一二三":
            run(paragraph, line, "黑体", 16)
        elif line[1:2] in ("是", "要") or line.startswith("第"):
            first, _, after = line.partition("。")
            run(paragraph, f"{first}。", "楷体_GB2312", 16)
            run(paragraph, after, "仿宋_GB2312", 16)
        else:
            run(paragraph, line, "仿宋_GB2312", 16)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


sources = [(texts / f"{number}.txt").read_text(encoding="utf-8").splitlines() for number in range(count)]
convert(sources[0])
begun = time.process_time()
for lines in sources:
    made = convert(lines)
spent = time.process_time() - begun
pathlib.Path(last).write_bytes(made)
print(spent / count * 1000, len(made))
