//! stub
use crate::base::day::Moment;
use crate::report::book::Book;
/// x
pub fn books(_m: Moment) -> Vec<Book> {
    Vec::new()
}
