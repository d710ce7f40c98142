//! # Throughline
pub mod base;
pub mod source;
pub mod table;
