//! Paragraphs into lines.
