//! Outputs: bytes of DOCX, PDF and PNG files.
//!
//! Each format stands behind one function, so that the library beneath can be changed in one folder. Writers decide
//! nothing about looks: DOCX takes them from the styled document, PDF and PNG from the paged one.

pub mod docx;
pub mod pdf;
pub mod png;
