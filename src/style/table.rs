//! Tables (表格): which texts are one, how wide their columns are, and which stand on a turned page.
//!
//! A table is as wide as the type area, its columns as wide as their content asks, its first row the head. Where there is
//! not room for all in one line, short cells and words stay whole, and columns with more text get more. Only tabs part
//! cells: taking other marks away would change the text, which is for `normalize` to do and to list. A wide table is
//! turned by a quarter (横排表格, GB/T 9704 §8), and the headings directly above it and the note directly below it go with
//! it. So do its title (表题), which is centred, and the unit of its figures, which is flush right.

use std::ops::Range;

use super::StyledParagraph;
use super::width::width;
use crate::model::Role;
use crate::profile::{Align, CharacterStyle, ParagraphStyle, Profile};
use crate::units::{Chars, Length};

/// What word processors can do: Word takes no table of more columns.
const MOST_COLUMNS: usize = 63;
/// No title of a table is longer, in characters.
const LONGEST_TITLE: usize = 40;
/// Beyond the widest text of a column, so that no rounding breaks it into two lines.
const SPARE: Length = Length::pt(2);

/// A paragraph as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct StyledTable {
    /// The widths of the columns from left to right; together the width of the type area.
    pub columns: Vec<Length>,
    /// The cells, row by row, as bytes of the paragraph's text, blanks around them left out; short rows end in empty ones.
    pub cells: Vec<Range<usize>>,
    /// Which columns hold nothing but figures below the head: these stand in the middle.
    pub figures: Vec<bool>,
    /// The look of the cells of the first row, the head; others have the paragraph's.
    pub head: ParagraphStyle,
}

impl StyledTable {
    /// The rows from the top; the first is the head, repeated on every page.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[Range<usize>]> {
        // Never empty: a table has at least two columns.
        self.cells.chunks(self.columns.len().max(1))
    }

    /// Where the cells of a column below the head have their text, when it is not where their style says.
    pub fn own_align(&self, column: usize) -> Option<Align> {
        self.figures[column].then_some(Align::Center)
    }
}

/// Makes tables of the paragraphs that are some, and turns the wide ones.
pub(super) fn place(paragraphs: &mut [StyledParagraph], profile: &Profile) {
    for i in 0..paragraphs.len() {
        if paragraphs[i].role != Role::Table {
            continue;
        }
        let Some((table, wide)) = table(&paragraphs[i], profile) else {
            continue;
        };
        paragraphs[i].table = Some(table);
        let notes = paragraphs[i + 1..]
            .iter()
            .take_while(|below| is_note(&below.text))
            .count();
        for paragraph in &mut paragraphs[i..i + notes] {
            paragraph.style.keep_with_next = true;
        }
        place_names(&mut paragraphs[..i]);
        if wide {
            let headings = paragraphs[..i]
                .iter()
                .rev()
                .take_while(|above| above.style.keep_with_next && above.table.is_none())
                .count();
            for paragraph in &mut paragraphs[i - headings..=i + notes] {
                paragraph.turned = true;
            }
        }
    }
}

/// Sets title and unit at the end of `above`, which stands above a table, and keeps them with it.
fn place_names(above: &mut [StyledParagraph]) {
    for paragraph in above.iter_mut().rev().take(2) {
        let Some(align) = name_align(paragraph) else {
            return;
        };
        paragraph.style.align = align;
        paragraph.style.first_line_indent = Chars::ZERO;
        paragraph.style.keep_with_next = true;
        if align == Align::Center {
            return;
        }
    }
}

/// Where a paragraph above a table stands if it is the unit of its figures (单位：万元) or its title (表1　情况表).
fn name_align(paragraph: &StyledParagraph) -> Option<Align> {
    let text = paragraph.text.trim();
    if paragraph.role != Role::Body || text.chars().count() > LONGEST_TITLE {
        return None;
    }
    let inner = text.trim_start_matches(['（', '(']);
    let is_unit = ["单位", "金额单位", "计量单位"].iter().any(|label| {
        inner
            .strip_prefix(label)
            .is_some_and(|rest| rest.starts_with(['：', ':']))
    });
    let numbered = text
        .strip_prefix('表')
        .and_then(|rest| rest.trim_start().chars().next())
        .is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let ended = text.ends_with(['。', '：', '；', '，', ':', '！', '？']) || text.ends_with("下表");
    match (is_unit, ended) {
        (true, _) => Some(Align::Right),
        (false, false) if numbered || text.ends_with('表') => Some(Align::Center),
        _ => None,
    }
}

