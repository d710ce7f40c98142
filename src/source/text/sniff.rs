//! Which character stands between the fields of a text file.

/// Candidates, those first that occur least inside numbers and prose.
const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];

/// How many records are looked at.
const LOOKED_AT: usize = 60;

/// The delimiter, and the byte at which the data begin (after a line `sep=;`, which Excel honours).
pub fn delimiter(text: &str) -> (u8, usize) {
    let first = text.lines().next().unwrap_or("");
    if let Some(&[mark]) = first.strip_prefix("sep=").map(str::as_bytes) {
        let start = memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |at| at + 1);
        return (mark, start);
    }
    let best = CANDIDATES.into_iter().rev().max_by_key(|candidate| score(text, *candidate));
    (best.filter(|best| score(text, *best).1 > 0).unwrap_or(b','), 0)
}

/// How well a delimiter fits: the first record has several fields and as many as the others, then how many records agree.
fn score(text: &str, candidate: u8) -> (bool, usize) {
    let widths = widths(text, candidate);
    let Some(&first) = widths.first() else { return (false, 0) };
    let usual = widths.iter().copied().max_by_key(|width| widths.iter().filter(|other| *other == width).count()).unwrap_or(1);
    let agreeing = widths.iter().filter(|width| **width == usual && usual > 1).count();
    (first > 1 && first == usual, agreeing)
}

fn widths(text: &str, delimiter: u8) -> Vec<usize> {
    let mut builder = csv::ReaderBuilder::new();
    let mut reader = builder.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.byte_records().take(LOOKED_AT).filter_map(Result::ok).map(|record| record.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_that_fits_every_line_wins() {
        for (text, mark) in [
            ("a;b\n1,5;2,5\n", b';'),
            ("a,b\n1;x,2\n", b','),
            ("Title\na;b;c\n1;2;3\n4;5;6\n", b';'),
            ("name\nSmith\n", b','),
            ("a\tb, c\n1\t2, 3\n", b'\t'),
            ("\"x;y\",b\n\"1;2\",3\n", b','),
        ] {
            assert_eq!(delimiter(text).0, mark, "{text:?}");
        }
    }
}
