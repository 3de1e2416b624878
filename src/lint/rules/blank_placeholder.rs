//! T03: blanks, 某某, 【待补】.

use crate::diagnostic::{Message, Severity};
use crate::lint::pairs::Kind;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::model::Role;

pub(crate) static RULE: Rule = Rule {
    code: "blank-placeholder",
    id: "T03",
    severity: Severity::Error,
    fix: None,
    name: said("空白和待补内容", "blanks to be filled in"),
    what: said(
        "“某某县”“___”“□□”“【待补】”“[姓名]”“{单位}”“{{name}}”“TODO”“待补充”；空的引号、书名号、括号只作提醒。当事人“张某某”、单个选择框□不算。",
        "某某县, ___, □□, 【待补】, [姓名], {单位}, {{name}}, TODO or 待补充; empty quotation marks and brackets are a warning. A party called 张某某 and single boxes □ are no fault.",
    ),
    why: said(
        "稿子还没有填完；照原样印出来就是事故。",
        "The text is not finished, and would be printed as it is.",
    ),
    examples: &[
        Example {
            wrong: "某某县___同志，【待补】，[姓名]。",
            right: "阳光县王伟同志，特此说明，王伟。",
        },
        Example {
            wrong: "贯彻“”精神，TODO：数据待补充。",
            right: "贯彻“实干”精神，数据如下。",
        },
    ],
    leaves: &[
        "被告人张某某，男。",
        "□是　□否",
        "见[1]。",
        "【重要提示】",
        "某单位提出意见。",
    ],
    check: Check::With(&["_＿□{[T待某“‘（(《〈〔【「『"], check),
};

/// What people write in brackets to come back to.
const LATER: [&str; 14] = [
    "待补",
    "待填",
    "待定稿",
    "此处",
    "填写",
    "插入",
    "姓名",
    "单位名称",
    "职务",
    "补充",
    "具体日期",
    "地点待",
    "单位",
    "时间",
];

fn check(p: &Paragraph<'_>, report: &mut Report) {
    let mut done = 0;
    for &i in &p.scan.points {
        if i < done {
            continue;
        }
        let c = p.c(i);
        if matches!(c, '_' | '＿' | '□') && p.c(i + 1) == c {
            let mut end = i;
            while p.c(end) == c {
                end += 1;
            }
            done = end;
            // 20__年 has a rule of its own.
            if p.is_plain(i) && !(p.ends_with(i, "20") && p.c(end) == '年') && p.role() != Role::Table {
                filler(p, i..end, report);
            }
        }
        if c == '{' && p.c(i + 1) == '{' {
            let end = (i..p.len().min(i + 60)).find(|&k| p.c(k) == '}' && p.c(k + 1) == '}');
            if let Some(end) = end {
                done = end + 2;
                filler(p, i..end + 2, report);
            }
        }
        if matches!(c, '[' | '{') && p.is_plain(i) {
            let close = if c == '[' { ']' } else { '}' };
            let end = (i + 1..p.len().min(i + 16)).find(|&k| p.c(k) == close);
            if let Some(end) = end
                && (LATER.iter().any(|word| p.slice(i + 1..end).contains(word))
                    || c == '{' && (i + 1..end).any(|k| p.is_hanzi(k)))
            {
                done = end + 1;
                filler(p, i..end + 1, report);
            }
        }
        if c == 'T'
            && (p.starts_with(i, "TODO") || p.starts_with(i, "TBD"))
            && p.class_before(i) != Class::Letter
        {
            let end = i + if p.starts_with(i, "TODO") { 4 } else { 3 };
            if p.class(end) != Class::Letter {
                filler(p, i..end, report);
            }
        }
    }
    for pair in &p.pairs.pairs {
        let inner = p.slice(pair.open + 1..pair.close);
        if inner.trim().is_empty() && pair.kind != Kind::Square {
            report
                .find(
                    p.bytes(pair.open..pair.close + 1),
                    said("里面是空的", "there is nothing inside"),
                )
                .severity(Severity::Warning);
        } else if pair.kind == Kind::Lenticular && LATER.iter().any(|word| inner.contains(word)) {
            filler(p, pair.open..pair.close + 1, report);
        }
    }
    words(p, report);
}

fn words(p: &Paragraph<'_>, report: &mut Report) {
    if p.text().contains("待补充") {
        for (at, word) in p.text().match_indices("待补充") {
            let after = p.text()[at + word.len()..].chars().next();
            let bracketed = p.text()[..at].ends_with('【');
            if !bracketed && after.is_none_or(|c| !matches!(c, '的' | '材' | '资' | '完')) {
                report
                    .find(at..at + word.len(), said("内容待补充", "still to be filled in"))
                    .help("填上实际内容", "fill in what belongs here");
            }
        }
    }
    const NOUNS: &str = "省市县区州盟旗乡镇村街局厅委部办处科院校所站厂公集学单同书主总董";
    if !p.text().contains("某某") {
        return;
    }
    for (at, word) in p.text().match_indices("某某") {
        let rest = &p.text()[at + word.len()..];
        let named = rest.chars().next().is_some_and(|c| NOUNS.contains(c));
        // 张某某, a party to a case; 某某某.
        let person = p.text()[..at]
            .chars()
            .next_back()
            .is_some_and(|c| crate::lint::scan::class_of(c) == Class::Hanzi && SURNAMES.contains(c));
        if named && !person {
            report
                .find(
                    at..at + word.len(),
                    said("“某某”是没有填的占位符", "某某 is a placeholder"),
                )
                .help("填上实际内容", "fill in what belongs here");
        }
    }
}

/// The commonest surnames, after which 某某 is a person whose name is withheld.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

fn filler(p: &Paragraph<'_>, range: std::ops::Range<usize>, report: &mut Report) {
    let text = p.slice(range.clone());
    report
        .find(
            p.bytes(range),
            Message::new(
                format!("“{text}”是没有填的空白"),
                format!("“{text}” is a blank to be filled in"),
            ),
        )
        .help("填上实际内容", "fill in what belongs here");
}
