//! What two neighbours do to each other: whether a line may end between them, what blank is taken away, whether
//! justification may open a gap.
//!
//! W3C clreq, level GB: prohibitions at line start and end, unbreakable ——, …… and numerals with their signs, two
//! adjacent marks in 1.5 em. A profile may ask for level strict, and for a gap between Chinese and Western characters.

use super::characters::{Class, is_chinese_numeral, is_full_width};
use super::shape::{Atom, Fine, Give, Joint};
use crate::profile::Typography;
use crate::units::Chars;

/// Fills in the boundaries of the atoms between two line breaks.
pub(super) fn join(atoms: &mut [Atom], typography: &Typography) {
    // How many dashes or ellipses of a run, and how many question and exclamation marks, stand before this atom.
    let (mut repeated, mut exclaimed) = (0, 0);
    // The class of the last atom that is no blank.
    let mut visible: Option<Class> = None;
    let mut before_last = Class::Blank;
    let mut after_connector = false;
    for i in 0..atoms.len() {
        let next = atoms.get(i + 1).map(|next| next.class);
        if let Some((before, [b, ..])) = atoms.split_at_mut_checked(i) {
            let a = before.last();
            let class = b.class;
            let pair =
                |other: Option<Class>| matches!(class, Class::Dash | Class::Ellipsis) && other == Some(class);
            let paired = pair(a.map(|a| a.class));
            repeated = if paired { repeated + 1 } else { 0 };
            if let Some(a) = a {
                take_blanks(a, b, exclaimed);
                if typography.han_latin_gap != Chars::ZERO && is_han_latin(a, b) {
                    open_gap(b, typography.han_latin_gap);
                }
                b.gap = !after_connector && may_stretch(a, b);
                b.joint = b.joint.min(if paired {
                    // ———— is two marks, between which a line may end.
                    if repeated % 2 == 0 {
                        Joint::Allowed
                    } else {
                        Joint::Never
                    }
                } else {
                    joint(a, b, visible, before_last)
                });
                before_last = a.class;
            }
            // A single dash connects (一字线), also when it is left over from pairs.
            after_connector = b.class == Class::Dash && repeated % 2 == 0 && !pair(next);
            if after_connector {
                b.joint = Joint::Never;
                b.gap = false;
            }
            if typography.strict_line_start && matches!(class, Class::Dash | Class::Ellipsis) {
                b.joint = Joint::Never;
            }
            exclaimed = if exclaims(b) { exclaimed + 1 } else { 0 };
            if !b.class.is_blank() {
                visible = Some(b.class);
            }
        }
    }
    keep_numbers(atoms);
}

/// Whether a line may end between `a` and `b`, where `visible` is the last that is no blank and `before` stands before
/// `a`.
fn joint(a: &Atom, b: &Atom, visible: Option<Class>, before: Class) -> Joint {
    use Class::*;
    if in_word(a) && in_word(b) {
        let separates = matches!(
            a.c,
            '/' | '?' | '&' | '=' | '#' | '_' | '.' | ',' | ';' | ':' | '@' | '+'
        );
        // 3:5 and 1,000.
        let in_number = before == Digit && b.class == Digit;
        return if separates && !in_number && matches!(b.class, Letter | Digit) {
            Joint::Reluctant
        } else {
            Joint::Never
        };
    }
    let ends = visible.is_none_or(Class::may_end);
    if b.class.is_blank() || !b.class.may_start() || !ends || a.class == HardBlank {
        return Joint::Never;
    }
    match (a.class, b.class) {
        (WideLetter, WideLetter) => Joint::Never,
        // Programs that take text out of a PDF drop a hyphen at the end of a line, as if it divided a word.
        _ if matches!(a.c, '-' | '‐') => Joint::Reluctant,
        (WideBlank, _) => Joint::Reluctant,
        _ => Joint::Allowed,
    }
}

/// Whether an atom can be part of a Western word, number or address.
fn in_word(atom: &Atom) -> bool {
    atom.class.is_western() || atom.c == '/'
}

