//! What the fuzz targets hold the library to: the promises of `tests/reliability/promises.rs`, with fonts from disk.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use hongtou::font::{FontBook, FontFile};
use hongtou::profile::FontRole;

#[path = "../../tests/reliability/promises.rs"]
pub mod promises;
#[allow(dead_code, reason = "the readers can do more than the promises ask")]
#[path = "../../tests/readers/docx.rs"]
mod docx;
#[allow(dead_code, reason = "the readers can do more than the promises ask")]
#[path = "../../tests/readers/pdf.rs"]
mod pdf;

/// The readers of the tests, where the promises look for them.
mod readers {
    pub(crate) use crate::{docx, pdf};
}

/// The bundled fonts, read once.
pub fn fonts() -> Arc<FontBook> {
    static FONTS: OnceLock<Arc<FontBook>> = OnceLock::new();
    let file = |role, path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fonts").join(path);
        let data = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (data, index, excluded) = (data.into(), 0, &[][..]);
        (
            role,
            FontFile {
                data,
                index,
                excluded,
            },
        )
    };
    let read = || {
        let files = vec![
            file(FontRole::Fangsong, "zhuque-fangsong/ZhuqueFangsong-Regular.ttf"),
            file(
                FontRole::Kaiti,
                "lxgw-wenkai-gb-lite/LXGWWenKaiGBLite-Regular.ttf",
            ),
            file(FontRole::Heiti, "noto-sans-sc/NotoSansSC-Regular.ttf"),
            file(FontRole::Xiaobiaosong, "noto-serif-sc/NotoSerifSC-SemiBold.ttf"),
            file(FontRole::Songti, "noto-serif-sc/NotoSerifSC-Regular.ttf"),
            file(FontRole::Latin, "liberation-serif/LiberationSerif-Regular.ttf"),
        ];
        Arc::new(FontBook::new(files).expect("the bundled fonts are usable"))
    };
    Arc::clone(FONTS.get_or_init(read))
}
