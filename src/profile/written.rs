//! A profile as written: every key optional, unknown keys refused.
//!
//! Each key is declared once, with its type and what it is for. Reading, merging, writing, the schema for editors and the
//! documentation of keys all come from that declaration.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{ProfileFault, instead_of};
use super::value::{self, TypeSize, Value, ValueKind, Wrong};
use super::{Align, FieldsPlace, FontRole, Ink, NumberPlace, PageNumberPlace};
use crate::diagnostic::Message;
use crate::model::{Role, SignatureCase};
use crate::units::{Chars, Length, Lines};

/// A key of a profile.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name, such as `line_pitch`.
    pub name: &'static str,
    /// What its value must be.
    pub kind: ValueKind,
    /// What it is for, in Chinese.
    pub zh: &'static str,
    /// What it is for, in English.
    pub en: &'static str,
    /// A value as it is written in a file.
    pub example: &'static str,
}

/// A table whose keys are declared here.
pub(super) trait Table: Default {
    /// Its keys.
    const KEYS: &'static [Key];

    /// Sets `key`; `None` when there is no such key.
    fn set(&mut self, key: &str, value: &DeValue<'_>) -> Option<Result<(), Wrong>>;

    /// Takes every key it lacks from `base`.
    fn or(self, base: Self) -> Self;

    /// Without the keys whose values are those of `base`, rounding to twips aside.
    fn without(self, base: &Self) -> Self;

    /// The keys that are set and differ from those of `base`, with their values as written.
    fn beyond(&self, base: &Self) -> Vec<(&'static str, String)>;
}

/// Declares a table: `key: type, "中文", "English", example`.
macro_rules! written {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $type:ty, $zh:literal, $en:literal, $example:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $key: Option<$type>,)*
        }

        impl Table for $name {
            const KEYS: &'static [Key] = &[$(Key {
                name: stringify!($key),
                kind: <$type as Value>::KIND,
                zh: $zh,
                en: $en,
                example: $example,
            },)*];

            fn set(&mut self, key: &str, value: &DeValue<'_>) -> Option<Result<(), Wrong>> {
                match key {
                    $(stringify!($key) => Some(value::read(value).map(|read| self.$key = Some(read))),)*
                    _ => None,
                }
            }

            fn or(self, base: Self) -> Self {
                $name { $($key: self.$key.or(base.$key),)* }
            }

            fn without(self, base: &Self) -> Self {
                $name {
                    $($key: self.$key.filter(|own| !base.$key.as_ref().is_some_and(|base| own.is_like(base))),)*
                }
            }

            fn beyond(&self, base: &Self) -> Vec<(&'static str, String)> {
                let mut entries = Vec::new();
                $(if let Some(value) = self.$key.as_ref().filter(|_| self.$key != base.$key) {
                    entries.push((stringify!($key), value.write()));
                })*
                entries
            }
        }
    };
}

written! {
    /// The keys before the first table.
    WrittenHead {
        name: String, "样式名称", "name of the profile", "\"my-office\"";
        title: String, "用途，显示在 hongtou styles list 中", "what it is for, shown by hongtou styles list", "\"本单位公文\"";
        extends: String, "所依据的样式：内置样式的名称，或以 .toml 结尾的文件（相对于本文件）",
            "the profile it starts from: a built-in one by name, or a file ending in .toml, relative to this file",
            "\"speech\"";
    }
}

written! {
    /// `[page]`
    WrittenPage {
        width: Length, "纸张宽度", "width of the paper", "\"210mm\"";
        height: Length, "纸张高度", "height of the paper", "\"297mm\"";
        top: Length, "上边距（天头）", "top margin", "\"37mm\"";
        bottom: Length, "下边距", "bottom margin", "\"35mm\"";
        left: Length, "左边距（订口）", "left margin, where pages are bound", "\"28mm\"";
        right: Length, "右边距（切口）", "right margin", "\"26mm\"";
        mirror_margins: bool, "双面印刷时偶数页左右边距对调", "swap left and right margins on even pages, for double-sided printing", "true";
    }
}

