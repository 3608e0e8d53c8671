//! What the window keeps saying until somebody answers: days whose report was late or never sent, without a word why.

use super::days::Today;
use crate::checklist::vn;

/// Days named one by one; beyond them only their number is said.
const NAMED: usize = 3;

impl Today {
    /// The notice, where there is one.
    pub(crate) fn notice(&self) -> Option<String> {
        let asking = self.dues.asking(&self.reports, self.now);
        if asking.is_empty() {
            return None;
        }
        let mut days: Vec<String> = asking.iter().take(NAMED).map(|day| vn(*day)).collect();
        if asking.len() > NAMED {
            days.push(format!("và {} ngày khác", asking.len() - NAMED));
        }
        Some(format!(
            "Báo cáo ngày {} gửi trễ hoặc chưa gửi mà chưa có lý do. Hãy mở Báo cáo, chọn ngày đó trên lịch và ghi lý do.",
            days.join(", ")
        ))
    }
}
