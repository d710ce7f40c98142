//! What a file is, by its first bytes and its container, whatever its name says.

use crate::base::finding::Finding;
use crate::base::origin::Origin;
use crate::source::codes;
use memchr::memmem;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// xlsx or xlsm.
    Workbook,
    /// xlsb.
    Binary,
    /// ods.
    OpenDocument,
    /// xls.
    Old,
    /// An encrypted workbook.
    Protected,
    /// HTML.
    WebPage,
    /// A Primavera P6 export in text (XER).
    Xer,
    /// A Primavera P6 export in XML.
    PrimaveraXml,
    /// A Microsoft Project plan saved as XML (MSPDI).
    ProjectXml,
    /// Something that may be delimited text.
    Text,
    /// No bytes.
    Empty,
    /// A zip container that holds no workbook, a document, a picture and so on.
    Other(&'static str),
}

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

impl Kind {
    /// Judges the bytes of a whole file.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            Self::Empty
        } else if bytes.starts_with(ZIP) || bytes.starts_with(b"PK\x05\x06") {
            of_container(bytes)
        } else if bytes.starts_with(COMPOUND) {
            of_compound(bytes)
        } else if bytes.starts_with(b"%PDF") {
            Self::Other("a PDF document")
        } else if is_old_stream(bytes) {
            Self::Old
        } else if is_web_page(bytes) {
            Self::WebPage
        } else if let Some(kind) = of_plan(bytes) {
            kind
        } else if bytes.trim_ascii_start().starts_with(b"<?xml") {
            of_xml(&bytes[..bytes.len().min(4_096)])
        } else {
            Self::Text
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Workbook => "an Excel workbook (.xlsx)",
            Self::Binary => "a binary Excel workbook (.xlsb)",
            Self::OpenDocument => "an OpenDocument spreadsheet (.ods)",
            Self::Old => "an Excel 97-2003 workbook (.xls)",
            Self::Protected => "an encrypted workbook",
            Self::WebPage => "HTML",
            Self::Xer => "a Primavera P6 export (XER)",
            Self::PrimaveraXml => "a Primavera P6 export (XML)",
            Self::ProjectXml => "a Microsoft Project plan (XML)",
            Self::Text => "delimited text",
            Self::Empty => "0 bytes",
            Self::Other(what) => what,
        }
    }

    /// The endings that names of this kind have; none where any will do.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Workbook => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Binary => &["xlsb"],
            Self::OpenDocument => &["ods"],
            Self::Old => &["xls", "xlt"],
            Self::Xer => &["xer"],
            Self::PrimaveraXml | Self::ProjectXml => &["xml"],
            Self::Text => &["csv", "txt", "tsv"],
            Self::Protected | Self::WebPage | Self::Empty | Self::Other(_) => &[],
        }
    }

    /// A finding where the name says another kind.
    pub fn misnamed(self, name: &str) -> Option<Finding> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if self.endings().is_empty() || self.endings().contains(&ending.as_str()) {
            return None;
        }
        let code = match self {
            Self::Old => codes::OLD_FORMAT_NEW_NAME,
            Self::Text => codes::TEXT_NAMED_WORKBOOK,
            _ => codes::NEW_FORMAT_OTHER_NAME,
        };
        let expected = format!("a name that ends in .{}", self.endings()[0]);
        Some(
            code.at(Origin::file(name))
                .found(format!(".{ending}"))
                .expected(expected)
                .hint("Rename the file, or save it in the format its name says."),
        )
    }

    /// The finding for a file that is not read.
    pub fn refusal(self, name: &str) -> Finding {
        let (code, hint) = match self {
            Self::Protected => (codes::PASSWORD, "Save the workbook without a password, or send the figures in another file."),
            Self::WebPage => (codes::WEB_PAGE, "Open the file in Excel and save it as .xlsx."),
            Self::Empty => (codes::EMPTY_FILE, "Copy the file again from where it came."),
            _ => (codes::NOT_A_WORKBOOK, "Send the workbook itself as .xlsx."),
        };
        code.at(Origin::file(name)).found(self.name()).hint(hint)
    }
}

/// True where the name promises a workbook.
pub fn is_workbook_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    [Kind::Workbook, Kind::Binary, Kind::OpenDocument, Kind::Old].iter().any(|kind| kind.endings().contains(&ending.as_str()))
}

/// Names of parts stand unpacked in a container's directory, so the kind can be told before the container is opened.
fn of_container(bytes: &[u8]) -> Kind {
    let directory = directory_of(bytes);
    let has = |name: &str| memmem::find(directory, name.as_bytes()).is_some();
    if memmem::find(&bytes[..bytes.len().min(256)], b"application/vnd.oasis.opendocument.spreadsheet").is_some() {
        Kind::OpenDocument
    } else if has("xl/workbook.bin") {
        Kind::Binary
    } else if has("word/document.xml") && !has("xl/workbook") {
        Kind::Other("a Word document")
    } else if has("ppt/presentation.xml") && !has("xl/workbook") {
        Kind::Other("a presentation")
    } else {
        Kind::Workbook
    }
}

