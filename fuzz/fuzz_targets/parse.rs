#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hongtou_fuzz::promises::parse(data));
