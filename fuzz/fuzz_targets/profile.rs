#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hongtou_fuzz::promises::profile(data, &hongtou_fuzz::fonts()));