/// Blank between `a` and `b`: what is always taken away, what may be besides, and how far a word space may grow.
/// `exclaimed` question and exclamation marks stand before `b`.
fn take_blanks(a: &Atom, b: &mut Atom, exclaimed: usize) {
    if a.class == Class::Blank {
        b.slack = (a.width - a.em / 4).max(0);
        b.give = Give::WordSpace;
        b.space = (a.em / 2 - a.width).max(0);
        return;
    }
    let right = if a.class.blank_right() { a.em / 2 } else { 0 };
    let left = if b.class.blank_left() { b.em / 2 } else { 0 };
    let both_marks = a.class.is_half_blank() && b.class.is_half_blank();
    let bracket = a.class.is_bracket() || b.class.is_bracket();
    b.cut = if both_marks && bracket {
        (a.em.min(b.em) / 2).min(right + left)
    } else if ends_pair(exclaimed) || (exclaims(b) && exclaimed % 2 == 1) {
        right
    } else {
        0
    };
    b.slack = right + left - b.cut;
    b.give = if bracket {
        Give::Bracket
    } else if a.class == Class::Comma {
        Give::Comma
    } else {
        Give::Stop
    };
}

/// Whether a Chinese character and a Western letter or digit meet here.
fn is_han_latin(a: &Atom, b: &Atom) -> bool {
    let han = |atom: &Atom| atom.class == Class::Ideograph && is_full_width(atom.c, atom.class);
    let western = |atom: &Atom| matches!(atom.class, Class::Letter | Class::Digit);
    han(a) && western(b) || western(a) && han(b)
}

/// Opens a gap before `b`, which may be reduced to ⅛ em and grow to ½ em.
fn open_gap(b: &mut Atom, gap: Chars) {
    let gap: Fine = b.em * i64::from(gap.0) / 100;
    b.cut -= gap;
    b.slack = (gap - b.em / 8).max(0);
    b.space = (b.em / 2 - gap).max(0);
    b.give = Give::HanLatin;
}

/// Whether the last of `exclaimed` question and exclamation marks is the second of a pair, which shares one em
/// (GB/T 15834 §5.1.2).
fn ends_pair(exclaimed: usize) -> bool {
    exclaimed > 0 && exclaimed.is_multiple_of(2)
}

fn exclaims(atom: &Atom) -> bool {
    matches!(atom.c, '？' | '！')
}

/// Whether justification may open a gap between `a` and `b`: not inside words, numbers, —— and ……, nor around
/// connectors.
fn may_stretch(a: &Atom, b: &Atom) -> bool {
    use Class::*;
    let connects = |class| matches!(class, Slash | Connector | MiddleDot);
    let inside = match (a.class, b.class) {
        (_, Combining | Trailing) | (Leading, _) => true,
        (Dash, Dash) | (Ellipsis, Ellipsis) | (WideLetter, WideLetter) => true,
        (Dash, Digit) | (Digit, Dash) => true,
        (_, b) if b.is_blank() => true,
        (a, b) if connects(a) || connects(b) => true,
        _ => in_word(a) && in_word(b),
    };
    !inside
}

/// Keeps what follows an item number (`一、` `（一）` `1.`) beside it, and 〔2024〕5号 in one piece.
fn keep_numbers(atoms: &mut [Atom]) {
    for i in 0..atoms.len() {
        let stays_with_next = match atoms[i].c {
            '）' | ')' => is_bracketed_number(&atoms[..i]),
            '、' => {
                is_item_number(&atoms[..i], is_chinese_numeral, 3)
                    || is_item_number(&atoms[..i], |c| c.is_ascii_digit(), 2)
            }
            '.' | '．' => is_item_number(&atoms[..i], |c| c.is_ascii_digit(), 2),
            '〔' => {
                keep_document_number(&mut atoms[i + 1..]);
                false
            }
            _ => false,
        };
        if let [first @ .., a] = &atoms[..=i]
            && let Some(inside) = inside_number(first, a, &atoms[i + 1..])
        {
            atoms[i + 1].joint = atoms[i + 1].joint.min(inside);
        }
        if stays_with_next && let Some(next) = atoms.get_mut(i + 1) {
            next.joint = Joint::Never;
            // What the paragraph begins with stands as wide as in its siblings.
            if leads(&atoms[..i]) {
                atoms[..=i + 1].iter_mut().for_each(|atom| atom.slack = 0);
            }
        }
    }
}

