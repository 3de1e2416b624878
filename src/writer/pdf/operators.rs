//! A content stream in the making: operators and their operands as the bytes they are in the file.
//!
//! Written straight into one buffer: an object for every operator would take longer than the layout of the page. What the
//! operators mean is left to `content`. The one rule: numbers have at most four decimals and never an exponent.

use crate::units::{Length, div_round};

/// The operators of one page.
#[derive(Default)]
pub(super) struct Operators {
    bytes: Vec<u8>,
}

/// A property of a marked stretch.
pub(super) enum Property<'a> {
    /// A whole number.
    Integer(i64),
    /// A name.
    Name(&'static str),
    /// The bytes of a text string.
    Text(&'a [u8]),
}

impl Operators {
    /// The content stream.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// An operator without operands.
    pub(super) fn operator(&mut self, name: &str) {
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(b'\n');
    }

    /// An operand: a name.
    pub(super) fn name(&mut self, name: &str) -> &mut Self {
        self.bytes.push(b'/');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(b' ');
        self
    }

    /// An operand: a length in points, to three decimals, 0.35 µm.
    pub(super) fn length(&mut self, length: Length) -> &mut Self {
        // A thousandth of a point is 12.7 EMU.
        self.decimal(div_round(length.to_emu() * 10, 127), 3)
    }

    /// An operand: a whole number.
    pub(super) fn integer(&mut self, number: i64) -> &mut Self {
        self.decimal(number, 0)
    }

    /// An operand: `number` divided by ten to the power of `decimals`, at most four.
    pub(super) fn decimal(&mut self, number: i64, decimals: usize) -> &mut Self {
        push_decimal(&mut self.bytes, number, decimals);
        self.bytes.push(b' ');
        self
    }

    /// Begins a marked stretch.
    pub(super) fn begin_mark(&mut self, tag: &str, properties: &[(&str, Property<'_>)]) {
        self.name(tag);
        self.bytes.extend_from_slice(b"<<");
        for (key, property) in properties {
            self.name(key);
            // A slash or a bracket needs no space before it, a number does.
            match property {
                Property::Integer(number) => push_decimal(&mut self.bytes, *number, 0),
                Property::Name(name) => {
                    self.bytes.pop();
                    self.bytes.push(b'/');
                    self.bytes.extend_from_slice(name.as_bytes());
                }
                Property::Text(text) => {
                    self.bytes.pop();
                    push_string(&mut self.bytes, text);
                }
            }
        }
        self.bytes.extend_from_slice(b">>");
        self.operator("BDC");
    }
}

/// The operand of a `TJ` in the making: strings of codes, and corrections between them.
#[derive(Default)]
pub(super) struct Shown {
    array: Vec<u8>,
    codes: Vec<u8>,
}

impl Shown {
    /// Shows the glyph with this code.
    pub(super) fn push(&mut self, code: u16) {
        self.codes.extend_from_slice(&code.to_be_bytes());
    }

    /// Moves the pen left by so many tenths of a thousandth of the em.
    pub(super) fn correct(&mut self, tenths: i64) {
        self.end_string();
        // Numbers side by side need a space between them.
        if self.array.last().is_some_and(|last| *last != b')') {
            self.array.push(b' ');
        }
        push_decimal(&mut self.array, tenths, 1);
    }

    fn end_string(&mut self) {
        if !self.codes.is_empty() {
            push_string(&mut self.array, &self.codes);
            self.codes.clear();
        }
    }

    /// Writes the `TJ`, if there is anything to show, and begins anew.
    pub(super) fn show(&mut self, operators: &mut Operators) {
        self.end_string();
        if !self.array.is_empty() {
            operators.bytes.push(b'[');
            operators.bytes.append(&mut self.array);
            operators.bytes.push(b']');
            operators.operator("TJ");
        }
    }
}

/// A literal string (ISO 32000-1, 7.3.4.2).
fn push_string(bytes: &mut Vec<u8>, string: &[u8]) {
    bytes.push(b'(');
    for byte in string {
        match byte {
            b'(' | b')' | b'\\' => bytes.extend_from_slice(&[b'\\', *byte]),
            // Unescaped it would be read as a line feed.
            b'\r' => bytes.extend_from_slice(b"\\r"),
            _ => bytes.push(*byte),
        }
    }
    bytes.push(b')');
}

/// `number` divided by ten to the power of `decimals`, without zeros at its end.
fn push_decimal(bytes: &mut Vec<u8>, number: i64, decimals: usize) {
    if number < 0 {
        bytes.push(b'-');
    }
    let scale = 10u64.pow(decimals as u32);
    let (whole, mut part) = (number.unsigned_abs() / scale, number.unsigned_abs() % scale);
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = whole;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    bytes.extend_from_slice(&digits[at..]);
    if part > 0 {
        bytes.push(b'.');
        let mut scale = scale;
        while part > 0 {
            scale /= 10;
            bytes.push(b'0' + (part / scale) as u8);
            part %= scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Operators)) -> String {
        let mut operators = Operators::default();
        write(&mut operators);
        String::from_utf8(operators.into_bytes()).unwrap()
    }

    #[test]
    fn numbers_are_short() {
        for (number, decimals, expected) in [
            (0, 3, "0"),
            (1, 3, "0.001"),
            (-1500, 3, "-1.5"),
            (841_890, 3, "841.89"),
            (-5, 4, "-0.0005"),
            (70, 0, "70"),
            (i64::MIN, 0, "-9223372036854775808"),
        ] {
            let mut bytes = Vec::new();
            push_decimal(&mut bytes, number, decimals);
            assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        }
        for (length, expected) in [(Length::mm(210), "595.276 w\n"), (Length::mm(-1), "-2.835 w\n")] {
            assert_eq!(
                written(|operators| operators.length(length).operator("w")),
                expected
            );
        }
    }

    #[test]
    fn marks_carry_their_properties() {
        assert_eq!(
            written(|operators| {
                operators.begin_mark("H1", &[("MCID", Property::Integer(12))]);
                let kind = [
                    ("Type", Property::Name("Layout")),
                    ("ActualText", Property::Text(b"a)")),
                ];
                operators.begin_mark("Artifact", &kind);
            }),
            "/H1 <</MCID 12>>BDC\n/Artifact <</Type/Layout/ActualText(a\\))>>BDC\n"
        );
    }

    #[test]
    fn strings_and_corrections_alternate() {
        let shown = |codes: &[i64]| {
            written(|operators| {
                let mut shown = Shown::default();
                for code in codes {
                    match code {
                        0.. => shown.push(*code as u16),
                        _ => shown.correct(*code),
                    }
                }
                shown.show(operators);
            })
        };
        assert_eq!(shown(&[0x4142, 0x4344, -25, 0x4546]), "[(ABCD)-2.5(EF)]TJ\n");
        assert_eq!(shown(&[-10, -20, 0x285c, 0x0d29]), "[-1 -2(\\(\\\\\\r\\))]TJ\n");
        assert_eq!(shown(&[]), "");
    }

    #[test]
    fn another_reader_gets_every_code_back() {
        let codes: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_be_bytes).collect();
        let mut operators = Operators::default();
        let mut shown = Shown::default();
        (0..=u16::MAX).for_each(|code| shown.push(code));
        shown.show(&mut operators);
        let content = lopdf::content::Content::decode(&operators.into_bytes()).unwrap();
        let array = content.operations[0].operands[0].as_array().unwrap();
        assert!(array[0].as_str().unwrap() == codes);
    }
}
