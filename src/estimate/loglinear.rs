//! Log-linear models: Poisson regression on counts of capture histories, by iteratively reweighted least squares.

use statrs::function::gamma::ln_gamma;

/// Why a model gives no estimate. These are answers about the data, not failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelRefusal {
    /// A count the model divides by is zero, so that a parameter has no finite value.
    NeededCellEmpty,
    /// More parameters than histories.
    NoDegreesOfFreedom,
    /// The iteration found no solution.
    NotConverged,
}

impl ModelRefusal {
    /// Stable word for tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NeededCellEmpty => "needed_cell_empty",
            Self::NoDegreesOfFreedom => "no_degrees_of_freedom",
            Self::NotConverged => "not_converged",
        }
    }
}

/// How well a model describes the counts. Models of one survey may be compared by these, never those of two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goodness {
    /// Twice the log-likelihood lost against a perfect fit.
    pub deviance: f64,
    /// Histories without parameters.
    pub degrees_of_freedom: usize,
    /// Akaike's criterion.
    pub aic: f64,
    /// The Bayesian criterion, with the distinct cameras as the sample.
    pub bic: f64,
}

/// A count of cameras with the values of the model's terms; the first term is always 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) terms: Vec<f64>,
    pub(super) count: f64,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Cameras that no occasion saw: the exponential of the first parameter.
    pub(super) missed: f64,
    /// Variance of the total (Rcapture): chance of being missed, and uncertainty of the first parameter.
    pub(super) variance: f64,
    pub(super) goodness: Goodness,
    /// Expected counts, by row.
    pub(super) expected: Vec<f64>,
}

const MOST_STEPS: usize = 200;
/// A parameter this uncertain on the log scale is on its way to infinity.
const DIVERGED: f64 = 1e4;

/// Fits a Poisson model with logarithmic link.
pub(super) fn fit(rows: &[Row]) -> Result<Fit, ModelRefusal> {
    let terms = rows.first().map_or(0, |row| row.terms.len());
    let degrees_of_freedom = rows.len().checked_sub(terms).ok_or(ModelRefusal::NoDegreesOfFreedom)?;
    let mut expected: Vec<f64> = rows.iter().map(|row| row.count + 0.1).collect();
    let mut last = f64::INFINITY;
    for _ in 0..MOST_STEPS {
        let (normal, right) = normal_equations(rows, &expected);
        let factor = Cholesky::of(normal).ok_or(ModelRefusal::NeededCellEmpty)?;
        let parameters = factor.solve(&right);
        for (mean, row) in expected.iter_mut().zip(rows) {
            *mean = dot(&row.terms, &parameters).exp().clamp(1e-300, 1e300);
        }
        let deviance = deviance(rows, &expected);
        if !deviance.is_finite() {
            return Err(ModelRefusal::NotConverged);
        }
        if (deviance - last).abs() <= 1e-11 * (deviance + 1.0) {
            return finish(rows, expected, &parameters, deviance, degrees_of_freedom);
        }
        last = deviance;
    }
    Err(ModelRefusal::NotConverged)
}