/// Whether `label`, which lacks its last mark, begins its paragraph rather than a clause inside it.
fn leads(label: &[Atom]) -> bool {
    const LONGEST: usize = 4;
    label.len() <= LONGEST && (0..label.len()).skip(1).all(|end| !begins_clause(&label[..end]))
}

/// What a full-width mark `a` between digits does: a decimal point belongs to its number, a comma before three digits
/// and the colon of a time do so as far as the line bears it.
fn inside_number(before: &[Atom], a: &Atom, after: &[Atom]) -> Option<Joint> {
    if before.last()?.class != Class::Digit || after.first()?.class != Class::Digit {
        return None;
    }
    let digits = after
        .iter()
        .take(4)
        .take_while(|atom| atom.class == Class::Digit)
        .count();
    match a.c {
        '．' => Some(Joint::Never),
        '，' if digits == 3 => Some(Joint::Reluctant),
        '：' if digits == 2 => Some(Joint::Reluctant),
        _ => None,
    }
}

/// Whether `before` ends with an opening bracket and a number of at most three figures, which begin a sentence or clause.
fn is_bracketed_number(before: &[Atom]) -> bool {
    let figures = figures_at_end(before, |c| is_chinese_numeral(c) || c.is_ascii_digit());
    match before[..before.len() - figures].split_last() {
        Some((opening, before)) => {
            (1..=3).contains(&figures) && matches!(opening.c, '（' | '(') && begins_clause(before)
        }
        None => false,
    }
}

/// Whether `before` ends with a number of at most `most` figures that begins a sentence or clause.
fn is_item_number(before: &[Atom], is_figure: impl Fn(char) -> bool, most: usize) -> bool {
    let figures = figures_at_end(before, is_figure);
    (1..=most).contains(&figures) && begins_clause(&before[..before.len() - figures])
}

/// Whether a sentence or clause begins after `before`.
fn begins_clause(before: &[Atom]) -> bool {
    before
        .last()
        .is_none_or(|atom| matches!(atom.c, '。' | '；' | '：' | '！' | '？' | ';' | ':'))
}

/// How many figures `before` ends with; four stand for more.
fn figures_at_end(before: &[Atom], is_figure: impl Fn(char) -> bool) -> usize {
    before
        .iter()
        .rev()
        .take(4)
        .take_while(|atom| is_figure(atom.c))
        .count()
}

