//! Recurring exceptions.
