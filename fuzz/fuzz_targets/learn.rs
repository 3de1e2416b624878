#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hongtou_fuzz::promises::learn(data, &hongtou_fuzz::fonts()));
