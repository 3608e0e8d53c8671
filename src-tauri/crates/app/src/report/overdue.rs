//! What the window keeps saying until somebody answers: days whose report was late or never sent, without a word why.

use crate::{App, checklist::vn, wire::WireError};

/// Days named one by one; beyond them only their number is said.
const NAMED: usize = 3;

impl App {
    /// The notice, where there is one.
    pub(crate) async fn report_notice(&self) -> Result<Option<String>, WireError> {
        let today = self.report_today().await?;
        let asking = today.dues.asking(&today.reports, today.now);
        if asking.is_empty() {
            return Ok(None);
        }
        let mut days: Vec<String> = asking.iter().take(NAMED).map(|day| vn(*day)).collect();
        if asking.len() > NAMED {
            days.push(format!("và {} ngày khác", asking.len() - NAMED));
        }
        Ok(Some(format!(
            "Báo cáo ngày {} gửi trễ hoặc chưa gửi mà chưa có lý do. Hãy mở Báo cáo, chọn ngày đó trên lịch và ghi lý do.",
            days.join(", ")
        )))
    }
}
