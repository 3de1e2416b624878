//! The output intent: what the colours of the pages mean. An sRGB profile, made here.

use std::sync::OnceLock;

use lopdf::{Dictionary, Object, StringFormat, dictionary};

use super::objects::Objects;
use crate::font::deflate::zlib;

/// The sRGB transfer curve (IEC 61966-2-1) at 65 even steps, in 1/65535. Linear interpolation stays within 1/10 000.
const CURVE: [u16; 65] = [
    0, 79, 159, 240, 338, 456, 595, 756, 940, 1148, 1381, 1639, 1923, 2234, 2572, 2939, 3334, 3759, 4214,
    4699, 5215, 5763, 6344, 6957, 7603, 8283, 8997, 9746, 10530, 11350, 12206, 13098, 14027, 14994, 15998,
    17041, 18122, 19242, 20401, 21600, 22840, 24119, 25440, 26802, 28206, 29651, 31139, 32670, 34243, 35860,
    37521, 39226, 40975, 42768, 44607, 46491, 48420, 50396, 52417, 54486, 56601, 58763, 60972, 63230, 65535,
];

/// Primaries and white adapted to D50, in 1/65536: red, green and blue add up to the white point.
const WHITE: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
const RED: [i32; 3] = [0x6FA0, 0x38F5, 0x0390];
const GREEN: [i32; 3] = [0x6297, 0xB787, 0x18D9];
const BLUE: [i32; 3] = [0x249F, 0x0F84, 0xB6C4];

/// Adds the output intent and gives its dictionary.
pub(super) fn attach(objects: &mut Objects) -> Dictionary {
    static COMPRESSED: OnceLock<Vec<u8>> = OnceLock::new();
    let profile = COMPRESSED.get_or_init(|| zlib(&profile()));
    let profile = objects.add_precompressed(dictionary! { "N" => 3 }, profile.clone());
    let name = Object::String(b"sRGB IEC61966-2.1".to_vec(), StringFormat::Literal);
    dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => name.clone(),
        "Info" => name,
        "DestOutputProfile" => profile,
    }
}

/// An ICC profile of version 2 for displays: three primaries and one curve (ICC.1:2001-04, 6.3.1.2).
fn profile() -> Vec<u8> {
    let mut curve = b"curv\0\0\0\0".to_vec();
    curve.extend((CURVE.len() as u32).to_be_bytes());
    curve.extend(CURVE.iter().flat_map(|value| value.to_be_bytes()));
    let tags: [([u8; 4], Vec<u8>); 9] = [
        (*b"desc", description("sRGB")),
        (*b"cprt", b"text\0\0\0\0No copyright, use freely\0".to_vec()),
        (*b"wtpt", coordinates(WHITE)),
        (*b"rXYZ", coordinates(RED)),
        (*b"gXYZ", coordinates(GREEN)),
        (*b"bXYZ", coordinates(BLUE)),
        (*b"rTRC", curve),
        (*b"gTRC", Vec::new()),
        (*b"bTRC", Vec::new()),
    ];
    const HEADER: usize = 128;
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let mut place = (0, 0);
    for (name, tag) in &tags {
        // An empty one shares the data of the one before: the three curves are the same.
        if !tag.is_empty() {
            place = (HEADER + 4 + 12 * tags.len() + data.len(), tag.len());
            data.extend_from_slice(tag);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        table.extend(name);
        table.extend((place.0 as u32).to_be_bytes());
        table.extend((place.1 as u32).to_be_bytes());
    }

    let mut profile = vec![0; HEADER];
    let size = HEADER + table.len() + data.len();
    profile[0..4].copy_from_slice(&(size as u32).to_be_bytes());
    profile[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // A fixed date: the file may not depend on the clock.
    profile[24..36].copy_from_slice(&[0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    profile[36..40].copy_from_slice(b"acsp");
    for (at, value) in [68, 72, 76].into_iter().zip(WHITE) {
        profile[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
    profile.extend(table);
    profile.extend(data);
    profile
}

fn coordinates(xyz: [i32; 3]) -> Vec<u8> {
    let mut tag = b"XYZ \0\0\0\0".to_vec();
    tag.extend(xyz.iter().flat_map(|value| value.to_be_bytes()));
    tag
}

/// A description in ASCII, without its Unicode and Macintosh forms (ICC.1:2001-04, 6.5.17).
fn description(text: &str) -> Vec<u8> {
    let mut tag = b"desc\0\0\0\0".to_vec();
    tag.extend((text.len() as u32 + 1).to_be_bytes());
    tag.extend(text.as_bytes());
    tag.push(0);
    tag.extend([0; 4 + 4 + 2 + 1 + 67]);
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curve_is_that_of_srgb() {
        for (step, value) in CURVE.iter().enumerate() {
            let x = step as f64 / 64.0;
            let linear = if x <= 0.04045 {
                x / 12.92
            } else {
                ((x + 0.055) / 1.055).powf(2.4)
            };
            assert!((linear * 65535.0 - f64::from(*value)).abs() <= 0.51, "{step}");
        }
    }

    #[test]
    fn primaries_add_up_to_white() {
        for i in 0..3 {
            assert_eq!(RED[i] + GREEN[i] + BLUE[i], WHITE[i]);
        }
    }

    #[test]
    fn the_profile_is_as_long_as_it_says() {
        let profile = profile();
        assert_eq!(profile[0..4], (profile.len() as u32).to_be_bytes());
        assert_eq!(profile.len() % 4, 0);
        assert!(profile.len() < 600, "{}", profile.len());
    }
}
