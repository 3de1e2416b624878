//! Titles and other centred text into balanced lines.
//!
//! GB/T 9704-2012 §7.3.1: a title of several lines keeps words whole and has the shape of a trapezoid or a diamond. The
//! author's own line breaks are kept, and each of his lines is broken only when it is too long. All ways to break a line
//! are compared by what is split at their ends and by their shape; text of more than [`MOST_LINES`] lines is no title
//! any more and is filled line by line.

use std::ops::Range;

use super::breaking::{self, Fit, Line, Measure, Scratch};
use super::characters::Class;
use super::shape::{Atom, Fine, Joint, Shaped};
use super::words::{inside_terms, word_starts};

/// More lines are not balanced.
const MOST_LINES: usize = 4;

/// What a break costs, besides what the shape of the lines does: two neighbours of which one is eight characters longer
/// cost 12.
mod cost {
    /// Inside 《》 “” （） that would fit in three quarters of a line.
    pub(super) const IN_BRACKETS: i64 = 200;
    /// Inside a word.
    pub(super) const IN_WORD: i64 = 120;
    /// Inside a term of several words (社会主义核心价值观).
    pub(super) const IN_TERM: i64 = 100;
    /// Before a character that cannot begin a phrase: 的 和 等.
    pub(super) const BEFORE_PARTICLE: i64 = 80;
    /// Between two characters that are no words: a name that the list lacks (安瓦尔).
    pub(super) const IN_UNKNOWN: i64 = 70;
    /// Between the parts of an organisation's name, or between a number and its unit.
    pub(super) const IN_NAME: i64 = 50;
    /// After a word that leads to the next one: 关于 在 和.
    pub(super) const AFTER_LEADING: i64 = 40;
    /// Before or just before the last word of what a meeting is called (科技奖励大会).
    pub(super) const IN_MEETING: i64 = 35;
    /// Between a place and what it describes.
    pub(super) const AFTER_PLACE: i64 = 15;
    /// One line more than needed.
    pub(super) const EXTRA_LINE: i64 = 45;
    /// A last line that holds nothing but the kind of text (通知), or is as short.
    pub(super) const SHORT_LAST: i64 = 60;
    /// A shape that is neither trapezoid nor diamond.
    pub(super) const SHAPELESS: i64 = 30;
    /// Lines of one length.
    pub(super) const RECTANGLE: i64 = 6;
    /// For each character beyond four by which neighbours differ.
    pub(super) const UNEVEN: i64 = 3;
    /// Where a phrase ends for certain: a reward.
    pub(super) const AT_PHRASE: i64 = -30;
    /// Where one begins nearly always (关于 暨): a reward.
    pub(super) const BEFORE_TOPIC: i64 = -26;
    /// Where one often begins (在 《 第一): a reward.
    pub(super) const BEFORE_PHRASE: i64 = -12;
}

/// Particles and conjunctions with which no line of a title begins.
const PARTICLES: &str = "的地得之了着过们等和与及或上中下内里前后时";
/// Words that lead to the next, and so do not end a line.
const LEADING: [&str; 26] = [
    "关于", "对于", "在", "对", "为", "以", "于", "向", "从", "把", "被", "将", "由", "和", "与", "及", "或",
    "第", "各", "全", "致", "并", "就", "暨", "召开", "举办",
];
/// With what the names of organisations go on after their place.
const ORGANISATIONS: [&str; 20] = [
    "人民政府",
    "人民",
    "委员会",
    "办公室",
    "办公厅",
    "代表大会",
    "党委",
    "党组",
    "总工会",
    "领导小组",
    "指挥部",
    "管委会",
    "常委会",
    "常务委员会",
    "政协",
    "人大",
    "局",
    "厅",
    "委",
    "院",
];
/// What a meeting is.
const MEETINGS: [&str; 12] = [
    "大会",
    "会议",
    "座谈会",
    "推进会",
    "动员会",
    "论坛",
    "峰会",
    "年会",
    "讲话会",
    "报告会",
    "表彰会",
    "茶话会",
];
/// Ends of place names.
const PLACES: &str = "省市县区乡镇州旗村";
/// With what the names of places go on after their own part.
const DISTRICTS: [&str; 7] = [
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "开发区",
    "示范区",
];
/// Ends of names of roads and waters, where they are words of their own.
const ROADS: &str = "路街巷桥湖江河";
/// Units and counters that follow a number.
const UNITS: &str = "年月日届次个周号条项期批度";

