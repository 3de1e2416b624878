//! Classes of characters for line breaking.
