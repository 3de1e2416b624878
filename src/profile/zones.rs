//! What stands at places of its own: 版头, 版记, the rules of the first page, signatures and attendance.
//!
//! All distances are the standard's (GB/T 9704-2012 §7.2, §7.3.5, §7.4, §10); the profile files say them.

use super::FontRole;
use crate::model::SignatureCase;
use crate::units::{Chars, Length, Lines};

/// 版头: what stands above the text on the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whether a text without 发文机关标志 is not whole.
    pub needs_mark: bool,
    /// The upper edge of 发文机关标志, from the top of the paper.
    pub mark_top: Length,
    /// The most room a mark may take from side to side; larger ones are set smaller.
    pub mark_width: Length,
    /// The most room a mark of several organs may take from top to bottom.
    pub mark_height: Length,
    /// What follows an organ's name in the mark, when the mark is made of the organ's name: 文件, 令.
    pub mark_ending: String,
    /// Where 份号, 密级和保密期限 and 紧急程度 stand.
    pub fields: FieldsPlace,
    /// Where 发文字号 stands.
    pub number: NumberPlace,
    /// Blank lines between mark and 发文字号.
    pub number_gap: Lines,
    /// Blank lines between 版头 and the text.
    pub text_gap: Lines,
    /// In letters: from the rule to 份号 and 发文字号.
    pub fields_gap: Length,
    /// In letters: from the last line of a full first page to the rule at its foot.
    pub foot_gap: Length,
    /// The face of the names of 签发人.
    pub signatory_font: FontRole,
    /// Whether the first page has a page number.
    pub page_number: bool,
    /// The rule between 版头 and text; its distance is that below 发文字号, or below the mark in letters.
    pub rule: Rule,
    /// The rule at the foot of the first page; its distance is that from the lower edge of the paper.
    pub foot_rule: Rule,
}

/// Where 份号, 密级和保密期限 and 紧急程度 stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldsPlace {
    /// On the first lines of the type area, whatever stands below (§7.2.1 to §7.2.3).
    Top,
    /// Below the rule of a letter (§10.1).
    BelowRule,
}

/// Where 发文字号 stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberPlace {
    /// Below the mark, in the middle, or left of 签发人 (§7.2.5).
    Center,
    /// Right, below the rule of a letter (§10.1).
    Right,
}

/// A rule of one line or, as 武文线 and 文武线, two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Distance from what the place of the rule is measured from.
    pub distance: Length,
    /// Length, in the middle of the paper or of the type area, whichever is wider.
    pub width: Length,
    /// Thickness of its lines from top to bottom; none when there is no rule.
    pub thickness: Vec<Length>,
    /// Blank between its lines.
    pub between: Length,
}

impl Rule {
    /// Its height from the upper edge of the first line to the lower edge of the last.
    pub fn height(&self) -> Length {
        let gaps = self.thickness.len().saturating_sub(1) as i64;
        self.thickness
            .iter()
            .fold(self.between * gaps, |height, line| height + *line)
    }
}

/// 版记: what stands at the foot of the last page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImprintZone {
    /// Its lower edge, from the top of the paper.
    pub bottom: Length,
    /// Thickness of its first and last rule; none when zero.
    pub outer_rule: Length,
    /// Thickness of the rules between; none when zero.
    pub inner_rule: Length,
    /// Whether it must stand on an even page.
    pub even_page: bool,
}

/// Where signature and date stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureZone {
    /// The case of texts that do not say.
    pub case: SignatureCase,
    /// With a seal: blank to the right of the date.
    pub seal_right: Chars,
    /// With a seal: blank lines above the signature, for the seal to stand on.
    pub seal_room: Lines,
    /// With seals: from the middle of one name to the middle of the next in the same row.
    pub seal_step: Chars,
    /// Without a seal: blank to the right of the longer one of signature and date.
    pub plain_right: Chars,
    /// Without a seal: from the first character of the signature to that of the date.
    pub plain_shift: Chars,
    /// With a stamp: blank to the right of stamp and date.
    pub stamp_right: Chars,
    /// With a stamp: blank lines above it.
    pub stamp_room: Lines,
    /// With a stamp: from the office to the stamp.
    pub stamp_gap: Chars,
    /// With a stamp: blank lines between it and the date.
    pub stamp_date_gap: Lines,
}

/// 出席, 请假, 列席 of minutes (§10.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// The face of the label.
    pub label_font: FontRole,
    /// Blank lines above the first of them.
    pub space_before: Lines,
}