/// Breaks centred text; the lines are appended to `lines`.
pub(super) fn break_title(
    shaped: &Shaped,
    room: Fine,
    most: Option<u32>,
    scratch: &mut Scratch,
    lines: &mut Vec<Line>,
) {
    for segment in &shaped.segments {
        let em = shaped.atoms.get(segment.start).map_or(1, |atom| atom.em);
        let room = most.map_or(room, |most| room.min(em * i64::from(most)));
        let first = lines.len();
        if !balance(shaped, segment.clone(), room, em, lines) {
            lines.truncate(first);
            let measure = Measure {
                first: room,
                rest: room,
                justify: false,
            };
            breaking::break_segment(shaped, segment.clone(), measure, scratch, lines);
        }
    }
}

/// Breaks the atoms `segment` in the best way; `false` when it needs too many lines.
fn balance(shaped: &Shaped, segment: Range<usize>, room: Fine, em: Fine, lines: &mut Vec<Line>) -> bool {
    let whole = width(shaped, segment.clone());
    if whole <= room {
        return false;
    }
    let needed = ((whole + room - 1) / room) as usize;
    if needed > MOST_LINES {
        return false;
    }
    let atoms = &shaped.atoms[segment.clone()];
    let costs = break_costs(atoms, room, em);
    let mut search = Search {
        shaped,
        start: segment.start,
        costs: &costs,
        room,
        em,
        ends: Vec::with_capacity(MOST_LINES),
        widths: Vec::with_capacity(MOST_LINES),
        best: None,
    };
    for count in needed..=(needed + 1).min(MOST_LINES) {
        search.split(0, count, cost::EXTRA_LINE * (count - needed) as i64);
    }
    let Some((_, ends)) = search.best else {
        return false;
    };
    let mut start = segment.start;
    for end in ends {
        let end = segment.start + end;
        lines.push(Line {
            start,
            end,
            visible_end: end - blanks_at_end(&shaped.atoms[start..end]),
            last: end == segment.end,
        });
        start = end;
    }
    true
}

fn blanks_at_end(atoms: &[Atom]) -> usize {
    atoms
        .iter()
        .rev()
        .take_while(|atom| atom.class.is_blank())
        .count()
}

/// The width of a line without blanks at its end, its last mark at half an em.
fn width(shaped: &Shaped, atoms: Range<usize>) -> Fine {
    let blanks = blanks_at_end(&shaped.atoms[atoms.clone()]);
    Fit::of(shaped, atoms.start, atoms.end - blanks, 0).excess
}

/// All ways to split a title into a number of lines.
struct Search<'a> {
    shaped: &'a Shaped,
    start: usize,
    /// What a break before each atom costs; `None` where there may be none.
    costs: &'a [Option<i64>],
    room: Fine,
    em: Fine,
    /// Ends and widths of the lines so far.
    ends: Vec<usize>,
    widths: Vec<Fine>,
    best: Option<(i64, Vec<usize>)>,
}

impl Search<'_> {
    /// Splits the atoms from `from` into `count` lines, where the lines before cost `so_far`.
    fn split(&mut self, from: usize, count: usize, so_far: i64) {
        let all = self.costs.len();
        let last = count == 1;
        let first_end = if last { all } else { from + 1 };
        for end in first_end..=all {
            let width = width(self.shaped, self.start + from..self.start + end);
            if width > self.room {
                return;
            }
            let cost = match self.costs.get(end) {
                Some(Some(cost)) => *cost,
                Some(None) => continue,
                None if last => self.last_line_cost(from, width),
                None => return,
            };
            self.ends.push(end);
            self.widths.push(width);
            if last {
                let total = so_far + cost + shape_cost(&self.widths, self.em);
                if self.best.as_ref().is_none_or(|(best, _)| total < *best) {
                    self.best = Some((total, self.ends.clone()));
                }
            } else {
                self.split(end, count - 1, so_far + cost);
            }
            self.ends.pop();
            self.widths.pop();
        }
    }

    fn last_line_cost(&self, from: usize, width: Fine) -> i64 {
        let first = self.shaped.atoms[self.start + from].c;
        let particle = if PARTICLES.contains(first) { self.em } else { 0 };
        if width - particle < 4 * self.em {
            cost::SHORT_LAST
        } else {
            0
        }
    }
}