/// The table that a paragraph is, and whether it is wide.
fn table(paragraph: &StyledParagraph, profile: &Profile) -> Option<(StyledTable, bool)> {
    let (cells, count) = cells(&paragraph.text)?;
    let character = paragraph.style.character;
    let look = &profile.table;
    let margins = look.cell_margin * 2;
    let narrowest = character.size + margins + SPARE;
    let upright = profile.page.text_width();
    let turned = profile.page.turned().text_width();
    if narrowest * count as i64 > upright.max(turned) {
        return None;
    }
    let wide_text = look.wide_column - margins - SPARE;
    let mut columns = vec![Column::new(narrowest); count];
    for row in cells.chunks(count) {
        for (column, cell) in columns.iter_mut().zip(row) {
            let cell = &paragraph.text[cell.clone()];
            let whole = text_width(cell, character);
            let least = if whole <= wide_text {
                whole
            } else {
                longest_word(cell, character)
            };
            column.least = column.least.max(least + margins + SPARE);
            column.wanted = column.wanted.max(whole + margins + SPARE);
            column.text += whole;
        }
    }
    let needed: Length = columns
        .iter()
        .map(|column| column.wanted.min(look.wide_column))
        .sum();
    let wide = needed > upright;
    let figures = (0..count).map(|column| {
        let below = cells.iter().skip(count + column).step_by(count);
        are_figures(below.map(|cell| &paragraph.text[cell.clone()]))
    });
    let table = StyledTable {
        columns: shared_out(&columns, if wide { turned } else { upright }),
        figures: figures.collect(),
        cells,
        head: profile.table_head(),
    };
    Some((table, wide))
}

/// What the cells of a column ask for.
#[derive(Clone, Copy, Debug)]
struct Column {
    /// A character and the margins.
    narrowest: Length,
    /// A width in which no word and no short cell is broken.
    least: Length,
    /// A width in which every cell stands in one line.
    wanted: Length,
    /// How much text there is in all, in one line.
    text: Length,
}

impl Column {
    fn new(narrowest: Length) -> Column {
        Column {
            narrowest,
            least: narrowest,
            wanted: narrowest,
            text: Length::ZERO,
        }
    }

    /// Its width when columns have `share` of their text, in 2³² parts, and what a line leaves blank besides.
    fn width(&self, share: i64) -> Length {
        let share = (i128::from(self.text.to_emu()) * i128::from(share)) >> SHARES;
        let share = i64::try_from(share).unwrap_or(i64::MAX);
        (self.narrowest + Length::emu(share))
            .max(self.least)
            .min(self.wanted)
    }
}

/// Shares are counted in 2 to this power.
const SHARES: u32 = 32;

/// The width of the longest part of a text that should not be broken: a word, a number or a date.
fn longest_word(text: &str, character: CharacterStyle) -> Length {
    let in_word = |c: char| c.is_ascii_graphic() || matches!(c, '年' | '月' | '日');
    text.split(|c| !in_word(c))
        .map(|word| text_width(word, character))
        .max()
        .unwrap_or(Length::ZERO)
}

/// Whether cells hold numbers or nothing, and at least one a number.
fn are_figures<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let mut some = false;
    for cell in cells {
        let has_digit = cell.contains(|c: char| c.is_ascii_digit());
        some |= has_digit;
        let sign = |c: char| {
            matches!(
                c,
                '.' | ',' | '，' | '%' | '％' | '‰' | '-' | '+' | '−' | '—' | '–' | '/' | ' '
            )
        };
        if !cell.chars().all(|c| c.is_ascii_digit() || sign(c)) {
            return false;
        }
    }
    some
}

/// Whether a paragraph explains the table above it.
fn is_note(text: &str) -> bool {
    const LABELS: [&str; 4] = ["注", "备注", "说明", "数据来源"];
    LABELS.iter().any(|label| {
        let rest = text.strip_prefix(label);
        rest.is_some_and(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit())
                .starts_with(['：', ':'])
        })
    })
}

/// The cells of `text` row by row, and how many a row has; `None` when it is not at least two rows of at least two cells.
fn cells(text: &str) -> Option<(Vec<Range<usize>>, usize)> {
    let mut rows = 0;
    let mut count = 0;
    for row in rows_of(text) {
        rows += 1;
        if row.split('\t').count() < 2 {
            return None;
        }
        // A tab at the end of every row begins no column.
        count = count.max(row.trim_end().split('\t').count());
    }
    if rows < 2 || !(2..=MOST_COLUMNS).contains(&count) {
        return None;
    }
    let mut cells = Vec::with_capacity(rows * count);
    for row in rows_of(text) {
        let mut in_row = row.split('\t').take(count).map(|cell| {
            let cell = cell.trim();
            let start = cell.as_ptr() as usize - text.as_ptr() as usize;
            start..start + cell.len()
        });
        cells.extend((0..count).map(|_| in_row.next().unwrap_or(0..0)));
    }
    Some((cells, count))
}