written! {
    /// `[grid]`
    WrittenGrid {
        lines: u32, "每页行数", "lines on a full page", "22";
        chars: u32, "每行字数", "characters in a full line", "28";
        line_pitch: Length, "行距（固定值）", "distance from line to line, exact", "\"28.95pt\"";
        char_spacing: Length, "DOCX 中每个字加宽或（负值）紧缩多少；不写则按版心宽度和每行字数计算",
            "what the DOCX adds to each character, negative to move them closer; computed from width and characters when not given",
            "\"-0.25pt\"";
    }
}

written! {
    /// `[fonts]`
    WrittenFonts {
        fangsong: String, "仿宋体的字体名", "typeface for 仿宋", "\"仿宋_GB2312\"";
        kaiti: String, "楷体的字体名", "typeface for 楷体", "\"楷体_GB2312\"";
        heiti: String, "黑体的字体名", "typeface for 黑体", "\"黑体\"";
        xiaobiaosong: String, "小标宋体的字体名", "typeface for 小标宋", "\"方正小标宋简体\"";
        songti: String, "宋体的字体名", "typeface for 宋体", "\"宋体\"";
        latin: String, "西文字母和数字的字体名", "typeface for Latin letters and digits", "\"Times New Roman\"";
    }
}

impl WrittenFonts {
    /// The name given for a category of type.
    pub(super) fn name(&self, font: FontRole) -> Option<&String> {
        match font {
            FontRole::Fangsong => self.fangsong.as_ref(),
            FontRole::Kaiti => self.kaiti.as_ref(),
            FontRole::Heiti => self.heiti.as_ref(),
            FontRole::Xiaobiaosong => self.xiaobiaosong.as_ref(),
            FontRole::Songti => self.songti.as_ref(),
            FontRole::Latin => self.latin.as_ref(),
        }
    }

    /// The same, to be set.
    pub(crate) fn name_mut(&mut self, font: FontRole) -> &mut Option<String> {
        match font {
            FontRole::Fangsong => &mut self.fangsong,
            FontRole::Kaiti => &mut self.kaiti,
            FontRole::Heiti => &mut self.heiti,
            FontRole::Xiaobiaosong => &mut self.xiaobiaosong,
            FontRole::Songti => &mut self.songti,
            FontRole::Latin => &mut self.latin,
        }
    }
}

written! {
    /// `[page_number]`
    WrittenPageNumber {
        font: FontRole, "页码的字体", "its type", "\"songti\"";
        size: TypeSize, "页码的字号", "its size", "\"四号\"";
        form: String, "页码的形式，{n} 处为数字", "its form; {n} stands for the number", "\"— {n} —\"";
        place: PageNumberPlace, "页码的位置：outside 单页居右双页居左，inside 相反，center 居中",
            "outside: right on odd pages and left on even ones; inside: the other way round; center: in the middle",
            "\"outside\"";
        inset: Chars, "距版心左右边缘几个字", "distance from the edge of the type area", "\"1字\"";
        dash_center: Length, "一字线中心距纸张上边的距离", "height of the middle of its dashes, from the top of the paper", "\"269mm\"";
    }
}

written! {
    /// `[lead]`
    WrittenCharacter {
        font: FontRole, "段首领句（一是……、第一……）的字体", "type of leads such as 一是 and 第一", "\"kaiti\"";
        bold: bool, "段首领句是否加粗", "whether leads are bold", "true";
    }
}

