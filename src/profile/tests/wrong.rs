//! Kinds of wrong profiles, and what is said about each.

use super::super::{Profile, ProfileFault};

/// The head of a profile with a table `[page]`.
const PAGE: &str = "extends = \"speech\"\n[page]\n";

/// A wrong profile: what it is, its text, line and column of the fault, and what the message or the advice says in
/// English and in Chinese.
type Wrong = (
    &'static str,
    &'static str,
    Option<(usize, usize)>,
    &'static str,
    &'static str,
);

/// Wrong profiles.
const WRONG: &[Wrong] = &[
    // TOML itself.
    ("empty file", "", None, "the profile is empty", "样式文件是空的"),
    (
        "only comments",
        "# 样式\n\n",
        None,
        "hongtou styles new",
        "hongtou styles new",
    ),
    (
        "value missing",
        "name = ",
        Some((1, 8)),
        "one key = value a line",
        "TOML 语法错误",
    ),
    (
        "text without quotation marks",
        "extends = speech",
        Some((1, 11)),
        "straight double quotation marks",
        "英文双引号",
    ),
    (
        "Chinese quotation marks",
        "extends = “speech”",
        Some((1, 11)),
        "straight double quotation marks",
        "英文双引号",
    ),
    (
        "table not closed",
        "extends = \"speech\"\n[page\ntop = \"37mm\"",
        Some((2, 6)),
        "table",
        "TOML 语法错误",
    ),
    (
        "duplicate key",
        "extends = \"speech\"\n[page]\ntop = \"1mm\"\ntop = \"2mm\"",
        Some((4, 1)),
        "duplicate key",
        "写了两次",
    ),
    (
        "duplicate table",
        "extends = \"speech\"\n[page]\n[grid]\n[page]",
        Some((4, 2)),
        "duplicate key",
        "写了两次",
    ),
    // Names.
    (
        "unknown key",
        "extends = \"speech\"\n[elements.title]\nfnot = \"heiti\"",
        Some((3, 1)),
        "did you mean “font”",
        "是否想写“font”",
    ),
    (
        "unknown key after Chinese",
        "title = \"讲话稿\"  \nextends = \"speech\"\n[page]\nupper = \"1mm\"",
        Some((4, 1)),
        "there is no key in [page] called “upper”",
        "没有名为“upper”的键（在 [page] 中）",
    ),
    (
        "unknown key in one line with others",
        "extends = \"speech\"\npage = { top = \"37mm\", \"左\" = \"28mm\", botom = \"35mm\" }",
        Some((2, 24)),
        "“左”",
        "“左”",
    ),
    (
        "unknown table",
        "extends = \"speech\"\n[margins]\ntop = \"37mm\"",
        Some((2, 2)),
        "no key or table “margins”",
        "没有名为“margins”的键或表",
    ),
    (
        "unknown element",
        "extends = \"speech\"\n[elements.titel]\nsize = \"16pt\"",
        Some((2, 11)),
        "did you mean “title”",
        "是否想写“title”",
    ),
    (
        "unknown key at the top",
        "extend = \"speech\"",
        Some((1, 1)),
        "did you mean “extends”",
        "是否想写“extends”",
    ),
    (
        "unknown category of type",
        "extends = \"speech\"\n[fonts]\nfangson = \"仿宋\"",
        Some((3, 1)),
        "did you mean “fangsong”",
        "是否想写“fangsong”",
    ),
    (
        "unknown category of type as value",
        "extends = \"speech\"\n[lead]\nfont = \"楷体\"",
        Some((3, 8)),
        "there is no “楷体”",
        "可用的有：fangsong, kaiti",
    ),
    // Types.
    (
        "number without quotation marks",
        "extends = \"speech\"\n[page]\ntop = 37",
        Some((3, 7)),
        "cannot be a bare whole number",
        "不能是不带单位的整数",
    ),
    (
        "not a number",
        "extends = \"speech\"\n[page]\ntop = nan",
        Some((3, 7)),
        "cannot be a bare decimal number",
        "不能是不带单位的小数",
    ),
    (
        "infinite",
        "extends = \"speech\"\n[page]\ntop = inf",
        Some((3, 7)),
        "write a length with its unit",
        "应写带单位",
    ),
    (
        "text for a flag",
        "extends = \"speech\"\n[elements.title]\nbold = \"true\"",
        Some((3, 8)),
        "true or false, without quotation marks",
        "不加引号",
    ),
    (
        "text for a count",
        "extends = \"speech\"\n[grid]\nlines = \"22\"",
        Some((3, 9)),
        "a whole number from 0",
        "非负整数",
    ),
    (
        "decimal for a count",
        "extends = \"speech\"\n[grid]\nlines = 21.5",
        Some((3, 9)),
        "a whole number from 0",
        "非负整数",
    ),
    (
        "array for a length",
        "extends = \"speech\"\n[page]\ntop = [\"37mm\"]",
        Some((3, 7)),
        "cannot be an array",
        "不能是数组",
    ),
    (
        "value for a table",
        "page = \"A4\"\nextends = \"speech\"",
        Some((1, 8)),
        "must be a table, not text",
        "应是一节（表）",
    ),
    (
        "table for a value",
        "extends = \"speech\"\n[page.top]\nmm = 37",
        Some((2, 1)),
        "cannot be a table",
        "不能是表",
    ),
    (
        "value for an element",
        "[elements]\ntitle = \"heiti\"",
        Some((2, 9)),
        "must be a table",
        "应是一节（表）",
    ),
    (
        "negative count",
        "extends = \"speech\"\n[grid]\nlines = -1",
        Some((3, 9)),
        "-1 is out of range",
        "-1 超出范围",
    ),
    (
        "huge count",
        "extends = \"speech\"\n[grid]\nchars = 99999999999",
        Some((3, 9)),
        "out of range",
        "超出范围",
    ),
    (
        "date for a name",
        "name = 2024-01-05\nextends = \"speech\"",
        Some((1, 8)),
        "cannot be a date",
        "不能是日期",
    ),
    // Units.
    (
        "unit missing",
        "extends = \"speech\"\n[page]\ntop = \"37\"",
        Some((3, 7)),
        "“37” has no unit",
        "“37”没有单位",
    ),
    (
        "unknown unit",
        "extends = \"speech\"\n[page]\ntop = \"37px\"",
        Some((3, 7)),
        "no known unit",
        "单位不认识",
    ),
    (
        "NaN with a unit",
        "extends = \"speech\"\n[page]\ntop = \"NaNmm\"",
        Some((3, 7)),
        "does not begin with a number",
        "开头不是数",
    ),
    (
        "infinity with a unit",
        "extends = \"speech\"\n[page]\ntop = \"infmm\"",
        Some((3, 7)),
        "does not begin with a number",
        "开头不是数",
    ),
    (
        "huge length",
        "extends = \"speech\"\n[page]\ntop = \"1e9mm\"",
        Some((3, 7)),
        "is too large",
        "太大",
    ),
    (
        "unknown type size",
        "extends = \"speech\"\n[elements.body]\nsize = \"九号\"",
        Some((3, 8)),
        "there is no type size “九号”",
        "没有“九号”这个字号",
    ),
    (
        "millimetres for characters",
        "extends = \"speech\"\n[elements.body]\nfirst_line_indent = \"10mm\"",
        Some((3, 21)),
        "such as \"2字\"",
        "如 \"2字\"",
    ),
    (
        "characters for lines",
        "extends = \"speech\"\n[elements.title]\nspace_after = \"1字\"",
        Some((3, 15)),
        "such as \"1行\"",
        "如 \"1行\"",
    ),
    // Choices.
    (
        "unknown alignment",
        "extends = \"speech\"\n[elements.title]\nalign = \"centre\"",
        Some((3, 9)),
        "did you mean “center”",
        "是否想写“center”",
    ),
    (
        "unknown ink",
        "extends = \"speech\"\n[elements.title]\nink = \"blue\"",
        Some((3, 7)),
        "there are: black, red",
        "可用的有：black, red",
    ),
    (
        "unknown place of page numbers",
        "extends = \"speech\"\n[page_number]\nplace = \"middle\"",
        Some((3, 9)),
        "outside, inside, center",
        "outside, inside, center",
    ),
    // Values that cannot be.
    (
        "negative margin",
        "extends = \"speech\"\n[page]\ntop = \"-37mm\"",
        Some((3, 7)),
        "page.top: must not be negative",
        "page.top：不能为负",
    ),
    (
        "no room for text",
        "extends = \"speech\"\n[page]\nleft = \"100mm\"\nright = \"100mm\"",
        Some((3, 8)),
        "less than 30mm for text",
        "不足 30mm",
    ),
    (
        "paper too small",
        "extends = \"speech\"\n[page]\nwidth = \"10mm\"",
        Some((3, 9)),
        "between 50mm and 2000mm",
        "50mm 与 2000mm 之间",
    ),
    (
        "too many lines",
        "extends = \"speech\"\n[grid]\nlines = 23",
        Some((3, 9)),
        "set grid.lines = 22",
        "grid.lines = 22",
    ),
    (
        "too wide a pitch",
        "extends = \"speech\"\n[grid]\nline_pitch = \"30pt\"",
        Some((3, 14)),
        "at most 28.99pt",
        "不大于 28.99pt",
    ),
    (
        "no lines",
        "extends = \"speech\"\n[grid]\nlines = 0",
        Some((3, 9)),
        "1 to 22 do",
        "应为 1 至 22 行",
    ),
    (
        "lines at no distance",
        "extends = \"speech\"\n[grid]\nline_pitch = \"0pt\"",
        Some((3, 14)),
        "between 4pt and 200pt",
        "4pt 与 200pt 之间",
    ),
    (
        "no characters",
        "extends = \"speech\"\n[grid]\nchars = 0",
        Some((3, 9)),
        "between 5 and 200",
        "5 与 200 之间",
    ),
    (
        "type of no size",
        "extends = \"speech\"\n[elements.title]\nsize = \"0pt\"",
        Some((3, 8)),
        "between 4pt and 200pt",
        "4pt 与 200pt 之间",
    ),
    (
        "negative indent",
        "extends = \"speech\"\n[elements.title]\nindent_left = \"-1字\"",
        Some((3, 15)),
        "not negative",
        "不能为负",
    ),
    (
        "indents that meet",
        "extends = \"speech\"\n[elements.note]\nindent_left = \"14字\"\nindent_right = \"13字\"",
        Some((3, 15)),
        "two characters must be left",
        "至少留两个字",
    ),
    (
        "first line outside",
        "extends = \"speech\"\n[elements.body]\nfirst_line_indent = \"-2字\"",
        Some((3, 21)),
        "inside the type area",
        "版心之内",
    ),
    (
        "more than a page of blank",
        "extends = \"speech\"\n[elements.title]\nspace_before = \"22行\"",
        Some((3, 16)),
        "less than a page",
        "不足一页",
    ),
    (
        "outline too deep",
        "extends = \"speech\"\n[elements.title]\noutline_level = 10",
        Some((3, 17)),
        "between 1 and 9",
        "1 与 9 之间",
    ),
    (
        "typeface without a name",
        "extends = \"speech\"\n[fonts]\nkaiti = \" \"",
        Some((3, 9)),
        "must name a typeface",
        "字体名不能为空",
    ),
    (
        "typeface with a control character",
        "extends = \"speech\"\n[fonts]\nkaiti = \"a\\u0007\"",
        Some((3, 9)),
        "no control characters",
        "控制字符",
    ),
    (
        "page number without a number",
        "extends = \"speech\"\n[page_number]\nform = \"第 1 页\"",
        Some((3, 8)),
        "{n} stands for the number",
        "须有 {n}",
    ),
    (
        "page number twice",
        "extends = \"speech\"\n[page_number]\nform = \"{n}/{n}\"",
        Some((3, 8)),
        "only once",
        "只能有一个",
    ),
    (
        "page number of two lines",
        "extends = \"speech\"\n[page_number]\nform = \"\"\"{n}\n\"\"\"",
        Some((3, 8)),
        "one line",
        "一行",
    ),
    (
        "page number in the text",
        "extends = \"speech\"\n[page_number]\ndash_center = \"100mm\"",
        Some((3, 15)),
        "between 262.0mm and 297.0mm",
        "262.0mm 与 297.0mm 之间",
    ),
    (
        "page number pushed in by too much",
        "extends = \"speech\"\n[page_number]\ninset = \"15字\"",
        Some((3, 9)),
        "at most half a line",
        "半行",
    ),
    (
        "title of no width",
        "extends = \"speech\"\n[typography]\ntitle_max_chars = 0",
        Some((3, 19)),
        "between 4 and 200",
        "4 与 200 之间",
    ),
    // What is extended.
    (
        "unknown profile",
        "extends = \"speach\"",
        Some((1, 11)),
        "did you mean “speech”",
        "是否想写“speech”",
    ),
    (
        "a file without its ending",
        "extends = \"my-office\"",
        Some((1, 11)),
        "must end in .toml",
        "须以 .toml 结尾",
    ),
    (
        "a file where none can be",
        "extends = \"base.toml\"",
        Some((1, 11)),
        "only built-in profiles",
        "只能以内置样式为基础",
    ),
    (
        "nothing extended",
        "name = \"x\"",
        None,
        "page.width is missing",
        "缺少 page.width",
    ),
];

