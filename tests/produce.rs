//! Outputs to measure: one way from bytes to DOCX and PDF for all tests, with the bundled fonts and no corrections.

use std::sync::{Arc, OnceLock};

use hongtou::convert::{Format, ReadOptions};
use hongtou::font::FontBook;
use hongtou::normalize::FixLevel;
use hongtou::profile::Profile;
use hongtou::{Options, convert};

use crate::readers::docx::Docx;
use crate::readers::pdf::Pdf;
use crate::samples;

/// What one text becomes.
#[derive(Clone, PartialEq, Eq)]
pub struct Outputs {
    /// The DOCX file.
    pub docx: Vec<u8>,
    /// The PDF file.
    pub pdf: Vec<u8>,
}

impl Outputs {
    /// The DOCX file, read back.
    pub fn docx(&self) -> Docx {
        Docx::open(&self.docx)
    }

    /// The PDF file, read back.
    pub fn pdf(&self) -> Pdf {
        Pdf::open(&self.pdf)
    }
}

/// How tests convert: the built-in profile `style`, both formats, no corrections, no date.
pub fn options(style: &str) -> Options {
    static FONTS: OnceLock<Arc<FontBook>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| Arc::new(FontBook::bundled().unwrap()));
    Options {
        read: ReadOptions {
            fix: FixLevel::None,
            ..ReadOptions::default()
        },
        ..Options::new(
            Arc::new(Profile::builtin(style).unwrap()),
            Arc::clone(fonts),
            vec![Format::Docx, Format::Pdf],
        )
    }
}

/// Converts `bytes` by the built-in profile `style`.
pub fn outputs(bytes: &[u8], style: &str) -> Outputs {
    outputs_with(bytes, &options(style))
}

/// Converts `bytes` as `options` say.
pub fn outputs_with(bytes: &[u8], options: &Options) -> Outputs {
    let mut made = convert(bytes, options).unwrap().outputs.into_iter();
    match (made.next(), made.next()) {
        (Some((Format::Docx, docx)), Some((Format::Pdf, pdf))) => Outputs { docx, pdf },
        _ => panic!("the outputs come in another order than asked for"),
    }
}

/// The sample called `name`, converted by the built-in profile `style`.
pub fn sample(name: &str, style: &str) -> Outputs {
    let sample = samples::all().into_iter().find(|sample| sample.name == name);
    outputs(&sample.unwrap_or_else(|| panic!("no sample {name}")).bytes, style)
}

/// The official sample called `name`, converted as its front matter says.
pub fn official(name: &str) -> Outputs {
    let mut options = options("gb9704");
    options.style_from_text = true;
    outputs_with(samples::official_text(name).as_bytes(), &options)
}
