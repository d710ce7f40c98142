//! How wide text is, so that columns fit what they hold. Widths are those of the Helvetica and Arial family, in
//! thousandths of the font size (Adobe Font Metrics for Helvetica).

/// Widths of the characters from space to tilde.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
    556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
    722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
    500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// A size and weight of the report's font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// Size in points.
    pub points: u32,
    /// Bold, which is about a fourteenth wider.
    pub bold: bool,
}

/// A sheet's title.
pub const TITLE: Face = Face { points: 18, bold: true };
/// Ordinary cells.
pub const BODY: Face = Face { points: 10, bold: false };
/// Header cells and totals.
pub const STRONG: Face = Face { points: 10, bold: true };
/// Small print on tiles.
pub const SMALL: Face = Face { points: 9, bold: false };
/// The figure on a tile.
pub const FIGURE: Face = Face { points: 18, bold: true };

/// Width of a line of text in pixels at 96 dots per inch.
#[must_use]
pub fn width(text: &str, face: Face) -> u32 {
    let thousandths: u64 = text.chars().map(char_width).sum();
    let weight = if face.bold { 107 } else { 100 };
    let pixels = thousandths * u64::from(face.points) * weight * 4 / (3 * 1000 * 100);
    u32::try_from(pixels).unwrap_or(u32::MAX).saturating_add(1)
}

fn char_width(letter: char) -> u64 {
    let code = u32::from(letter);
    let index = usize::try_from(code).unwrap_or(usize::MAX).wrapping_sub(32);
    WIDTHS.get(index).map_or(if code >= 0x1100 { 1000 } else { 600 }, |width| u64::from(*width))
}

/// How many lines a text takes in a cell this wide, breaking at spaces and, where a word is too long, inside it.
#[must_use]
pub fn lines(text: &str, face: Face, pixels: u32) -> u32 {
    let pixels = pixels.max(8);
    text.split('\n').map(|paragraph| lines_of(paragraph, face, pixels)).sum::<u32>().max(1)
}

fn lines_of(paragraph: &str, face: Face, pixels: u32) -> u32 {
    let space = width(" ", face);
    let (mut count, mut used) = (1u32, 0u32);
    for word in paragraph.split(' ') {
        let needed = width(word, face);
        if used > 0 && used + space + needed > pixels {
            count += 1;
            used = 0;
        }
        if needed > pixels {
            count += (needed - 1) / pixels;
            used = needed % pixels;
        } else {
            used += needed + if used > 0 { space } else { 0 };
        }
    }
    count
}

/// The width of the widest word.
#[must_use]
pub fn widest_word(text: &str, face: Face) -> u32 {
    text.split_whitespace().map(|word| width(word, face)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_of_arial_ten_is_seven_pixels() {
        // 0.556 em of 10 points at 96 dots an inch: 7.4 pixels; ten of them 74.
        assert_eq!(width("0000000000", BODY), 75);
    }

    #[test]
    fn long_text_wraps_at_spaces() {
        let line = width("forecast outturn", BODY);
        // Each word is rounded up, so that text never takes more lines than counted.
        assert_eq!(lines("forecast outturn", BODY, line + 2), 1);
        assert_eq!(lines("forecast outturn", BODY, line - 2), 2);
        assert_eq!(lines("a\nb\nc", BODY, 500), 3);
        assert_eq!(lines("mmmmmmmmmm", BODY, width("mmmm", BODY)), 3);
    }
}