written! {
    /// `[typography]`
    WrittenTypography {
        title_max_chars: u32, "标题每行最多字数", "most characters in a line of the title", "20";
        widow_control: bool, "段落的末行不单独留在一页的开头，首行不单独留在一页的末尾",
            "no last line of a paragraph alone at the top of a page, no first line alone at its foot", "true";
        sentence_min_chars: u32, "句子跨页时，页末和次页开头至少各有几个字，0 为不限",
            "characters that a sentence broken by a page end keeps at least on either page, 0 for any number", "5";
        keep_leads: bool, "一页不在段首领句中间结束", "no page ends inside the lead of a point", "true";
        strict_line_start: bool, "破折号、省略号不出现在行首", "no line begins with —— or ……", "true";
        han_latin_gap: Chars, "汉字与西文字母、数字之间的间隔", "gap between Chinese characters and Western letters or digits", "\"0.25字\"";
        chinese_digits: bool, "数字和西文字母用所在文字的中文字体，不用 fonts.latin",
            "digits and Latin letters in the Chinese face of the text around them, not in fonts.latin", "false";
    }
}

written! {
    /// `[table]`
    WrittenTable {
        rule: Length, "表格线的粗细", "thickness of rules", "\"0.5pt\"";
        cell_margin: Length, "单元格左右边距", "blank to the left and right of a cell's text", "\"5.4pt\"";
        head_font: FontRole, "表头的字体", "type of the head row", "\"heiti\"";
        head_align: Align, "表头的对齐方式", "alignment in the head row", "\"center\"";
        wide_column: Length, "判断表格是否横排时，每列至多按此宽度计",
            "the most a column counts for when it is decided whether a table is turned", "\"28mm\"";
    }
}

written! {
    /// `[document_head]`
    WrittenDocumentHead {
        needs_mark: bool, "没有发文机关标志就不能转换（--draft 除外）", "texts without a mark cannot be converted, unless --draft is given", "true";
        mark_top: Length, "发文机关标志上边缘距纸张上边的距离", "upper edge of the mark, from the top of the paper", "\"72mm\"";
        mark_width: Length, "发文机关标志最宽多少，超过则缩小字号", "the widest a mark may be; larger ones are set smaller", "\"150mm\"";
        mark_height: Length, "联合行文的标志最高多少", "the highest a mark of several organs may be", "\"60mm\"";
        mark_ending: String, "由机关名称生成标志时加在名称后的字", "what follows an organ's name in the mark", "\"文件\"";
        fields: FieldsPlace, "份号、密级、紧急程度的位置：top 版心首行起，below_rule 分隔线下",
            "where 份号, 密级 and 紧急程度 stand: top of the type area, or below_rule", "\"top\"";
        fields_gap: Length, "below_rule 时距分隔线的距离", "distance below the rule, for below_rule", "\"4.84mm\"";
        foot_gap: Length, "首页页脚有线（信函）时，满页末行文字距该线的距离", "from the last line of a full first page to the rule at its foot, where there is one", "\"4.84mm\"";
        number: NumberPlace, "发文字号的位置：center 标志下居中，right 分隔线下居右",
            "where 发文字号 stands: center, below the mark, or right, below the rule", "\"center\"";
        number_gap: Lines, "标志与发文字号之间空几行", "blank lines between mark and 发文字号", "\"2行\"";
        text_gap: Lines, "版头与标题或正文之间空几行", "blank lines between 版头 and title or text", "\"2行\"";
        signatory_font: FontRole, "签发人姓名的字体", "type of the signatories' names", "\"kaiti\"";
        page_number: bool, "首页是否编页码", "whether the first page has a number", "true";
    }
}

written! {
    /// `[head_rule]` and `[foot_rule]`
    WrittenRule {
        distance: Length, "head_rule：在发文字号（信函为标志）下多远；foot_rule：距纸张下边多远",
            "head_rule: below 发文字号, or below the mark in letters; foot_rule: from the lower edge of the paper", "\"4mm\"";
        width: Length, "线长", "length", "\"156mm\"";
        upper: Length, "上线粗细，0mm 为无", "thickness of the upper line, 0mm for none", "\"1pt\"";
        lower: Length, "下线粗细，0mm 为无", "thickness of the lower line, 0mm for none", "\"0.75pt\"";
        between: Length, "两线间距", "blank between two lines", "\"1pt\"";
    }
}

