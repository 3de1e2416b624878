//! What a text *is*: elements of an official document or a speech, in order, each with its place in the source.
//!
//! Nothing here says how anything looks. The element names are those of GB/T 9704-2012, with one fixed English name each.

mod text;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Message;
use crate::source::Span;

pub use text::Text;

/// The element a paragraph is (要素).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 份号.
    CopyNumber,
    /// 密级和保密期限.
    Classification,
    /// 紧急程度.
    Urgency,
    /// 发文机关标志.
    IssuerMark,
    /// 发文字号.
    DocNumber,
    /// 签发人.
    Signatory,
    /// 标题.
    Title,
    /// 副标题 (——…).
    Subtitle,
    /// 讲话人: 职务 姓名 under the title.
    Byline,
    /// 题下日期: （2024年3月5日） under the title.
    DateLine,
    /// 称谓: the address to listeners.
    Salutation,
    /// 主送机关.
    Recipient,
    /// 一级标题, on a line of its own.
    #[serde(rename = "heading1")]
    Heading1,
    /// 二级标题, on a line of its own.
    #[serde(rename = "heading2")]
    Heading2,
    /// 三级标题, on a line of its own.
    #[serde(rename = "heading3")]
    Heading3,
    /// 四级标题, on a line of its own.
    #[serde(rename = "heading4")]
    Heading4,
    /// 段首领句: a heading or 一是 sentence followed by body in the same paragraph.
    RunIn,
    /// 正文.
    Body,
    /// 结束语 (谢谢大家！ 特此通知。).
    Closing,
    /// 附件说明.
    AttachmentNote,
    /// 发文机关署名, or the speaker's at the end.
    Signature,
    /// 成文日期.
    Date,
    /// 附注, remarks on the text itself.
    Note,
    /// 附件顺序号 (附件1).
    AttachmentLabel,
    /// 附件标题.
    AttachmentTitle,
    /// 抄送机关.
    Cc,
    /// 印发机关和印发日期.
    Imprint,
    /// 表格.
    Table,
    /// Anything else: web residue, 目录 …
    Other,
}

impl Role {
    /// Every role, in the order of a document.
    pub const ALL: [Role; 29] = [
        Role::CopyNumber,
        Role::Classification,
        Role::Urgency,
        Role::IssuerMark,
        Role::DocNumber,
        Role::Signatory,
        Role::Title,
        Role::Subtitle,
        Role::Byline,
        Role::DateLine,
        Role::Salutation,
        Role::Recipient,
        Role::Heading1,
        Role::Heading2,
        Role::Heading3,
        Role::Heading4,
        Role::RunIn,
        Role::Body,
        Role::Closing,
        Role::AttachmentNote,
        Role::Signature,
        Role::Date,
        Role::Note,
        Role::AttachmentLabel,
        Role::AttachmentTitle,
        Role::Cc,
        Role::Imprint,
        Role::Table,
        Role::Other,
    ];

    /// The name in JSON and in profiles, such as `heading1`.
    pub const fn name(self) -> &'static str {
        self.names().0
    }

    /// The Chinese term, such as 一级标题.
    pub const fn term(self) -> &'static str {
        self.names().1
    }

    /// The role called `name` in JSON and in profiles.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// 1 to 4 for the four heading levels.
    pub const fn heading_level(self) -> Option<u8> {
        match self {
            Role::Heading1 => Some(1),
            Role::Heading2 => Some(2),
            Role::Heading3 => Some(3),
            Role::Heading4 => Some(4),
            _ => None,
        }
    }

    /// The heading of `level` 1 to 4.
    pub const fn heading(level: u8) -> Option<Role> {
        match level {
            1 => Some(Role::Heading1),
            2 => Some(Role::Heading2),
            3 => Some(Role::Heading3),
            4 => Some(Role::Heading4),
            _ => None,
        }
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Role::CopyNumber => ("copy_number", "份号"),
            Role::Classification => ("classification", "密级和保密期限"),
            Role::Urgency => ("urgency", "紧急程度"),
            Role::IssuerMark => ("issuer_mark", "发文机关标志"),
            Role::DocNumber => ("doc_number", "发文字号"),
            Role::Signatory => ("signatory", "签发人"),
            Role::Title => ("title", "标题"),
            Role::Subtitle => ("subtitle", "副标题"),
            Role::Byline => ("byline", "讲话人"),
            Role::DateLine => ("date_line", "题下日期"),
            Role::Salutation => ("salutation", "称谓"),
            Role::Recipient => ("recipient", "主送机关"),
            Role::Heading1 => ("heading1", "一级标题"),
            Role::Heading2 => ("heading2", "二级标题"),
            Role::Heading3 => ("heading3", "三级标题"),
            Role::Heading4 => ("heading4", "四级标题"),
            Role::RunIn => ("run_in", "段首领句"),
            Role::Body => ("body", "正文"),
            Role::Closing => ("closing", "结束语"),
            Role::AttachmentNote => ("attachment_note", "附件说明"),
            Role::Signature => ("signature", "署名"),
            Role::Date => ("date", "成文日期"),
            Role::Note => ("note", "附注"),
            Role::AttachmentLabel => ("attachment_label", "附件顺序号"),
            Role::AttachmentTitle => ("attachment_title", "附件标题"),
            Role::Cc => ("cc", "抄送机关"),
            Role::Imprint => ("imprint", "印发机关和印发日期"),
            Role::Table => ("table", "表格"),
            Role::Other => ("other", "其他"),
        }
    }
}

