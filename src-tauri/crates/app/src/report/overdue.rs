//! What the window keeps saying until somebody answers: days whose report was late or never sent, without a word why.

use super::days::Today;
use crate::checklist::vn;
use chrono::NaiveDate;

/// Days named one by one; beyond them only their number is said.
const NAMED: usize = 3;

impl Today {
    /// The notice, where there is one, and the first of its days.
    pub(crate) fn notice(&self) -> Option<(String, NaiveDate)> {
        let asking = self.dues.asking(&self.reports, self.now);
        let first = *asking.first()?;
        let mut days: Vec<String> = asking.iter().take(NAMED).map(|day| vn(*day)).collect();
        if asking.len() > NAMED {
            days.push(format!("và {} ngày khác", asking.len() - NAMED));
        }
        let text = format!(
            "Báo cáo ngày {} gửi trễ hoặc chưa gửi mà chưa có lý do. Hãy mở báo cáo ngày đó và ghi lý do.",
            days.join(", ")
        );
        Some((text, first))
    }
}
