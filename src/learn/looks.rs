//! What each paragraph and each run of a DOCX file looks like: direct formatting, styles, defaults, theme, in that order.

use std::collections::BTreeMap;

use super::package::Package;
use super::xml::Element;

/// No chain of styles is longer; one that is goes round in a circle.
const LONGEST_CHAIN: usize = 20;

/// The document, paragraph by paragraph.
pub(super) struct Document<'a> {
    /// The package itself.
    pub(super) package: &'a Package,
    /// Paragraphs outside tables and text boxes, empty ones too.
    pub(super) paragraphs: Vec<Paragraph<'a>>,
    /// The page set-up that most of the text has.
    pub(super) section: Option<&'a Element>,
    styles: Styles<'a>,
}

/// A paragraph.
pub(super) struct Paragraph<'a> {
    /// Its text; a line feed for a line break.
    pub(super) text: String,
    /// Its runs.
    pub(super) runs: Vec<Run>,
    /// Its properties, the nearest first.
    properties: Vec<&'a Element>,
    /// Where in the field of the page's number its runs are.
    page_field: Option<FieldPart>,
}

/// A part of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FieldPart {
    /// What it is to show.
    Code,
    /// What it showed when the file was saved.
    Result,
}

/// A run.
pub(super) struct Run {
    /// Its length in bytes.
    pub(super) len: usize,
    /// Its look.
    pub(super) look: CharacterLook,
}

/// How characters look.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CharacterLook {
    /// Typeface of Chinese characters.
    pub(super) east_asia: Option<String>,
    /// Typeface of Latin letters and digits.
    pub(super) latin: Option<String>,
    /// Size in half points.
    pub(super) half_points: Option<i64>,
    /// Bold.
    pub(super) bold: bool,
    /// Red ink.
    pub(super) red: bool,
    /// Space added to each character, in twips.
    pub(super) spacing: i64,
}

/// An indent, as the nearest layer that has one gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Measure {
    /// Hundredths of a character or a line; 0 when not so given.
    pub(super) hundredths: i64,
    /// Twips.
    pub(super) twips: i64,
}

struct Styles<'a> {
    by_id: BTreeMap<&'a str, &'a Element>,
    default_paragraph: Option<&'a Element>,
    run_default: Option<&'a Element>,
    paragraph_default: Option<&'a Element>,
    theme: BTreeMap<&'static str, String>,
}

impl<'a> Document<'a> {
    /// Resolves the looks of a package.
    pub(super) fn new(package: &'a Package) -> Self {
        let mut document = Document {
            package,
            paragraphs: Vec::new(),
            section: None,
            styles: Styles::new(package),
        };
        // Each section's set-up with the number of paragraphs before its end.
        let mut sections: Vec<(&'a Element, usize)> = Vec::new();
        if let Some(body) = package.document.child("body") {
            document.blocks(body, &mut sections);
        }
        let mut start = 0;
        let mut most = 0;
        for (section, end) in sections {
            let length: usize = document.paragraphs[start..end].iter().map(|p| p.text.len()).sum();
            if document.section.is_none() || length > most {
                document.section = Some(section);
                most = length;
            }
            start = end;
        }
        document
    }

    fn blocks(&mut self, parent: &'a Element, sections: &mut Vec<(&'a Element, usize)>) {
        for child in &parent.children {
            match child.name.as_str() {
                "p" => {
                    let paragraph = self.paragraph(child);
                    // An empty paragraph with a border or in a frame is a rule, not a blank line.
                    let is_rule = paragraph.text.trim().is_empty()
                        && ["pBdr", "framePr"]
                            .iter()
                            .any(|name| paragraph.properties.iter().any(|own| own.child(name).is_some()));
                    if !is_rule {
                        self.paragraphs.push(paragraph);
                    }
                    if let Some(section) = child.child("pPr").and_then(|own| own.child("sectPr")) {
                        sections.push((section, self.paragraphs.len()));
                    }
                }
                "sectPr" => sections.push((child, self.paragraphs.len())),
                // Tables have looks of their own.
                "tbl" => {}
                _ => self.blocks(child, sections),
            }
        }
    }

