//! Pictures of pages, read back.

use std::io::Read;

/// A picture in grey.
#[derive(Clone)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// The pixels, row by row.
    pub grey: Vec<u8>,
}

impl Picture {
    /// Reads a picture as the program writes them: one chunk of data, rows without filter.
    pub fn read(file: &[u8]) -> Picture {
        let number =
            |at: usize| u32::from_be_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]) as usize;
        let width = number(16);
        let samples = if file[25] == 0 { 1 } else { 3 };
        let data = file.windows(4).position(|name| name == b"IDAT").unwrap();
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&file[data + 4..][..number(data - 4)])
            .read_to_end(&mut rows)
            .unwrap();
        let grey = rows.chunks(samples * width + 1).flat_map(|row| {
            let pixels = row[1..].chunks(samples);
            pixels.map(|pixel| {
                (pixel.iter().map(|value| u32::from(*value)).sum::<u32>() / samples as u32) as u8
            })
        });
        Picture {
            width,
            grey: grey.collect(),
        }
    }
}