written! {
    /// `[imprint]`
    WrittenImprint {
        bottom: Length, "版记下边缘距纸张上边的距离", "lower edge of 版记, from the top of the paper", "\"262mm\"";
        outer_rule: Length, "首末分隔线粗细，0mm 为无", "thickness of the first and last rule, 0mm for none", "\"0.35mm\"";
        inner_rule: Length, "中间分隔线粗细，0mm 为无", "thickness of the rules between, 0mm for none", "\"0.25mm\"";
        even_page: bool, "版记须在偶数页", "版记 must stand on an even page", "true";
    }
}

written! {
    /// `[signature]`
    WrittenSignature {
        case: SignatureCase, "未写明时的用印方式：seal 加盖印章，none 不加盖，stamp 签名章",
            "how texts are signed that do not say: seal, none or stamp", "\"seal\"";
        seal_right: Chars, "加盖印章：成文日期右空几字", "with a seal: blank to the right of the date", "\"4字\"";
        seal_room: Lines, "加盖印章：署名上方空几行", "with a seal: blank lines above the signature", "\"3行\"";
        seal_step: Chars, "联合行文加盖印章：相邻印章中心距", "with several seals: from the middle of one to that of the next", "\"8字\"";
        plain_right: Chars, "不加盖印章：署名右空几字", "without a seal: blank to the right of the signature", "\"2字\"";
        plain_shift: Chars, "不加盖印章：日期首字比署名首字右移几字", "without a seal: from the first character of the signature to that of the date", "\"2字\"";
        stamp_right: Chars, "签名章：右空几字", "with a stamp: blank to the right", "\"4字\"";
        stamp_room: Lines, "签名章：上方空几行", "with a stamp: blank lines above", "\"2行\"";
        stamp_gap: Chars, "签名章：职务与签名章之间空几字", "with a stamp: between office and stamp", "\"2字\"";
        stamp_date_gap: Lines, "签名章：与日期之间空几行", "with a stamp: blank lines between it and the date", "\"1行\"";
    }
}

written! {
    /// `[attendance]`
    WrittenAttendance {
        label_font: FontRole, "“出席：”等标签的字体", "type of labels such as 出席：", "\"heiti\"";
        space_before: Lines, "出席上方空几行", "blank lines above the first of them", "\"1行\"";
    }
}

written! {
    /// `[elements.ROLE]`
    WrittenElement {
        font: FontRole, "字体", "type", "\"fangsong\"";
        size: TypeSize, "字号", "size of type", "\"三号\"";
        bold: bool, "加粗", "bold", "true";
        ink: Ink, "颜色", "ink", "\"red\"";
        line_pitch: Length, "行距（固定值）", "distance from line to line, exact", "\"36pt\"";
        align: Align, "对齐方式", "alignment", "\"center\"";
        first_line_indent: Chars, "首行缩进（可为负，即悬挂）", "indent of the first line, negative to hang", "\"2字\"";
        indent_left: Chars, "左缩进", "indent from the left", "\"1字\"";
        indent_right: Chars, "右缩进", "indent from the right", "\"4字\"";
        space_before: Lines, "段前空几行", "blank lines before", "\"2行\"";
        space_after: Lines, "段后空几行", "blank lines after", "\"1行\"";
        keep_with_next: bool, "与下段同页", "stays on the page of the next paragraph", "true";
        keep_lines: bool, "段中不分页", "its lines stay on one page", "true";
        page_break_before: bool, "段前分页", "begins a page", "true";
        outline_level: u8, "大纲级别，1 至 9", "level in the outline, 1 to 9", "1";
    }
}

/// A table of a profile, as people and editors are told of it.
pub(super) struct Section {
    /// Its name, such as `page`; `elements` stands for one table for each element.
    pub(super) name: &'static str,
    /// What it is for, in Chinese.
    pub(super) zh: &'static str,
    /// What it is for, in English.
    pub(super) en: &'static str,
    /// Its keys.
    pub(super) keys: &'static [Key],
}