    /// A paragraph of the body or of a footer.
    pub(super) fn paragraph(&self, element: &'a Element) -> Paragraph<'a> {
        let own = element.child("pPr");
        let style = own.and_then(|own| own.value("pStyle"));
        let chain = self.styles.chain(style);
        let mut properties: Vec<&Element> = own.into_iter().collect();
        properties.extend(chain.iter().filter_map(|style| style.child("pPr")));
        properties.extend(self.styles.paragraph_default);
        let mut paragraph = Paragraph {
            text: String::new(),
            runs: Vec::new(),
            properties,
            page_field: None,
        };
        self.runs(element, &chain, &mut paragraph);
        paragraph
    }

    fn runs(&self, parent: &'a Element, chain: &[&'a Element], paragraph: &mut Paragraph<'a>) {
        for child in &parent.children {
            match child.name.as_str() {
                "r" => {
                    let start = paragraph.text.len();
                    for part in &child.children {
                        match part.name.as_str() {
                            "t" if paragraph.page_field != Some(FieldPart::Result) => {
                                paragraph.text.push_str(&part.text);
                            }
                            "br" | "cr" => paragraph.text.push('\n'),
                            "tab" => paragraph.text.push('\t'),
                            "instrText" if part.text.split_whitespace().next() == Some("PAGE") => {
                                paragraph.text.push(PAGE);
                                paragraph.page_field = Some(FieldPart::Code);
                            }
                            "fldChar" => {
                                paragraph.page_field = match part.get("fldCharType") {
                                    Some("separate") => paragraph.page_field.map(|_| FieldPart::Result),
                                    _ => None,
                                };
                            }
                            _ => {}
                        }
                    }
                    let len = paragraph.text.len() - start;
                    if len > 0 {
                        let look = self.styles.character(child.child("rPr"), chain);
                        paragraph.runs.push(Run { len, look });
                    }
                }
                "fldSimple"
                    if child
                        .get("instr")
                        .is_some_and(|code| code.split_whitespace().next() == Some("PAGE")) =>
                {
                    let run = child.child("r").and_then(|run| run.child("rPr"));
                    let look = self.styles.character(run, chain);
                    paragraph.text.push(PAGE);
                    paragraph.runs.push(Run {
                        len: PAGE.len_utf8(),
                        look,
                    });
                }
                "pPr" => {}
                _ => self.runs(child, chain, paragraph),
            }
        }
    }
}

/// Stands for the field of the page's number; a private character that no document needs.
pub(super) const PAGE: char = '\u{f8fe}';

impl Paragraph<'_> {
    /// The value of the nearest property `name`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.nearest(name)?.get("val")
    }

    /// The nearest property `name`.
    pub(super) fn nearest(&self, name: &str) -> Option<&Element> {
        self.properties.iter().find_map(|layer| layer.child(name))
    }

    /// Whether a switch is on; `None` when no layer says.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        self.nearest(name).map(is_on)
    }

    /// The indent or space called `name`, in the form the nearest layer gives it.
    pub(super) fn measure(&self, property: &str, name: &str, in_hundredths: &str) -> Option<Measure> {
        self.properties.iter().find_map(|layer| {
            let element = layer.child(property)?;
            // Strict files and newer Word call left and right start and end.
            let other = match name {
                "left" => "start",
                "right" => "end",
                same => same,
            };
            let twips = element.number(name).or_else(|| element.number(other));
            let hundredths = element.number(in_hundredths);
            (twips.is_some() || hundredths.is_some()).then(|| Measure {
                hundredths: hundredths.unwrap_or(0),
                twips: twips.unwrap_or(0),
            })
        })
    }

    /// Distance from line to line as written, and its rule.
    pub(super) fn line(&self) -> Option<(i64, &str)> {
        self.properties.iter().find_map(|layer| {
            let spacing = layer.child("spacing")?;
            Some((spacing.number("line")?, spacing.get("lineRule").unwrap_or("auto")))
        })
    }
}

fn is_on(switch: &Element) -> bool {
    !matches!(switch.get("val"), Some("0" | "false" | "off"))
}

impl<'a> Styles<'a> {
    fn new(package: &'a Package) -> Self {
        let styles = &package.styles;
        let all = || styles.children.iter().filter(|style| style.name == "style");
        let defaults = |name: &str, inner: &str| styles.child("docDefaults")?.child(name)?.child(inner);
        Styles {
            by_id: all()
                .filter_map(|style| Some((style.get("styleId")?, style)))
                .collect(),
            default_paragraph: all().find(|style| {
                style.get("type") == Some("paragraph")
                    && matches!(style.get("default"), Some("1" | "true" | "on"))
            }),
            run_default: defaults("rPrDefault", "rPr"),
            paragraph_default: defaults("pPrDefault", "pPr"),
            theme: theme(&package.theme),
        }
    }

