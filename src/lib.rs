//! # Throughline
pub mod base;
pub mod source;
