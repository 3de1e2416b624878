//! A profile as written: every key optional, unknown keys refused.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Align, FontRole, Ink, PageNumberPlace};
use crate::model::Role;
use crate::units::{Chars, Length, Lines};

/// Declares a struct of optional keys and how it takes what it lacks from the profile it extends.
macro_rules! written {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $(pub(super) $key: Option<$type>,)*
        }

        impl $name {
            /// Takes every key it lacks from `base`.
            pub(super) fn or(self, base: Self) -> Self {
                $name { $($key: self.$key.or(base.$key),)* }
            }
        }
    };
}

/// The whole file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) extends: Option<String>,
    #[serde(default)]
    pub(super) page: WrittenPage,
    #[serde(default)]
    pub(super) grid: WrittenGrid,
    #[serde(default)]
    pub(super) fonts: BTreeMap<FontRole, String>,
    #[serde(default)]
    pub(super) page_number: WrittenPageNumber,
    #[serde(default)]
    pub(super) lead: WrittenCharacter,
    #[serde(default)]
    pub(super) typography: WrittenTypography,
    #[serde(default)]
    pub(super) table: WrittenTable,
    #[serde(default)]
    pub(super) elements: BTreeMap<Role, WrittenElement>,
}

impl Written {
    /// Takes every key it lacks from `base`.
    pub(super) fn or(mut self, base: Written) -> Written {
        for (font, name) in base.fonts {
            self.fonts.entry(font).or_insert(name);
        }
        for (role, element) in base.elements {
            let own = self.elements.remove(&role).unwrap_or_default();
            self.elements.insert(role, own.or(element));
        }
        Written {
            name: self.name.or(base.name),
            title: self.title.or(base.title),
            extends: base.extends,
            page: self.page.or(base.page),
            grid: self.grid.or(base.grid),
            fonts: self.fonts,
            page_number: self.page_number.or(base.page_number),
            lead: self.lead.or(base.lead),
            typography: self.typography.or(base.typography),
            table: self.table.or(base.table),
            elements: self.elements,
        }
    }
}

written! {
    /// `[page]`
    WrittenPage { width: Length, height: Length, top: Length, bottom: Length, left: Length, right: Length }
}

written! {
    /// `[grid]`
    WrittenGrid { lines: u32, chars: u32, line_pitch: Length, char_spacing: Length }
}

written! {
    /// `[page_number]`
    WrittenPageNumber {
        font: FontRole,
        size: Length,
        form: String,
        place: PageNumberPlace,
        inset: Chars,
        dash_center: Length,
    }
}

written! {
    /// `[lead]`
    WrittenCharacter { font: FontRole, bold: bool }
}

written! {
    /// `[typography]`
    WrittenTypography { title_max_chars: u32, widow_control: bool }
}

written! {
    /// `[table]`
    WrittenTable {
        rule: Length,
        cell_margin: Length,
        head_font: FontRole,
        head_align: Align,
        wide_column: Length,
    }
}

written! {
    /// `[elements.ROLE]`
    WrittenElement {
        font: FontRole,
        size: Length,
        bold: bool,
        ink: Ink,
        line_pitch: Length,
        align: Align,
        first_line_indent: Chars,
        indent_left: Chars,
        indent_right: Chars,
        space_before: Lines,
        space_after: Lines,
        keep_with_next: bool,
        keep_lines: bool,
        page_break_before: bool,
        outline_level: u8,
    }
}
