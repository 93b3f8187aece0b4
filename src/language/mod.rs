//! Words: what pages and briefings say, in every language, and how each language writes numbers, and how names are sorted.
//!
//! Messages are Fluent texts in `messages/{language}/`. Nothing here knows what a message is about, and nothing reads a file
//! or a setting: the language is passed in.

#[expect(clippy::module_inception, reason = "the room is named for what it is about")]
mod language;
mod messages;
mod order;

pub use language::Language;
pub use messages::Messages;
pub use order::by_name;
