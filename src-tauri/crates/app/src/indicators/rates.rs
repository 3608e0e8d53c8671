//! The rates beside the indicators: counted here where records tell, else from where somebody says them, else "no source".

use super::{Told, cards::difference, cards::fraction};
use crate::{
    App,
    frame::Fresh,
    messages,
    wire::{FreshState, RateView, WireError},
    words,
};
use pvhcc_domain::{
    dossier::Period,
    indicators::{CountedRate, RateFrom, RateRule, Reading, Totals, rates},
    observation::{Flow, FlowHealth, FlowState, SourceId, Stage},
    proof::percentile,
    quality::{Part, Tally},
    text::{date, instant, percent},
    time::Ms,
};
use std::collections::BTreeMap;

/// Span of the rates over calls.
const WEEK_MS: i64 = 7 * 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// A rate counted from records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) numerator: u64,
    pub(super) denominator: u64,
}

/// What records tell of a unit in a period.
pub(super) struct OfRecords {
    totals: Totals,
    quality: Tally,
}

impl OfRecords {
    fn counted(&self, rate: CountedRate) -> Counted {
        let (numerator, denominator) = self.totals.rate(rate);
        Counted { numerator, denominator }
    }

    /// Rates that stand beside a component, by its code; none without anything counted.
    pub(super) fn by_component(&self) -> Result<BTreeMap<String, Counted>, WireError> {
        let rules = rates().map_err(|e| messages::builtin(&e))?;
        let of = rules.into_iter().filter_map(|rule| match (rule.from, rule.indicator) {
            (RateFrom::Records(rate), Some(code)) => Some((code, self.counted(rate))),
            _ => None,
        });
        Ok(of.filter(|(_, counted)| counted.denominator > 0).collect())
    }
}

/// What a rate came to.
struct Value {
    text: String,
    value: Option<f64>,
    counts: Option<Counted>,
    source: String,
    missing: Option<String>,
}

impl Value {
    fn missing(source: &str, why: &str) -> Self {
        let missing = Some(why.to_owned());
        Self { text: "–".to_owned(), value: None, counts: None, source: source.to_owned(), missing }
    }

    fn share(counts: Counted, source: String, nothing: &str) -> Self {
        match fraction(counts.numerator, counts.denominator) {
            Some(value) => Self {
                text: percent(value, 2),
                value: Some(value),
                counts: Some(counts),
                source,
                missing: None,
            },
            None => Self { counts: Some(counts), ..Self::missing(&source, nothing) },
        }
    }

    fn amount(text: String, value: f64, source: String) -> Self {
        Self { text, value: Some(value), counts: None, source, missing: None }
    }
}

impl App {
    /// What records tell of a unit, or of all, in a period.
    pub(super) async fn of_unit(&self, unit: Option<&str>, period: Period) -> Result<OfRecords, WireError> {
        let unit = unit.map(str::to_owned);
        self.scanned(move |scan| {
            let wanted = |part: &Part| unit.as_deref().is_none_or(|code| part.unit.as_deref() == Some(code));
            let mut of = OfRecords { totals: Totals::default(), quality: Tally::default() };
            for (id, _) in scan.parts.iter().filter(|(_, part)| wanted(part)) {
                of.totals.add(&scan.gathered.totals(id, period.from, period.to));
                of.quality.add(scan.report.records(id));
            }
            of
        })
        .await
    }

