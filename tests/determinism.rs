//! Same input, same bytes: again, in other threads, and whatever the encoding the text came in.

use std::thread;

use crate::produce::{Outputs, outputs};
use crate::samples;

#[test]
fn the_same_text_gives_the_same_bytes_again() {
    for sample in samples::all() {
        let first = outputs(&sample.bytes, "speech");
        assert!(first == outputs(&sample.bytes, "speech"), "{}", sample.name);
        assert!(
            first != outputs(&sample.bytes, "gb9704"),
            "{}: the style makes no difference",
            sample.name
        );
    }
}

#[test]
fn four_threads_give_the_bytes_of_one() {
    let samples = samples::all();
    let alone: Vec<Outputs> = samples.iter().map(|s| outputs(&s.bytes, "gb9704")).collect();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|turn| {
                let (samples, alone) = (&samples, &alone);
                scope.spawn(move || {
                    // Each thread begins elsewhere, so that different texts are written at the same time.
                    for i in 0..samples.len() {
                        let i = (i + turn * 2) % samples.len();
                        let same = outputs(&samples[i].bytes, "gb9704") == alone[i];
                        assert!(same, "{}", samples[i].name);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

#[test]
fn every_encoding_gives_the_same_bytes() {
    for sample in samples::all() {
        let text = hongtou::source::decode(&sample.bytes, None).unwrap().text;
        let plain = outputs(text.as_bytes(), "speech");
        let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        let (gb18030, _, unmappable) = encoding_rs::GB18030.encode(&text);
        assert!(!unmappable);
        let little: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        for (encoding, bytes) in [
            ("UTF-8 with a byte order mark", with_mark.as_slice()),
            ("GB18030", &gb18030),
            ("UTF-16LE", &little),
            ("UTF-16BE", &big),
        ] {
            assert!(outputs(bytes, "speech") == plain, "{} in {encoding}", sample.name);
        }
    }
}

#[test]
fn nothing_of_the_clock_is_in_the_files() {
    let made = outputs(&samples::all()[0].bytes, "speech");
    for date in made.docx().dates {
        assert_eq!(date, (1980, 1, 1, 0), "a time in the archive");
    }
    let core = made.docx().part("docProps/core.xml");
    for element in ["dcterms:created", "dcterms:modified"] {
        assert!(core.all(element).is_empty(), "{element} without a given time");
    }
    let pdf = made.pdf();
    for object in pdf.document.objects.values() {
        let Ok(dictionary) = object.as_dict() else {
            continue;
        };
        assert!(!dictionary.has(b"CreationDate") && !dictionary.has(b"ModDate"));
    }
}
