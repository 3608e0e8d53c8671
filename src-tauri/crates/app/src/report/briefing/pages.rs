//! The pages: one finding each, from two freezes and what people propose. Knows no store and no clock.

use super::{
    super::charts,
    figures::{Better, UNKNOWN, counted, rated},
};
use crate::{
    dossiers::count,
    wire::{BriefingChart, BriefingFigure, BriefingKind, BriefingPage},
};
use pvhcc_charts::{Figure, Size, Theme};
use pvhcc_domain::{
    figures::Counts,
    report::freeze::{Cadence, Freeze, RateLine, TaskLine},
    text::{date, percent},
};
use pvhcc_reports::daily::{ChartKind, caveats};

/// Lines that fit on a page read from across a room.
const LINES: usize = 8;
const CHART: Size = Size { width: 560, height: 340 };

/// What the pages are made from.
pub(super) struct Both<'a> {
    pub(super) today: &'a Freeze,
    pub(super) before: Option<&'a Freeze>,
    pub(super) theme: Theme,
}

/// All pages; those without anything to say are left out.
pub(super) fn pages(both: &Both<'_>, proposals: &str) -> Vec<BriefingPage> {
    let all = [
        Some(both.tasks()),
        Some(both.done()),
        Some(both.overdue()),
        Some(both.sections()),
        Some(both.dossiers()),
        both.identities(),
        Some(both.exchange()),
        both.rates(),
        Some(both.troubles()),
        Some(both.next()),
        proposed(proposals),
        both.caveats(),
    ];
    all.into_iter().flatten().collect()
}

