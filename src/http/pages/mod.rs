//! The pages people read: templates, their words in every language, and the map drawn on the server.
//!
//! A page is `render(view, language)`: the structs in `view` hold plain numbers, the templates in `templates/` lay them
//! out, `messages` says them. Nothing here reads files, SQL or a clock.

mod areas;
mod areas_svg;
mod classes;
mod compare;
mod data;
mod exported;
mod messages;
mod ogc;
mod review;
mod said;
pub(in crate::http) mod site;
mod submit;
mod svg;
mod view;

pub use areas::{AreaPage, AreaSetPage, AreasPage, Field, SetLine};
pub use areas_svg::{Fill, Shape, Words, bounds, by_slug, draw_area, draw_areas};
pub use classes::{COUNT_CLASSES, KM2_CLASSES, count_class, km2_class};
pub use compare::{CensusNumbers, ComparePage, CompareView, FigureView, MakerShares, RestrictedMaker};
pub use data::{DataFile, DataGroup, DataList, DataPage, DataSection, DataTable, Recipe, by_subject, tables};
pub use exported::{LatestPage, LostPage};
pub use messages::{Language, Messages};
pub use ogc::{OgcCell, OgcPage, feature_columns};
pub use review::{DeskPage, JoinPage, LogPage, LoginPage, PreviewPage};
pub use said::{Code, Said};
pub use site::Site;
pub use submit::{CampaignLine, DIRECTIONS, FieldError, Filled, Looks, SheetsPage, SubmitPage, SubmittedPage};
pub use svg::{Drawing, draw};
pub use view::{
    CellRow, ErrorPage, FieldEffort, HandOver, ListLine, MapPage, MapView, MatchingView, MethodPage, PageContext,
    PrivacyPage, ReleaseLine, ReleaseRef, ReleasesPage, WalkRow, WithdrawnLine, count_legend,
};