    /// Every rate. Those of systems and traffic are of the whole province, whichever unit is asked for.
    pub(super) async fn rates(
        &self,
        told: Option<&Told>,
        unit: &str,
        records: &OfRecords,
    ) -> Result<Vec<RateView>, WireError> {
        let mut views = Vec::new();
        let fresh = self.freshness_of(SourceId::GatewayIndicators).await?;
        for rule in rates().map_err(|e| messages::builtin(&e))? {
            let reading = |code: &str| -> Option<&Reading> {
                told?.sheet(unit)?.readings.iter().find(|reading| reading.code == code)
            };
            let value = match &rule.from {
                RateFrom::Records(CountedRate::HandlingDays) => {
                    days(records.counted(CountedRate::HandlingDays))
                }
                RateFrom::Records(rate) => {
                    Value::share(records.counted(*rate), OF_RECORDS.to_owned(), "chưa có hồ sơ để tính")
                }
                RateFrom::Indicator(code) => indicator(reading(code), &fresh),
                RateFrom::Flow(flow) => self.flow_rate(*flow).await?,
                RateFrom::ApiErrors => self.error_rate().await?,
                RateFrom::ApiPeak => self.peak().await?,
                RateFrom::Obstacles => self.response_time().await?,
                RateFrom::Quality => clean(records.quality),
                RateFrom::Nothing => {
                    Value::missing("chưa có nguồn", "chưa có nguồn nào cung cấp số liệu này")
                }
            };
            let stated = rule.indicator.as_deref().and_then(reading).and_then(ratio);
            let beside = match (&rule.from, &rule.indicator) {
                (RateFrom::Records(_), Some(_)) => Some(difference(value.value, stated)),
                _ => None,
            };
            views.push(view(rule, value, beside));
        }
        Ok(views)
    }

    /// What the gateway says of a flow: of its latest phase that had calls.
    async fn flow_rate(&self, flow: Flow) -> Result<Value, WireError> {
        let flows = self.0.store.flow_states().await.map_err(|e| messages::store(&e))?;
        let fresh = self.freshness_of(SourceId::GatewayFlows).await?;
        let of = |state: &&FlowState| {
            state.flow == flow && state.stage == Stage::Test && state.state != FlowHealth::NotApplicable
        };
        let latest = flows.iter().filter(of).filter(|s| s.calls > 0).max_by_key(|s| s.phase);
        let phase = |state: &FlowState| if state.phase == 1 { "Security Server" } else { "Agent Node" };
        let why = match fresh.fetched {
            None => "chưa quan sát luồng này",
            Some(_) => "24 giờ qua không có lượt gọi nào",
        };
        Ok(match latest.and_then(|state| Some((state, state.success_rate?))) {
            Some((state, rate)) => Value {
                text: percent(rate, 2),
                value: Some(rate),
                counts: None,
                source: format!(
                    "Trục tích hợp, luồng {} qua {} ({})",
                    words::flow(flow),
                    phase(state),
                    stood(&fresh)
                ),
                missing: None,
            },
            None => Value::missing(
                &format!("Trục tích hợp, luồng {} ({})", words::flow(flow), stood(&fresh)),
                why,
            ),
        })
    }

    /// Where the week of calls ends: at the gateway's own time, never at the present.
    async fn week(&self) -> Result<Option<(Ms, Ms)>, WireError> {
        let states = self.0.store.source_states().await.map_err(|e| messages::store(&e))?;
        let as_of = states.get(&SourceId::GatewayApis).and_then(|s| s.last_ok_as_of);
        Ok(as_of.map(|to| (to.plus(-WEEK_MS), to)))
    }

    async fn error_rate(&self) -> Result<Value, WireError> {
        let Some((from, to)) = self.week().await? else {
            return Ok(Value::missing(OF_CALLS, "chưa có số đo API nào"));
        };
        let hours = self.0.store.calls_by_hour(from, to).await.map_err(|e| messages::store(&e))?;
        let numerator = hours.iter().map(|h| h.failed).sum();
        let denominator = hours.iter().map(|h| h.calls).sum();
        let counts = Counted { numerator, denominator };
        Ok(Value::share(counts, of_calls(from, to), "7 ngày qua không có lượt gọi nào"))
    }

    async fn peak(&self) -> Result<Value, WireError> {
        let Some((from, to)) = self.week().await? else {
            return Ok(Value::missing(OF_CALLS, "chưa có số đo API nào"));
        };
        let hours = self.0.store.calls_by_hour(from, to).await.map_err(|e| messages::store(&e))?;
        // Of hours equally busy, the earliest.
        let Some(busiest) = hours.iter().rev().max_by_key(|h| h.calls).filter(|h| h.calls > 0) else {
            return Ok(Value::missing(&of_calls(from, to), "7 ngày qua không có lượt gọi nào"));
        };
        let until = busiest.from.plus(HOUR_MS);
        let measures = self.0.store.api_measures(None, busiest.from, until).await;
        let measures = measures.map_err(|e| messages::store(&e))?;
        let hour = busiest.from.local().format("%Hh ngày %d/%m").to_string();
        let source = format!("{}; đông nhất lúc {hour}", of_calls(from, to));
        Ok(match percentile(&measures, 0.95) {
            Some(ms) => Value::amount(format!("{ms} ms"), f64::from(ms), source),
            None => Value {
                missing: Some("phân vị 95 vượt thang đo 15 giây".to_owned()),
                text: "> 15 giây".to_owned(),
                ..Value::missing(&source, "")
            },
        })
    }

