//! Style profiles: how the elements of a document look, as data.
//!
//! A profile is read *as written* (`written`, everything optional, unknown keys refused), merged with the one it
//! extends (`extend`), and turned into the checked [`Profile`], which cannot be wrong (`check`). All numbers of the format
//! stand in `styles/*.toml`; none stand in code. Files are read by whoever asks for a profile, never here.

mod builtin;
mod check;
mod compose;
mod difference;
mod extend;
mod fault;
mod reference;
mod schema;
#[cfg(test)]
mod tests;
mod value;
mod written;
mod zones;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Message;
use crate::model::Role;
use crate::units::{Chars, Length, Lines};

pub use builtin::{builtin_names, builtin_source};
pub use compose::{SCHEMA_FILE, starter};
pub use extend::MergedProfile;
pub(crate) use fault::nearest;
pub use fault::{ProfileError, ProfileFault};
pub use reference::key_reference;
pub use schema::schema;
pub use zones::{Attendance, FieldsPlace, Head, ImprintZone, NumberPlace, Rule, SignatureZone};

pub(crate) use difference::write_difference;
pub(crate) use value::TypeSize;
pub(crate) use written::{Written, WrittenElement};

/// A checked profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The name `--style` takes, such as `speech`.
    pub name: String,
    /// What it is for, in Chinese.
    pub title: String,
    /// Paper and margins.
    pub page: Page,
    /// Lines and characters of a full page.
    pub grid: Grid,
    /// Font names as a word processor knows them.
    pub font_names: BTreeMap<FontRole, String>,
    /// The page number.
    pub page_number: PageNumber,
    /// How leads of level 0 (一是, 第一, 首先) look; those of level 1 to 4 look like the headings of that level.
    pub lead: CharacterStyle,
    /// Choices of line breaking and page breaking.
    pub typography: Typography,
    /// What tables look like beside the text in their cells.
    pub table: TableLook,
    /// 版头.
    pub head: Head,
    /// 版记.
    pub imprint: ImprintZone,
    /// Signature and date.
    pub signature: SignatureZone,
    /// 出席, 请假, 列席.
    pub attendance: Attendance,
    elements: Vec<ParagraphStyle>,
}

/// Paper and margins: the type area (版心) is what the margins leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Paper width.
    pub width: Length,
    /// Paper height.
    pub height: Length,
    /// Top margin 天头.
    pub top: Length,
    /// Bottom margin.
    pub bottom: Length,
    /// Left margin 订口.
    pub left: Length,
    /// Right margin 切口.
    pub right: Length,
    /// Left and right margin change places on even pages, so that both sides of a sheet are bound at the same edge.
    pub mirror_margins: bool,
}

impl Page {
    /// Width of the type area.
    pub fn text_width(&self) -> Length {
        self.width - self.left - self.right
    }

    /// The sheet as page `number`, from 1, has it: with mirrored margins, left and right change places on even pages.
    pub fn on(&self, number: usize) -> Page {
        if self.mirror_margins && number.is_multiple_of(2) {
            Page {
                left: self.right,
                right: self.left,
                ..*self
            }
        } else {
            *self
        }
    }

    /// Height of the type area as margins make it.
    pub fn text_height(&self) -> Length {
        self.height - self.top - self.bottom
    }

    /// The same sheet turned by a quarter, clockwise as one looks at it: for tables that are too wide to stand upright
    /// (横排表格, GB/T 9704 §8). The type area stays where it is on the paper; its left edge becomes the top.
    pub fn turned(&self) -> Page {
        Page {
            width: self.height,
            height: self.width,
            top: self.left,
            bottom: self.right,
            left: self.bottom,
            right: self.top,
            mirror_margins: self.mirror_margins,
        }
    }
}

/// The grid of body text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Lines on a full page.
    pub lines: u32,
    /// Characters in a full line.
    pub chars: u32,
    /// Distance from line to line.
    pub line_pitch: Length,
    /// Distance from character to character: text width / `chars`, rounded to the nearest EMU. 字 in indents.
    pub char_pitch: Length,
    /// What a word processor adds to each character to come to `chars` in a line; negative to move them closer.
    pub char_spacing: Length,
}

/// The categories of type that GB/T 9704 names, and the face of Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FontRole {
    /// 仿宋体.
    Fangsong,
    /// 楷体.
    Kaiti,
    /// 黑体.
    Heiti,
    /// 小标宋体.
    Xiaobiaosong,
    /// 宋体.
    Songti,
    /// Latin letters and digits.
    Latin,
}

impl FontRole {
    /// Every role.
    pub const ALL: [FontRole; 6] = [
        FontRole::Fangsong,
        FontRole::Kaiti,
        FontRole::Heiti,
        FontRole::Xiaobiaosong,
        FontRole::Songti,
        FontRole::Latin,
    ];

    /// The name in profiles and reports.
    pub const fn name(self) -> &'static str {
        match self {
            FontRole::Fangsong => "fangsong",
            FontRole::Kaiti => "kaiti",
            FontRole::Heiti => "heiti",
            FontRole::Xiaobiaosong => "xiaobiaosong",
            FontRole::Songti => "songti",
            FontRole::Latin => "latin",
        }
    }
}

/// The two inks of an official document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ink {
    /// Black.
    #[default]
    Black,
    /// Red: Y 80 % M 80 % in print, FF0000 in word processors (GB/T 9704 §6.2).
    Red,
}

impl Ink {
    /// The red of print, Y 80 % M 80 %, in sRGB: PDF/A allows one colour space for all pages.
    pub const RED_RGB: [u8; 3] = [255, 51, 51];
}

/// How a paragraph lies between the margins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Left, ragged.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
    /// Both edges, the last line left.
    Justify,
    /// Both edges, every line: characters stand apart as far as it takes.
    Distribute,
}