    /// The paragraph style `id`, or the default one, and those it is based on, the nearest first.
    fn chain(&self, id: Option<&str>) -> Vec<&'a Element> {
        let mut chain = Vec::new();
        let mut next = id
            .and_then(|id| self.by_id.get(id).copied())
            .or(self.default_paragraph);
        while let Some(style) = next.filter(|_| chain.len() < LONGEST_CHAIN) {
            chain.push(style);
            next = style
                .value("basedOn")
                .and_then(|base| self.by_id.get(base).copied());
        }
        chain
    }

    /// The look of a run with the properties `own` in a paragraph of the styles `chain`.
    fn character(&self, own: Option<&'a Element>, chain: &[&'a Element]) -> CharacterLook {
        let style = own.and_then(|own| own.value("rStyle"));
        let character_chain = match style.and_then(|id| self.by_id.get(id)) {
            Some(_) => self.chain(style),
            None => Vec::new(),
        };
        let run_properties = |styles: &[&'a Element]| -> Vec<&'a Element> {
            styles.iter().filter_map(|style| style.child("rPr")).collect()
        };
        let (of_character, of_paragraph) = (run_properties(&character_chain), run_properties(chain));
        let layers: Vec<&Element> = own
            .into_iter()
            .chain(of_character.iter().copied())
            .chain(of_paragraph.iter().copied())
            .chain(self.run_default)
            .collect();
        let value = |name: &str| layers.iter().find_map(|layer| layer.value(name));
        let number = |name: &str| layers.iter().find_map(|layer| layer.child(name)?.number("val"));
        CharacterLook {
            east_asia: self.typeface(&layers, "eastAsiaTheme", "eastAsia"),
            latin: self.typeface(&layers, "asciiTheme", "ascii"),
            half_points: number("sz").filter(|size| (1..=3276).contains(size)),
            bold: match own.and_then(|own| own.child("b")) {
                Some(direct) => is_on(direct),
                // A toggle: styles that both say bold undo each other (ECMA-376 part 1, 17.7.3).
                None => {
                    let says = |layers: &[&Element]| {
                        layers
                            .iter()
                            .find_map(|layer| layer.child("b"))
                            .is_some_and(is_on)
                    };
                    says(&of_character) != says(&of_paragraph)
                        || self
                            .run_default
                            .and_then(|default| default.child("b"))
                            .is_some_and(is_on)
                }
            },
            red: value("color").is_some_and(is_red),
            spacing: number("spacing").unwrap_or(0),
        }
    }

    fn typeface(&self, layers: &[&Element], of_theme: &str, named: &str) -> Option<String> {
        layers.iter().find_map(|layer| {
            let fonts = layer.child("rFonts")?;
            // Within one layer the theme wins.
            if let Some(name) = fonts.get(of_theme).and_then(|theme| self.theme.get(theme)) {
                return Some(name.clone());
            }
            fonts.get(named).map(str::to_owned)
        })
    }
}

/// The typefaces of a theme, by the names that runs call them.
fn theme(theme: &Element) -> BTreeMap<&'static str, String> {
    let mut names = BTreeMap::new();
    let scheme = theme
        .child("themeElements")
        .and_then(|elements| elements.child("fontScheme"));
    for (font, east_asia, latin) in [
        (
            "majorFont",
            ["majorEastAsia"].as_slice(),
            ["majorAscii", "majorHAnsi"],
        ),
        ("minorFont", &["minorEastAsia"], ["minorAscii", "minorHAnsi"]),
    ] {
        let Some(font) = scheme.and_then(|scheme| scheme.child(font)) else {
            continue;
        };
        let typeface = |name: &str| font.child(name)?.get("typeface").filter(|name| !name.is_empty());
        let hans = font
            .children
            .iter()
            .find(|child| child.name == "font" && child.get("script") == Some("Hans"));
        if let Some(name) = typeface("ea").or_else(|| hans?.get("typeface")) {
            names.extend(east_asia.iter().map(|key| (*key, name.to_owned())));
        }
        if let Some(name) = typeface("latin") {
            names.extend(latin.iter().map(|key| (*key, name.to_owned())));
        }
    }
    names
}

fn is_red(color: &str) -> bool {
    let part = |at: usize| {
        color
            .get(at..at + 2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
    };
    matches!((part(0), part(2), part(4)), (Some(red), Some(green), Some(blue)) if red > 150 && green < 90 && blue < 90)
}

impl Document<'_> {
    /// The size of the default style, in half points: what a grid of characters counts from.
    pub(super) fn default_size(&self) -> Option<i64> {
        self.styles.character(None, &self.styles.chain(None)).half_points
    }
}
