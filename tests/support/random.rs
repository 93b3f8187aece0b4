//! Numbers that look random and are the same in every run, so that a failure can be repeated.

/// A sequence of 64-bit numbers (`SplitMix64`, Steele, Lea and Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to below `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = f64::from(u32::try_from(self.bits() >> 32).unwrap()) / 4_294_967_296.0;
        low + (high - low) * unit
    }

    /// A submitter's secret, as 32 hexadecimal digits.
    pub(crate) fn secret(&mut self) -> String {
        format!("{:016x}{:016x}", self.bits(), self.bits())
    }
}
