//! stub
use crate::table::contract::Contract;
/// x
pub fn describe(c: &Contract) -> String {
    c.name.to_string()
}
/// x
pub fn field_reference() -> String {
    String::new()
}
