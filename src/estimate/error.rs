//! What callers can get wrong.

/// Input no estimator can work with. Data that merely do not suffice are answers (`Reason`, `ModelRefusal`), not errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EstimateError {
    /// Not a share strictly between 0 and 1.
    #[error("a confidence is a share between 0 and 1, such as 0.95")]
    Confidence,
    /// Fewer than two or more than seven occasions.
    #[error("capture histories need two to seven occasions; leave some out or add a pass")]
    Occasions,
    /// A history of no occasion, or of one that does not exist.
    #[error("a capture history names no occasion, or one that the survey does not have")]
    History,
    /// Link probabilities outside of 0 to 1, or a standard error that is negative.
    #[error(
        "the chances of a link are between 0 and 1, that of a true pair above 0, and a standard error is not negative"
    )]
    Linkage,
    /// A denominator that is not a positive number.
    #[error("a rate needs a denominator above zero")]
    Denominator,
}
