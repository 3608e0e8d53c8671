//! What each figure is: number, name, formula in words, and what that rests on (domain.md §3.1–3.3). The one place.

use crate::wire::{FigureDefinition, FigureId};

const PLAN: &str = "13 chỉ tiêu của kế hoạch kết nối (văn bản 003, mục II.3)";
const COUNTED: &str =
    "Cách đếm: ngày tiếp nhận, ngày kết thúc xử lý và ngày hẹn trả của hồ sơ, tính theo ngày";

/// Name, name for narrow columns, formula.
fn words(id: FigureId) -> (&'static str, &'static str, &'static str) {
    use FigureId as F;
    match id {
        F::Received => (
            "Số hồ sơ nhận trong kỳ",
            "Nhận trong kỳ",
            "N = số hồ sơ có ngày tiếp nhận trong kỳ. Không tính hồ sơ mới đăng ký và hồ sơ không được tiếp nhận.",
        ),
        F::ReceivedOnline => {
            ("Trong đó nhận trực tuyến", "Trực tuyến", "Hồ sơ nhận trong kỳ có kênh thực hiện là trực tuyến.")
        }
        F::ReceivedDirect => (
            "Trong đó nhận trực tiếp và qua bưu chính công ích",
            "Trực tiếp, BCCI",
            "Hồ sơ nhận trong kỳ có kênh thực hiện là trực tiếp hoặc bưu chính công ích.",
        ),
        F::CarriedOver => (
            "Số hồ sơ tồn kỳ trước chuyển sang",
            "Tồn kỳ trước",
            "T = số hồ sơ nhận trước kỳ và chưa xử lý xong khi kỳ bắt đầu; bằng số chưa xử lý cuối kỳ trước.",
        ),
        F::Total => ("Tổng số hồ sơ xử lý trong kỳ", "Tổng xử lý", "X = N + T"),
        F::Done => (
            "Tổng số hồ sơ đã xử lý",
            "Đã xử lý",
            "D = D₁ + D₂: hồ sơ đã xử lý xong, đã trả kết quả hoặc công dân rút, có ngày kết thúc xử lý trong kỳ.",
        ),
        F::DoneOnTime => (
            "Số hồ sơ xử lý đúng hẹn",
            "Đúng hẹn",
            "D₁: kết thúc không muộn hơn ngày hẹn trả (gồm cả trước hạn), không có hẹn, hoặc công dân rút. Hẹn vào ngày nghỉ thì \
             tính đến hết ngày làm việc kế tiếp.",
        ),
        F::DoneOnTimeRate => ("Tỷ lệ xử lý đúng hẹn", "% đúng hẹn", "D₁ ÷ D; D bằng 0 thì không có tỷ lệ."),
        F::DoneLate => ("Số hồ sơ xử lý trễ hẹn", "Trễ hẹn", "D₂: kết thúc sau ngày hẹn trả."),
        F::DoneLateRate => ("Tỷ lệ xử lý trễ hẹn", "% trễ hẹn", "D₂ ÷ D; D bằng 0 thì không có tỷ lệ."),
        F::Pending => (
            "Số hồ sơ chưa xử lý",
            "Chưa xử lý",
            "C = C₁ + C₂ = X − D: đã nhận và chưa kết thúc xử lý vào cuối ngày cuối kỳ.",
        ),
        F::PendingInTime => (
            "Số hồ sơ chưa xử lý trong hạn",
            "Trong hạn",
            "C₁: chưa qua ngày hẹn trả, không có hẹn, hoặc đang chờ công dân bổ sung giấy tờ hay nộp phí.",
        ),
        F::PendingInTimeRate => {
            ("Tỷ lệ chưa xử lý trong hạn", "% trong hạn", "C₁ ÷ C; C bằng 0 thì không có tỷ lệ.")
        }
        F::PendingOverdue => {
            ("Số hồ sơ chưa xử lý quá hạn", "Quá hạn", "C₂: đã qua ngày hẹn trả, và không chờ công dân.")
        }
        F::PendingOverdueRate => {
            ("Tỷ lệ chưa xử lý quá hạn", "% quá hạn", "C₂ ÷ C; C bằng 0 thì không có tỷ lệ.")
        }
        F::DoneEarly => (
            "Trong đó xử lý trước hạn",
            "Trước hạn",
            "Hồ sơ đúng hẹn kết thúc trước ngày hẹn trả; cột (8) của biểu II.06a. Chỉ đếm được từ hồ sơ.",
        ),
        F::Unplaced => (
            "Hồ sơ chưa xếp được",
            "Chưa xếp được",
            "Nhận trong kỳ, nhưng hồ sơ ghi đã kết thúc mà không có ngày, ngày kết thúc trước ngày tiếp nhận, hoặc trạng thái \
             không đọc được: không tính vào đã xử lý hay chưa xử lý.",
        ),
    }
}

/// The number among the 13.
fn place(id: FigureId) -> Option<u8> {
    use FigureId as F;
    Some(match id {
        F::Received => 1,
        F::CarriedOver => 2,
        F::Total => 3,
        F::Done => 4,
        F::DoneOnTime => 5,
        F::DoneOnTimeRate => 6,
        F::DoneLate => 7,
        F::DoneLateRate => 8,
        F::Pending => 9,
        F::PendingInTime => 10,
        F::PendingInTimeRate => 11,
        F::PendingOverdue => 12,
        F::PendingOverdueRate => 13,
        F::ReceivedOnline | F::ReceivedDirect | F::DoneEarly | F::Unplaced => return None,
    })
}

/// Whether it is a fraction.
pub(crate) fn is_rate(id: FigureId) -> bool {
    use FigureId as F;
    matches!(id, F::DoneOnTimeRate | F::DoneLateRate | F::PendingInTimeRate | F::PendingOverdueRate)
}

/// What a figure is.
pub(crate) fn definition(id: FigureId) -> FigureDefinition {
    let (name, short, formula) = words(id);
    let number = place(id);
    FigureDefinition {
        id,
        number,
        name: name.to_owned(),
        short: short.to_owned(),
        formula: formula.to_owned(),
        source: match number {
            Some(_) => format!("{PLAN}. {COUNTED}."),
            None => format!("{COUNTED}."),
        },
        rate: is_rate(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossiers::tally::FIGURES;

    #[test]
    fn the_thirteen_are_numbered_in_order_and_four_of_them_are_rates() {
        let all: Vec<FigureDefinition> = FIGURES.into_iter().map(definition).collect();
        let numbers: Vec<u8> = all.iter().filter_map(|d| d.number).collect();
        assert_eq!(numbers, (1..=13).collect::<Vec<_>>());
        assert_eq!(all.iter().filter(|d| d.rate).count(), 4);
        assert!(all.iter().all(|d| !d.formula.is_empty() && d.source.contains("Cách đếm")));
    }
}