fn rows_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty())
}

/// The width of a text in one line, with room for the gap that some word processors leave beside figures and Latin words.
fn text_width(text: &str, character: CharacterStyle) -> Length {
    const GAP: i64 = 25;
    let following = text.chars().skip(1);
    let gaps = text
        .chars()
        .zip(following)
        .filter(|(a, b)| a.is_alphanumeric() && b.is_alphanumeric() && a.is_ascii() != b.is_ascii())
        .count() as i64;
    character.size.scale(i64::from(width(text)) + gaps * GAP, 100)
}

/// Widths that add up to `total`: what is left over is shared in proportion; where not all can have what they want, each
/// has the same share of its text, but no less than its words need.
fn shared_out(columns: &[Column], total: Length) -> Vec<Length> {
    let sum = |width: &dyn Fn(&Column) -> Length| columns.iter().map(width).sum::<Length>();
    let wanted = sum(&|column| column.wanted);
    let mut widths: Vec<Length> = if wanted <= total {
        let scaled = |column: &Column| column.wanted.scale(total.to_emu(), wanted.to_emu().max(1));
        columns.iter().map(scaled).collect()
    } else if sum(&|column| column.least) > total {
        let least: Vec<Length> = columns.iter().map(|column| column.least).collect();
        let cap = cap(&least, total);
        least.iter().map(|width| (*width).min(cap)).collect()
    } else {
        let (mut share, mut more) = (0, 1 << SHARES);
        while more - share > 1 {
            let middle = (share + more) / 2;
            if sum(&|column| column.width(middle)) <= total {
                share = middle;
            } else {
                more = middle;
            }
        }
        columns.iter().map(|column| column.width(share)).collect()
    };
    // What rounding leaves, the last one takes.
    let rest = total - widths.iter().copied().sum();
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

/// The largest cap under which columns of the widths `wanted` fit into `total`.
fn cap(wanted: &[Length], total: Length) -> Length {
    let mut ascending = wanted.to_vec();
    ascending.sort_unstable();
    let mut left = total;
    for (i, width) in ascending.iter().enumerate() {
        let share = Length::emu(left.to_emu() / (ascending.len() - i) as i64);
        if *width > share {
            return share;
        }
        left -= *width;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Document, Text};
    use crate::source::Span;
    use std::sync::Arc;

    fn styled(blocks: &[(Role, &str)]) -> Vec<StyledParagraph> {
        let blocks = blocks.iter().map(|(role, text)| {
            let mut own = Text::default();
            own.push_inserted(text);
            Block::new(*role, own, Span::default())
        });
        let document = Document {
            blocks: blocks.collect(),
            ..Document::default()
        };
        let profile = Arc::new(Profile::builtin("gb9704").unwrap());
        super::super::apply(&document, &profile).paragraphs
    }

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let paragraph = styled(&[(Role::Table, text)]).remove(0);
        let table = paragraph.table?;
        let row = |row: &[Range<usize>]| row.iter().map(|cell| text[cell.clone()].to_owned()).collect();
        Some(table.rows().map(row).collect())
    }

    #[test]
    fn rows_are_parted_by_tabs_only() {
        let table = |rows: &[&[&str]]| {
            let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
            Some(rows.iter().map(row).collect::<Vec<Vec<String>>>())
        };
        assert_eq!(
            rows("单位\t人数 \n甲\t 3\n\n乙\t\n"),
            table(&[&["单位", "人数"], &["甲", "3"], &["乙", ""]])
        );
        assert_eq!(
            rows("\t人数\t备注\n甲\t3\n合计"),
            None,
            "a row without a tab is no row"
        );
        assert_eq!(
            rows("\t人数\t备注\n甲\t3"),
            table(&[&["", "人数", "备注"], &["甲", "3", ""]])
        );
        for text in [
            "只有一行\t两格",
            "没有制表符\n也没有",
            "| 甲 | 乙 |\n|---|---|",
            "甲\t乙\n丙",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
        let many = format!("{}\n{}", "甲\t".repeat(64), "乙\t".repeat(64));
        assert_eq!(rows(&many), None);
    }

    #[test]
    fn columns_share_the_width() {
        let shared = |columns: &[(i64, i64, i64)], total| -> Vec<i64> {
            let columns: Vec<Column> = columns
                .iter()
                .map(|(least, wanted, text)| Column {
                    narrowest: Length::ZERO,
                    least: Length::emu(*least),
                    wanted: Length::emu(*wanted),
                    text: Length::emu(*text),
                })
                .collect();
            let widths = shared_out(&columns, Length::emu(total));
            widths.iter().map(|width| width.to_emu()).collect()
        };
        let same = |width| (width, width, width);
        assert_eq!(shared(&[same(1000), same(3000)], 8000), [2000, 6000]);
        assert_eq!(shared(&[same(1000); 3], 4000), [1333, 1333, 1334]);
        // A short column keeps its words whole; the others share by their text.
        assert_eq!(
            shared(
                &[(1000, 1000, 1000), (500, 6000, 10000), (500, 9000, 30000)],
                9000
            ),
            [1000, 2000, 6000]
        );
        // None is wider than its text.
        assert_eq!(
            shared(&[(500, 3000, 30000), (500, 9000, 10000)], 9000),
            [3000, 6000]
        );
        // Words too long for all: the widest give way.
        assert_eq!(
            shared(
                &[(1000, 1000, 1000), (6000, 9000, 9000), (9000, 9000, 9000)],
                8000
            ),
            [1000, 3500, 3500]
        );
    }

    #[test]
    fn figures_stand_in_the_middle() {
        let table = styled(&[(
            Role::Table,
            "乡镇\t户数\t增长\t备注\n甲镇\t1024\t—\t\n乙乡\t98\t-5.2%\t3户未报",
        )])
        .remove(0)
        .table
        .unwrap();
        assert_eq!(table.figures, [false, true, true, false]);
    }

    #[test]
    fn dates_are_not_broken_for_longer_columns() {
        let tasks =
            "修订县、乡、村三级防汛预案，明确转移路线和安置点，组织不少于两次演练，补充物资".repeat(3);
        let units = "县应急管理局、县水利局、县自然资源局、县交通运输局、县农业农村局";
        let text = format!("任务\t单位\t时限\n{tasks}\t{units}\t2026年11月25日前");
        let paragraph = styled(&[(Role::Table, &text)]).remove(0);
        let table = paragraph.table.unwrap();
        let time = text_width("2026年11月25日前", paragraph.style.character);
        assert!(table.columns[2] >= time, "{:?}", table.columns);
        assert!(table.columns[0] > table.columns[1] * 2);
    }

    #[test]
    fn titles_are_centred_and_units_flush_right() {
        let align = |above: &[&str]| -> Vec<Align> {
            let mut texts: Vec<(Role, &str)> = above.iter().map(|text| (Role::Body, *text)).collect();
            texts.push((Role::Table, "项目\t金额\n水库\t100"));
            styled(&texts)[..above.len()]
                .iter()
                .map(|paragraph| paragraph.style.align)
                .collect()
        };
        use Align::{Center, Justify, Right};
        assert_eq!(
            align(&["上文。", "表1　项目情况", "单位：万元"]),
            [Justify, Center, Right]
        );
        assert_eq!(
            align(&["情况表", "项目情况表", "（单位：万元）"]),
            [Justify, Center, Right]
        );
        assert_eq!(align(&["项目情况表"]), [Center]);
        for text in ["项目情况如下表：", "情况见下表", "张三、李四"] {
            assert_eq!(align(&[text]), [Justify], "{text}");
        }
    }

    #[test]
    fn wide_tables_are_turned_with_the_headings_above_them() {
        let row = |cell: &str, count: usize| vec![cell; count].join("\t");
        let turned = |cell: &str, count: usize| -> Vec<bool> {
            let text = format!("{}\n{}", row("项目", count), row(cell, count));
            styled(&[
                (Role::Body, "上文。"),
                (Role::AttachmentLabel, "附件1"),
                (Role::AttachmentTitle, "情况表"),
                (Role::Table, &text),
                (Role::Body, "注：数据由各单位提供。"),
                (Role::Body, "下文。"),
            ])
            .iter()
            .map(|paragraph| paragraph.turned)
            .collect()
        };
        // 156 mm is five columns of 28 mm and a bit.
        let long = "牵头单位和配合单位";
        assert_eq!(turned(long, 5), [false; 6]);
        assert_eq!(turned(long, 6), [false, true, true, true, true, false]);
        // Short columns count as what they are: two characters of 12 pt, 10.8 pt of margins and 2 pt to spare.
        assert_eq!(turned("甲", 12), [false; 6]);
        assert_eq!(turned("甲", 13), [false, true, true, true, true, false]);
    }
}