/// How characters look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterStyle {
    /// Category of type.
    pub font: FontRole,
    /// Type size.
    pub size: Length,
    /// Bold.
    pub bold: bool,
    /// Ink.
    pub ink: Ink,
}

/// How a paragraph looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParagraphStyle {
    /// Its characters.
    pub character: CharacterStyle,
    /// Distance from line to line, exact.
    pub line_pitch: Length,
    /// Alignment.
    pub align: Align,
    /// Indent of the first line beyond `indent_left`.
    pub first_line_indent: Chars,
    /// Indent of every line from the left edge of the type area.
    pub indent_left: Chars,
    /// Indent of every line from the right edge of the type area.
    pub indent_right: Chars,
    /// Blank lines before; dropped at the top of a page.
    pub space_before: Lines,
    /// Blank lines after; dropped at the bottom of a page.
    pub space_after: Lines,
    /// Stays on the page of the next paragraph's first line.
    pub keep_with_next: bool,
    /// Its lines stay on one page.
    pub keep_lines: bool,
    /// Begins a page.
    pub page_break_before: bool,
    /// Full-width characters stand on the grid's pitch rather than on their own width; so for text of the body's size.
    pub on_grid: bool,
    /// Level in the outline (navigation pane, bookmarks), from 1; titles have none in GB/T practice.
    pub outline_level: Option<u8>,
}

/// Where the page number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageNumberPlace {
    /// Right on odd pages, left on even pages (GB/T 9704 §7.5).
    Outside,
    /// Left on odd pages, right on even pages.
    Inside,
    /// In the middle: speeches.
    Center,
}

/// The page number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageNumber {
    /// Its characters.
    pub character: CharacterStyle,
    /// What stands before the number, such as `— `.
    pub before: String,
    /// What stands after the number, such as ` —`.
    pub after: String,
    /// Side of the page.
    pub place: PageNumberPlace,
    /// Distance from the edge of the type area, unless it stands in the middle.
    pub inset: Chars,
    /// Height of the middle of its dashes, from the top of the paper.
    pub dash_center: Length,
}

/// Choices of line and page breaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typography {
    /// The most characters in a line of the title (GB/T 9704: 2号 leaves room for 20).
    pub title_max_chars: u32,
    /// No page begins with the last line of a paragraph (孤行). A word processor also keeps its first line from the end
    /// of a page, which it cannot leave out.
    pub widow_control: bool,
    /// Digits and Latin letters are drawn in the Chinese face of the text around them rather than in the Latin one.
    pub chinese_digits: bool,
    /// No page ends inside the lead of a run-in.
    pub keep_leads: bool,
    /// How many characters a sentence that goes over a page end has at least on either page; 0 for any number.
    pub sentence_min_chars: u32,
    /// Level strict of W3C clreq: no line begins with —— or …….
    pub strict_line_start: bool,
    /// The gap between a Chinese character and a Western letter or digit: none on the grid of an official document.
    pub han_latin_gap: Chars,
}

/// What tables look like beside the text in their cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableLook {
    /// Thickness of the rules.
    pub rule: Length,
    /// Blank to the left and right of a cell's text.
    pub cell_margin: Length,
    /// Category of type in the head row.
    pub head_font: FontRole,
    /// How text lies in the cells of the head row.
    pub head_align: Align,
    /// The most that a column counts for, its margins included, when it is decided whether a table stands upright:
    /// longer texts are broken into lines.
    pub wide_column: Length,
}

impl Profile {
    /// The style of an element.
    pub fn element(&self, role: Role) -> &ParagraphStyle {
        &self.elements[role as usize]
    }

    /// The style of paragraphs in the head row of a table: that of other rows, but for what [`TableLook`] says.
    pub fn table_head(&self) -> ParagraphStyle {
        let cell = self.element(Role::Table);
        ParagraphStyle {
            character: CharacterStyle {
                font: self.table.head_font,
                ..cell.character
            },
            align: self.table.head_align,
            keep_with_next: true,
            ..*cell
        }
    }

    /// The look of the names of signatories (签发人姓名): that of 签发人, in a type of their own.
    pub fn signatory_name(&self) -> CharacterStyle {
        CharacterStyle {
            font: self.head.signatory_font,
            ..self.element(Role::Signatory).character
        }
    }

    /// The name a word processor knows a category of type by.
    pub fn font_name(&self, font: FontRole) -> &str {
        &self.font_names[&font]
    }

    /// The look of a run-in's lead.
    pub fn lead_style(&self, level: crate::model::RunInLevel) -> CharacterStyle {
        match Role::heading(level) {
            Some(heading) => self.element(heading).character,
            None => self.lead,
        }
    }

    /// Reads a profile from its text. `extends` reaches built-in profiles only.
    ///
    /// # Errors
    /// When it is no TOML, has unknown keys or impossible values, or extends what isn't there.
    pub fn from_toml(text: &str) -> Result<Profile, ProfileError> {
        MergedProfile::text(text)?.check()
    }

    /// Reads a profile file through `read`, and the files it extends, which are relative to the one that names them. A
    /// profile without a name of its own has that of its file.
    ///
    /// # Errors
    /// Like [`Profile::from_toml`]; when `read` says that a file cannot be read, or files extend each other in a circle.
    pub fn from_file(
        path: &Path,
        read: &dyn Fn(&Path) -> Result<Vec<u8>, Message>,
    ) -> Result<Profile, ProfileError> {
        MergedProfile::file(path, read)?.check()
    }

    /// The built-in profile called `name`.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn builtin(name: &str) -> Result<Profile, ProfileError> {
        MergedProfile::builtin(name)?.check()
    }
}
