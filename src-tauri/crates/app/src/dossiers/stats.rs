//! The figures asked for: rows of both bases side by side, compared, checked, sorted.

use super::{
    asked::{Asked, Slot},
    cells::parts,
    checks::{Checked, RULES, count},
    counting::{self, Counted},
    definitions::{definition, is_rate},
    period,
    stated::{self, Stated, can_answer, state},
    tally::{FIGURES, Tally},
};
use crate::{
    App, messages,
    wire::{
        Basis, BrokenView, CheckState, CheckView, DifferenceView, DossierFilter, FigureId, FiguresView,
        MissingFigure, SplitBy, StatsArgs, StatsRow, StatsView, WireError,
    },
};
use pvhcc_domain::{
    dossier::systems::outermost,
    figures::ReportKind,
    text::{collate_key, percent},
};
use std::collections::BTreeSet;

/// Rows given when nobody says how many.
const ROWS: u32 = 2000;

/// What both bases tell of some cells.
pub(crate) struct Told {
    pub(crate) records: Option<Counted>,
    pub(crate) stated: Stated,
    /// Systems whose first walk has not come to its end.
    pub(crate) walking: BTreeSet<String>,
    pub(crate) basis: Basis,
    pub(crate) basis_note: String,
}

/// One row, before it is shown.
struct Line {
    codes: Vec<String>,
    names: Vec<String>,
    records: counting::Row,
    stated: stated::Row,
}

impl App {
    pub(crate) async fn dossier_stats(&self, args: StatsArgs) -> Result<StatsView, WireError> {
        let mut by = args.by.clone();
        by.sort_unstable();
        by.dedup();
        if by.len() < args.by.len() {
            return Err(messages::invalid("by", "Mỗi cách chia chỉ dùng một lần."));
        }
        let by = args.by.as_slice();
        let asked = self.asked(&args.period, args.filter.clone(), args.as_of).await?;
        let told = self.both_bases(&asked, by, args.basis).await?;
        let slot = asked.slot();

        let mut keys: BTreeSet<&Vec<String>> =
            told.records.iter().flat_map(|r| r.rows.keys()).chain(told.stated.rows.keys()).collect();
        if by.contains(&SplitBy::Subsystem) {
            // One basis tells of a whole where the other tells of its parts: rows of both would be counted twice.
            keys = told.codes().into_iter().collect();
        }
        let mut lines: Vec<Line> = keys
            .into_iter()
            .map(|codes| Line {
                codes: codes.clone(),
                names: parts(by, codes, &asked.names).into_iter().map(|part| part.name).collect(),
                records: told.records.as_ref().and_then(|r| r.rows.get(codes)).cloned().unwrap_or_default(),
                stated: told.stated.rows.get(codes).cloned().unwrap_or_default(),
            })
            .collect();
        sort(&mut lines, args.sort, args.descending, told.basis);
        let row_count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let limit = args.limit.unwrap_or(ROWS) as usize;
        let rows: Vec<StatsRow> = (lines.into_iter().skip(args.offset as usize).take(limit))
            .map(|line| told.row(&asked, by, line))
            .collect();
        let total = told.row(
            &asked,
            &[],
            Line {
                codes: Vec::new(),
                names: Vec::new(),
                records: told.records.as_ref().map(|r| r.total.clone()).unwrap_or_default(),
                stated: told.stated.total.clone(),
            },
        );
        Ok(StatsView {
            period: period::view(asked.period),
            previous: period::view(slot.previous),
            last_year: period::view(slot.last_year),
            basis: told.basis,
            basis_note: told.basis_note.clone(),
            as_of: args.as_of,
            by: args.by.clone(),
            headline: told
                .unfinished(&asked)
                .or_else(|| told.untold(&asked).filter(|_| total.figures.received.is_none()))
                .unwrap_or_else(|| headline(&total.figures)),
            checks: told.checks(&asked),
            definitions: FIGURES.into_iter().map(definition).collect(),
            provenance: self.provenance(&asked, &told).await?,
            notes: told.notes(&asked),
            total,
            rows,
            row_count,
        })
    }

    /// What the checks of [`Self::dossier_stats`] rest on: the total of a period, each statement in it by itself.
    pub(crate) async fn checked_total(&self, period: &str) -> Result<Vec<Checked>, WireError> {
        let asked = self.asked(period, DossierFilter::default(), None).await?;
        Ok(self.both_bases(&asked, &[], None).await?.checked(&asked))
    }

    /// What both bases tell of these rows.
    pub(crate) async fn both_bases(
        &self,
        asked: &Asked,
        by: &[SplitBy],
        basis: Option<Basis>,
    ) -> Result<Told, WireError> {
        let months = if by.contains(&SplitBy::Month) { asked.months() } else { Vec::new() };
        self.both_bases_over(asked, by, basis, months).await
    }

