//! Keeps a panic in the work on one input from ending the work on the others.
//!
//! A panic is a defect of this program. It becomes the failure of that input, with the place in the code and a request
//! to send the file; nothing else of it is printed.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use super::failure::Failure;
use crate::diagnostic::Message;

thread_local! {
    /// Whether this thread is at work on an input.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
    /// Where and why it panicked.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does work on one input.
///
/// # Errors
/// When it panics.
pub(crate) fn isolated<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let other = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if AT_WORK.get() {
                PANIC.set(Some(described(info)));
            } else {
                other(info);
            }
        }));
    });
    let outer = AT_WORK.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    AT_WORK.set(outer);
    result.map_err(|_| failure(&PANIC.take().unwrap_or_default()))
}

fn described(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let fixed = payload.downcast_ref::<&str>().copied();
    let what = fixed
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic");
    match info.location() {
        Some(place) => format!("{}:{}: {what}", place.file(), place.line()),
        None => what.to_owned(),
    }
}

fn failure(panic: &str) -> Failure {
    Failure {
        message: Message::new(
            format!("程序内部出错（{panic}）"),
            format!("internal error ({panic})"),
        ),
        place: None,
        help: Some(Message::new(
            "这是 hongtou 的缺陷：请把这个文件（或能重现问题的一段）和这条信息发给开发者",
            "this is a defect of hongtou: please send this file, or the part that shows it, and this message to the developers",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_that_says_where() {
        assert_eq!(isolated(|| 7), Ok(7));
        let failure = isolated(|| -> u8 { panic!("no page {}", 3) }).unwrap_err();
        let message = &failure.message.en;
        assert!(
            message.contains("isolation.rs") && message.contains("no page 3"),
            "{message}"
        );
        assert!(failure.help.is_some());
        assert_eq!(isolated(|| 8), Ok(8));
    }
}
