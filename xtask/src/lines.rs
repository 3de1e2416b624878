//! How many lines of real texts are visibly stretched: ours, and those of a breaker that fills line by line, squeezes
//! nothing and pushes out.
//!
//! A line counts when it is justified (not the last of its paragraph) and two neighbouring Chinese characters in it stand
//! more than 1.05 em apart.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use hongtou::convert::{ReadOptions, read};
use hongtou::font::FontBook;
use hongtou::layout::{PagedDocument, PlacedLine, layout};
use hongtou::profile::Profile;
use hongtou::style;

/// Stretched beyond this, in em, a gap catches the eye.
const LOOSE: f64 = 0.05;
/// Marks that no line begins with.
const NOT_AT_START: &str = "、。，．：；？！”’）〕］｝〉》」』】〗–～·％‰℃々%,.:;?!)]}";
/// Marks that no line ends with.
const NOT_AT_END: &str = "“‘（〔［｛〈《「『【〖￥([{$";

/// Measures every text of a folder in the profile `speech`.
pub(crate) fn run(folder: &str) -> Result<(), String> {
    let fault = |error: &dyn std::fmt::Display| error.to_string();
    let fonts = FontBook::bundled().map_err(|error| fault(&error))?;
    let profile = Arc::new(Profile::builtin("speech").map_err(|error| fault(&error))?);
    let (mut ours, mut first_fit) = (Count::default(), Count::default());
    let mut texts = 0;
    let mut files: Vec<_> = fs::read_dir(Path::new(folder))
        .map_err(|error| format!("{folder}: {error}"))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    for path in files {
        let bytes = fs::read(&path).map_err(|error| fault(&error))?;
        let Ok(reading) = read(&bytes, &ReadOptions::default()) else {
            continue;
        };
        let styled = style::apply(&reading.document, &profile);
        let Ok(paged) = layout(&styled, &fonts) else {
            continue;
        };
        texts += 1;
        measure(&paged, &mut ours, &mut first_fit);
    }
    println!("{texts} texts");
    println!("hongtou:   {ours}");
    println!("first fit: {first_fit}");
    Ok(())
}

/// Lines that are justified, and those of them that are stretched.
#[derive(Default)]
struct Count {
    lines: usize,
    stretched: usize,
}

impl Count {
    fn add(&mut self, gap: f64) {
        self.lines += 1;
        self.stretched += usize::from(gap > LOOSE);
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = self.stretched as f64 * 100.0 / self.lines.max(1) as f64;
        write!(
            f,
            "{} of {} justified lines stretched by more than {LOOSE} em a gap: {share:.2} %",
            self.stretched, self.lines
        )
    }
}

/// Paragraphs of body text, set by us and by first fit.
fn measure(paged: &PagedDocument, ours: &mut Count, first_fit: &mut Count) {
    let lines: Vec<&PlacedLine> = paged.pages.iter().flat_map(|page| &page.lines).collect();
    for paragraph in lines.chunk_by(|a, b| a.element == b.element) {
        let text = &paged.elements[paragraph[0].element].text;
        // Only where both are justified: full lines of 16 pt on the grid, without the author's own breaks.
        if paragraph.len() < 2 || text.contains('\n') || !is_body(paragraph) {
            continue;
        }
        let em = 156.0 / 28.0;
        for line in &paragraph[..paragraph.len() - 1] {
            if let Some(pitch) = pitch(line, text) {
                ours.add(pitch / em - 1.0);
            }
        }
        fill(text, first_fit);
    }
}

/// Whether a paragraph is indented by two characters and set in 16 pt.
fn is_body(lines: &[&PlacedLine]) -> bool {
    let first = |line: &PlacedLine| {
        line.runs
            .first()
            .map(|run| (run.size.to_pt(), run.glyphs[0].x.to_mm()))
    };
    let (Some((size, left)), Some((_, rest))) = (first(lines[0]), first(lines[1])) else {
        return false;
    };
    (size - 16.0).abs() < 0.1 && left - rest > 8.0
}

/// The distance of two neighbouring Chinese characters of a line, in millimetres.
fn pitch(line: &PlacedLine, text: &str) -> Option<f64> {
    let glyphs: Vec<_> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
    let chinese = |start: u32| text[start as usize..].chars().next().is_some_and(is_chinese);
    glyphs
        .windows(2)
        .find(|pair| chinese(pair[0].start) && chinese(pair[1].start))
        .map(|pair| (pair[1].x - pair[0].x).to_mm())
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Fills lines of 28 characters, two of indent in the first, with whole words and no mark where it may not stand.
fn fill(text: &str, count: &mut Count) {
    let characters: Vec<char> = text.chars().collect();
    let width = |c: char| if c.is_ascii() || c == '·' { 0.5 } else { 1.0 };
    let may_end = |at: usize| {
        let (before, after) = (characters[at - 1], characters[at]);
        let in_word = before.is_ascii_graphic() && after.is_ascii_graphic();
        let paired = before == after && matches!(before, '—' | '…');
        !in_word && !paired && !NOT_AT_END.contains(before) && !NOT_AT_START.contains(after)
    };
    let mut start = 0;
    let mut room = 26.0;
    while start < characters.len() {
        let (mut used, mut end, mut best) = (0.0, start, None);
        while end < characters.len() && used + width(characters[end]) <= room {
            used += width(characters[end]);
            end += 1;
            if end < characters.len() && may_end(end) {
                best = Some((end, used));
            }
        }
        if end == characters.len() {
            return;
        }
        let (next, filled) = best.unwrap_or((end.max(start + 1), used));
        let gaps = (start + 1..next)
            .filter(|at| !(characters[at - 1].is_ascii_graphic() && characters[*at].is_ascii_graphic()))
            .count();
        count.add((room - filled) / gaps.max(1) as f64);
        start = next;
        room = 28.0;
    }
}
