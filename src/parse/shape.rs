//! What a paragraph looks like by itself, before its neighbours are asked: the first of the two passes.
//!
//! Everything here is a question about one piece of text. What the answers mean is decided where the whole document is
//! known: a short line ending in ： is an address at the beginning and a lead-in further down.

use super::date;
use super::marks::{self, End};
use super::numerals;
use super::vocabulary;

/// Characters of `text`, blanks and invisible ones left out.
pub(super) fn count(text: &str) -> usize {
    let (mut count, mut len) = (0, 0);
    for (_, c) in marks::telling(text) {
        count += usize::from(!c.is_whitespace() && !marks::is_invisible(c));
        len += c.len_utf8();
    }
    count + marks::untold(text, len)
}

/// Whom a form of address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// 同志们、各位代表: listeners.
    Listeners,
    /// 各县区人民政府，市直各部门: organs.
    Organs,
}

/// Whether `text` is a form of address with its mark.
pub(super) fn is_address(text: &str) -> bool {
    address(text).is_some()
}

/// Whom `text` addresses when it is a form of address with its mark: 同志们： 各位代表！ 各县（市、区）人民政府：.
pub(super) fn address(text: &str) -> Option<Address> {
    // No form of address is longer; cheap to find out for long paragraphs.
    if text.len() > 900 {
        return None;
    }
    let text = marks::trim(text);
    let mark = text.chars().next_back()?;
    let bare = &text[..text.len() - mark.len_utf8()];
    match mark {
        '：' | ':' => listeners(bare, 100).or_else(|| organs(bare)),
        '！' | '!' | '，' | ',' => listeners(bare, 40),
        _ => None,
    }
}

/// Whether `bare`, a form of address without its mark, names listeners.
pub(super) fn listeners(bare: &str, longest: usize) -> Option<Address> {
    let count = count(bare);
    if !(2..=longest).contains(&count) || bare.contains(['。', '；', '“', '《', '：']) {
        return None;
    }
    let whole = bare;
    let bare = bare
        .trim_start_matches("【正】")
        .trim_start_matches(|c: char| c.is_whitespace());
    let begins = ["尊敬的", "敬爱的", "亲爱的", "各位", "全体", "在座的", "诸位"]
        .iter()
        .any(|word| bare.starts_with(word));
    let mut parts = bare
        .split(['、', '，', ',', '；', ' ', '\u{3000}', '\u{2003}'])
        .filter(|part| !marks::trim(part).is_empty());
    let all = parts.clone().all(|part| {
        let part = strip_bracket(marks::trim(part));
        vocabulary::ends_as_addressee(part)
    });
    if !all && !begins {
        return None;
    }
    let plural = bare.contains('们') || bare.contains("同志") || bare.contains("各位");
    let short = count <= 14 && parts.clone().count() == 1;
    let first_ends = parts
        .next()
        .is_some_and(|part| vocabulary::ends_as_addressee(strip_bracket(marks::trim(part))));
    let last_ends = vocabulary::ends_as_addressee(strip_bracket(bare.trim_end()));
    let addressed = (all && (begins || plural || short && bare.ends_with("总统")))
        || begins && last_ends && (first_ends || bare.contains("各位"));
    (addressed && !vocabulary::is_sentence(whole)).then_some(Address::Listeners)
}

/// Whether `bare`, without its mark, names organs: 主送机关.
fn organs(bare: &str) -> Option<Address> {
    let count = count(bare);
    if !(3..=220).contains(&count)
        || bare.contains(['。', '；', '“', '：', ':', '？'])
        || bare.starts_with("关于")
        || bare.starts_with("附件")
        || bare.starts_with("抄送")
    {
        return None;
    }
    if bare.starts_with("×××") || bare.starts_with("xxx") {
        return (!vocabulary::is_sentence(bare)).then_some(Address::Organs);
    }
    let flat = without_brackets(bare);
    let parts: Vec<&str> = flat
        .split(['、', '，', ',', ' ', '\u{3000}'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let organs = parts
        .iter()
        .filter(|part| vocabulary::ends_as_organ(part))
        .count();
    let last = parts
        .last()
        .is_some_and(|part| vocabulary::ends_as_organ(part) || part.ends_with("等"));
    (last && organs * 5 >= parts.len() * 3 && !vocabulary::is_sentence(bare)).then_some(Address::Organs)
}

/// `text` without the brackets in it: 各县（市、区）人民政府 is one name.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|&c| {
            if matches!(c, '（' | '(') {
                depth += 1;
            }
            let outside = depth == 0;
            if matches!(c, '）' | ')') {
                depth = depth.saturating_sub(1);
            }
            outside
        })
        .collect()
}

