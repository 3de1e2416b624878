//! The PNG file (ISO/IEC 15948): grey when the page has no colour.

use flate2::Crc;
use tiny_skia::Pixmap;

use crate::font::deflate::zlib;

/// The file of an opaque picture, with its resolution in pixels per inch.
pub(super) fn encode(picture: &Pixmap, resolution: u16) -> Vec<u8> {
    const GREY: u8 = 0;
    const RGB: u8 = 2;
    let grey = picture
        .pixels()
        .iter()
        .all(|pixel| pixel.red() == pixel.green() && pixel.green() == pixel.blue());
    let samples = if grey { 1 } else { 3 };
    let width = picture.width() as usize;
    let mut rows = Vec::with_capacity((samples * width + 1) * picture.height() as usize);
    for row in picture.pixels().chunks_exact(width) {
        // Every row says how it is filtered: not at all, which suits paper with type on it.
        rows.push(0);
        for pixel in row {
            rows.extend_from_slice(&[pixel.red(), pixel.green(), pixel.blue()][..samples]);
        }
    }

    let mut header = Vec::with_capacity(13);
    header.extend(picture.width().to_be_bytes());
    header.extend(picture.height().to_be_bytes());
    // Bits in a sample; colour; compression, filters and interlacing as usual.
    header.extend([8, if grey { GREY } else { RGB }, 0, 0, 0]);

    // Pixels in a metre; an inch is 25.4 mm.
    let per_metre = (u32::from(resolution) * 10_000 + 127) / 254;
    let mut density = [per_metre.to_be_bytes(), per_metre.to_be_bytes()].concat();
    density.push(1);

    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"pHYs", &density);
    chunk(&mut file, b"IDAT", &zlib(&rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    file.extend(name);
    file.extend(data);
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    file.extend(crc.sum().to_be_bytes());
}
