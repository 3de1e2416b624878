//! What is said about a document beside its text: keys, and what each may hold.
//!
//! The same keys serve front matter and the command line. A key has an English name, with hyphens or underscores, and
//! Chinese ones. A value is checked before it reaches the document: a [`Given`] cannot hold a date in a thirteenth month
//! or a number without its year. Precedence is the caller's: what is given later replaces what was given before.

use crate::diagnostic::Message;
use crate::model::{Kind, Role, SignatureCase};
use crate::profile::nearest;

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The kind of text.
    Kind,
    /// The profile.
    Style,
    /// Who wrote it, for the files' properties.
    Author,
    /// Rules of the proof-reader that do not count for it.
    Ignore,
    /// Seal, none or stamp.
    SignatureCase,
    /// 发文机关, of which the mark is made.
    Organization,
    /// 印发机关.
    ImprintOffice,
    /// 印发日期.
    ImprintDate,
    /// 出席.
    Present,
    /// 请假.
    Absent,
    /// 列席.
    Observers,
    /// An element in its own words.
    Element(Role),
}

/// Keys that are no element: English name, Chinese names.
const NAMED: [(Key, &str, &[&str]); 11] = [
    (Key::Kind, "kind", &["文种"]),
    (Key::Style, "style", &["样式", "格式"]),
    (Key::Author, "author", &["作者"]),
    (Key::Ignore, "ignore", &[]),
    (Key::SignatureCase, "signature-case", &["印章", "用印"]),
    (Key::Organization, "organization", &["发文机关", "机关"]),
    (Key::ImprintOffice, "imprint-office", &["印发机关"]),
    (Key::ImprintDate, "imprint-date", &["印发日期"]),
    (Key::Present, "present", &["出席"]),
    (Key::Absent, "absent", &["请假"]),
    (Key::Observers, "observers", &["列席"]),
];

/// Elements that can be given, with Chinese names beside their terms.
const ELEMENTS: [(Role, &[&str]); 18] = [
    (Role::CopyNumber, &[]),
    (Role::Classification, &["密级"]),
    (Role::Urgency, &[]),
    (Role::IssuerMark, &[]),
    (Role::DocNumber, &["文号"]),
    (Role::Signatory, &[]),
    (Role::Title, &[]),
    (Role::Subtitle, &[]),
    (Role::Byline, &[]),
    (Role::DateLine, &[]),
    (Role::Salutation, &[]),
    (Role::Recipient, &["主送"]),
    (Role::AttachmentNote, &[]),
    (Role::Signature, &["发文机关署名"]),
    (Role::Date, &["日期"]),
    (Role::Note, &[]),
    (Role::Cc, &["抄送"]),
    (Role::Imprint, &[]),
];

impl Key {
    /// Whether `name`, of Latin letters, is none of the keys but close to one. Short words and Chinese ones are close to
    /// too many.
    pub(super) fn is_mistyped(name: &str) -> bool {
        let names = Key::names();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        name.is_ascii() && name.len() >= 4 && near(name, &known).is_some()
    }

    /// The key called `name`.
    pub fn from_name(name: &str) -> Option<Key> {
        let name = name.trim();
        let english = name.to_lowercase().replace('_', "-");
        let named = NAMED
            .iter()
            .find(|(_, own, terms)| *own == english || terms.contains(&name))
            .map(|(key, ..)| *key);
        let element = || {
            let role = |role: Role| role.name().replace('_', "-") == english || role.term() == name;
            ELEMENTS
                .iter()
                .find(|(own, terms)| role(*own) || terms.contains(&name))
                .map(|(own, _)| Key::Element(*own))
        };
        named.or_else(element)
    }

    /// Its English name, such as `doc-number`.
    pub fn name(self) -> String {
        match self {
            Key::Element(role) => role.name().replace('_', "-"),
            named => NAMED
                .iter()
                .find(|(key, ..)| *key == named)
                .map_or_else(String::new, |(_, name, _)| (*name).to_owned()),
        }
    }

    /// Every key, by its English name.
    pub fn names() -> Vec<String> {
        let elements = ELEMENTS.iter().map(|(role, _)| Key::Element(*role).name());
        NAMED
            .iter()
            .map(|(_, name, _)| (*name).to_owned())
            .chain(elements)
            .collect()
    }