fn strip_bracket(text: &str) -> &str {
    match text.strip_suffix(['）', ')']) {
        Some(inner) => inner
            .rfind(['（', '('])
            .map_or(text, |open| text[..open].trim_end()),
        None => text,
    }
}

/// Whether `text` is 附件, 附件1, 附件一： and no more: the label at the top of an attachment.
pub(super) fn is_attachment_label(text: &str) -> bool {
    attachment_label(text).is_some_and(|label| text[label..].trim().is_empty())
}

/// Whether `text` is 附表, 附表1 and no more: the label at the top of an attachment that is a table.
pub(super) fn is_table_label(text: &str) -> bool {
    numbered_label(text, &["附表"]).is_some_and(|label| text[label..].trim().is_empty())
}

/// The length of the label 附件1 or 附： at the beginning of `text`, with the colon after it.
pub(super) fn attachment_label(text: &str) -> Option<usize> {
    let short = || numbered_label(text, &["附"]).filter(|&len| text[..len].ends_with(['：', ':']));
    numbered_label(text, &["附件", "附 件"]).or_else(short)
}

/// The length of one of `words` at the beginning of `text`, with its number and the colon after it.
fn numbered_label(text: &str, words: &[&str]) -> Option<usize> {
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
    let trimmed = rest.trim_start();
    let mut len = text.len() - trimmed.len();
    let number = numerals::arabic(trimmed).or_else(|| numerals::chinese(trimmed));
    if let Some(number) = number {
        len += number.len;
    } else {
        len = text.len() - rest.len();
    }
    let after = &text[len..];
    let mark = after.trim_start();
    match mark.chars().next() {
        None => Some(text.len()),
        Some(c @ ('：' | ':')) => Some(text.len() - mark.len() + c.len_utf8()),
        Some(_) if number.is_some() && after.len() > mark.len() => Some(len),
        _ => None,
    }
}

/// Whether `text` begins with a label that never continues a sentence: 附件：, 抄送：, 来源：, 注：.
pub(super) fn is_label(text: &str) -> bool {
    let Some(colon) = text.find(['：', ':']) else {
        return false;
    };
    let label = marks::without_blanks(&text[..colon]);
    matches!(
        &*label,
        "附件"
            | "附"
            | "抄送"
            | "抄报"
            | "主送"
            | "分送"
            | "来源"
            | "时间"
            | "地点"
            | "注"
            | "备注"
            | "联系人"
            | "联系电话"
            | "电话"
            | "责任编辑"
            | "编辑"
            | "作者"
            | "签发人"
            | "主题词"
            | "发布时间"
            | "发布日期"
            | "记者"
            | "主持"
            | "主持人"
            | "出席"
            | "列席"
            | "请假"
            | "缺席"
            | "记录"
            | "整理"
            | "附注"
            | "单位"
            | "金额单位"
            | "计量单位"
    )
}

/// Whether `text` begins as the title of a numbered table does: 表1　项目情况表, 表2-1：….
pub(super) fn is_table_title(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('表').map(str::trim_start) else {
        return false;
    };
    let number = numerals::arabic(rest).or_else(|| numerals::chinese(rest));
    number.is_some_and(|number| {
        let after = &rest[number.len..];
        after.is_empty()
            || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '-' | '.'))
    })
}

/// Whether `text` is a 发文字号: 某政发〔2024〕5号, 第5号, with every kind of bracket; or the number of an issue: 第3期.
pub(super) fn is_doc_number(text: &str) -> bool {
    let bare = marks::without_blanks(text);
    if !(3..=40).contains(&bare.chars().count()) || bare.contains(['，', '。', '；', '：', '、']) {
        return false;
    }
    let issue = bare.strip_suffix('期').filter(|head| head.starts_with('第'));
    let Some(head) = bare.strip_suffix('号').or(issue) else {
        return false;
    };
    let digits =
        |c: char| numerals::arabic_digit(c).is_some() || matches!(c, '×' | 'x' | 'X' | '*' | '＊' | '_');
    if let Some(number) = head.strip_prefix('第') {
        return !number.is_empty()
            && number
                .chars()
                .all(|c| digits(c) || numerals::chinese_digit(c).is_some() || matches!(c, '十' | '百'));
    }
    let Some(open) = bare.find(['〔', '[', '［', '（', '(', '【', '﹝', '〖']) else {
        return false;
    };
    let year = &bare[open..];
    let Some(close) = year.find(['〕', ']', '］', '）', ')', '】', '﹞', '〗']) else {
        return false;
    };
    let open_len = year.chars().next().map_or(0, char::len_utf8);
    let inside = &year[open_len..close];
    let close_len = year[close..].chars().next().map_or(0, char::len_utf8);
    let mut number = year[close + close_len..].trim_end_matches('号');
    // （××××）最高法行决×号: the case numbers of courts have letters after the year.
    let letters: usize = number
        .chars()
        .take_while(|&c| marks::is_han(c) && c != '第' && c != '号')
        .map(char::len_utf8)
        .sum();
    if letters > 0 && open == 0 {
        number = &number[letters..];
    }
    let number = number.strip_prefix('第').unwrap_or(number);
    inside.chars().count() == 4
        && inside.chars().all(digits)
        && !number.is_empty()
        && number.chars().all(|c| digits(c) || c == '-' || c == '—')
}

