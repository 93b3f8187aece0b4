//! One use case per file: where the rooms, the storage and the outside meet.

pub mod gather;
mod runs;