/// The name of the tables of elements.
pub(super) const ELEMENTS: &str = "elements";

/// Declares the whole file: its tables, beside those of the elements.
macro_rules! written_file {
    ($($table:ident: $type:ty, $zh:literal, $en:literal;)*) => {
        /// The whole file.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Written {
            /// The keys before the first table.
            pub(crate) head: WrittenHead,
            $(pub(crate) $table: $type,)*
            /// `[elements.…]`
            pub(crate) elements: BTreeMap<Role, WrittenElement>,
        }

        impl Written {
            /// The tables there are, those of elements last.
            pub(super) const SECTIONS: &'static [Section] = &[
                $(Section { name: stringify!($table), zh: $zh, en: $en, keys: <$type>::KEYS },)*
                Section {
                    name: ELEMENTS,
                    zh: "各要素的样式；未写的键：字体、字号、对齐方式取自 body，其余为零或否",
                    en: "looks of each element; font, size and align are those of body when not given, the rest none",
                    keys: WrittenElement::KEYS,
                },
            ];

            /// Takes every key it lacks from `base`.
            pub(super) fn or(mut self, base: Written) -> Written {
                for (role, element) in base.elements {
                    let own = self.elements.remove(&role).unwrap_or_default();
                    self.elements.insert(role, own.or(element));
                }
                Written {
                    head: self.head.or(base.head),
                    $($table: self.$table.or(base.$table),)*
                    elements: self.elements,
                }
            }

            /// The tables with what is set in them and differs from `base`, as written.
            pub(super) fn beyond(&self, base: &Written) -> Vec<(String, Vec<(&'static str, String)>)> {
                let mut tables = vec![$((stringify!($table).to_owned(), self.$table.beyond(&base.$table)),)*];
                let plain = WrittenElement::default();
                for role in Role::ALL {
                    if let Some(own) = self.elements.get(&role) {
                        let entries = own.beyond(base.elements.get(&role).unwrap_or(&plain));
                        tables.push((format!("{ELEMENTS}.{}", role.name()), entries));
                    }
                }
                tables.retain(|(_, entries)| !entries.is_empty());
                tables
            }

            fn read_table(&mut self, name: &str, value: &Spanned<DeValue<'_>>, reader: &mut Reader) -> bool {
                match name {
                    $(stringify!($table) => reader.table(name, value, &mut self.$table),)*
                    ELEMENTS => self.read_elements(value, reader),
                    _ => return false,
                }
                true
            }
        }
    };
}

written_file! {
    page: WrittenPage, "纸张和页边距", "paper and margins";
    grid: WrittenGrid, "每页行数、每行字数、行距", "lines and characters of a full page";
    fonts: WrittenFonts, "各类字体的名称；PDF 也先用此名称的字体，未安装则用已安装的同类公文字体，再没有则用内置字体",
        "names of typefaces; the PDF too takes the font of that name where it is installed, or else an official font of that category, or else a bundled one";
    page_number: WrittenPageNumber, "页码", "the page number";
    lead: WrittenCharacter, "段首领句", "run-in leads";
    table: WrittenTable, "表格", "tables";
    typography: WrittenTypography, "断行、分页和数字", "breaking of lines and pages, digits";
    document_head: WrittenDocumentHead, "版头：发文机关标志、发文字号、份号等", "the document's head: mark, number, 份号 and the like";
    head_rule: WrittenRule, "版头下的分隔线", "the rule below the head";
    foot_rule: WrittenRule, "首页页脚的线（信函）", "the rule at the foot of the first page, of letters";
    imprint: WrittenImprint, "版记", "版记";
    signature: WrittenSignature, "署名和成文日期", "signature and date";
    attendance: WrittenAttendance, "纪要的出席、请假、列席", "出席, 请假 and 列席 of minutes";
}

