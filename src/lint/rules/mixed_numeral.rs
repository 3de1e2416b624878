//! U05: 4千人.

use crate::diagnostic::{Message, Severity};
use crate::lint::paragraph::Paragraph;
use crate::lint::rule::{Check, Example, Report, Rule, said};
use crate::lint::signs::DIGITS;

pub(crate) static RULE: Rule = Rule {
    code: "mixed-numeral",
    id: "U05",
    severity: Severity::Error,
    fix: None,
    name: said("阿拉伯数字与“十百千”混用", "Arabic digits with 十, 百 or 千"),
    what: said(
        "一两位阿拉伯数字后面跟“百”“千”，如“4千人”“3百多户”。千克、千米、千瓦等单位和百货、百姓等词不算；“万”“亿”可以跟。",
        "One or two Arabic digits before 百 or 千, such as 4千人. Units such as 千克 and words such as 百姓 are no fault; 万 and 亿 are right.",
    ),
    why: said(
        "GB/T 15835—2011 第5.3节：除“万”“亿”外，阿拉伯数字不与汉字数位词连用。",
        "GB/T 15835-2011 §5.3: of the hanzi for powers of ten only 万 and 亿 follow Arabic digits.",
    ),
    examples: &[Example {
        wrong: "惠及4千多人、3百余户。",
        right: "惠及4000多人、300余户。",
    }],
    leaves: &[
        "重5千克，长3千米，500千伏。",
        "2023百强企业。",
        "投资3亿元，2万人。",
        "第3百货公司",
    ],
    check: Check::With(&[DIGITS, "十百千"], check),
};

fn check(p: &Paragraph<'_>, report: &mut Report) {
    for number in p.scan.numbers() {
        let unit = p.c(number.end);
        let next = p.c(number.end + 1);
        let counted = matches!(
            next,
            '人' | '多'
                | '余'
                | '几'
                | '名'
                | '户'
                | '个'
                | '元'
                | '亩'
                | '家'
                | '吨'
                | '万'
                | '亿'
                | '里'
                | '块'
                | '件'
                | '斤'
                | '次'
                | '年'
                | '公'
        );
        let joined = matches!(p.before(number.start), '第' | '·' | '-' | '—' | '～' | '~' | '.');
        let tens = unit == '十'
            && number.len() == 1
            && matches!(next, '人' | '多' | '余' | '几' | '名' | '户' | '个' | '家' | '倍');
        if (tens || matches!(unit, '百' | '千') && counted) && number.len() <= 2 && !joined {
            report.find(
                p.bytes(number.start..number.end + 1),
                Message::new(
                    format!("阿拉伯数字不与“{unit}”连用"),
                    format!("Arabic digits are not followed by {unit}"),
                ),
            );
        }
    }
}