    /// Whether it may hold several values.
    const fn is_list(self) -> bool {
        matches!(
            self,
            Key::Organization
                | Key::Ignore
                | Key::Present
                | Key::Absent
                | Key::Observers
                | Key::Element(Role::Signatory | Role::Recipient | Role::Signature | Role::Cc)
        )
    }
}

/// A key with values that it may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The key.
    pub key: Key,
    /// The values; one but for keys that hold several.
    pub values: Vec<String>,
}

/// Why a key or its value is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataError {
    /// Whether the value is at fault rather than the key.
    pub in_value: bool,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
}

impl MetadataError {
    fn value(key: &str, value: &str, zh: &str, en: &str) -> Self {
        MetadataError {
            in_value: true,
            message: Message::new(format!("{key}：“{value}”{zh}"), format!("{key}: “{value}” {en}")),
            help: None,
        }
    }

    fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Message::new(zh.into(), en.into()));
        self
    }
}

impl Given {
    /// The keys and values of `--meta`, each key once.
    ///
    /// # Errors
    /// Like [`Given::from_argument`]; when a key is given twice.
    pub fn from_arguments(arguments: &[String]) -> Result<Vec<Given>, MetadataError> {
        let mut all: Vec<Given> = Vec::new();
        for argument in arguments {
            let said = |message: &Message| {
                Message::new(format!("--meta {}", message.zh), format!("--meta {}", message.en))
            };
            let given = Given::from_argument(argument).map_err(|error| MetadataError {
                message: said(&error.message),
                ..error
            })?;
            if all.iter().any(|other| other.key == given.key) {
                let key = given.key.name();
                return Err(MetadataError {
                    in_value: false,
                    message: Message::new(
                        format!("--meta 两次给出 {key}"),
                        format!("--meta gives {key} twice"),
                    ),
                    help: None,
                });
            }
            all.push(given);
        }
        Ok(all)
    }

    /// A key and its value as written on the command line: `doc-number=青政发〔2024〕5号`.
    ///
    /// # Errors
    /// When there is no `=`, no such key, or the key cannot hold the value.
    pub fn from_argument(argument: &str) -> Result<Given, MetadataError> {
        let Some((key, value)) = argument.split_once('=') else {
            return Err(MetadataError {
                in_value: false,
                message: Message::new(
                    format!("“{argument}”没有等号"),
                    format!("“{argument}” has no equals sign"),
                ),
                help: Some(Message::new(
                    "写成 键=值，如 doc-number=青政发〔2024〕5号",
                    "write KEY=VALUE, such as doc-number=青政发〔2024〕5号",
                )),
            });
        };
        Given::new(key, vec![value.trim().to_owned()])
    }

    /// A key with its values.
    ///
    /// # Errors
    /// When there is no such key, or the key cannot hold the values.
    pub fn new(name: &str, values: Vec<String>) -> Result<Given, MetadataError> {
        let name = name.trim();
        let key = Key::from_name(name).ok_or_else(|| unknown_key(name))?;
        if values.iter().all(|value| value.trim().is_empty()) {
            return Err(MetadataError {
                in_value: true,
                message: Message::new(format!("{name} 没有值"), format!("{name} has no value")),
                help: None,
            });
        }
        if values.len() > 1 && !key.is_list() {
            return Err(MetadataError::value(
                name,
                &values.join("、"),
                "是列表，此键只取一个值",
                "is a list; this key holds one value",
            ));
        }
        let values = if key.is_list() {
            values.iter().flat_map(|value| split(key, value)).collect()
        } else {
            values
        };
        let values = values
            .into_iter()
            .filter(|value| !value.trim().is_empty())
            .map(|value| checked(key, name, value.trim()))
            .collect::<Result<_, _>>()?;
        Ok(Given { key, values })
    }
}

/// What `name` may be meant for.
fn near<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    nearest(&name.to_lowercase().replace('_', "-"), known)
}

fn unknown_key(name: &str) -> MetadataError {
    let names = Key::names();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let (zh, en) = match near(name, &known) {
        Some(near) => (format!("是否要写 {near}？"), format!("did you mean “{near}”?")),
        None => (
            format!("可用的键：{}", known.join("、")),
            format!("known keys: {}", known.join(", ")),
        ),
    };
    MetadataError {
        in_value: false,
        message: Message::new(
            format!("没有名为“{name}”的键"),
            format!("there is no key “{name}”"),
        ),
        help: None,
    }
    .help(zh, en)
}

