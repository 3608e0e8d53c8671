//! A token bucket for requests beyond the plan: each planned request earns a share of one extra request.

/// Earned in tenths, so that counting is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    tenths: u32,
    most: u32,
}

impl Budget {
    /// Retries: at most 10 % of the planned requests, none on credit; at most `most` saved up.
    #[must_use]
    pub fn retries(most: u32) -> Self {
        Self { tenths: 0, most: most.saturating_mul(10) }
    }

    /// Renewals of token or session: `most` at once, then one per ten planned requests.
    #[must_use]
    pub fn renewals(most: u32) -> Self {
        let most = most.saturating_mul(10);
        Self { tenths: most, most }
    }

    /// A planned request goes out.
    pub fn planned(&mut self) {
        self.tenths = self.tenths.saturating_add(1).min(self.most);
    }

    /// Takes one extra request, if one was earned.
    pub fn take(&mut self) -> bool {
        let enough = self.tenths >= 10;
        if enough {
            self.tenths -= 10;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn extras_never_exceed_a_tenth_of_the_plan(faults in proptest::collection::vec(0_u8..4, 0..600)) {
            let (mut budget, mut planned, mut extra) = (Budget::retries(10), 0_u32, 0_u32);
            for retries in faults {
                budget.planned();
                planned += 1;
                for _ in 0..retries {
                    extra += u32::from(budget.take());
                }
                prop_assert!(extra * 10 <= planned, "{extra} extra after {planned}");
            }
        }
    }

    #[test]
    fn the_eleventh_saved_retry_is_forgotten() {
        let mut budget = Budget::retries(10);
        (0..500).for_each(|_| budget.planned());
        assert_eq!((0..50).filter(|_| budget.take()).count(), 10);
    }

    #[test]
    fn renewals_start_with_what_they_may_hold() {
        let mut budget = Budget::renewals(2);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
    }
}