impl Both<'_> {
    fn count(&self, label: &str, better: Better, of: impl Fn(&Freeze) -> Option<u64>) -> BriefingFigure {
        counted(label, of(self.today), self.before.and_then(&of), better)
    }

    fn rate(&self, label: &str, better: Better, of: impl Fn(&Freeze) -> Option<f64>) -> BriefingFigure {
        rated(label, of(self.today), self.before.and_then(&of), better)
    }

    fn chart(&self, figure: &Figure) -> Option<BriefingChart> {
        match charts::draw(figure, self.theme, CHART) {
            Ok(chart) => Some(BriefingChart {
                svg: chart.svg,
                width: chart.width,
                height: chart.height,
                summary: chart.summary,
            }),
            Err(problem) => {
                tracing::warn!(%problem, "a chart of the briefing was not drawn");
                None
            }
        }
    }

    /// `hôm nay`, `trong tháng`.
    fn period(&self) -> &'static str {
        match self.today.cadence {
            Cadence::Daily => "Trong ngày",
            Cadence::Monthly => "Trong tháng",
        }
    }

    fn tasks(&self) -> BriefingPage {
        let t = &self.today.tasks;
        let of =
            |label: &str, better, of: fn(&Freeze) -> u32| self.count(label, better, |f| Some(of(f).into()));
        BriefingPage {
            figures: vec![
                of("Báo xong", Better::More, |f| f.tasks.claimed),
                of("Có minh chứng", Better::More, |f| f.tasks.proved),
                of("Không đạt mức", Better::Less, |f| f.tasks.failed),
                of("Không quan sát được", Better::Less, |f| f.tasks.unobserved),
                of("Đang làm", Better::Even, |f| f.tasks.in_progress),
                of("Vướng mắc", Better::Less, |f| f.tasks.blocked),
                of("Quá hạn", Better::Less, |f| f.tasks.overdue),
            ],
            chart: self.chart(&charts::figure(self.today, ChartKind::BurnUp)),
            ..page(
                BriefingKind::Tasks,
                format!("{}/{} nhiệm vụ báo xong, {} có minh chứng", t.claimed, t.total, t.proved),
            )
        }
    }

    fn done(&self) -> BriefingPage {
        let done = self.rows(&self.today.tasks.done_in_period);
        let title = match done.len() {
            0 => format!("{} không có nhiệm vụ nào báo xong", self.period()),
            n => format!("{} {n} nhiệm vụ báo xong", self.period()),
        };
        let line = |row: &&TaskLine| {
            format!("{} · {}", task(row), if row.proof.is_empty() { UNKNOWN } else { &row.proof })
        };
        listed(page(BriefingKind::Done, title), done.iter().map(line))
    }

    fn overdue(&self) -> BriefingPage {
        let t = &self.today.tasks;
        let mut rows: Vec<&TaskLine> = t.rows.iter().filter(|row| row.days_late > 0).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.days_late));
        let title = match (t.overdue, t.blocked) {
            (0, 0) => "Không nhiệm vụ nào quá hạn hay vướng mắc".to_owned(),
            (0, blocked) => format!("Không nhiệm vụ nào quá hạn, {blocked} vướng mắc"),
            (late, 0) => format!("{late} nhiệm vụ quá hạn"),
            (late, blocked) => format!("{late} nhiệm vụ quá hạn, {blocked} vướng mắc"),
        };
        let line = |row: &&TaskLine| {
            let note = if row.note.is_empty() { String::new() } else { format!(" · {}", row.note) };
            format!("{} · quá {} ngày{note}", task(row), row.days_late)
        };
        let figures = vec![
            self.count("Quá hạn", Better::Less, |f| Some(f.tasks.overdue.into())),
            self.count("Vướng mắc", Better::Less, |f| Some(f.tasks.blocked.into())),
        ];
        BriefingPage { figures, ..listed(page(BriefingKind::Overdue, title), rows.iter().map(line)) }
    }

    fn sections(&self) -> BriefingPage {
        let sections = &self.today.tasks.sections;
        let worst = sections.iter().max_by_key(|s| s.total.saturating_sub(s.claimed));
        let title = match worst.map(|s| (s, s.total.saturating_sub(s.claimed))) {
            Some((section, open)) if open > 0 => format!("Phần {} còn {open} nhiệm vụ chưa xong", section.id),
            _ => "Mọi phần đã báo xong".to_owned(),
        };
        let figures = sections.iter().map(|section| {
            let claimed =
                |f: &Freeze| f.tasks.sections.iter().find(|s| s.id == section.id).map(|s| s.claimed.into());
            self.count(&format!("{}. {}", section.id, section.title), Better::More, claimed)
        });
        BriefingPage {
            figures: figures.collect(),
            chart: self.chart(&charts::sections(self.today)),
            ..page(BriefingKind::Sections, title)
        }
    }

    fn dossiers(&self) -> BriefingPage {
        let d = &self.today.dossiers;
        let of = |label: &str, better, of: fn(&Counts) -> Option<u64>| {
            self.count(label, better, |f| of(&f.dossiers.whole))
        };
        let title = match d.whole.received {
            None => "Chưa có số liệu hồ sơ".to_owned(),
            Some(received) => {
                let mut parts = vec![format!("Nhận {} hồ sơ", count(received))];
                parts.extend(d.whole.on_time_rate().map(|rate| format!("đúng hẹn {}", percent(rate, 2))));
                parts.extend(d.whole.pending.map(|n| format!("còn {} đang xử lý", count(n))));
                parts.join(", ")
            }
        };
        let mut lines = vec![format!("Từ {} đến {}, {}", date(d.from), date(d.to), d.basis)];
        if let Some(alone) = d.in_period {
            let n = |n: Option<u64>| n.map_or_else(|| UNKNOWN.to_owned(), count);
            lines.push(format!("{} nhận {}, xử lý xong {}", self.period(), n(alone.received), n(alone.done)));
        }
        BriefingPage {
            figures: vec![
                of("Tiếp nhận", Better::Even, |c| c.received),
                of("Trực tuyến", Better::Even, |c| c.received_online),
                of("Đã xử lý", Better::More, |c| c.done),
                self.rate("Đúng hẹn", Better::More, |f| f.dossiers.whole.on_time_rate()),
                of("Trễ hẹn", Better::Less, |c| c.late),
                of("Đang xử lý", Better::Even, |c| c.pending),
                of("Quá hạn", Better::Less, |c| c.overdue),
            ],
            chart: self.chart(&charts::figure(self.today, ChartKind::Months)),
            ..listed(page(BriefingKind::Dossiers, title), lines)
        }
    }

    /// Where figures do not add up; nothing to say where all do.
    fn identities(&self) -> Option<BriefingPage> {
        let d = &self.today.dossiers;
        let broken = d.identities.iter().filter(|line| line.difference.is_some()).count();
        let title = match (broken, d.identities.len() - broken) {
            (0, 0) => return None,
            (0, unknown) => format!("{unknown} phép cộng chưa kiểm được vì thiếu số liệu"),
            (broken, _) => format!("{broken} phép cộng của số liệu hồ sơ không khớp"),
        };
        let line = |line: &pvhcc_domain::report::freeze::IdentityLine| match line.difference {
            Some(by) => format!(
                "{}: {}, chênh {} · hỏi {}",
                line.place,
                line.rule,
                count(by.unsigned_abs()),
                line.ask
            ),
            None => format!("{}: {}, chưa đủ dữ liệu", line.place, line.rule),
        };
        Some(listed(page(BriefingKind::Identities, title), d.identities.iter().map(line)))
    }

    fn exchange(&self) -> BriefingPage {
        let x = &self.today.exchange;
        let bad_flows: Vec<String> = (x.flows.iter().filter(|flow| !flow.good))
            .map(|flow| format!("{}, {}: {}", flow.name, flow.stage, flow.state))
            .collect();
        let bad_apis: Vec<String> = (x.apis.iter().filter(|api| !api.met))
            .map(|api| format!("TT {} {}: {}", api.no, api.name, api.verdict))
            .collect();
        let good = x.flows.len() - bad_flows.len();
        let met = x.apis.len() - bad_apis.len();
        let title = format!(
            "{good}/{} bước của các luồng hoạt động, {met}/{} API đạt mức",
            x.flows.len(),
            x.apis.len()
        );
        let number = |n: usize| u64::try_from(n).ok();
        let calls = |f: &Freeze| f.exchange.apis.iter().map(|api| api.calls).sum::<Option<u64>>();
        let succeeded = |f: &Freeze| f.exchange.apis.iter().map(|api| api.succeeded).sum::<Option<u64>>();
        let share = |f: &Freeze| {
            let (calls, succeeded) = calls(f).zip(succeeded(f)).filter(|(calls, _)| *calls > 0)?;
            #[allow(clippy::cast_precision_loss)] // Calls of a day stay far below 2^52.
            Some(succeeded as f64 / calls as f64)
        };
        let figures = vec![
            self.count("Bước của luồng hoạt động", Better::More, |f| {
                number(f.exchange.flows.iter().filter(|l| l.good).count())
            }),
            self.count("API đạt mức", Better::More, |f| {
                number(f.exchange.apis.iter().filter(|a| a.met).count())
            }),
            self.count("Lượt gọi trong 24 giờ", Better::Even, calls),
            self.rate("Gọi thành công", Better::More, share),
        ];
        BriefingPage {
            figures,
            ..listed(page(BriefingKind::Exchange, title), bad_flows.into_iter().chain(bad_apis))
        }
    }

    fn rates(&self) -> Option<BriefingPage> {
        let rates = &self.today.rates;
        let known = rates.iter().filter(|rate| rate.value.is_some()).count();
        if rates.is_empty() {
            return None;
        }
        let before = |id: &str| self.before.and_then(|f| f.rates.iter().find(|rate| rate.id == id));
        let figure = |rate: &RateLine| {
            let then = before(&rate.id).filter(|then| then.unit == rate.unit);
            match rate.unit.as_str() {
                // Of some less is better: only a move is told.
                "%" => rated(&rate.name, rate.value, then.and_then(|then| then.value), Better::Even),
                _ => BriefingFigure {
                    today: amount(rate),
                    before: then.map_or_else(|| UNKNOWN.to_owned(), amount),
                    ..rated(&rate.name, None, None, Better::Even)
                },
            }
        };
        let unknown = rates
            .iter()
            .filter(|rate| rate.value.is_none())
            .map(|rate| format!("{}: {}", rate.name, rate.source));
        let title = format!("{known}/{} tỷ lệ theo yêu cầu có số liệu", rates.len());
        let figures = rates.iter().filter(|rate| rate.value.is_some()).map(figure).collect();
        Some(BriefingPage { figures, ..listed(page(BriefingKind::Rates, title), unknown) })
    }

    fn troubles(&self) -> BriefingPage {
        let open = |f: &Freeze| f.obstacles.iter().filter(|o| o.open).count();
        let late = |f: &Freeze| f.obstacles.iter().filter(|o| o.overdue).count();
        let mut parts = Vec::new();
        let running =
            self.today.incidents.as_ref().map(|all| all.iter().filter(|i| i.ended.is_none()).count());
        parts.extend(running.map(|n| {
            if n == 0 {
                "Không có sự cố đang diễn ra".to_owned()
            } else {
                format!("{n} sự cố đang diễn ra")
            }
        }));
        parts.push(match (open(self.today), late(self.today)) {
            (0, _) => "Không còn vướng mắc".to_owned(),
            (n, 0) => format!("{n} vướng mắc chưa gỡ"),
            (n, late) => format!("{n} vướng mắc chưa gỡ, {late} quá hạn trả lời"),
        });
        let incidents = self.today.incidents.iter().flatten().filter(|i| i.ended.is_none());
        let incidents = incidents.map(|i| format!("{} {} · {} · {}", i.severity, i.title, i.owner, i.state));
        let mut obstacles: Vec<_> = self.today.obstacles.iter().filter(|o| o.open).collect();
        obstacles.sort_by_key(|o| (!o.overdue, o.raised));
        let obstacles = obstacles.into_iter().map(|o| format!("{} · {} · {}", o.text, o.party, o.state));
        let number = |n: usize| u64::try_from(n).ok();
        let figures = vec![
            self.count("Vướng mắc chưa gỡ", Better::Less, |f| number(open(f))),
            self.count("Quá hạn trả lời", Better::Less, |f| number(late(f))),
        ];
        let page = page(BriefingKind::Troubles, parts.join("; "));
        BriefingPage { figures, ..listed(page, incidents.chain(obstacles)) }
    }

    fn next(&self) -> BriefingPage {
        let next = self.rows(&self.today.tasks.planned_next);
        let when = match self.today.cadence {
            Cadence::Daily => "Ngày làm việc tới",
            Cadence::Monthly => "Tháng tới",
        };
        let title = match next.len() {
            0 => format!("{when} không có nhiệm vụ nào đến hạn"),
            n => format!("{when}: {n} nhiệm vụ đến hạn hoặc đang làm"),
        };
        let line = |row: &&TaskLine| {
            let due = row.due.map(|due| format!(" · hạn {}", date(due))).unwrap_or_default();
            format!("{}{due}", task(row))
        };
        listed(page(BriefingKind::Next, title), next.iter().map(line))
    }

    fn caveats(&self) -> Option<BriefingPage> {
        let said = caveats(self.today);
        let title = format!("{} điều cần lưu ý về số liệu", said.len());
        (!said.is_empty()).then(|| listed(page(BriefingKind::Caveats, title), said))
    }

    /// The rows of these keys, in the decision's order.
    fn rows(&self, keys: &[String]) -> Vec<&TaskLine> {
        self.today.tasks.rows.iter().filter(|row| keys.contains(&row.no)).collect()
    }
}