/// Several values written in one: organs and names are parted by 、; lists of 抄送 stay as they are.
fn split(key: Key, value: &str) -> Vec<String> {
    match key {
        Key::Organization | Key::Element(Role::Signature | Role::Signatory) => value
            .split(['、', '；', ';'])
            .map(|part| part.trim().to_owned())
            .collect(),
        _ => vec![value.to_owned()],
    }
}

/// The value as the document takes it.
fn checked(key: Key, name: &str, value: &str) -> Result<String, MetadataError> {
    let wrong = |zh: &str, en: &str| Err(MetadataError::value(name, value, zh, en));
    if value.chars().any(char::is_control) {
        return wrong("含有控制字符", "has control characters");
    }
    match key {
        Key::Kind => one_of(name, value, &Kind::ALL.map(Kind::name)),
        Key::SignatureCase => {
            let named = [
                ("加盖印章", SignatureCase::Seal),
                ("盖章", SignatureCase::Seal),
                ("不加盖印章", SignatureCase::None),
                ("无", SignatureCase::None),
                ("签名章", SignatureCase::Stamp),
            ];
            match named.iter().find(|(term, _)| *term == value) {
                Some((_, case)) => Ok(case.name().to_owned()),
                None => one_of(name, value, &SignatureCase::ALL.map(SignatureCase::name)),
            }
        }
        Key::Element(Role::CopyNumber) if !(value.len() == 6 && value.bytes().all(|b| b.is_ascii_digit())) => {
            wrong("不是 6 位数字", "is not six digits").map_err(|error| {
                error.help(
                    "份号用 6 位阿拉伯数字，如 000001",
                    "a copy number has six digits, such as 000001",
                )
            })
        }
        Key::Element(Role::Classification) if !super::shape::is_classification(value) => {
            wrong("不是密级", "is no level of secrecy").map_err(|error| {
                error.help(
                    "写成 绝密、机密 或 秘密，可加期限，如 机密★3年",
                    "write 绝密, 机密 or 秘密, with its period when there is one: 机密★3年",
                )
            })
        }
        Key::Element(Role::Urgency) if !super::shape::is_urgency(value) => {
            wrong("不是紧急程度", "is no degree of urgency")
                .map_err(|error| error.help("写成 特急 或 加急", "write 特急 or 加急"))
        }
        Key::Element(Role::DocNumber) if !is_number(value) => {
            wrong("不是发文字号", "is no document number").map_err(|error| {
                error.help(
                    "写成 机关代字〔年份〕序号号，如 青政发〔2024〕5号（六角括号，四位年份，不加“第”，不编虚位）；命令写 第5号",
                    "write the organ's sign, the year in 〔〕 and the number, such as 青政发〔2024〕5号, without 第 and \
                     leading zeros; an order's is 第5号",
                )
            })
        }
        Key::ImprintDate | Key::Element(Role::Date) => date(value).ok_or_else(|| {
            MetadataError::value(name, value, "不是日期", "is no date").help(
                "写成 2024年1月5日 或 2024-01-05，须是存在的日期",
                "write 2024年1月5日 or 2024-01-05, and a day that exists",
            )
        }),
        _ => Ok(value.to_owned()),
    }
}

fn one_of(name: &str, value: &str, known: &[&str]) -> Result<String, MetadataError> {
    if known.contains(&value) {
        return Ok(value.to_owned());
    }
    let list = known.join("、");
    let near = nearest(value, known);
    let error = MetadataError::value(name, value, "不在可取的值中", "is none of its values");
    Err(match near {
        Some(near) => error.help(
            format!("是否要写 {near}？可取：{list}"),
            format!("did you mean “{near}”? One of: {}", known.join(", ")),
        ),
        None => error.help(format!("可取：{list}"), format!("one of: {}", known.join(", "))),
    })
}