/// What the shape of lines costs.
fn shape_cost(widths: &[Fine], em: Fine) -> i64 {
    let tenths = |width: Fine| width * 10 / em;
    let mut cost = 0;
    for pair in widths.windows(2) {
        let beyond = (tenths(pair[0]) - tenths(pair[1])).abs() - 40;
        cost += beyond.max(0) * cost::UNEVEN / 10;
    }
    let differ = |a: Fine, b: Fine| (a - b).abs() >= em / 2;
    if widths.len() > 1 && !widths.windows(2).any(|pair| differ(pair[0], pair[1])) {
        cost += cost::RECTANGLE;
    }
    // Once a line is shorter than the one before it, none may be longer again.
    let mut falling = false;
    let falls_once = widths.windows(2).all(|pair| {
        let rises = pair[1] - pair[0] >= em / 2;
        falling |= pair[0] - pair[1] >= em / 2;
        !(falling && rises)
    });
    if falls_once { cost } else { cost + cost::SHAPELESS }
}

/// What a break before each atom costs; `None` where there may be none.
fn break_costs(atoms: &[Atom], room: Fine, em: Fine) -> Vec<Option<i64>> {
    let text: Vec<char> = atoms.iter().map(|atom| atom.c).collect();
    let wording = Wording {
        words: word_starts(&text),
        terms: inside_terms(&text),
        text,
    };
    let bracketed = bracketed(atoms, room, em);
    (0..atoms.len())
        .map(|at| {
            let before = at.checked_sub(1)?;
            if atoms[at].joint == Joint::Never {
                return None;
            }
            let in_brackets = if bracketed[at] { cost::IN_BRACKETS } else { 0 };
            Some(in_brackets + wording.break_cost(&atoms[..=before], &atoms[at..]))
        })
        .collect()
}

/// A title as words.
struct Wording {
    text: Vec<char>,
    /// Whether a word begins with the character.
    words: Vec<bool>,
    /// Whether a term of several words goes on with it.
    terms: Vec<bool>,
}

impl Wording {
    /// What a break between these atoms costs, brackets left aside.
    fn break_cost(&self, before: &[Atom], after: &[Atom]) -> i64 {
        let (at, last, next) = (before.len(), &before[before.len() - 1], &after[0]);
        if last.class.is_blank() {
            return self.blank_cost(before, after);
        }
        if matches!(last.class, Class::Comma | Class::Stop) && last.c != '、' {
            return cost::AT_PHRASE;
        }
        if !self.words[at] {
            return cost::IN_WORD;
        }
        if self.terms[at] {
            return cost::IN_TERM;
        }
        let last_word = self.word((0..at).rev().find(|start| self.words[*start]).unwrap_or(0));
        let next_word = self.word(at);
        let mut cost = self.meeting_cost(at);
        if PARTICLES.contains(next.c) && next_word.chars().count() == 1 {
            cost += cost::BEFORE_PARTICLE;
        }
        if LEADING.contains(&last_word.as_str()) {
            cost += cost::AFTER_LEADING;
        } else if is_lone(last, &last_word) && is_lone(next, &next_word) && !PLACES.contains(last.c) {
            cost += cost::IN_UNKNOWN;
        }
        cost + if self.is_in_name(at) || self.is_in_number(at) {
            cost::IN_NAME
        } else if matches!(next_word.as_str(), "关于" | "暨") {
            cost::BEFORE_TOPIC
        } else if next_word == "在"
            || next_word.starts_with('第')
            || matches!(next.class, Class::Opening | Class::Dash)
        {
            cost::BEFORE_PHRASE
        } else if ends_place(last.c) && !ends_with(&self.text[..at], &DISTRICTS) {
            cost::AFTER_PLACE
        } else {
            0
        }
    }

    /// After the author's blank: between phrases, between organisations that stand in one line if they can, or beside a
    /// single character, whose name it pads.
    fn blank_cost(&self, before: &[Atom], after: &[Atom]) -> i64 {
        let is_blank = |atom: Option<&Atom>| atom.is_none_or(|atom| atom.class.is_blank());
        let at = before.len();
        if at < 3 || is_blank(before.get(at - 2)) || is_blank(after.get(1)) {
            cost::IN_NAME
        } else if self.text[at..].starts_with(&['关', '于']) {
            cost::BEFORE_TOPIC
        } else if ends_with(&self.text[..at - 1], &ORGANISATIONS) {
            0
        } else {
            cost::AT_PHRASE
        }
    }

    fn word_end(&self, start: usize) -> usize {
        (start + 1..self.text.len())
            .find(|end| self.words[*end])
            .unwrap_or(self.text.len())
    }