/// The container's directory, so that names inside embedded files do not count; everything where it is not found.
fn directory_of(bytes: &[u8]) -> &[u8] {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let end = memmem::rfind(bytes, b"PK\x05\x06");
    let start = end.and_then(|end| number(end + 16)).and_then(|start| usize::try_from(start).ok());
    start.zip(end).and_then(|(start, end)| bytes.get(start..end)).unwrap_or(bytes)
}

/// Names in a compound file are UTF-16.
fn of_compound(bytes: &[u8]) -> Kind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Kind::Protected
    } else if has("Workbook") || has("Book") {
        Kind::Old
    } else if has("WordDocument") {
        Kind::Other("a Word document of an earlier version")
    } else {
        Kind::Other("a compound file without a workbook")
    }
}

/// Excel 2 to 4 wrote a bare stream that begins with its BOF record.
fn is_old_stream(bytes: &[u8]) -> bool {
    matches!(bytes, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08, 0x00, ..])
}

/// A planner's file, by the first characters of an XER, or by the root element of an XML file.
fn of_plan(bytes: &[u8]) -> Option<Kind> {
    const START: usize = 8_192;
    let start = &bytes[..bytes.len().min(START)];
    let text = match encoding_of_xml(start) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&start[mark..]).0,
        None => String::from_utf8_lossy(start),
    };
    let text = text.trim_start();
    if text.starts_with("ERMHDR") {
        return Some(Kind::Xer);
    }
    let root = root_of(text)?;
    let name = root.split_ascii_whitespace().next()?.rsplit(':').next()?;
    match name {
        "APIBusinessObjects" => Some(Kind::PrimaveraXml),
        "Project" if root.contains("schemas.microsoft.com/project") => Some(Kind::ProjectXml),
        _ => None,
    }
}

/// The encoding that a byte order mark, or the first bracket of an XML text in UTF-16 without one, gives away, and the bytes of
/// the mark.
pub fn encoding_of_xml(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, usize)> {
    encoding_rs::Encoding::for_bom(bytes).or(match bytes {
        [b'<', 0, ..] => Some((encoding_rs::UTF_16LE, 0)),
        [0, b'<', ..] => Some((encoding_rs::UTF_16BE, 0)),
        _ => None,
    })
}

/// The first tag of an XML text that is neither a declaration nor a comment, without its brackets.
fn root_of(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let (open, close) = if rest.starts_with("!--") { ("!--", "-->") } else { ("", ">") };
        let body = &rest[open.len()..];
        let end = body.find(close)?;
        if open.is_empty() && !rest.starts_with(['?', '!']) {
            return Some(&body[..end]);
        }
        rest = &body[end + close.len()..];
    }
}

fn of_xml(start: &[u8]) -> Kind {
    let has = |text: &str| memmem::find(start, text.as_bytes()).is_some();
    if has("urn:schemas-microsoft-com:office:spreadsheet") {
        Kind::Other("an XML spreadsheet of Excel 2003")
    } else {
        Kind::Other("an XML document")
    }
}

fn is_web_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<div"].iter().any(|tag| start.starts_with(tag))
        || (start.starts_with("<?xml") || start.starts_with("<!--")) && start.contains("<html")
        || start.starts_with("mime-version:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        for (bytes, kind) in [
            (&b""[..], Kind::Empty),
            (b"PK\x03\x04....xl/workbook.xml", Kind::Workbook),
            (b"PK\x03\x04....xl/workbook.bin", Kind::Binary),
            (b"%PDF-1.7", Kind::Other("a PDF document")),
            (b"\xEF\xBB\xBF <HTML><body>", Kind::WebPage),
            (b"a;b\n1;2", Kind::Text),
            (b"ERMHDR\t8.2\r\n", Kind::Xer),
            (b"<?xml version=\"1.0\"?><!-- a > b --><Project xmlns=\"http://schemas.microsoft.com/project\">", Kind::ProjectXml),
            (b"\xEF\xBB\xBF<x:APIBusinessObjects xmlns:x=\"y\">", Kind::PrimaveraXml),
            (b"<?xml version=\"1.0\"?><p xmlns=\"http://schemas.microsoft.com/project\">", Kind::Other("an XML document")),
            (
                b"<?xml?><w xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Kind::Other("an XML spreadsheet of Excel 2003"),
            ),
        ] {
            assert_eq!(Kind::of(bytes), kind);
        }
    }

    #[test]
    fn a_wrong_ending_is_named() {
        assert_eq!(Kind::Old.misnamed("a.XLS"), None);
        assert_eq!(Kind::Old.misnamed("a.xlsx").map(|finding| finding.code), Some(codes::OLD_FORMAT_NEW_NAME));
        assert_eq!(Kind::Workbook.misnamed("a.xls").map(|finding| finding.code), Some(codes::NEW_FORMAT_OTHER_NAME));
        assert_eq!(Kind::Text.misnamed("a.xls").map(|finding| finding.code), Some(codes::TEXT_NAMED_WORKBOOK));
    }
}
