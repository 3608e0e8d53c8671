//! Numbers that look random and follow from the seed alone, the same on every machine and in every order of asking.

/// 64 well-mixed bits of the seed and what the number is for.
pub(crate) fn bits(seed: u64, parts: &[u64]) -> u64 {
    let mut state = scramble(seed ^ 0x9e37_79b9_7f4a_7c15);
    for part in parts {
        state = scramble(state.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ *part);
    }
    state
}

/// The finaliser of SplitMix64.
fn scramble(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number in [0, 1).
pub(crate) fn unit(seed: u64, parts: &[u64]) -> f64 {
    (bits(seed, parts) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A name as a part.
pub(crate) fn word(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Shares `total` over the cells by `weights`, no cell above its cap: whole numbers that add up exactly, or all caps
/// when `total` exceeds their sum. Largest remainders first, ties by position.
pub(crate) fn share(total: u64, weights: &[f64], caps: &[u64]) -> Vec<u64> {
    let mut out = vec![0; caps.len()];
    let mut left = total.min(caps.iter().sum());
    while left > 0 {
        let open: Vec<usize> = (0..caps.len()).filter(|i| out[*i] < caps[*i]).collect();
        let weight = |i: usize| weights.get(i).copied().unwrap_or(0.0).max(1e-9);
        let sum: f64 = open.iter().map(|i| weight(*i)).sum();
        let wish = |i: usize| left as f64 * weight(i) / sum;
        let given: Vec<u64> = open.iter().map(|i| (wish(*i) as u64).min(caps[*i] - out[*i])).collect();
        let round: u64 = given.iter().sum();
        if round == 0 {
            let mut order = open;
            order.sort_by(|a, b| wish(*b).total_cmp(&wish(*a)).then(a.cmp(b)));
            for i in order.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
                out[i] += 1;
                left -= 1;
            }
        } else {
            for (i, n) in open.iter().zip(&given) {
                out[*i] += n;
            }
            left -= round;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_respect_caps() {
        let parts = share(129, &[3.0, 1.0, 0.0, 2.0], &[10, 1000, 1000, 1000]);
        assert_eq!(parts.iter().sum::<u64>(), 129);
        assert_eq!(parts[0], 10);
        assert!(parts[3] > parts[1]);
        assert_eq!(share(50, &[1.0, 1.0], &[4, 5]), [4, 5], "never more than the caps");
    }

    #[test]
    fn a_number_depends_on_seed_and_purpose_only() {
        assert_eq!(bits(1, &[word("a"), 7]), bits(1, &[word("a"), 7]));
        assert_ne!(bits(1, &[word("a"), 7]), bits(2, &[word("a"), 7]));
        assert_ne!(bits(1, &[word("a"), 7]), bits(1, &[7, word("a")]));
        assert!((0.0..1.0).contains(&unit(3, &[1])));
    }
}