fn proposed(words: &str) -> Option<BriefingPage> {
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let title = format!("{} đề xuất, kiến nghị", lines.len());
    (!lines.is_empty())
        .then(|| listed(page(BriefingKind::Proposals, title), lines.into_iter().map(str::to_owned)))
}

fn page(kind: BriefingKind, title: String) -> BriefingPage {
    BriefingPage { kind, title, figures: Vec::new(), lines: Vec::new(), more: 0, chart: None }
}

/// With as many lines as there is room for; the rest is counted.
fn listed(page: BriefingPage, lines: impl IntoIterator<Item = String>) -> BriefingPage {
    let mut lines: Vec<String> = lines.into_iter().collect();
    let more = u32::try_from(lines.len().saturating_sub(LINES)).unwrap_or(u32::MAX);
    lines.truncate(LINES);
    BriefingPage { lines, more, ..page }
}

/// `TT 17 API Login · VNPT Gia Lai`.
fn task(row: &TaskLine) -> String {
    format!("TT {} {} · {}", row.no, row.text, row.leads.join(", "))
}

/// `2,5 ngày làm việc`.
fn amount(rate: &RateLine) -> String {
    let shown = |value: f64| format!("{:.1}", value).trim_end_matches(".0").replace('.', ",");
    rate.value.map_or_else(|| UNKNOWN.to_owned(), |value| format!("{} {}", shown(value), rate.unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::collect::sample, wire::BriefingTone};

    fn both(today: &Freeze, before: Option<&Freeze>) -> Vec<BriefingPage> {
        pages(&Both { today, before, theme: Theme::Light }, "Đề nghị C12 cấp khóa.\n\n")
    }

    fn of(pages: &[BriefingPage], kind: BriefingKind) -> &BriefingPage {
        pages.iter().find(|page| page.kind == kind).expect("the page")
    }

    #[test]
    fn each_page_states_a_finding_and_shows_both_days() {
        let today = sample::freeze();
        let mut before = today.clone();
        before.tasks.claimed = 1;
        before.tasks.overdue = 0;
        before.dossiers.whole.received = Some(990);
        before.rates[0].value = Some(0.99);
        let pages = both(&today, Some(&before));
        let tasks = of(&pages, BriefingKind::Tasks);
        assert_eq!(tasks.title, "2/4 nhiệm vụ báo xong, 2 có minh chứng");
        let claimed = &tasks.figures[0];
        assert_eq!(
            (claimed.today.as_str(), claimed.before.as_str(), claimed.change.as_str()),
            ("2", "1", "+1")
        );
        assert_eq!(claimed.tone, BriefingTone::Better);
        assert!(tasks.chart.as_ref().is_some_and(|chart| chart.svg.starts_with("<svg")));
        let overdue = of(&pages, BriefingKind::Overdue);
        assert_eq!(overdue.lines, ["TT 3 Việc số 3 · VNPT Gia Lai · quá 77 ngày · chờ khóa"]);
        assert_eq!(overdue.figures[0].tone, BriefingTone::Worse);
        let dossiers = of(&pages, BriefingKind::Dossiers);
        assert_eq!(dossiers.title, "Nhận 1.000 hồ sơ, đúng hẹn 98,89%, còn 93 đang xử lý");
        assert_eq!(dossiers.figures[0].change, "+10");
        assert_eq!(of(&pages, BriefingKind::Identities).lines.len(), 1);
        let rates = of(&pages, BriefingKind::Rates);
        assert_eq!(
            (rates.figures[0].today.as_str(), rates.figures[0].change.as_str()),
            ("99,1%", "+0,1 điểm")
        );
        assert_eq!(rates.lines, ["Thời gian hỗ trợ: chưa có nguồn"]);
        assert_eq!(of(&pages, BriefingKind::Proposals).lines, ["Đề nghị C12 cấp khóa."]);
        assert_eq!(of(&pages, BriefingKind::Done).lines.len(), 2);
        assert_eq!(of(&pages, BriefingKind::Next).lines, ["TT 4 Việc số 4 · VNPT Gia Lai · hạn 13/03/2026"]);
    }

    #[test]
    fn without_a_report_before_nothing_has_moved() {
        let today = sample::freeze();
        let pages = both(&today, None);
        for figure in pages.iter().flat_map(|page| &page.figures) {
            assert_eq!((figure.before.as_str(), figure.change.as_str()), ("–", ""), "{}", figure.label);
            assert_eq!(figure.tone, BriefingTone::Unknown);
        }
    }

    #[test]
    fn calls_that_one_api_does_not_tell_are_no_sum() {
        let pages = both(&sample::freeze(), None);
        let exchange = of(&pages, BriefingKind::Exchange);
        assert_eq!(exchange.title, "1/1 bước của các luồng hoạt động, 1/2 API đạt mức");
        let calls = exchange.figures.iter().find(|f| f.label.starts_with("Lượt gọi")).expect("calls");
        assert_eq!(calls.today, "–");
        assert_eq!(exchange.lines, ["TT 12 API Khởi tạo hồ sơ: không quan sát được"]);
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let mut today = sample::freeze();
        let row = today.tasks.rows[2].clone();
        today.tasks.rows.extend((0..20).map(|n| TaskLine { no: format!("x{n}"), ..row.clone() }));
        let pages = both(&today, None);
        let overdue = of(&pages, BriefingKind::Overdue);
        assert_eq!((overdue.lines.len(), overdue.more), (LINES, 13));
    }
}
