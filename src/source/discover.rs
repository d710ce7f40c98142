//! Which files of a folder are read, and why the others are not.

use crate::base::disk::Tree;
use crate::source::raw::{FileFacts, FileStatus, SourceFile};

/// Sorts the files of an inputs folder into those to read and those to leave alone, with the reason. Both come sorted by
/// name.
#[must_use]
pub fn discover(tree: Tree) -> (Vec<SourceFile>, Vec<FileFacts>) {
    let skip = |name: String, bytes: u64, reason: String| FileFacts {
        name,
        bytes,
        sha256: String::new(),
        status: FileStatus::Skipped(reason),
    };
    let mut files = Vec::new();
    let mut skipped: Vec<FileFacts> = tree.skipped.into_iter().map(|entry| skip(entry.name, 0, entry.reason)).collect();
    for file in tree.files {
        match reason_to_skip(&file.name) {
            None => files.push(SourceFile { path: file.path, name: file.name }),
            Some(reason) => skipped.push(skip(file.name, file.bytes, reason)),
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    skipped.sort_by(|a, b| a.name.cmp(&b.name));
    (files, skipped)
}

const READ: [&str; 12] = ["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "xer", "xml"];
const TEMPORARY: [&str; 6] = ["tmp", "temp", "bak", "part", "crdownload", "swp"];

fn reason_to_skip(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if name.starts_with("~$") {
        Some("an owner file: somebody has the workbook open in Excel".to_string())
    } else if name.starts_with(".~lock.") {
        Some("a lock file: somebody has the workbook open in LibreOffice".to_string())
    } else if path.split('/').any(|step| step.starts_with('.')) {
        Some("a hidden file, or in a hidden folder".to_string())
    } else if TEMPORARY.contains(&ending.as_str()) || name.starts_with('~') || name.ends_with('~') {
        Some("a temporary file or a backup".to_string())
    } else if READ.contains(&ending.as_str()) {
        None
    } else if ending == "mpp" {
        Some("a Microsoft Project file; save it as XML (File > Save As > XML Format), which is read".to_string())
    } else if ending.is_empty() {
        Some("a file whose name has no ending; workbooks, csv files and planners' xer and xml files are read".to_string())
    } else {
        Some(format!("a .{ending} file; workbooks, csv files and planners' xer and xml files are read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::disk::{Skipped, TreeFile};

    #[test]
    fn every_file_is_read_or_skipped_with_a_reason() {
        let names = [
            "b.xlsx",
            "~$b.xlsx",
            ".hidden.xlsx",
            "x/.git/a.csv",
            "a.tmp",
            "notes.docx",
            "README",
            "sub/a.CSV",
            ".~lock.b.xlsx#",
            "c.xlsx~",
        ];
        let listing = names.map(|name| TreeFile { path: name.into(), name: name.to_string(), bytes: 7 });
        let link = Skipped { name: "z.xlsx".into(), reason: "a link".into() };
        let (files, skipped) = discover(Tree { files: listing.to_vec(), skipped: vec![link] });
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["b.xlsx", "sub/a.CSV"]);
        assert_eq!(skipped.len(), names.len() - 2 + 1);
        let reason = |name: &str| skipped.iter().find(|facts| facts.name == name).map(|facts| facts.status.clone());
        for (name, word) in [
            ("~$b.xlsx", "owner"),
            (".hidden.xlsx", "hidden"),
            ("a.tmp", "temporary"),
            ("notes.docx", ".docx"),
            ("README", "no ending"),
        ] {
            assert!(matches!(reason(name), Some(FileStatus::Skipped(text)) if text.contains(word)), "{name}");
        }
    }
}