    fn word(&self, start: usize) -> String {
        self.text[start..self.word_end(start)].iter().collect()
    }

    /// Whether a name goes on: of an organisation after its place, of a district, of a road.
    fn is_in_name(&self, at: usize) -> bool {
        let (last, next, end) = (self.text[at - 1], self.text[at], self.word_end(at));
        let organisation = ends_place(last) && (next == '第' || ends_with(&self.text[..end], &ORGANISATIONS));
        let district = DISTRICTS
            .iter()
            .any(|name| self.text[at..].starts_with(&name.chars().collect::<Vec<_>>()));
        let one_character = end - at == 1 && (PLACES.contains(next) || ROADS.contains(next));
        organisation || district || one_character
    }

    /// Whether a number goes on, or its unit follows, or a number of years that belongs to what they are counted from.
    fn is_in_number(&self, at: usize) -> bool {
        let is_number = |c: &char| c.is_ascii_digit() || "第一二三四五六七八九十百".contains(*c);
        let (last, next) = (self.text[at - 1], self.text[at]);
        let digits = self.text[at..].iter().take_while(|c| is_number(c)).count();
        let goes_on = (is_number(&last) || last == '个') && (digits > 0 || UNITS.contains(next));
        goes_on || digits > 0 && self.text[at + digits..].starts_with(&['周', '年'])
    }

    /// What it costs to part a meeting from what it is called by, the last word before it above all.
    fn meeting_cost(&self, at: usize) -> i64 {
        let end = self.word_end(at);
        if self.text[at] == '第' {
            0
        } else if ends_with(&self.text[..end], &MEETINGS) {
            2 * cost::IN_MEETING
        } else if end < self.text.len() && ends_with(&self.text[..self.word_end(end)], &MEETINGS) {
            cost::IN_MEETING
        } else {
            0
        }
    }
}

/// Whether a place or a session ends with the character.
fn ends_place(c: char) -> bool {
    PLACES.contains(c) || c == '届'
}

/// Whether `text` ends with one of these.
fn ends_with(text: &[char], endings: &[&str]) -> bool {
    endings.iter().any(|ending| {
        ending
            .chars()
            .rev()
            .eq(text.iter().rev().take(ending.chars().count()).copied())
    })
}

/// Whether a word is a single character that is seldom a word of its own.
fn is_lone(atom: &Atom, word: &str) -> bool {
    atom.class == Class::Ideograph
        && word.chars().count() == 1
        && !PARTICLES.contains(atom.c)
        && !LEADING.contains(&word)
}