/// Where each key was given, and what was wrong.
pub(super) struct Reader {
    /// Bytes in the file, by the key's path.
    pub(super) places: BTreeMap<String, Range<usize>>,
    /// The faults, with their places.
    pub(super) faults: Vec<(Range<usize>, ProfileFault)>,
}

impl Reader {
    fn wrong(&mut self, at: Range<usize>, key: &str, wrong: Wrong) {
        let message = Message::new(
            format!("{key}：{}", wrong.message.zh),
            format!("{key}: {}", wrong.message.en),
        );
        self.faults
            .push((at, ProfileFault::new(Some(key), message).help(Some(wrong.help))));
    }

    /// A name that isn't one of `known`.
    fn unknown(&mut self, at: Range<usize>, path: &str, what: (&str, &str), name: &str, known: &[&str]) {
        let message = Message::new(
            format!("没有名为“{name}”的{}", what.0),
            format!("there is no {} “{name}”", what.1),
        );
        self.faults.push((
            at,
            ProfileFault::new(Some(path), message).help(Some(instead_of(name, known))),
        ));
    }

    /// Reads a table into `into`.
    fn table<T: Table>(&mut self, name: &str, value: &Spanned<DeValue<'_>>, into: &mut T) {
        match value::table(value.get_ref()) {
            Err(wrong) => self.wrong(value.span(), name, wrong),
            Ok(table) => {
                for (key, value) in table {
                    let path = format!("{name}.{}", key.get_ref());
                    if !self.key(&path, key.get_ref(), value, into) {
                        let known: Vec<&str> = T::KEYS.iter().map(|key| key.name).collect();
                        let (zh, en) = (format!("键（在 [{name}] 中）"), format!("key in [{name}] called"));
                        self.unknown(key.span(), &path, (&zh, &en), key.get_ref(), &known);
                    }
                }
            }
        }
    }

    /// Reads one key; whether there is such a key.
    fn key<T: Table>(&mut self, path: &str, key: &str, value: &Spanned<DeValue<'_>>, into: &mut T) -> bool {
        match into.set(key, value.get_ref()) {
            None => return false,
            Some(Ok(())) => {
                self.places.insert(path.to_owned(), value.span());
            }
            Some(Err(wrong)) => self.wrong(value.span(), path, wrong),
        }
        true
    }
}

impl Written {
    /// Reads a whole file.
    pub(super) fn read(file: &DeTable<'_>) -> (Written, Reader) {
        let mut written = Written::default();
        let mut reader = Reader {
            places: BTreeMap::new(),
            faults: Vec::new(),
        };
        for (key, value) in file {
            let name: &str = key.get_ref();
            if reader.key(name, name, value, &mut written.head)
                || written.read_table(name, value, &mut reader)
            {
                continue;
            }
            let tables = Written::SECTIONS.iter().map(|section| section.name);
            let heads = WrittenHead::KEYS.iter().map(|key| key.name);
            let known: Vec<&str> = heads.chain(tables).collect();
            reader.unknown(key.span(), name, ("键或表", "key or table"), name, &known);
        }
        reader.faults.sort_by_key(|(at, _)| at.start);
        (written, reader)
    }

    fn read_elements(&mut self, value: &Spanned<DeValue<'_>>, reader: &mut Reader) {
        let table = match value::table(value.get_ref()) {
            Ok(table) => table,
            Err(wrong) => return reader.wrong(value.span(), ELEMENTS, wrong),
        };
        for (name, value) in table {
            let path = format!("{ELEMENTS}.{}", name.get_ref());
            match Role::from_name(name.get_ref()) {
                Some(role) => {
                    let mut element = WrittenElement::default();
                    reader.table(&path, value, &mut element);
                    self.elements.insert(role, element);
                }
                None => {
                    let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
                    reader.unknown(name.span(), &path, ("要素", "element"), name.get_ref(), &known);
                }
            }
        }
    }
}
