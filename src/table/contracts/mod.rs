//! The data dictionary: one contract a table, declared once.
