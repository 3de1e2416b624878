//! All integration tests in one binary, because each binary carries 64 MB of fonts.
