//! P18: white space inside a Chinese sentence.

use crate::diagnostic::Severity;
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::{Class, is_closing, is_opening, is_point};
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "space-in-chinese",
    id: "P18",
    severity: Severity::Warning,
    fix: Some(Applicability::All),
    name: said("汉字间的空格", "space inside Chinese"),
    what: said(
        "句子里汉字与汉字之间、汉字与中文标点之间的一两个空格。两个字的人名中间的空格、章节号后面的空格、并列姓名之间的空格不算。",
        "One or two spaces between hanzi, or between a hanzi and a Chinese mark, in a sentence. Spaces inside two-character names, after the number of a chapter, or between names in a row are no fault.",
    ),
    why: said(
        "中文词间不空格；GB/T 15834—2011 的标点已占一字。",
        "Chinese is written without spaces, and its marks are one character wide.",
    ),
    examples: &[Example {
        wrong: "要切实加强工 作作风建设 ，抓好落实。",
        right: "要切实加强工作作风建设，抓好落实。",
    }],
    leaves: &[
        "第一章 总则，共三条。",
        "出席会议的有王 刚、李晓明。",
        "AI 技术，5G 网络。",
        "张三 李四 王五",
        "新华社记者 王小明 摄影，图为现场。",
        "题为《弘扬友好精神 携手共创未来》的演讲，反响热烈。",
    ],
    check: Check::With(&[" \u{3000}\u{a0}"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let sentence = p.is_prose() || (p.role().heading_level().is_some() && p.role() != Role::Title);
    if !sentence || !p.scan.points.iter().any(|&i| is_point(p.c(i))) {
        return;
    }
    let mut i = 1;
    while i < p.len() {
        if !matches!(p.c(i), ' ' | '\u{3000}' | '\u{a0}') {
            i += 1;
            continue;
        }
        let start = i;
        while p.class(i) == Class::Space && i < p.len() {
            i += 1;
        }
        if i - start <= 2
            && p.slice(start..i).chars().all(|c| c != '\n' && c != '\t')
            && splits_chinese(p, start, i)
        {
            report
                .find(
                    p.bytes(start..i),
                    said("中文里多了空格", "white space inside Chinese"),
                )
                .change(p.bytes(start..i), "");
        }
    }
}

fn splits_chinese(p: &Paragraph<'_>, start: usize, end: usize) -> bool {
    let (before, after) = (p.before(start), p.c(end));
    if is_point(after) || is_closing(after) || after == '…' {
        return p.hanzi_before(start) || is_closing(before);
    }
    if is_point(before) || is_opening(before) {
        return p.is_hanzi(end) && start > 3;
    }
    if !(p.hanzi_before(start) && p.is_hanzi(end)) {
        return false;
    }
    // 新华社记者 王小明 摄: a name, set apart from what its bearer is.
    let office = [
        "记者",
        "通讯员",
        "书记",
        "主任",
        "主席",
        "省长",
        "市长",
        "县长",
        "部长",
        "局长",
        "同志",
        "电",
        "讯",
    ];
    if p.c(start) != ' ' || office.iter().any(|word| p.ends_with(start, word)) {
        return false;
    }
    // The length of the hanzi on each side: one against one is a name, and a row of short pieces is a list.
    let left = (0..start).rev().take_while(|&k| p.is_hanzi(k)).take(9).count();
    let right = (end..p.len()).take_while(|&k| p.is_hanzi(k)).take(9).count();
    let spaced = left <= 4 && p.class_before(start - left) == Class::Space
        || right <= 4 && p.class(end + right) == Class::Space;
    // 工 作: no name is written so.
    let word = WORDS.iter().any(|word| {
        let mut chars = word.chars();
        chars.next() == Some(before) && chars.next() == Some(after)
    });
    let name = !word && (left == 1 || right == 1) || spaced;
    let chapter = p.c(start - left) == '第' || matches!(before, '章' | '节' | '条' | '篇');
    let titled = p.pairs.around(start).any(|pair| pair.kind == Kind::Book);
    !name && !chapter && !titled && left.max(right) >= 5
}

/// Words of two characters that no name is mistaken for.
const WORDS: [&str; 60] = [
    "工作", "发展", "建设", "经济", "社会", "政府", "国家", "人民", "群众", "干部", "企业", "会议", "精神",
    "同志", "领导", "组织", "管理", "服务", "制度", "我们", "他们", "问题", "要求", "任务", "责任", "落实",
    "加强", "推进", "提高", "改革", "开放", "创新", "安全", "生产", "教育", "文化", "环境", "项目", "投资",
    "农村", "农业", "工业", "市场", "技术", "单位", "部门", "机关", "学习", "贯彻", "认真", "积极", "全面",
    "重点", "措施", "情况", "意见", "通知", "报告", "方案", "目标",
];
