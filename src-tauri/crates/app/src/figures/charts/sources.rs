//! Charts of what machines measured: dossiers by month, success by flow.

use super::Draft;
use crate::{
    App,
    dossiers::count,
    frame::Fresh,
    messages,
    wire::{Basis, FigureId, FreshState, Target, WireError},
    words,
};
use chrono::Datelike as _;
use pvhcc_charts::{ColumnGroup, ColumnLabels, Figure, GroupedColumns, RateRow, RateRows};
use pvhcc_domain::observation::{Flow, FlowHealth, SourceId, Stage};

impl App {
    /// Share of successful calls that a flow must reach, 0..=1.
    pub(crate) async fn flow_bar(&self) -> Result<f64, WireError> {
        let bar = crate::rules::number("flow.success_bar", &self.events_of("rules").await?, self.now());
        #[allow(clippy::cast_precision_loss)] // A percentage.
        Ok(bar as f64 / 100.0)
    }

    pub(super) async fn dossiers_by_month(&self) -> Result<Draft, WireError> {
        let dossiers = self.dossiers().await?;
        let fresh = self.freshness_of(SourceId::PortalStatistics).await?;
        let groups: Vec<ColumnGroup> = dossiers
            .months
            .iter()
            .map(|(from, (to, c))| ColumnGroup {
                label: format!("T{}", from.month()),
                key: None,
                received: c.received,
                done: c.done,
                stock: c.pending,
                partial: to.succ_opt().is_some_and(|next| next.day() != 1),
            })
            .collect();
        let pending = dossiers.total.and_then(|t| t.pending);
        let until = dossiers.until.map(|d| d.format("%d/%m").to_string()).unwrap_or_default();
        Ok(Draft {
            title: match pending {
                Some(n) => format!("Đến {until} còn {} hồ sơ đang xử lý", count(n)),
                None => "Chưa có số liệu hồ sơ".into(),
            },
            figure: Figure::GroupedColumns(GroupedColumns {
                groups,
                labels: ColumnLabels {
                    period: "Tháng".into(),
                    received: "tiếp nhận".into(),
                    done: "đã xử lý".into(),
                    stock: "tồn cuối tháng".into(),
                    partial: format!("đến {until}"),
                },
                divisor: 1000,
                unit: "nghìn".into(),
            }),
            subtitle: fresh.dated("Nghìn hồ sơ mỗi tháng, tỉnh và bộ"),
            provenance: provenance("Cổng DVCQG", &fresh),
            state: fresh.state,
            basis: Some(Basis::Reports),
            marks: dossiers.marks(&[FigureId::Received, FigureId::Done, FigureId::Pending]),
            target: |_| None,
        })
    }

    pub(super) async fn flow_chart(&self) -> Result<Draft, WireError> {
        let fresh = self.freshness_of(SourceId::GatewayFlows).await?;
        let flows = self.0.store.flow_states().await.map_err(|e| messages::store(&e))?;
        let bar = self.flow_bar().await?;
        let mut rows = Vec::new();
        let mut below = Vec::new();
        for flow in Flow::ALL {
            // The later phase as soon as it is tested; until then the earlier one, and the label says which.
            let tested = |phase: u8| {
                flows.iter().find(|f| f.flow == flow && f.phase == phase && f.stage == Stage::Test).filter(
                    |s| {
                        // Old measures are not measures of now.
                        fresh.state == FreshState::Fresh
                            && !matches!(s.state, FlowHealth::Unknown | FlowHealth::NotStarted)
                    },
                )
            };
            let known = tested(2).or_else(|| tested(1));
            let rate = known.and_then(|s| s.success_rate);
            if rate.is_some_and(|r| r < bar) {
                below.push(words::flow(flow));
            }
            let phase = known.map(|s| format!(" · GĐ{}", s.phase)).unwrap_or_default();
            rows.push(RateRow {
                label: format!("{}{phase}", words::flow_short(flow)),
                key: Some(flow_key(flow)),
                rate,
                count: known.map(|s| s.calls),
            });
        }
        let unknown = rows.iter().filter(|r| r.rate.is_none()).count();
        Ok(Draft {
            title: match (below.first(), unknown) {
                (Some(first), _) if below.len() == 1 => format!("{first} dưới mức {:.0}%", bar * 100.0),
                (Some(_), _) => format!("{} luồng dưới mức {:.0}%", below.len(), bar * 100.0),
                (None, 0) => format!("Các luồng đều đạt mức {:.0}%", bar * 100.0),
                (None, n) if n == rows.len() && fresh.fetched.is_some() => {
                    "Không quan sát được luồng nào lúc này".into()
                }
                (None, n) if n == rows.len() => "Chưa quan sát được luồng nào".into(),
                (None, n) => format!("{n} luồng chưa quan sát được, còn lại đạt mức"),
            },
            figure: Figure::RateRows(RateRows {
                rows,
                bar,
                row_head: "Luồng".into(),
                count_head: "Lượt gọi".into(),
                bar_label: "mức".into(),
            }),
            subtitle: fresh.dated("Tỷ lệ gọi thành công 24 giờ qua"),
            provenance: provenance("Trục tích hợp", &fresh),
            state: fresh.state,
            basis: None,
            marks: Vec::new(),
            target: |key| {
                Some(Target { screen: "tasks".into(), task: None, filter: Some(format!("flow:{key}")) })
            },
        })
    }
}

fn provenance(source: &str, fresh: &Fresh) -> String {
    let as_of = fresh.as_of.map(|m| m.local().format("%H:%M %d/%m/%Y").to_string());
    format!("Nguồn: {source}, số liệu tại {} ({}).", as_of.unwrap_or_else(|| "–".into()), fresh.text)
}

fn flow_key(flow: Flow) -> String {
    serde_json::to_value(flow).ok().and_then(|v| v.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}
