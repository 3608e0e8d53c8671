//! Two registers of the cutover: dossiers under way at the switch, whose balance must close, and dossiers and money taken
//! without the system, none of which may be forgotten. Nothing here tells of a citizen.

mod acts;
mod entry;
mod export;
mod fallback;
mod import;
mod in_flight;

pub(crate) use fallback::LIMIT;

use crate::{
    App,
    wire::{AttentionItem, Target, WireError},
};
use pvhcc_domain::{
    operation::register::{Balance, Stage},
    text::number,
};

/// Part of the operation, for its events.
const PART: &str = "registers";

impl App {
    /// Balances that do not close and are not explained, and entries on paper for too long.
    pub(crate) async fn register_findings(&self) -> Result<u32, WireError> {
        Ok(count(self.open_balances().await?.len() + self.overdue_entries().await?.len()))
    }

    /// Lines of the attention list, with their ranks: entries on paper for too long, balances that do not close.
    pub(crate) async fn register_lines(&self) -> Result<Vec<(i64, AttentionItem)>, WireError> {
        let target = |view: &str| Target {
            screen: "operations".into(),
            task: None,
            filter: Some(format!("registers?view={view}")),
        };
        let mut lines = Vec::new();
        let overdue = self.overdue_entries().await?;
        if !overdue.is_empty() {
            let units: std::collections::BTreeSet<&str> =
                overdue.iter().map(|e| self.0.units.short_name(&e.entry.unit)).collect();
            lines.push((
                880,
                AttentionItem {
                    badge: "Chưa nhập lại".into(),
                    tone: "bad".into(),
                    title: format!("{} hồ sơ giấy, khoản tiền mặt quá hạn nhập lại hệ thống", overdue.len()),
                    detail: units.into_iter().collect::<Vec<_>>().join(", "),
                    action: "Mở".into(),
                    target: target("fallback"),
                },
            ));
        }
        for (name, difference, lost) in self.open_balances().await? {
            let why = match difference {
                0 => format!("{} hồ sơ báo mất hoặc lỗi", number(lost)),
                n if n < 0 => format!("thiếu {} hồ sơ so với trước chuyển đổi", number(-n)),
                n => format!("thừa {} hồ sơ so với trước chuyển đổi", number(n)),
            };
            lines.push((
                870,
                AttentionItem {
                    badge: "Chưa cân đối".into(),
                    tone: "bad".into(),
                    title: format!("Hồ sơ đang giải quyết, {name}: {why}"),
                    detail: "chưa có giải trình".into(),
                    action: "Mở".into(),
                    target: target("in_flight"),
                },
            ));
        }
        Ok(lines)
    }

    async fn open_balances(&self) -> Result<Vec<(String, i64, i64)>, WireError> {
        let (systems, known) = self.in_flight_known().await?;
        let open = known.iter().filter(|(_, s)| s.balance() == Balance::Open).map(|(code, s)| {
            let lost = s.after.as_ref().map_or(0, |a| i64::try_from(a.lost).unwrap_or(i64::MAX));
            (systems.name(code).to_owned(), s.difference().unwrap_or(0), lost)
        });
        Ok(open.collect())
    }

    async fn overdue_entries(
        &self,
    ) -> Result<Vec<pvhcc_domain::operation::register::FallbackState>, WireError> {
        let limit = self.fallback_limit().await?;
        let now = self.now();
        let mut entries = self.fallback_states().await?;
        entries.retain(|e| e.stage() == Stage::Taken && e.is_overdue(now, limit));
        Ok(entries)
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
