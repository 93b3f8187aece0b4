//! The pages people read: templates, their words in every language, and the map drawn on the server.
//!
//! A page is `render(view, language)`: the structs in `view` hold plain numbers, the templates in `templates/` lay them
//! out, `messages` says them. Nothing here reads files, SQL or a clock.

mod classes;
mod compare;
mod messages;
mod svg;
mod view;

pub use classes::{COUNT_CLASSES, KM2_CLASSES, count_class};
pub use compare::{CensusNumbers, ComparePage, CompareView, FigureView, MakerShares, RestrictedMaker};
pub use messages::{Language, Messages};
pub use svg::{Drawing, draw};
pub use view::{
    CellRow, DataFile, DataPage, ErrorPage, HandOver, ListLine, MapPage, MapView, MethodPage, PageContext, PrivacyPage,
    ReleaseLine, ReleaseRef, ReleasesPage,
};
