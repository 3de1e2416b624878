//! One face, read once into flat tables.
pub struct Face;
