//! The bulletin: how things work at this moment, in the wording of the administration, for units and citizens. What is not known is
//! said as not known, and never as good.

use super::{
    Register,
    note::made,
    sentences::{alert_sentence, flow_sentence, long, over_sentence, probe_sentence, unreported},
};
use crate::{
    App,
    alerts::effects,
    messages,
    profile::Profile,
    wire::{BulletinArgs, BulletinFormat, BulletinSaveArgs, BulletinView, ExportedView, WireError},
};
use pvhcc_domain::{
    operation::incident::{ClockKind, IncidentState},
    time::Ms,
};
use pvhcc_reports::notes::{Bulletin, bulletin_docx};

const TITLE: &str = "Tình hình vận hành kết nối Cổng Dịch vụ công quốc gia";
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const FIVE_MINUTES_MS: i64 = 300_000;

impl App {
    pub(crate) async fn bulletin(&self, args: BulletinArgs) -> Result<BulletinView, WireError> {
        let (bulletin, next) = self.bulletin_of(args.next).await?;
        Ok(BulletinView {
            at: bulletin.at.0,
            next: next.0,
            title: bulletin.title.clone(),
            text: text(&bulletin, &self.form_in_force().await?.agency),
        })
    }

    pub(crate) async fn bulletin_save(&self, args: BulletinSaveArgs) -> Result<ExportedView, WireError> {
        let (bulletin, _) = self.bulletin_of(args.next).await?;
        let form = self.form_in_force().await?;
        let stem = format!("thong-bao-van-hanh-{}", bulletin.at.local().format("%Y-%m-%d-%H%M"));
        let (extension, bytes) = match args.format {
            BulletinFormat::Txt => ("txt", text(&bulletin, &form.agency).into_bytes()),
            BulletinFormat::Docx => ("docx", made(move || bulletin_docx(&bulletin, &form)).await?),
        };
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu thông báo vào {path}."), path })
    }

    async fn bulletin_of(&self, next: Option<i64>) -> Result<(Bulletin, Ms), WireError> {
        let register = self.incident_register().await?;
        let now = register.now;
        let next = match next.map(Ms) {
            Some(next) if next <= now => {
                return Err(messages::invalid("next", "Lần cập nhật sau phải ở sau hiện tại."));
            }
            Some(next) => next,
            None => next_update(&register),
        };
        let open = register.open();
        let (watch, book, handling) =
            (self.watch().await?, self.alert_book().await?, self.alert_handling().await?);
        let flows = watch.flows.iter().map(|line| flow_sentence(line, &watch, &book)).collect();
        let mut parts = vec![("Các luồng kết nối".to_owned(), flows)];
        let around: Vec<String> = watch.around.probes.iter().filter_map(probe_sentence).collect();
        if !around.is_empty() {
            parts.push(("Các hệ thống liên quan".to_owned(), around));
        }
        let mut said: Vec<String> = open.iter().map(|s| self.incident_sentence(s, &register)).collect();
        said.extend(unreported(&book, &open).into_iter().map(|alert| {
            let taken = handling.of(&alert.id).acknowledged.is_some();
            alert_sentence(alert, &effects(self.0.alerts.graph(), alert), taken)
        }));
        let none = vec!["Hiện không có sự cố nào đang được ghi nhận.".to_owned()];
        parts.push(("Sự cố đang xử lý".to_owned(), if said.is_empty() { none } else { said }));
        let mut over: Vec<&IncidentState> = (register.states.iter())
            .filter(|s| s.resolved.as_ref().is_some_and(|r| now.0 - r.at.0 <= DAY_MS))
            .collect();
        over.sort_by_key(|s| s.resolved.as_ref().map(|r| r.at));
        if !over.is_empty() {
            let said = over.iter().map(|s| over_sentence(s)).collect();
            parts.push(("Sự cố đã khắc phục trong 24 giờ qua".to_owned(), said));
        }
        let parts = (1..).zip(parts).map(|(n, (title, said))| (format!("{n}. {title}"), said)).collect();
        let bulletin = Bulletin {
            title: TITLE.to_owned(),
            at: now,
            training: self.0.profile == Profile::Training,
            opening: format!("Tình hình vận hành tính đến {} như sau:", long(now)),
            parts,
            closing: format!("Thông tin tiếp theo được cập nhật lúc {}.", long(next)),
        };
        Ok((bulletin, next))
    }
}

/// The next word that an open incident asks for; without one an hour from now, on a round five minutes.
fn next_update(register: &Register) -> Ms {
    let clocks = register.open().into_iter().flat_map(|s| register.timing().clocks(s));
    let updates = clocks.filter(|c| c.kind == ClockKind::Update && c.due > register.now).map(|c| c.due);
    let wanted = updates.min().unwrap_or_else(|| register.now.plus(HOUR_MS));
    Ms(wanted.0.div_euclid(FIVE_MINUTES_MS) * FIVE_MINUTES_MS).max(register.now.plus(FIVE_MINUTES_MS))
}

/// The bulletin as plain text.
fn text(bulletin: &Bulletin, agency: &str) -> String {
    let mut lines =
        vec![agency.trim().to_owned(), "THÔNG BÁO".to_owned(), bulletin.title.clone(), String::new()];
    if bulletin.training {
        lines.push("(TẬP HUẤN – thông tin không có thật)".to_owned());
    }
    lines.push(bulletin.opening.clone());
    for (title, said) in &bulletin.parts {
        lines.push(String::new());
        lines.push(title.clone());
        lines.extend(said.iter().map(|line| format!("- {line}")));
    }
    lines.push(String::new());
    lines.push(bulletin.closing.clone());
    lines.join("\n") + "\n"
}
