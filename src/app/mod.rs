//! One use case per file: where the rooms, the storage and the outside meet.
//!
//! May touch every room but `http` and `cli`. Time and randomness are passed in.

mod areas;
mod briefing;
mod decide;
mod desk;
mod effort;
mod error;
mod explain;
mod figures;
mod gather;
mod import;
mod map;
mod marks;
mod moderators;
mod publish;
mod read;
mod receipt;
mod removal;
mod report;
mod runs;
mod submit;
mod tokens;
mod xlsform;

pub use areas::{AreaImportOutcome, AreaSetReport, import_areas, read_areas};
pub use briefing::{BriefingError, BriefingLines, BriefingTables, cells_of_area, document};
pub use decide::{ALONE, ALONE_PUBLISHED, Action, DecideError, Decided, Logged, Proposal, Signature, confirm, decide};
pub use desk::{DESK_PAGE, Desk, DeskDispute, DeskGroup, DeskMarks, DeskReport, desk, preview};
pub use effort::{Amount, EffortOutcome, PassSummary, WaveSummary, import_effort, list_effort};
pub use error::AppError;
pub use explain::{Explained, explain};
pub use figures::{FiguresOutcome, LedgerRow, all_deployments, all_figures, import_deployments, import_figures};
pub use gather::{Gathered, Gatherer, Origin};
pub use import::{ImportOutcome, ImportRequest, import};
pub use map::{MapRequest, one_shot};
pub use marks::{SentMark, SheetUnit, mark, sheets};
pub use moderators::{invite_moderator, is_moderator, is_moderator_name, join};
pub use publish::{PublishRequest, Published, publish};
pub use read::{InputFile, Reading, read_files};
pub use receipt::{ReceiptState, receipt, withdraw};
pub use removal::lower_home;
pub use report::{MAX_REPORT, ReportError, report};
pub use submit::{Submission, SubmitError, submit};
pub use tokens::{
    Admission, AdmitError, Catalogue, InviteRequest, Invites, IssueError, MANY_INVITES, Offer, PublicKey, admit,
    catalogue, invite, issue, keys, offer, revoke, rotate,
};
pub use xlsform::xlsform;