    async fn response_time(&self) -> Result<Value, WireError> {
        let source = "Sổ khó khăn, vướng mắc";
        let overall = self.obstacles(None).await?.overall;
        Ok(match overall.median_days {
            Some(days) => Value::amount(
                format!("{} ngày làm việc", overall.median_days_text),
                days,
                format!("{source}, {} lần trả lời", overall.responses),
            ),
            None => Value::missing(source, "chưa có lần trả lời nào"),
        })
    }
}

const OF_RECORDS: &str = "Tính từ bản ghi hồ sơ đang có";
const OF_CALLS: &str = "Trục tích hợp, số đo API";

fn of_calls(from: Ms, to: Ms) -> String {
    format!("{OF_CALLS} từ {} đến {}", date(from.day()), date(to.day()))
}

/// Of when a source speaks. The instant, not an age: what is frozen for a report is read days later.
fn stood(fresh: &Fresh) -> String {
    let Some(as_of) = fresh.as_of else { return "chưa có số liệu".to_owned() };
    let state = match fresh.state {
        FreshState::Fresh => "",
        FreshState::Stale => ", đã cũ",
        FreshState::Failing | FreshState::NotObserved => ", nguồn không trả lời",
    };
    format!("số liệu lúc {}{state}", instant(as_of))
}

fn ratio(reading: &Reading) -> Option<f64> {
    reading.ratio.or_else(|| reading.counts().and_then(|(n, d)| fraction(n, d)))
}

fn indicator(reading: Option<&Reading>, fresh: &Fresh) -> Value {
    let source = format!("Cổng DVCQG qua Trục tích hợp ({})", stood(fresh));
    match reading.and_then(|r| Some((ratio(r)?, r.counts()))) {
        Some((value, counts)) => Value {
            text: percent(value, 2),
            value: Some(value),
            counts: counts.map(|(numerator, denominator)| Counted { numerator, denominator }),
            source,
            missing: None,
        },
        None if fresh.fetched.is_none() => Value::missing(&source, "chưa lấy được chỉ số nào"),
        None => Value::missing(&source, "Cổng chưa có số liệu"),
    }
}

fn days(counts: Counted) -> Value {
    match fraction(counts.numerator, counts.denominator) {
        Some(mean) => Value {
            counts: Some(counts),
            ..Value::amount(
                format!("{} ngày làm việc", format!("{mean:.1}").replace('.', ",")),
                mean,
                OF_RECORDS.to_owned(),
            )
        },
        None => Value::missing(OF_RECORDS, "chưa có hồ sơ nào xong trong kỳ"),
    }
}

fn clean(tally: Tally) -> Value {
    let counts = Counted { numerator: tally.looked - tally.found, denominator: tally.looked };
    Value::share(
        counts,
        "Quy tắc chất lượng dữ liệu trên bản ghi đang có".to_owned(),
        "chưa có bản ghi nào để xét",
    )
}

fn view(rule: RateRule, value: Value, beside: Option<String>) -> RateView {
    let published = rule.published.map(|p| format!("{} ({})", percent(p.value / 100.0, 2), p.source));
    let (numerator, denominator) = value.counts.map(|c| (c.numerator, c.denominator)).unzip();
    RateView {
        id: rule.id,
        name: rule.name,
        text: value.text,
        value: value.value,
        numerator,
        denominator,
        formula: rule.formula,
        source: value.source,
        missing: value.missing,
        beside,
        published,
        document: rule.document,
        lower_is_better: rule.lower_is_better,
    }
}
