//! Books to bytes: workbooks, text, and tidy data files. Each format has one module, and only that module knows its
//! library.

pub mod text;
pub mod tidy;
pub mod xlsx;