/// Whether `text` is a 密级 with or without its period: 机密★3年.
pub(super) fn is_classification(text: &str) -> bool {
    let bare = marks::without_blanks(text);
    let rest = ["绝密", "机密", "秘密", "内部", "内部资料"]
        .iter()
        .find_map(|level| bare.strip_prefix(level));
    let Some(rest) = rest else { return false };
    if bare.starts_with("内部") {
        return rest.is_empty() || rest.starts_with('★');
    }
    let period = rest.trim_start_matches(['★', '☆', '*', '＊']);
    period.is_empty()
        || period == "长期"
        || (period.chars().count() <= 5
            && (period.ends_with('年') || period.ends_with('月') || period.ends_with('天')))
}

/// Whether `text` is a 紧急程度.
pub(super) fn is_urgency(text: &str) -> bool {
    let bare = marks::without_blanks(text);
    matches!(
        &*bare,
        "特急" | "加急" | "特提" | "平急" | "急件" | "紧急" | "特急件"
    )
}

/// Whether `text` is a 份号: six digits, with or without a label.
pub(super) fn is_copy_number(text: &str) -> bool {
    let bare = marks::without_blanks(text);
    let digits = bare
        .trim_start_matches("份号")
        .trim_start_matches(['：', ':', 'N', 'o', '№', '.']);
    (6..=7).contains(&digits.chars().count()) && digits.chars().all(|c| numerals::arabic_digit(c).is_some())
}

/// Whether `text` is a line of one office and one name, of several names, or of a name alone.
pub(super) fn is_person(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['※', '*', '＊']);
    if count(text) > 40 || text.contains(['，', '。', '；', '：', '《', '“', '！', '？']) {
        return false;
    }
    let is_name = |name: &str| vocabulary::is_name(name) || vocabulary::is_name_placeholder(name);
    if is_name(text) {
        return true;
    }
    // 职务　姓名, with or without a blank; 书 记 员 is one office, padded.
    let squeezed = marks::without_blanks(text);
    if office_and_name(text, &is_name) || squeezed.len() < text.len() && office_and_name(&squeezed, &is_name)
    {
        return true;
    }
    // 姓名 with a form of address: 李明同志, 王芳老师.
    for suffix in ["同志", "老师", "先生", "女士", "教授", "院士"] {
        if text
            .strip_suffix(suffix)
            .is_some_and(|name| is_name(name.trim_end()))
        {
            return true;
        }
    }
    // Several names, parted by blanks: 张　三　李四.
    let names: Vec<&str> = text.split_whitespace().collect();
    names.len() >= 2 && names.iter().all(|name| count(name) >= 2 && is_name(name))
}

/// Whether `text` ends with a name of two to four characters that an office stands before. A blank between them makes
/// any characters a name.
fn office_and_name(text: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
    let mut characters = 0;
    for (at, c) in text.char_indices().rev() {
        if c.is_whitespace() {
            continue;
        }
        characters += 1;
        if characters > 4 {
            return false;
        }
        let name = &text[at..];
        let office = text[..at].trim_end();
        let parted = office.len() < at;
        if characters >= 2
            && (is_name(name) || parted && !name.contains('的'))
            && vocabulary::ends_with_office(office)
        {
            return true;
        }
    }
    false
}

/// The number of cells in a line of a table pasted as text.
pub(super) fn cells(text: &str) -> usize {
    if text.contains('\t') {
        text.split('\t').filter(|cell| !cell.trim().is_empty()).count()
    } else if text.starts_with('|') || text.matches('|').count() >= 2 || text.matches('｜').count() >= 2 {
        text.split(['|', '｜'])
            .filter(|cell| !cell.trim().is_empty())
            .count()
            .max(1)
    } else {
        1
    }
}

/// Whether `text` is wholly in one pair of round brackets.
pub(super) fn in_brackets(text: &str) -> bool {
    let text = marks::trim(text);
    if !text.starts_with(['（', '(', '〔', '[']) {
        return false;
    }
    let text = text.trim_end_matches('。');
    let Some(inner) = text
        .strip_prefix(['（', '(', '〔', '['])
        .and_then(|text| text.strip_suffix(['）', ')', '〕', ']']))
    else {
        return false;
    };
    let mut depth = 0_i32;
    inner.chars().all(|c| {
        depth +=
            i32::from(matches!(c, '（' | '(' | '〔' | '[')) - i32::from(matches!(c, '）' | ')' | '〕' | ']'));
        depth >= 0
    }) && depth == 0
}