    /// The same, rows split by month being split by these periods instead.
    pub(crate) async fn both_bases_over(
        &self,
        asked: &Asked,
        by: &[SplitBy],
        basis: Option<Basis>,
        months: Vec<Slot>,
    ) -> Result<Told, WireError> {
        let slot = asked.slot();
        let stated = state(asked, by, slot, &months);
        let (split, filter, of) = (by.to_vec(), asked.filter.clone(), months.clone());
        let records = self
            .of_records(asked.as_of, move |loaded| {
                (loaded.len() > 0).then(|| counting::count(loaded, &split, &filter, slot, &of))
            })
            .await?;
        let walking = self.walking().await?;
        // The months of a period are counted as the whole of it is, so that they make it.
        let of_time = by.iter().all(|by| *by == SplitBy::Month);
        let reported = (by.is_empty() || !stated.rows.is_empty()) && (!of_time || stated.total.now.is_some());
        let (basis, basis_note) = match basis {
            Some(basis) => (basis, String::new()),
            None if reported => (Basis::Reports, "Số liệu theo báo cáo của các hệ thống.".to_owned()),
            None if records.is_some() => {
                let why = asked.no_reports(by, stated.silent.iter().cloned());
                (Basis::Records, format!("Số liệu đếm từ hồ sơ. {why}"))
            }
            None => (Basis::Reports, asked.no_reports(by, stated.silent.iter().cloned())),
        };
        Ok(Told { records, stated, walking, basis, basis_note })
    }
}

impl Told {
    /// One row of the chosen basis: itself, and what it is compared with.
    pub(crate) fn of(&self, codes: &[String]) -> [Option<Tally>; 3] {
        match (self.basis, &self.records) {
            (Basis::Records, Some(records)) if codes.is_empty() => records.total.periods(),
            (Basis::Records, Some(records)) => {
                records.rows.get(codes).map(counting::Row::periods).unwrap_or_default()
            }
            (Basis::Records, None) => Default::default(),
            (Basis::Reports, _) if codes.is_empty() => self.stated.total.periods(),
            (Basis::Reports, _) => self.stated.rows.get(codes).map(stated::Row::periods).unwrap_or_default(),
        }
    }

    /// Codes of the rows of the chosen basis.
    pub(crate) fn codes(&self) -> Vec<&Vec<String>> {
        match (self.basis, &self.records) {
            (Basis::Records, records) => records.iter().flat_map(|records| records.rows.keys()).collect(),
            (Basis::Reports, _) => self.stated.rows.keys().collect(),
        }
    }

    fn row(&self, asked: &Asked, by: &[SplitBy], line: Line) -> StatsRow {
        let Line { codes, records, stated, .. } = line;
        let of = stated.of.len();
        let (own, other, other_basis) = match self.basis {
            Basis::Records => (records.periods(), stated.now, Basis::Reports),
            Basis::Reports => (stated.periods(), records.now, Basis::Records),
        };
        let broken = match self.basis {
            Basis::Reports => stated.broken(asked),
            Basis::Records => records.now.map(|now| broken(&now)).unwrap_or_default(),
        };
        let differences = match (records.now, stated.now) {
            // A sum of several statements is nobody's word: each of them is held against the records by itself.
            (Some(counted), Some(stated)) if self.walking.is_empty() && of == 1 => {
                differences(&counted, records.unplaced, &stated)
            }
            _ => Vec::new(),
        };
        let month =
            by.iter().position(|by| *by == SplitBy::Month).and_then(|i| period::parse(&codes[i]).ok());
        let mut cell = parts(by, &codes, &asked.names);
        for part in cell.iter_mut().filter(|part| part.by == SplitBy::Month) {
            part.name = month.map(period::title).unwrap_or_default();
        }
        StatsRow {
            key: codes.join("|"),
            cell,
            filter: asked.filter.narrowed(by, &codes),
            period: month.map(period::view),
            figures: match own[0] {
                Some(tally) => view(&tally, self.basis),
                None => unknown(&self.why_unknown(asked, by)),
            },
            previous: own[1].map(|tally| view(&tally, self.basis)),
            last_year: own[2].map(|tally| view(&tally, self.basis)),
            other: other.map(|tally| view(&tally, other_basis)),
            differences,
            broken,
        }
    }

