//! The figures against those of the document they are spread from.

use super::*;

fn rows(seed: u64, system: &str, field: Option<&str>) -> Vec<Figures> {
    let wanted = |f: &Figures| f.system == system && f.field.as_ref().map(|(_, n)| n.as_str()) == field;
    table(seed).into_iter().filter(wanted).collect()
}

fn sum(rows: &[Figures], figure: fn(&Figures) -> u64) -> u64 {
    rows.iter().map(figure).sum()
}

#[test]
fn the_published_figures_are_met_exactly_whatever_the_seed() {
    for seed in [1, 2, 99] {
        let tinh = rows(seed, "tinh", None);
        assert_eq!(tinh.len(), 5);
        assert_eq!(sum(&tinh, |f| f.received), 338_923);
        assert_eq!(sum(&tinh, |f| f.received - f.direct), 324_067);
        assert_eq!(sum(&tinh, |f| f.direct), 14_856);
        assert_eq!(sum(&tinh, |f| f.done), 320_289);
        assert_eq!(tinh[4].pending, 18_634);
        let bo = rows(seed, "bo", None);
        assert_eq!(sum(&bo, |f| f.received), 38_885);
        assert_eq!(sum(&bo, |f| f.received - f.direct), 38_756);
        assert_eq!(sum(&bo, |f| f.direct), 129);
        assert_eq!(sum(&bo, |f| f.done), 26_152);
        assert_eq!(bo[4].pending, 12_604);
        assert_eq!(38_885 - 26_152 - 12_604, 129, "the gap of the source");
        for (system, field, received) in [
            ("tinh", "Chứng thực", 105_950),
            ("tinh", "Đất đai", 102_067),
            ("tinh", "Hộ tịch", 51_430),
            ("bo", "Bảo trợ xã hội", 11_602),
            ("bo", "Công chức, viên chức", 8_240),
            ("bo", "Hoạt động xây dựng", 5_196),
        ] {
            assert_eq!(sum(&rows(seed, system, Some(field)), |f| f.received), received, "{field}");
        }
        let (done, late) =
            (sum(&tinh, |f| f.done) + sum(&bo, |f| f.done), sum(&tinh, |f| f.late) + sum(&bo, |f| f.late));
        let on_time = (done - late) as f64 / done as f64;
        assert!((0.9855..0.9865).contains(&on_time), "{on_time}");
    }
}

#[test]
fn months_carry_over_field_rows_add_up_and_only_the_ministries_direct_ones_are_lost() {
    for system in ["tinh", "bo"] {
        let totals = rows(1, system, None);
        assert_eq!(totals[0].carried, None, "January's carry-over is not known");
        for month in totals.windows(2) {
            assert_eq!(month[1].carried, Some(month[0].pending));
        }
        for total in &totals {
            let cells: Vec<Figures> = table(1)
                .into_iter()
                .filter(|f| f.system == system && f.from == total.from && f.field.is_some())
                .collect();
            assert!(cells.len() > 5);
            let figures: [fn(&Figures) -> u64; 7] = [
                |f: &Figures| f.received,
                |f: &Figures| f.direct,
                |f: &Figures| f.carried.unwrap_or(0),
                |f: &Figures| f.done,
                |f: &Figures| f.late,
                |f: &Figures| f.pending,
                |f: &Figures| f.overdue,
            ];
            for figure in figures {
                assert_eq!(sum(&cells, figure), figure(total));
            }
            for cell in &cells {
                assert!(
                    cell.direct <= cell.received && cell.late <= cell.done && cell.overdue <= cell.pending
                );
                let lost = if system == "bo" { cell.direct } else { 0 };
                let stock = cell.received + cell.carried.unwrap_or(0);
                assert_eq!(stock, cell.done + cell.pending + lost, "{cell:?}");
            }
        }
    }
}

#[test]
fn the_spread_follows_from_the_seed() {
    assert_eq!(table(1), table(1));
    assert_ne!(table(1), table(2));
}
