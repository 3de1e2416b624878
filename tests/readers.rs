//! Reads outputs back, knowing nothing of the code that wrote them: what a test measures, it measures here.

pub mod docx;
pub mod pdf;
pub mod png;
