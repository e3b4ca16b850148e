//! Two lists of candidates as one.

use std::collections::BTreeMap;

/// The best of two lists by the convex combination of their scores, each scaled to 0..1 within its list:
/// `½ · (a - min a) / (max a - min a) + ½ · (b - min b) / (max b - min b)`, 0 where a list does not have it (Bruch, Gai and Ingber,
/// *An Analysis of Fusion Functions for Hybrid Retrieval*, TOIS 2023). Best first, ties by what it is that was found.
pub(crate) fn fuse<T: Ord + Copy>(
    a: Vec<(f32, T)>,
    b: Vec<(f32, T)>,
    limit: usize,
) -> Vec<(f32, T)> {
    let mut scores: BTreeMap<T, f32> = BTreeMap::new();
    for list in [a, b] {
        let (least, most) = list
            .iter()
            .fold((f32::MAX, f32::MIN), |(least, most), (score, _)| {
                (least.min(*score), most.max(*score))
            });
        let width = most - least;
        for (score, found) in list {
            // A list of equals says that each is as good as the best.
            let scaled = if width > 0.0 {
                (score - least) / width
            } else {
                1.0
            };
            *scores.entry(found).or_default() += 0.5 * scaled;
        }
    }
    let mut fused: Vec<(f32, T)> = scores
        .into_iter()
        .map(|(found, score)| (score, found))
        .collect();
    fused.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    fused.truncate(limit);
    fused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &[(f32, u8)], b: &[(f32, u8)], limit: usize, expected: &[(f32, u8)]) {
        assert_eq!(fuse(a.to_vec(), b.to_vec(), limit), expected);
    }

    #[test]
    fn each_list_counts_half() {
        check(&[], &[], 9, &[]);
        check(&[(7.0, 1), (3.0, 2)], &[], 9, &[(0.5, 1), (0.0, 2)]);
        check(
            &[(30.0, 1), (20.0, 2), (10.0, 3)],
            &[(0.9, 2), (0.4, 4), (0.5, 1)],
            3,
            &[(0.75, 2), (0.6, 1), (0.0, 3)],
        );
        check(
            &[(5.0, 2), (5.0, 1)],
            &[(0.1, 3)],
            9,
            &[(0.5, 1), (0.5, 2), (0.5, 3)],
        );
    }
}