fn finish(
    rows: &[Row],
    expected: Vec<f64>,
    parameters: &[f64],
    deviance: f64,
    degrees_of_freedom: usize,
) -> Result<Fit, ModelRefusal> {
    let factor = Cholesky::of(normal_equations(rows, &expected).0).ok_or(ModelRefusal::NeededCellEmpty)?;
    let variances: Vec<f64> = (0..parameters.len()).map(|at| factor.inverse_diagonal(at)).collect();
    if variances.iter().any(|variance| variance.is_nan() || *variance > DIVERGED) {
        return Err(ModelRefusal::NeededCellEmpty);
    }
    let missed = parameters.first().map_or(0.0, |first| first.exp());
    let spread = variances.first().copied().unwrap_or(0.0);
    let cameras: f64 = rows.iter().map(|row| row.count).sum();
    let deviance = deviance.max(0.0);
    let lost = -2.0 * log_likelihood(rows, &expected);
    let size = parameters.len() as f64;
    Ok(Fit {
        missed,
        variance: missed + missed * missed * spread,
        goodness: Goodness { deviance, degrees_of_freedom, aic: lost + 2.0 * size, bic: lost + size * cameras.ln() },
        expected,
    })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The weighted normal equations of the next step: the matrix, and its right-hand side.
fn normal_equations(rows: &[Row], expected: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let size = rows.first().map_or(0, |row| row.terms.len());
    let (mut normal, mut right) = (vec![vec![0.0; size]; size], vec![0.0; size]);
    for (row, mean) in rows.iter().zip(expected) {
        let working = mean * mean.ln() + row.count - mean;
        for (at, term) in row.terms.iter().enumerate().filter(|(_, term)| **term != 0.0) {
            right[at] += term * working;
            for (cell, other) in normal[at].iter_mut().zip(&row.terms) {
                *cell += mean * term * other;
            }
        }
    }
    (normal, right)
}

fn deviance(rows: &[Row], expected: &[f64]) -> f64 {
    let of = |count: f64, mean: f64| {
        let logarithmic = if count > 0.0 { count * (count / mean).ln() } else { 0.0 };
        2.0 * (logarithmic - (count - mean))
    };
    rows.iter().zip(expected).map(|(row, mean)| of(row.count, *mean)).sum()
}

fn log_likelihood(rows: &[Row], expected: &[f64]) -> f64 {
    let of = |count: f64, mean: f64| count * mean.ln() - mean - ln_gamma(count + 1.0);
    rows.iter().zip(expected).map(|(row, mean)| of(row.count, *mean)).sum()
}

/// Lower triangle L of a symmetric matrix L L'.
struct Cholesky(Vec<Vec<f64>>);

impl Cholesky {
    /// `None` for a matrix that is not positive definite, to within rounding.
    fn of(mut matrix: Vec<Vec<f64>>) -> Option<Self> {
        for row in 0..matrix.len() {
            let scale = matrix[row][row];
            for column in 0..=row {
                let rest = matrix[row][column] - dot(&matrix[row][..column], &matrix[column][..column]);
                if column == row {
                    let positive = rest > 1e-13 * scale && rest.is_finite();
                    matrix[row][row] = positive.then(|| rest.sqrt())?;
                } else {
                    matrix[row][column] = rest / matrix[column][column];
                }
            }
        }
        Some(Self(matrix))
    }

    /// x with L L' x = right.
    fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = self.forward(right);
        for row in (0..solution.len()).rev() {
            let below: f64 = (row + 1..solution.len()).map(|at| self.0[at][row] * solution[at]).sum();
            solution[row] = (solution[row] - below) / self.0[row][row];
        }
        solution
    }

    /// y with L y = right.
    fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = right.to_vec();
        for row in 0..solution.len() {
            solution[row] = (solution[row] - dot(&self.0[row][..row], &solution[..row])) / self.0[row][row];
        }
        solution
    }

    /// An element of the diagonal of the inverse: the squared length of L⁻¹ e.
    fn inverse_diagonal(&self, at: usize) -> f64 {
        let mut unit = vec![0.0; self.0.len()];
        unit[at] = 1.0;
        let column = self.forward(&unit);
        dot(&column, &column)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(counts: &[f64]) -> Vec<Row> {
        (0..).zip(counts).map(|(at, &count)| Row { terms: vec![1.0, f64::from(at)], count }).collect()
    }

    #[test]
    fn a_geometric_series_is_fitted_perfectly() {
        let found = fit(&rows(&[800.0, 400.0, 200.0, 100.0])).unwrap();
        assert!((found.missed - 800.0).abs() < 1e-6 && found.goodness.deviance < 1e-9);
        assert_eq!(found.goodness.degrees_of_freedom, 2);
    }

    #[test]
    fn a_parameter_that_runs_away_is_refused() {
        assert_eq!(fit(&rows(&[5.0, 0.0, 0.0])), Err(ModelRefusal::NeededCellEmpty));
        assert_eq!(fit(&rows(&[5.0])), Err(ModelRefusal::NoDegreesOfFreedom));
    }

    #[test]
    fn terms_that_say_the_same_are_refused() {
        let twice: Vec<Row> = rows(&[9.0, 4.0, 3.0, 1.0])
            .into_iter()
            .map(|row| Row { terms: vec![1.0, row.terms[1], row.terms[1]], ..row })
            .collect();
        assert_eq!(fit(&twice), Err(ModelRefusal::NeededCellEmpty));
    }

    proptest! {
        /// The likelihood equations of a Poisson model.
        #[test]
        fn the_fit_keeps_the_sums_of_every_term(counts in prop::collection::vec(1u32..500, 3..20)) {
            let rows = rows(&counts.iter().map(|&count| f64::from(count)).collect::<Vec<f64>>());
            let found = fit(&rows).unwrap();
            for term in 0..2 {
                let seen: f64 = rows.iter().map(|row| row.terms[term] * row.count).sum();
                let fitted: f64 = rows.iter().zip(&found.expected).map(|(row, mean)| row.terms[term] * mean).sum();
                prop_assert!((seen - fitted).abs() < 1e-4 * seen, "{seen} {fitted}");
            }
        }
    }
}