/// For each atom whether a break before it lies inside brackets that would fit in three quarters of a line; longer ones
/// would push nearly everything else out of their line.
fn bracketed(atoms: &[Atom], room: Fine, em: Fine) -> Vec<bool> {
    let mut inside = vec![false; atoms.len()];
    let mut open = Vec::new();
    for (i, atom) in atoms.iter().enumerate() {
        match atom.class {
            Class::Opening => open.push(i),
            Class::Closing => {
                if let Some(start) = open.pop()
                    && (i - start + 1) as i64 * em * 4 <= room * 3
                {
                    inside[start + 1..=i].fill(true);
                }
            }
            _ => {}
        }
    }
    inside
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::super::testing::{paged, pages};
    use crate::model::Role;

    fn title(text: &str) -> Vec<String> {
        pages(&paged("gb9704", &[(Role::Title, text)])).concat()
    }

    #[test]
    fn a_title_of_20_characters_stays_in_one_line() {
        assert_eq!(title("关于印发青山县2024年工作要点和安排的通知").len(), 1);
        assert_eq!(title("关于转发青山县2024年度工作要点和安排的通知").len(), 2);
    }

    #[test]
    fn breaks_stand_between_phrases() {
        assert_eq!(
            title("青山县人民政府办公室关于切实做好冬季森林防火工作的通知"),
            ["青山县人民政府办公室", "关于切实做好冬季森林防火工作的通知"]
        );
        assert_eq!(
            title("在全县春耕生产动员大会暨防汛抗旱工作会议上的讲话"),
            ["在全县春耕生产动员大会", "暨防汛抗旱工作会议上的讲话"]
        );
        assert_eq!(
            title("坚定信心 团结奋斗 努力开创青山县各项事业新局面"),
            ["坚定信心 团结奋斗 ", "努力开创青山县各项事业新局面"]
        );
    }

    #[test]
    fn no_line_begins_with_a_particle_or_splits_a_word_or_a_name() {
        for text in [
            "青山县人民政府关于进一步优化营商环境促进民营经济健康发展的若干措施的通知",
            "关于组织参加全省机关事业单位干部职工运动会和文艺汇演活动的请示",
            "在中国共产党青山县第十三届委员会第五次全体会议上的工作报告",
            "关于举办2024年全县机关干部“书香青山”读书交流活动和知识竞赛的通知",
        ] {
            let lines = title(text);
            assert_eq!(lines.concat(), text);
            assert!((2..=3).contains(&lines.len()), "{lines:?}");
            for line in &lines {
                assert!(!line.starts_with(['的', '和', '与', '》', '”']), "{lines:?}");
                assert!(line.chars().count() > 4, "{lines:?}");
            }
            let marked = lines.join("|");
            for whole in [
                "人民政府",
                "营商环境",
                "民营经济",
                "运动会",
                "第十三届委员会",
                "“书香青山”",
                "通知",
            ] {
                let split = whole.chars().count() - 1;
                for at in 1..=split {
                    let cut = whole.char_indices().nth(at).map_or(0, |(at, _)| at);
                    let broken = format!("{}|{}", &whole[..cut], &whole[cut..]);
                    assert!(!marked.contains(&broken), "{marked}");
                }
            }
        }
    }

    #[test]
    fn names_that_no_list_has_stay_whole() {
        for (text, name) in [
            ("在青山县县长纳尔瓦森举行的欢迎宴会上的致辞", "纳尔瓦森"),
            (
                "青山县特别行政区政治协商会议成立五十周年大会上的讲话",
                "政治协商会议",
            ),
            ("关于办理减刑、假释和惩罚性赔偿案件有关问题的若干规定", "假释"),
        ] {
            let lines = title(text);
            assert!(
                lines.len() > 1 && lines.iter().any(|line| line.contains(name)),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn terms_names_and_meetings_stay_whole() {
        for (text, lines) in [
            (
                "坚持以习近平新时代中国特色社会主义思想为指导奋力开创青山高质量发展新局面",
                &[
                    "坚持以习近平新时代中国特色社会主义思想",
                    "为指导奋力开创青山高质量发展新局面",
                ][..],
            ),
            (
                "在青山县科学技术奖励大会、劳动模范表彰大会上的讲话",
                &["在青山县科学技术奖励大会、", "劳动模范表彰大会上的讲话"],
            ),
            (
                "关于推进青山与澳门特别行政区全面深化合作的若干意见",
                &["关于推进青山与澳门特别行政区", "全面深化合作的若干意见"],
            ),
            (
                "青山县公安局交通警察大队关于对学士路与文昌路交叉口实施临时交通管制的通告",
                &[
                    "青山县公安局交通警察大队",
                    "关于对学士路与文昌路交叉口",
                    "实施临时交通管制的通告",
                ],
            ),
            (
                "关于给予李四同志开除党籍、开除公职处分的决定",
                &["关于给予李四同志开除党籍、", "开除公职处分的决定"],
            ),
            (
                "在纪念李青山同志诞辰130周年座谈会上的讲话",
                &["在纪念李青山同志", "诞辰130周年座谈会上的讲话"],
            ),
            (
                "中共青山县委办公室　青山县人民政府办公室印发《关于推进城镇化建设的意见》的通知",
                &[
                    "中共青山县委办公室　青山县人民政府办公室",
                    "印发《关于推进城镇化建设的意见》的通知",
                ],
            ),
        ] {
            assert_eq!(title(text), lines);
        }
    }

    #[test]
    fn three_lines_are_a_trapezoid_or_a_diamond() {
        let lines =
            title("青山县人民政府关于进一步优化营商环境促进民营经济健康发展和扩大就业的若干措施的通知");
        let counts: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert_eq!(counts.len(), 3);
        assert!(!(counts[0] > counts[1] && counts[1] < counts[2]), "{lines:?}");
    }

    #[test]
    fn the_authors_line_breaks_win() {
        assert_eq!(
            title("关于\n做好防汛工作的\n通知"),
            ["关于", "做好防汛工作的", "通知"]
        );
    }

    #[test]
    fn a_title_without_end_is_filled_line_by_line() {
        let lines = title(&"团结奋斗".repeat(100));
        assert!(lines.iter().all(|line| line.chars().count() == 20));
    }
}