/// The fault stands at `place` and says these words in the message or the advice.
#[track_caller]
pub(super) fn assert_says(
    what: &str,
    fault: &ProfileFault,
    place: Option<(usize, usize)>,
    en: &str,
    zh: &str,
) {
    let found = fault.place.map(|place| (place.line, place.column));
    assert_eq!(found, place, "{what}: {fault}");
    let help = fault.help.clone().unwrap_or_default();
    let (all_en, all_zh) = (
        format!("{} / {}", fault.message.en, help.en),
        format!("{} / {}", fault.message.zh, help.zh),
    );
    assert!(all_en.contains(en), "{what}: {all_en}");
    assert!(all_zh.contains(zh), "{what}: {all_zh}");
}

#[test]
fn says_what_is_wrong_and_where() {
    for (what, text, place, en, zh) in WRONG {
        let error = Profile::from_toml(text).expect_err(what);
        assert_says(what, &error.faults[0], *place, en, zh);
    }
}

#[test]
fn says_everything_that_is_wrong_in_the_order_of_the_file() {
    let text =
        format!("{PAGE}top = 1\nbotom = \"1mm\"\n[grid]\nlines = true\n[elements.body]\nsize = \"0\"\n");
    let error = Profile::from_toml(&text).unwrap_err();
    let lines: Vec<usize> = error
        .faults
        .iter()
        .filter_map(|fault| Some(fault.place?.line))
        .collect();
    assert_eq!(lines, [3, 4, 6, 8]);
    assert_eq!(error.to_string().lines().count(), 4);
}