/// `text` without the round brackets around it.
pub(super) fn without_outer_brackets(text: &str) -> &str {
    let trimmed = marks::trim(text);
    if in_brackets(trimmed) {
        trimmed
            .trim_end_matches('。')
            .trim_start_matches(['（', '('])
            .trim_end_matches(['）', ')'])
            .trim()
    } else {
        trimmed
    }
}

/// Whether `text` says when a text was spoken or came into force: a date alone, in brackets, or with 通过, 公布, 在…会上.
pub(super) fn is_date_line(text: &str) -> bool {
    let inner = text
        .trim()
        .trim_start_matches(['（', '(', '〔'])
        .trim_end_matches(['）', ')', '〕']);
    let Some(date) = date::at(inner) else { return false };
    let rest = inner[date.len..].trim();
    if rest.is_empty() {
        return true;
    }
    if End::of(text) == End::Sentence || count(rest) > 140 {
        return false;
    }
    let short_place =
        (rest.starts_with(['，', ',', '　', ' ', '于']) || in_brackets(text)) && count(rest) <= 20;
    vocabulary::is_event(rest) || short_place || (rest.starts_with('在') && rest.ends_with('上'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_address() {
        for text in [
            "同志们：",
            "各位代表！",
            "女士们，先生们，",
            "尊敬的各位领导、各位来宾，同志们:",
            "尊敬的李明总统，各位同事：",
            "各位校长、园长,同志们:",
            "亲爱的同学们：",
        ] {
            assert_eq!(address(text), Some(Address::Listeners), "{text}");
        }
        for text in [
            "各县（市、区）人民政府，市直各部门：",
            "某某市财政局:",
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
            "地方各级人民检察院、各级军事检察院：",
        ] {
            assert_eq!(address(text), Some(Address::Organs), "{text}");
        }
    }

    #[test]
    fn lead_ins_are_no_address() {
        for text in [
            "现将有关事项通知如下：",
            "下面，我讲三点意见：",
            "今年发展主要预期目标是：",
            "同志们，工会工作是党的群众工作的重要组成部分。",
            "他对大家说：",
            "一年来，主要做了以下工作：",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_documents() {
        for text in [
            "某政发〔2024〕5号",
            "某办函[2024]第05号",
            "法释〔2023〕6号",
            "（2024）某行申12号",
            "第 5 号",
            "第3期",
            "第十二期",
            "某发（20xx）x号",
        ] {
            assert!(is_doc_number(text), "{text}");
        }
        for text in [
            "第5号楼",
            "某政发2024年5号",
            "关于〔2024〕5号文件的说明",
            "5号",
            "5期",
            "第一学期",
        ] {
            assert!(!is_doc_number(text), "{text}");
        }
    }

    #[test]
    fn persons() {
        for text in [
            "市长　王　明",
            "某某市人民政府市长 殷勇",
            "张　三",
            "×××",
            "中华人民共和国主席　李明",
            "县委书记张三",
        ] {
            assert!(is_person(text), "{text}");
        }
        for text in ["关于节水的通知", "各位代表", "提高认识", "某某市人民政府"] {
            assert!(!is_person(text), "{text}");
        }
    }

    #[test]
    fn lines_with_dates() {
        for text in [
            "（2024年3月5日）",
            "（2025年10月31日，庆州）",
            "2004年8月18日 某某委员会第3次会议通过",
            "2024年5月1日 施行",
            "（2026年1月27日在某某省第十四届人民代表大会第四次会议上）",
        ] {
            assert!(is_date_line(text), "{text}");
        }
        for text in [
            "2024年工作要点",
            "2024年3月5日上午，市委召开会议。",
            "2024年政府工作任务",
        ] {
            assert!(!is_date_line(text), "{text}");
        }
    }

    #[test]
    fn attachment_labels() {
        assert!(is_attachment_label("附件1"));
        assert!(is_attachment_label("附件一："));
        assert!(is_attachment_label("附件"));
        assert!(!is_attachment_label("附件：1.工作方案"));
        assert!(is_attachment_label("附："));
        assert!(!is_attachment_label("附件材料已报送"));
        assert!(!is_attachment_label("附"));
        assert!(!is_attachment_label("附则"));
        assert_eq!(attachment_label("附件2：任务表"), Some("附件2：".len()));
        assert_eq!(attachment_label("附件1 任务表"), Some("附件1".len()));
    }
}