/// The kind of text (文种), as far as its form depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 讲话稿.
    Speech,
    /// 通知, 通报, 公告 …
    Notice,
    /// 请示, 报告: sent upward.
    Request,
    /// 批复, 复函.
    Reply,
    /// 纪要.
    Minutes,
    /// 函.
    Letter,
    /// 命令（令）.
    Order,
    /// None of these for certain.
    #[default]
    Generic,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 8] = [
        Kind::Speech,
        Kind::Notice,
        Kind::Request,
        Kind::Reply,
        Kind::Minutes,
        Kind::Letter,
        Kind::Order,
        Kind::Generic,
    ];

    /// The name in JSON and on the command line.
    pub const fn name(self) -> &'static str {
        self.names().0
    }

    /// The Chinese term, such as 纪要.
    pub const fn term(self) -> &'static str {
        self.names().1
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Speech => ("speech", "讲话稿"),
            Kind::Notice => ("notice", "通知、公告"),
            Kind::Request => ("request", "请示、报告"),
            Kind::Reply => ("reply", "批复"),
            Kind::Minutes => ("minutes", "纪要"),
            Kind::Letter => ("letter", "函"),
            Kind::Order => ("order", "命令"),
            Kind::Generic => ("generic", "其他公文"),
        }
    }
}

/// The three ways to sign (GB/T 9704-2012 §7.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignatureCase {
    /// 加盖印章.
    Seal,
    /// 不加盖印章.
    None,
    /// 加盖签发人签名章.
    Stamp,
}

impl SignatureCase {
    /// Every case.
    pub const ALL: [SignatureCase; 3] = [SignatureCase::Seal, SignatureCase::None, SignatureCase::Stamp];

    /// The name in profiles and metadata.
    pub const fn name(self) -> &'static str {
        match self {
            SignatureCase::Seal => "seal",
            SignatureCase::None => "none",
            SignatureCase::Stamp => "stamp",
        }
    }
}

/// The number form of a run-in's lead.
///
/// 0 = 一是 / 第一 / 首先 / no number, 1 = 一、, 2 = （一）, 3 = 1., 4 = （1）.
pub type RunInLevel = u8;

/// The first sentence of a [`Role::RunIn`] paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Its number form.
    pub level: RunInLevel,
    /// Its length in bytes, from the beginning of the paragraph's text; its end mark belongs to it.
    pub len: usize,
}

/// One paragraph with its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Its lead, for run-ins and for them only.
    pub lead: Option<Lead>,
    /// Its text. A line feed inside is a line break of the author's own (titles over several lines, table rows).
    pub text: Text,
    /// Where it stands in the source, white space around it left out.
    pub span: Span,
    /// Why it has its role, for `hongtou parse`.
    pub evidence: Vec<Message>,
}

impl Block {
    /// A block without lead and evidence.
    pub fn new(role: Role, text: Text, span: Span) -> Self {
        Block {
            role,
            lead: None,
            text,
            span,
            evidence: Vec::new(),
        }
    }

    /// The text of its lead.
    pub fn lead_text(&self) -> Option<&str> {
        self.lead.map(|lead| &self.text.as_str()[..lead.len])
    }
}

/// A whole text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Document {
    /// The kind of text.
    pub kind: Kind,
    /// Its paragraphs, in source order.
    pub blocks: Vec<Block>,
    /// How it is signed, when that was said.
    pub signing: Option<SignatureCase>,
    /// Whether 发文机关标志 is an organ's name alone, as it was given, without 文件 or whatever a format adds to it.
    pub mark_is_name: bool,
}

impl Document {
    /// The title in one line, subtitle left out; `None` when there is no title.
    pub fn title(&self) -> Option<String> {
        let title = self.blocks.iter().find(|block| block.role == Role::Title)?;
        Some(title.text.as_str().replace('\n', ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_names_agree_with_serde_and_are_unique() {
        for role in Role::ALL {
            let json = serde_json::to_string(&role).unwrap();
            assert_eq!(json, format!("\"{}\"", role.name()));
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
    }
}