/// 青政发〔2024〕5号, 第5号.
fn is_number(value: &str) -> bool {
    let plain = |digits: &str| {
        !digits.is_empty()
            && digits.len() <= 6
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let Some(rest) = value.strip_suffix('号') else {
        return false;
    };
    if let Some(number) = rest.strip_prefix('第') {
        return plain(number);
    }
    let Some((sign, rest)) = rest.split_once('〔') else {
        return false;
    };
    let Some((year, number)) = rest.split_once('〕') else {
        return false;
    };
    let sign_is_whole = !sign.is_empty() && !sign.contains(|c: char| c.is_whitespace() || c.is_ascii_digit());
    sign_is_whole && year.len() == 4 && plain(year) && plain(number)
}

/// A day that exists, as 成文日期 is written: 2024年1月5日.
fn date(value: &str) -> Option<String> {
    let (year, month, day) = match value.split_once('年') {
        Some((year, rest)) => {
            let (month, rest) = rest.split_once('月')?;
            (year, month, rest.strip_suffix('日')?)
        }
        None => {
            let mut parts = value.split(['-', '.', '/']);
            let parts = (parts.next()?, parts.next()?, parts.next()?, parts.next());
            match parts {
                (year, month, day, None) => (year, month, day),
                _ => return None,
            }
        }
    };
    let number = |digits: &str, most: usize| -> Option<u32> {
        let whole = (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        whole.then(|| digits.parse().ok()).flatten()
    };
    if year.len() != 4 {
        return None;
    }
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days)
        .contains(&day)
        .then(|| format!("{year}年{month}月{day}日"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(argument: &str) -> Vec<String> {
        Given::from_argument(argument)
            .unwrap_or_else(|error| panic!("{argument}: {error:?}"))
            .values
    }

    #[track_caller]
    fn refused(argument: &str, in_value: bool, part: &str) {
        let error = Given::from_argument(argument).unwrap_err();
        assert_eq!(error.in_value, in_value, "{error:?}");
        let help = error.help.clone().unwrap_or_default();
        let said = format!(
            "{} {} {} {}",
            error.message.zh, error.message.en, help.zh, help.en
        );
        assert!(said.contains(part), "{said}");
    }

    #[test]
    fn every_key_has_its_names() {
        for name in Key::names() {
            let key = Key::from_name(&name).unwrap();
            assert_eq!(key.name(), name);
        }
        for (name, key) in [
            ("doc_number", Key::Element(Role::DocNumber)),
            ("发文字号", Key::Element(Role::DocNumber)),
            ("密级", Key::Element(Role::Classification)),
            ("Organization", Key::Organization),
            ("发文机关", Key::Organization),
            ("主送机关", Key::Element(Role::Recipient)),
            ("印发日期", Key::ImprintDate),
        ] {
            assert_eq!(Key::from_name(name), Some(key), "{name}");
        }
        assert_eq!(Key::from_name("heading1"), None);
    }

    #[test]
    fn values_come_out_as_documents_write_them() {
        assert_eq!(given("date=2024-01-05"), ["2024年1月5日"]);
        assert_eq!(given("date=2024年02月29日"), ["2024年2月29日"]);
        assert_eq!(
            given("organization=甲县财政局、甲县教育局"),
            ["甲县财政局", "甲县教育局"]
        );
        assert_eq!(given("doc-number=青政发〔2024〕5号"), ["青政发〔2024〕5号"]);
        assert_eq!(given("doc-number=第12号"), ["第12号"]);
        assert_eq!(given("classification=机密★3年"), ["机密★3年"]);
        assert_eq!(given("signature-case=签名章"), ["stamp"]);
    }

    #[test]
    fn faults_say_what_to_do() {
        refused("doc-number", false, "KEY=VALUE");
        refused("doc-nmuber=青政发〔2024〕5号", false, "did you mean “doc-number”");
        refused("colour=red", false, "there is no key");
        refused("date=2024年13月1日", true, "no date");
        refused("date=2023-02-29", true, "a day that exists");
        refused("date=5", true, "no date");
        refused("date=二〇二四年一月五日", true, "no date");
        refused("imprint-date=昨天", true, "no date");
        refused("doc-number=青政发[2024]5号", true, "〔〕");
        refused("doc-number=青政发〔2024〕05号", true, "leading zeros");
        refused("doc-number=青政发〔2024〕第5号", true, "leading zeros");
        refused("doc-number=青政发〔24〕5号", true, "no document number");
        refused("copy-number=12", true, "six digits");
        refused("classification=高度机密", true, "绝密");
        refused("urgency=马上", true, "特急");
        refused("signature-case=sael", true, "did you mean “seal”");
        refused("kind=notic", true, "did you mean “notice”");
        refused("title=", true, "has no value");
        refused("title=甲\u{7}乙", true, "control characters");
        let twice =
            Given::from_arguments(&["urgency=特急".to_owned(), "紧急程度=加急".to_owned()]).unwrap_err();
        assert!(twice.message.en.contains("twice"), "{twice:?}");
        let list = Given::new("date", vec!["2024年1月5日".into(), "2024年1月6日".into()]).unwrap_err();
        assert!(list.message.en.contains("one value"), "{list:?}");
    }
}