    fn why_unknown(&self, asked: &Asked, by: &[SplitBy]) -> String {
        let slot = asked.slot();
        if slot.counted.is_none() {
            return "Kỳ chưa bắt đầu.".to_owned();
        }
        match (self.basis, &self.records) {
            (Basis::Reports, _)
                if can_answer(asked, by)
                    && self.stated.silent.is_empty()
                    && self.stated.total.now.is_some() =>
            {
                "Báo cáo không có dòng này.".to_owned()
            }
            (Basis::Reports, _) => asked.no_reports(by, self.stated.silent.iter().cloned()),
            (Basis::Records, None) => "Chưa có hồ sơ nào.".to_owned(),
            (Basis::Records, Some(records)) => {
                let begins: Vec<String> = (records.first.iter())
                    .filter(|(system, begin)| {
                        asked.filter.may_take_system(system) && **begin > asked.period.to
                    })
                    .map(|(system, begin)| {
                        format!(
                            "Hồ sơ của {} chỉ có từ tháng {}.",
                            asked.names.systems.name(system),
                            begin.format("%-m/%Y")
                        )
                    })
                    .collect();
                if begins.is_empty() {
                    "Chưa có hồ sơ của hệ thống này.".to_owned()
                } else {
                    begins.join(" ")
                }
            }
        }
    }

    /// The total as it is to be checked: each statement in it, or what was counted.
    fn checked(&self, asked: &Asked) -> Vec<Checked> {
        match (self.basis, &self.records) {
            (Basis::Reports, _) => self.stated.total.checked(asked).collect(),
            (Basis::Records, Some(Counted { total: counting::Row { now: Some(now), .. }, .. })) => {
                vec![counted(now)]
            }
            (Basis::Records, _) => Vec::new(),
        }
    }

    /// Every identity of the total, the broken ones first.
    fn checks(&self, asked: &Asked) -> Vec<CheckView> {
        let mut checks: Vec<CheckView> =
            self.checked(asked).iter().flat_map(|checked| RULES.map(|rule| checked.view(rule))).collect();
        checks.sort_by_key(|check| match check.state {
            CheckState::Broken => 0,
            CheckState::Holds => 1,
            CheckState::Unknown => 2,
        });
        checks
    }

    /// Said of systems asked for that no source tells anything of: not known, which is not 0.
    fn untold(&self, asked: &Asked) -> Option<String> {
        let has_records = |system: &str| {
            let walked = self.walking.contains(outermost(system));
            walked
                || self.records.as_ref().is_some_and(|records| records.first.contains_key(outermost(system)))
        };
        let asked_for = asked.filter.systems().iter();
        let untold: Vec<&str> = asked_for
            .filter(|system| !asked.reports.tells_of(system) && !has_records(system))
            .map(|system| asked.names.systems.name(system))
            .collect();
        (!untold.is_empty()).then(|| {
            format!("Chưa có nguồn nào báo số liệu của {}: chưa biết, không phải 0.", untold.join(", "))
        })
    }

    /// Instead of any finding, while records are counted and not all of them are here yet.
    pub(crate) fn unfinished(&self, asked: &Asked) -> Option<String> {
        let missing = self.walking.iter().filter(|system| asked.filter.may_take_system(system));
        let names: Vec<&str> = missing.map(|system| asked.names.systems.name(system)).collect();
        (self.basis == Basis::Records && !names.is_empty())
            .then(|| format!("Chưa đủ hồ sơ: đang lấy của {} lần đầu", names.join(", ")))
    }

    /// What must be said with the figures.
    pub(crate) fn notes(&self, asked: &Asked) -> Vec<String> {
        let mut notes: Vec<String> = self.untold(asked).into_iter().collect();
        let slot = asked.slot();
        match slot.counted {
            Some(counted) if counted != slot.period => notes.push(format!(
                "Kỳ chưa kết thúc: đếm từ hồ sơ đến hết {}, so với cùng số ngày của kỳ trước và năm trước.",
                counted.to.format("%d/%m/%Y")
            )),
            None => notes.push("Kỳ chưa bắt đầu.".to_owned()),
            Some(_) => {}
        }
        for system in &self.walking {
            let name = asked.names.systems.name(system);
            notes.push(format!("Đang lấy hồ sơ của {name} lần đầu; số đếm từ hồ sơ chưa đủ."));
        }
        if let Some(records) = &self.records {
            let late = records.first.iter().filter(|(system, begin)| {
                asked.filter.may_take_system(system)
                    && **begin > asked.period.from
                    && **begin <= asked.period.to
            });
            for (system, begin) in late {
                let name = asked.names.systems.name(system);
                notes.push(format!("Hồ sơ của {name} chỉ có từ tháng {}.", begin.format("%-m/%Y")));
            }
            let unplaced = records.total.now.and_then(|now| now.unplaced).unwrap_or(0);
            // What systems state of themselves has no such part.
            if unplaced > 0 && self.basis == Basis::Records {
                notes.push(format!(
                    "{} hồ sơ nhận trong kỳ chưa xếp được vào đã xử lý hay chưa xử lý vì ngày hoặc trạng thái ghi sai; xem \
                     Chất lượng dữ liệu.",
                    count(unplaced)
                ));
            }
        }
        notes
    }
}

