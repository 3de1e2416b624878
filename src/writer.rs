//! Outputs: bytes of DOCX and PDF files.
//!
//! Each format stands behind one function, so that the library beneath can be changed in one folder. Writers decide
//! nothing about looks: DOCX takes them from the styled document, PDF from the paged one.

pub mod docx;
pub mod pdf;