/// Keeps `2024〕5号`, which stands after 〔, together.
fn keep_document_number(atoms: &mut [Atom]) {
    let digits = |atoms: &[Atom]| atoms.iter().take_while(|atom| atom.class == Class::Digit).count();
    let year = digits(atoms);
    if !(2..=4).contains(&year) || atoms.get(year).is_none_or(|atom| atom.c != '〕') {
        return;
    }
    let mut number = year + 1;
    if atoms.get(number).is_some_and(|atom| atom.c == '第') {
        number += 1;
    }
    let end = number + digits(&atoms[number..]);
    if end > number && atoms.get(end).is_some_and(|atom| atom.c == '号') {
        for atom in &mut atoms[year..=end] {
            atom.joint = Joint::Never;
        }
    }
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::shape::{Atom, Give, Joint};
    use super::super::testing::{TYPOGRAPHY, shaped, shaped_with};
    use crate::profile::Typography;
    use crate::units::Chars;

    #[test]
    fn the_ordinal_of_a_paragraph_is_not_squeezed() {
        let squeezed = |text: &str| -> Vec<usize> {
            let atoms = shaped(text).atoms;
            (0..atoms.len()).filter(|at| atoms[*at].slack > 0).collect()
        };
        assert_eq!(squeezed("（一）申请人（一）身份"), [6, 9]);
        assert_eq!(squeezed("一、申请人"), [0; 0]);
        assert_eq!(squeezed("申请人，一、身份"), [4, 6]);
    }

    #[test]
    fn level_strict_keeps_dashes_and_ellipses_off_line_starts() {
        let strict = Typography {
            strict_line_start: true,
            ..TYPOGRAPHY
        };
        assert_eq!(joints_with("甲——乙……丙", &strict), "甲——|乙……|丙");
    }

    #[test]
    fn a_han_latin_gap_stands_between_chinese_and_western_characters_only() {
        let gapped = Typography {
            han_latin_gap: Chars(25),
            ..TYPOGRAPHY
        };
        let width = |text: &str| width_with(text, &gapped);
        assert_eq!(width("于2024年"), 450);
        assert_eq!(width("于2024，年"), 525);
        assert_eq!(width("《2024》"), 400);
        assert_eq!(width("于 2024"), width("于") + 25 + 200);
        let atoms = shaped_with("甲5", &gapped).atoms;
        let em = atoms[1].em;
        assert_eq!(
            (atoms[1].give, atoms[1].slack, atoms[1].space),
            (Give::HanLatin, em / 8, em / 4)
        );
    }

    #[test]
    fn nothing_is_stretched_beside_a_connector() {
        let gaps: Vec<bool> = shaped("甲—乙——丙～丁·戊／己")
            .atoms
            .iter()
            .map(|atom| atom.gap)
            .collect();
        //                 甲     —      乙     —     —      丙    ～     丁     ·      戊     ／     己
        assert_eq!(
            gaps,
            [
                false, false, false, true, false, true, false, false, false, false, false, false
            ]
        );
    }

    /// The text with `|` where a line may end and `¦` where it ends reluctantly.
    fn joints(text: &str) -> String {
        joints_with(text, &TYPOGRAPHY)
    }

    fn joints_with(text: &str, typography: &Typography) -> String {
        let shaped = shaped_with(text, typography);
        let mut out = String::new();
        for (i, atom) in shaped.atoms.iter().enumerate() {
            match atom.joint {
                _ if i == 0 => {}
                Joint::Allowed => out.push('|'),
                Joint::Reluctant => out.push('¦'),
                Joint::Never => {}
            }
            out.push(atom.c);
        }
        out
    }

    /// The width of the text in hundredths of a character, nothing reduced that need not be.
    fn width(text: &str) -> i64 {
        width_with(text, &TYPOGRAPHY)
    }

    fn width_with(text: &str, typography: &Typography) -> i64 {
        let shaped = shaped_with(text, typography);
        let em = shaped.atoms[0].em;
        let widths: i64 = shaped.atoms.iter().map(|atom: &Atom| atom.width - atom.cut).sum();
        widths * 100 / em
    }

    #[test]
    fn marks_neither_begin_nor_end_lines() {
        assert_eq!(joints("甲，乙。丙"), "甲，|乙。|丙");
        assert_eq!(joints("甲“乙”丙"), "甲|“乙”|丙");
        assert_eq!(joints("《甲》（乙）、丙"), "《甲》|（乙）、|丙");
        assert_eq!(joints("甲·乙／丙～丁"), "甲·|乙／丙～|丁");
    }

    #[test]
    fn half_width_marks_of_sloppy_texts_obey_too() {
        assert_eq!(joints("甲!乙;丙"), "甲!|乙;|丙");
        assert_eq!(joints("甲(乙)丙"), "甲|(乙)|丙");
        assert_eq!(joints("甲\"乙\"丙"), "甲|\"乙\"|丙");
    }

    #[test]
    fn double_marks_stay_whole() {
        assert_eq!(joints("甲——乙"), "甲|——|乙");
        assert_eq!(joints("甲……乙"), "甲|……|乙");
        assert_eq!(joints("甲————乙"), "甲|——|——|乙");
        assert_eq!(joints("甲—乙"), "甲—|乙");
        assert_eq!(joints("甲———乙"), "甲|———|乙");
    }

    #[test]
    fn numbers_and_words_stay_whole() {
        assert_eq!(joints("增长8.5%和1,234元"), "增|长|8.5%|和|1,234|元");
        assert_eq!(joints("￥100至2024年"), "￥100|至|2024|年");
        assert_eq!(joints("用hello那样"), "用|hello|那|样");
        assert_eq!(joints("约±5℃"), "约|±5℃");
        assert_eq!(joints("低至-5℃、−12‰和＋3%"), "低|至-5℃、|−12‰|和|＋3%");
        assert_eq!(joints("１２３号"), "１２３|号");
        assert_eq!(joints("2016—2020年"), "2016—|2020|年");
        assert_eq!(joints("用well-known词"), "用|well-known|词");
        assert_eq!(joints("甲-乙--丙"), "甲-¦乙--¦丙");
    }

    #[test]
    fn numbers_with_full_width_marks_are_numbers_still() {
        assert_eq!(joints("计1，992亿"), "计|1，¦992|亿");
        assert_eq!(joints("至14：30止"), "至|14：¦30|止");
        assert_eq!(joints("达5．8元"), "达|5．8|元");
        assert_eq!(joints("2023，2024年"), "2023，|2024|年");
    }

    #[test]
    fn addresses_break_after_their_marks_at_worst() {
        assert_eq!(joints("http://a.cn/b?c=1"), "http://¦a.¦cn/¦b?¦c=¦1");
        assert_eq!(joints("2024/3/5"), "2024/3/5");
    }

    #[test]
    fn document_numbers_stay_whole() {
        assert_eq!(joints("国发〔2024〕5号文"), "国|发|〔2024〕5号|文");
        assert_eq!(joints("国发〔2024〕第15号"), "国|发|〔2024〕第15号");
        assert_eq!(joints("〔2024〕年"), "〔2024〕|年");
    }

    #[test]
    fn item_numbers_stay_with_what_follows() {
        assert_eq!(joints("一、甲乙"), "一、甲|乙");
        assert_eq!(joints("（一）甲乙"), "（一）甲|乙");
        assert_eq!(joints("1.甲乙"), "1.甲|乙");
        assert_eq!(joints("1、甲乙"), "1、甲|乙");
        assert_eq!(joints("如下：二、甲"), "如|下：|二、甲");
        assert_eq!(joints("①甲乙"), "①甲|乙");
        // Here the number is one in a sentence.
        assert_eq!(joints("第（一）项"), "第|（一）|项");
        assert_eq!(joints("第一、第二"), "第|一、|第|二");
    }

    #[test]
    fn blanks_hang_at_the_end() {
        assert_eq!(joints("甲 乙"), "甲 |乙");
        assert_eq!(joints("甲  ，乙"), "甲  ，|乙");
        assert_eq!(joints("（ 甲"), "（ 甲");
        assert_eq!(joints("张\u{3000}三"), "张\u{3000}¦三");
        assert_eq!(joints("a\u{a0}甲"), "a\u{a0}甲");
    }

    #[test]
    fn invisible_characters_join_when_they_say_so() {
        assert_eq!(joints("甲\u{2060}乙\u{200b}丙"), "甲乙|丙");
    }

    #[test]
    fn adjacent_marks_take_one_and_a_half_em() {
        for pair in ["》（", "。”", "：“", "”《", "））", "（（", "”、", "，“"] {
            assert_eq!(width(pair), 150, "{pair}");
        }
        // Nothing is blank between these.
        for pair in ["“——", "……”", "（。"] {
            let count = pair.chars().count() as i64;
            assert_eq!(width(pair), count * 100, "{pair}");
        }
        assert_eq!(width("。”（"), 200);
    }

    #[test]
    fn two_question_marks_share_an_em() {
        assert_eq!(width("？！甲"), 200);
        assert_eq!(width("！！！甲"), 300);
        assert_eq!(width("！甲"), 200);
    }

    #[test]
    fn digits_take_half_a_character_and_dots_too() {
        assert_eq!(width("2024年"), 300);
        assert_eq!(width("甲·乙"), 250);
    }
}