/// Why a count counted from records is not known.
fn why_records(figure: FigureId) -> &'static str {
    match figure {
        FigureId::CarriedOver => "không có hồ sơ nhận trước kỳ, nên chưa biết tồn kỳ trước",
        _ => "chưa có hồ sơ",
    }
}

/// Why a stated figure is not known.
fn why_reports(figure: FigureId) -> &'static str {
    match figure {
        FigureId::DoneEarly | FigureId::Unplaced => "báo cáo không tách, chỉ đếm được từ hồ sơ",
        FigureId::CarriedOver => "báo cáo không nêu tồn kỳ trước",
        _ => "báo cáo không nêu",
    }
}

/// The figures of a basis, with the reason of what is not known.
pub(crate) fn view(tally: &Tally, basis: Basis) -> FiguresView {
    match basis {
        Basis::Records => tally.view(why_records),
        Basis::Reports => tally.view(why_reports),
    }
}

/// No figure at all.
fn unknown(reason: &str) -> FiguresView {
    let missing = MissingFigure { figures: FIGURES.to_vec(), reason: reason.to_owned() };
    FiguresView { missing: vec![missing], ..FiguresView::default() }
}

/// Figures counted here, to be checked like those somebody states.
fn counted(now: &Tally) -> Checked {
    let carried = now.counts().carried_over.is_some();
    Checked {
        who: "đếm từ hồ sơ".to_owned(),
        ask: "đơn vị giải quyết hồ sơ, theo mục Chất lượng dữ liệu".to_owned(),
        statement: now.statement,
        kind: if carried { ReportKind::Periodic } else { ReportKind::Cumulative },
        before: None,
        unplaced: now.unplaced.unwrap_or(0),
    }
}

pub(crate) fn broken(now: &Tally) -> Vec<BrokenView> {
    let checked = counted(now);
    let marks = RULES.into_iter().filter_map(|rule| Some((rule, checked.broken(rule)?)));
    marks
        .map(|(rule, mut mark)| {
            if let Some(hint) = checked.hint(rule, mark.difference) {
                mark.text = format!("{} {hint}", mark.text);
            }
            mark
        })
        .collect()
}

/// Where what is stated is not what was counted, the dossiers without a place (`unplaced`) being taken for done or pending
/// as it fits.
pub(crate) fn differences(records: &Tally, unplaced: u64, reports: &Tally) -> Vec<DifferenceView> {
    let exact = [FigureId::Received, FigureId::ReceivedOnline, FigureId::ReceivedDirect];
    (FIGURES.into_iter())
        .filter(|figure| !is_rate(*figure) && *figure != FigureId::Total)
        .filter_map(|figure| {
            let (counted, stated) = records.count(figure).zip(reports.count(figure))?;
            let room = if exact.contains(&figure) { 0 } else { unplaced };
            let explained = counted <= stated && stated <= counted.saturating_add(room);
            let difference = i64::try_from(i128::from(counted) - i128::from(stated)).unwrap_or(i64::MAX);
            (!explained).then(|| DifferenceView {
                figure,
                records: counted,
                reports: stated,
                difference,
                text: format!(
                    "Đếm từ hồ sơ {}, báo cáo {}, chênh {}.",
                    count(counted),
                    count(stated),
                    count(difference.unsigned_abs())
                ),
            })
        })
        .collect()
}

fn sort(lines: &mut [Line], figure: Option<FigureId>, descending: bool, basis: Basis) {
    let names = |line: &Line| line.names.iter().map(|name| collate_key(name)).collect::<Vec<_>>();
    // Months are in the order of time, whatever their names.
    lines.sort_by_cached_key(|line| (names(line), line.codes.clone()));
    match figure {
        None if descending => lines.reverse(),
        None => {}
        Some(figure) => {
            let value = |line: &Line| {
                let now = if basis == Basis::Records { line.records.now } else { line.stated.now };
                now.and_then(|now| now.value(figure))
            };
            // What is not known stands last either way.
            lines.sort_by(|a, b| match (value(a), value(b)) {
                (Some(a), Some(b)) if descending => b.total_cmp(&a),
                (Some(a), Some(b)) => a.total_cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
        }
    }
}

/// What the total shows, in one line.
fn headline(total: &FiguresView) -> String {
    let Some(received) = total.received else { return "Chưa có số liệu của kỳ này".to_owned() };
    let mut parts = vec![format!("Nhận {} hồ sơ", count(received))];
    parts.extend(total.done_on_time_rate.map(|rate| format!("xử lý đúng hẹn {}", percent(rate, 1))));
    parts.extend(total.pending.map(|pending| format!("còn {} hồ sơ chưa xử lý", count(pending))));
    parts.join(", ")
}
