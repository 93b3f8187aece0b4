//! Why a row of a ledger, or all of it, was refused.

/// The reasons, each with a stable code. No message quotes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerCode {
    /// The file is larger than [`MAX_BYTES`](super::MAX_BYTES).
    TooLarge,
    /// The file is not UTF-8.
    NotUtf8,
    /// The header does not name the columns of the table.
    BadHeader,
    /// The row has more or fewer cells than the header, or its quotation marks do not match.
    BadRow,
    /// A column that every row needs is empty.
    MissingValue,
    /// The id is not made of lower-case letters, digits and hyphens.
    BadId,
    /// Another row before it has the same id.
    DuplicateId,
    /// The id belongs to a row the program ships, which says something else.
    ShippedId,
    /// A word that is not one of the column's.
    BadWord,
    /// Not a number, or not one the column can hold.
    BadNumber,
    /// The numbers of cameras contradict each other, or none is given.
    BadRange,
    /// Not a year or date.
    BadDate,
    /// Not two capital letters.
    BadCountry,
    /// Longer than the column allows.
    TooLong,
    /// Control or direction characters.
    ControlCharacter,
    /// A link where none belongs.
    LinkInText,
    /// Not an http or https address.
    BadUrl,
}

impl LedgerCode {
    /// Every reason.
    pub const ALL: [Self; 17] = [
        Self::TooLarge,
        Self::NotUtf8,
        Self::BadHeader,
        Self::BadRow,
        Self::MissingValue,
        Self::BadId,
        Self::DuplicateId,
        Self::ShippedId,
        Self::BadWord,
        Self::BadNumber,
        Self::BadRange,
        Self::BadDate,
        Self::BadCountry,
        Self::TooLong,
        Self::ControlCharacter,
        Self::LinkInText,
        Self::BadUrl,
    ];

    /// The code, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "ledger_too_large",
            Self::NotUtf8 => "ledger_not_utf8",
            Self::BadHeader => "ledger_bad_header",
            Self::BadRow => "ledger_bad_row",
            Self::MissingValue => "ledger_missing_value",
            Self::BadId => "ledger_bad_id",
            Self::DuplicateId => "ledger_duplicate_id",
            Self::ShippedId => "ledger_shipped_id",
            Self::BadWord => "ledger_bad_word",
            Self::BadNumber => "ledger_bad_number",
            Self::BadRange => "ledger_bad_range",
            Self::BadDate => "ledger_bad_date",
            Self::BadCountry => "ledger_bad_country",
            Self::TooLong => "ledger_too_long",
            Self::ControlCharacter => "ledger_control_character",
            Self::LinkInText => "ledger_link_in_text",
            Self::BadUrl => "ledger_bad_url",
        }
    }

    /// What was wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::TooLarge => "the file is larger than 4 MiB; a ledger holds a few hundred rows",
            Self::NotUtf8 => "the file is not UTF-8; save it as CSV UTF-8",
            Self::BadHeader => "the first line does not name the columns of this table, separated by commas",
            Self::BadRow => "the row has more or fewer cells than the header; put texts with commas in quotation marks",
            Self::MissingValue => "a value that every row needs is missing",
            Self::BadId => {
                "an id has 1 to 64 lower-case letters a to z, digits and hyphens; begin with a letter or digit"
            }
            Self::DuplicateId => "a row before this one has the same id; give each its own",
            Self::ShippedId => "this id belongs to a row that the program ships; give yours another id",
            Self::BadWord => "the word is not one of those this column knows; see docs/figures.md",
            Self::BadNumber => "write a plain number: digits only, without separators or signs, and not zero here",
            Self::BadRange => "give at least one number of cameras, the lower end not above the upper one",
            Self::BadDate => "write a year from 1900 to 2100, and dates as YYYY, YYYY-MM or YYYY-MM-DD",
            Self::BadCountry => "write the country as two capital letters (ISO 3166-1), or leave it empty",
            Self::TooLong => "the text is too long: 1000 characters for notes, 300 elsewhere, 500 for addresses",
            Self::ControlCharacter => "the text holds line breaks, control or direction characters; remove them",
            Self::LinkInText => "links belong into the column url alone",
            Self::BadUrl => "an address begins with https:// (the s may be missing) and a host, and holds no spaces",
        }
    }
}
