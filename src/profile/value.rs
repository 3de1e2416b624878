//! The values of a profile's keys: how each kind is read from TOML, written to it, and told to people and editors.
//!
//! Every type that a key can have says all three things in one place, so that the reader, the schema and the
//! documentation cannot drift apart.

use std::fmt::Write;

use toml::de::{DeTable, DeValue};

use super::fault::instead_of;
use super::{Align, FieldsPlace, FontRole, Ink, NumberPlace, PageNumberPlace};
use crate::diagnostic::Message;
use crate::model::SignatureCase;
use crate::units::{self, Chars, Length, Lines, TYPE_SIZES, UnitError};

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Count,
    /// `"16pt"`, `"37mm"`, `"三号"`.
    Length,
    /// `"2字"`.
    Chars,
    /// `"1行"`.
    Lines,
    /// One of these words.
    Choice(&'static [&'static str]),
}

impl ValueKind {
    /// What is expected, with an example.
    pub(super) fn expected(self) -> Message {
        match self {
            ValueKind::Text => Message::new("文字，如 \"仿宋_GB2312\"", "text in quotation marks"),
            ValueKind::Flag => Message::new(
                "true 或 false（不加引号）",
                "true or false, without quotation marks",
            ),
            ValueKind::Count => {
                Message::new("不加引号的非负整数，如 22", "a whole number from 0, such as 22")
            }
            ValueKind::Length => Message::new(
                "带单位、加引号的长度，如 \"16pt\"、\"37mm\"、\"三号\"",
                "a length with its unit in quotation marks, such as \"16pt\", \"37mm\" or \"三号\"",
            ),
            ValueKind::Chars => Message::new(
                "以字为单位、加引号的距离，如 \"2字\"",
                "a distance in characters in quotation marks, such as \"2字\"",
            ),
            ValueKind::Lines => Message::new(
                "以行为单位、加引号的距离，如 \"1行\"",
                "a distance in lines in quotation marks, such as \"1行\"",
            ),
            ValueKind::Choice(names) => {
                let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
                Message::new(
                    format!("以下之一：{}", quoted.join("、")),
                    format!("one of {}", quoted.join(", ")),
                )
            }
        }
    }
}

/// What is wrong with a value, and what to write instead.
pub(super) struct Wrong {
    pub(super) message: Message,
    pub(super) help: Message,
}

/// A type that a key can have.
pub(super) trait Value: Sized + PartialEq {
    /// What it must be.
    const KIND: ValueKind;

    /// Reads it; `None` when it is of another type.
    fn read(value: &DeValue<'_>) -> Option<Result<Self, Wrong>>;

    /// Writes it as TOML.
    fn write(&self) -> String;

    /// Whether a word processor, which rounds to twips, could tell it from `other`.
    fn is_like(&self, other: &Self) -> bool {
        self == other
    }
}

/// Reads a value of type `T`.
pub(super) fn read<T: Value>(value: &DeValue<'_>) -> Result<T, Wrong> {
    T::read(value).unwrap_or_else(|| {
        let (zh, en) = type_name(value);
        Err(Wrong {
            message: Message::new(format!("不能是{zh}"), format!("cannot be {en}")),
            help: wanted(T::KIND),
        })
    })
}

/// “write …”.
fn wanted(kind: ValueKind) -> Message {
    let expected = kind.expected();
    Message::new(format!("应写{}", expected.zh), format!("write {}", expected.en))
}

fn type_name(value: &DeValue<'_>) -> (&'static str, &'static str) {
    match value {
        DeValue::String(_) => ("文字", "text"),
        DeValue::Integer(_) => ("不带单位的整数", "a bare whole number"),
        DeValue::Float(_) => ("不带单位的小数", "a bare decimal number"),
        DeValue::Boolean(_) => ("true 或 false", "true or false"),
        DeValue::Datetime(_) => ("日期", "a date"),
        DeValue::Array(_) => ("数组", "an array"),
        DeValue::Table(_) => ("表", "a table"),
    }
}

/// Text as a TOML string: in quotation marks, with what TOML forbids escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

impl Value for String {
    const KIND: ValueKind = ValueKind::Text;

    fn read(value: &DeValue<'_>) -> Option<Result<Self, Wrong>> {
        Some(Ok(value.as_str()?.to_owned()))
    }

    fn write(&self) -> String {
        quoted(self)
    }
}

impl Value for bool {
    const KIND: ValueKind = ValueKind::Flag;

