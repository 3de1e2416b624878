//! The user's own lexicons.

use std::path::PathBuf;
use std::sync::Arc;

use super::UsageError;
use crate::batch::plain_file;
use crate::diagnostic::Message;
use crate::lint::Lexicon;
use crate::source::decode;

/// Far beyond any lexicon; what is larger was named by mistake.
const LARGEST: u64 = 64 << 20;

/// Reads the lexicons in `paths`, in any encoding that texts may have.
pub(super) fn load(paths: &[PathBuf]) -> Result<Vec<Arc<Lexicon>>, UsageError> {
    paths
        .iter()
        .map(|path| {
            let shown = path.display();
            let bytes = plain_file(path, LARGEST).map_err(|error| {
                let why = error.message();
                UsageError::new(Message::new(
                    format!("无法读取词表 {shown}：{}", why.zh),
                    format!("cannot read the lexicon {shown}: {}", why.en),
                ))
            })?;
            let decoded = decode(&bytes, None).map_err(|_| {
                UsageError::new(Message::new(
                    format!("词表 {shown} 不是文本文件"),
                    format!("the lexicon {shown} is no text"),
                ))
            })?;
            Lexicon::parse(&decoded.text)
                .map(Arc::new)
                .map_err(|error| UsageError {
                    message: Message::new(
                        format!("{shown}:{}：{}", error.line, error.message.zh),
                        format!("{shown}:{}: {}", error.line, error.message.en),
                    ),
                    help: Some(Message::new(
                        "每行一条，用制表符分隔：错误写法、正确写法、级别（错、疑、提示）",
                        "one entry a line, parted by tabs: wrong, right, level (error, warning, info)",
                    )),
                })
        })
        .collect()
}
