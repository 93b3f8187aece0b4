//! What a wrong gate would do to the count.

use super::camera::Prepared;
use super::pair::Gate;

/// The count under another gate: the effect of having the position error wrong by as much, not an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtGate {
    /// The gate, as a multiple of the normal one.
    pub multiple: f64,
    /// Its width in standard deviations of the distance of two reports of one camera.
    pub factor: f64,
    /// Cameras counted under it.
    pub cameras: u32,
}

/// The counts at half, normal and double the gate; the normal one is given, because it is known already.
#[must_use]
pub fn sensitivity(prepared: &Prepared, normal: u32) -> [AtGate; 3] {
    let count = |gate| u32::try_from(prepared.groups(gate).count()).unwrap_or(u32::MAX);
    let (half, double) = std::thread::scope(|scope| {
        let half = scope.spawn(|| count(Gate::HALF));
        let double = count(Gate::DOUBLE);
        (half.join().unwrap_or_else(|stopped| std::panic::resume_unwind(stopped)), double)
    });
    let at = |multiple, gate: Gate, cameras| AtGate { multiple, factor: gate.factor(), cameras };
    [at(0.5, Gate::HALF, half), at(1.0, Gate::NORMAL, normal), at(2.0, Gate::DOUBLE, double)]
}