    fn read(value: &DeValue<'_>) -> Option<Result<Self, Wrong>> {
        value.as_bool().map(Ok)
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

macro_rules! count {
    ($type:ty) => {
        impl Value for $type {
            const KIND: ValueKind = ValueKind::Count;

            fn read(value: &DeValue<'_>) -> Option<Result<Self, Wrong>> {
                let integer = value.as_integer()?;
                let read = <$type>::from_str_radix(integer.as_str(), integer.radix());
                Some(read.map_err(|_| {
                    let number = integer.as_str();
                    Wrong {
                        message: Message::new(
                            format!("{number} 超出范围"),
                            format!("{number} is out of range"),
                        ),
                        help: wanted(ValueKind::Count),
                    }
                }))
            }

            fn write(&self) -> String {
                self.to_string()
            }
        }
    };
}
count!(u32);
count!(u8);

macro_rules! measure {
    ($type:ty, $kind:ident, $parse:path, $write:path, |$value:ident| $number:expr, $least:literal) => {
        impl Value for $type {
            const KIND: ValueKind = ValueKind::$kind;

            fn read(value: &DeValue<'_>) -> Option<Result<Self, Wrong>> {
                Some($parse(value.as_str()?).map_err(|error| unit_fault(&error, ValueKind::$kind)))
            }

            fn write(&self) -> String {
                quoted(&$write(*self))
            }

            fn is_like(&self, other: &Self) -> bool {
                let number = |$value: &Self| i64::from($number);
                number(self).abs_diff(number(other)) <= $least
            }
        }
    };
}
measure!(
    Length,
    Length,
    units::parse_length,
    units::length_as_written,
    |length| length.to_emu(),
    635
);
measure!(
    TypeSize,
    Length,
    parse_type_size,
    type_size_as_written,
    |size| size.0.to_emu(),
    635
);
measure!(
    Chars,
    Chars,
    units::parse_chars,
    units::chars_as_written,
    |chars| chars.0,
    3
);
measure!(
    Lines,
    Lines,
    units::parse_lines,
    units::lines_as_written,
    |lines| lines.0,
    3
);

/// A size of type: a length that is written by its Chinese name where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TypeSize(pub(crate) Length);

fn parse_type_size(text: &str) -> Result<TypeSize, UnitError> {
    units::parse_length(text).map(TypeSize)
}

fn type_size_as_written(size: TypeSize) -> String {
    units::type_size_as_written(size.0)
}

fn unit_fault(error: &UnitError, kind: ValueKind) -> Wrong {
    let message = match error {
        UnitError::Missing(text) => {
            Message::new(format!("“{text}”没有单位"), format!("“{text}” has no unit"))
        }
        UnitError::Unit(text) => Message::new(
            format!("“{text}”的单位不认识"),
            format!("“{text}” has no known unit"),
        ),
        UnitError::TypeSize(text) => Message::new(
            format!("没有“{text}”这个字号"),
            format!("there is no type size “{text}”"),
        ),
        UnitError::Number(text) => Message::new(
            format!("“{text}”的开头不是数"),
            format!("“{text}” does not begin with a number"),
        ),
        UnitError::Range(text) => Message::new(format!("“{text}”太大"), format!("“{text}” is too large")),
    };
    let help = match error {
        UnitError::TypeSize(text) => {
            let names: Vec<&str> = TYPE_SIZES.iter().map(|(name, _)| *name).collect();
            instead_of(text, &names)
        }
        _ => wanted(kind),
    };
    Wrong { message, help }
}

/// Declares an enumeration's words once, for reading, writing and the schema.
macro_rules! choice {
    ($type:ident { $($word:literal => $variant:ident),+ $(,)? }) => {
        impl Value for $type {
            const KIND: ValueKind = ValueKind::Choice(&[$($word),+]);

            fn read(value: &DeValue<'_>) -> Option<Result<Self, Wrong>> {
                Some(match value.as_str()? {
                    $($word => Ok($type::$variant),)+
                    other => Err(Wrong {
                        message: Message::new(
                            format!("不认识“{other}”"),
                            format!("there is no “{other}” here"),
                        ),
                        help: instead_of(other, &[$($word),+]),
                    }),
                })
            }

            fn write(&self) -> String {
                quoted(match self { $($type::$variant => $word),+ })
            }
        }
    };
}

choice!(FontRole {
    "fangsong" => Fangsong,
    "kaiti" => Kaiti,
    "heiti" => Heiti,
    "xiaobiaosong" => Xiaobiaosong,
    "songti" => Songti,
    "latin" => Latin,
});
choice!(Ink { "black" => Black, "red" => Red });
choice!(Align { "left" => Left, "center" => Center, "right" => Right, "justify" => Justify, "distribute" => Distribute });
choice!(FieldsPlace { "top" => Top, "below_rule" => BelowRule });
choice!(NumberPlace { "center" => Center, "right" => Right });
choice!(SignatureCase { "seal" => Seal, "none" => None, "stamp" => Stamp });
choice!(PageNumberPlace { "outside" => Outside, "inside" => Inside, "center" => Center });

/// The table a value is, when it is one.
pub(super) fn table<'a, 'i>(value: &'a DeValue<'i>) -> Result<&'a DeTable<'i>, Wrong> {
    value.as_table().ok_or_else(|| {
        let (zh, en) = type_name(value);
        Wrong {
            message: Message::new(
                format!("应是一节（表），不能是{zh}"),
                format!("must be a table, not {en}"),
            ),
            help: Message::new("写成单独一行的 [节名]", "write it as a line of its own: [table]"),
        }
    })
}
