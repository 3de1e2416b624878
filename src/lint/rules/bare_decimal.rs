//! U04: .46 for 0.46.

use crate::diagnostic::Severity;
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Applicability, Check, Example, Report, Rule, said};
use crate::lint::scan::Class;
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "bare-decimal",
    id: "U04",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    name: said("小数缺前面的0", "decimal without its zero"),
    what: said(
        "小于一的小数没有写小数点前的0，如“约.46”。只有前面是“为、约、达、增长”一类的字，后面是百分号或量词时才算。",
        "A decimal below one without the zero before its point, after such words as 为, 约, 达 or 增长 and before a per-cent sign or a measure word.",
    ),
    why: said(
        "GB/T 15835—2011 第5.1.2节：纯小数必须写出小数点前定位的“0”。",
        "GB/T 15835-2011 §5.1.2: the zero before the point is written.",
    ),
    examples: &[Example {
        wrong: "增长.46个百分点，约.5%。",
        right: "增长0.46个百分点，约0.5%。",
    }],
    leaves: &[
        "增长0.46个百分点。",
        "任务完成.3月份再查。",
        "文件.7z",
        "版本1.46",
    ],
    check: Check::With(&[".", DIGITS], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for &i in &p.scan.points {
        if p.plain(i) != Some('.') || p.class(i + 1) != Class::Digit {
            continue;
        }
        let end = p.digits_end(i + 1);
        let before = matches!(
            p.before(i),
            '为' | '约'
                | '达'
                | '到'
                | '至'
                | '是'
                | '长'
                | '降'
                | '增'
                | '减'
                | '升'
                | '近'
                | '超'
                | '占'
                | '比'
                | '（'
        );
        let after = matches!(
            p.c(end),
            '%' | '％' | '个' | '元' | '万' | '亿' | '米' | '吨' | '倍' | '公' | '亩' | '）'
        ) || (p.c(end) == '，' || p.c(end) == '。');
        if before && after && end - i <= 5 {
            report
                .find(
                    p.bytes(i..end),
                    said("小数点前应有“0”", "a zero should stand before the point"),
                )
                .change(p.bytes(i..i), "0");
        }
    }
}
