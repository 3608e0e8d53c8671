//! The indicators of one unit in one period, for the window.

use super::{Told, cards};
use crate::{
    App,
    dossiers::{Names, period},
    messages,
    wire::{
        ErrorCode, IndicatorArgs, IndicatorBlock, IndicatorPeriod, IndicatorsView, SplitBy, UnitGroup,
        WireError,
    },
    words,
};
use chrono::Datelike as _;
use pvhcc_domain::{
    dossier::Period,
    indicators::{Card, Points, Schemes, Sheet},
    observation::SourceId,
};

/// What a view is of.
pub(super) struct Subject {
    pub(super) unit: String,
    pub(super) name: String,
    /// The whole province.
    pub(super) whole: bool,
}

impl App {
    /// # Errors
    /// `Invalid` for what is no period, `NotFound` for a period without indicators or a unit that is in no list.
    pub(crate) async fn indicators(&self, args: IndicatorArgs) -> Result<IndicatorsView, WireError> {
        let names = self.names().await?;
        let subject = self.subject(&args.unit, &names)?;
        let known = self.0.store.indicator_periods().await.map_err(|e| messages::store(&e))?;
        let told = match Self::indicator_period(&known, &args.period)? {
            Some(period) => Some(self.indicators_told(period).await?),
            None => None,
        };
        let today = self.now().day();
        let span = told
            .as_ref()
            .map_or_else(|| Period { from: today.with_ordinal(1).unwrap_or(today), to: today }, Told::span);
        let records = self.of_unit((!subject.whole).then_some(subject.unit.as_str()), span).await?;
        let rates = self.rates(told.as_ref(), &subject.unit, &records).await?;
        let fresh = self.freshness_of(SourceId::GatewayIndicators).await?;
        let periods = known
            .iter()
            .map(|k| IndicatorPeriod {
                id: k.period.clone(),
                title: period::title(Period { from: k.from, to: k.to }),
            })
            .collect();
        let schemes = Schemes::builtin().map_err(|e| messages::builtin(&e))?;
        let scheme = schemes.on(span.to.min(today));
        let mut view = IndicatorsView {
            title: format!("Chưa có chỉ số phục vụ của {}.", subject.name),
            document: scheme.document.clone(),
            periods,
            period: None,
            unit: subject.unit.clone(),
            unit_name: subject.name.clone(),
            score: None,
            max: scheme.max().number(),
            band: None,
            band_verified: false,
            place: None,
            blocks: Vec::new(),
            trend: Vec::new(),
            moves: Vec::new(),
            units: Vec::new(),
            rates,
            state: fresh.state,
            source: format!("Trục tích hợp, GET /v1/indicators ({})", fresh.text),
            notes: Vec::new(),
        };
        let Some(told) = told else {
            view.notes
                .push("Trục tích hợp chưa trả chỉ số nào; các tỷ lệ dưới đây tính từ hồ sơ.".to_owned());
            return Ok(view);
        };
        let nothing = Sheet::default();
        let card = Card::of(&told.scheme, told.sheet(&subject.unit).unwrap_or(&nothing));
        let total = card.total();
        let counted = records.by_component()?;
        let blocks: Vec<IndicatorBlock> = card.blocks.iter().map(|b| cards::block(b, &counted)).collect();
        let before = self.told_before(&known, told.span()).await?;
        let months = self.told_months(&known, told.period.from.year()).await?;
        let band = total.and_then(|total| told.scheme.band(total));
        let now = self.now();
        view.title = title(total, &blocks, &subject);
        view.period = Some(period::view(told.span()));
        view.score = total.map(Points::number);
        view.band = band.map(|band| band.name.clone());
        view.band_verified = band.is_some_and(|band| band.verified);
        view.place = (!subject.whole).then(|| cards::place(&told, &names, &subject.unit)).flatten();
        view.trend = cards::trend(&months, &names, &subject.unit);
        view.moves = cards::moves(&card);
        view.units = cards::units(&told, before.as_ref(), &names);
        view.source = format!(
            "Cổng DVCQG qua Trục tích hợp, GET /v1/indicators?period={}; số liệu tại {}, lấy lúc {} ({}).",
            told.period.period,
            words::moment(told.period.as_of, now),
            words::moment(told.period.fetched_at, now),
            fresh.text
        );
        view.notes = notes(&told, &card, &blocks, today);
        view.blocks = blocks;
        Ok(view)
    }

    /// The unit asked for; nothing is the whole province.
    pub(super) fn subject(&self, unit: &str, names: &Names) -> Result<Subject, WireError> {
        let province = self.province_code();
        if unit.is_empty() || unit == province {
            return Ok(Subject { unit: province, name: "toàn tỉnh".to_owned(), whole: true });
        }
        if names.units().group(unit) == UnitGroup::Unknown {
            let message = format!("Không có đơn vị “{unit}” trong danh mục.");
            return Err(WireError::new(ErrorCode::NotFound, message).with("field", "unit"));
        }
        let name = names.name(SplitBy::Unit, unit);
        Ok(Subject { unit: unit.to_owned(), name, whole: false })
    }
}

/// `66,23 điểm; mất nhiều nhất ở Số hóa hồ sơ (thiếu 12,38 điểm)`.
fn title(total: Option<Points>, blocks: &[IndicatorBlock], subject: &Subject) -> String {
    let Some(total) = total else {
        return format!("Chưa có điểm của {} trong kỳ này.", subject.name);
    };
    let lost = |block: &IndicatorBlock| block.score.map(|score| block.max - score);
    let worst = blocks.iter().filter_map(|b| Some((b, lost(b)?))).max_by(|a, b| a.1.total_cmp(&b.1));
    let worst = worst.filter(|(_, lost)| *lost > 0.0).map_or_else(String::new, |(block, lost)| {
        let lost = Points::from_number(lost).unwrap_or_default();
        format!("; mất nhiều nhất ở {} (thiếu {lost} điểm)", block.name)
    });
    format!("{total} điểm{worst}.")
}

fn notes(told: &Told, card: &Card<'_>, blocks: &[IndicatorBlock], today: chrono::NaiveDate) -> Vec<String> {
    let mut notes = Vec::new();
    if told.period.to >= today {
        notes.push("Kỳ chưa kết thúc: số liệu tính đến hiện tại.".to_owned());
    }
    let components = || blocks.iter().flat_map(|b| &b.components);
    let silent = components().filter(|c| c.missing.is_some()).count();
    if silent > 0 {
        notes.push(format!(
            "{silent} chỉ số chưa có điểm: không cộng vào tổng, cũng không tính là 0; tổng thấp hơn vì thế."
        ));
    }
    let differing = components().filter(|c| c.difference.is_some()).count();
    if differing > 0 {
        notes.push(format!("{differing} chỉ số có điểm công bố khác điểm tính theo công thức."));
    }
    if !card.unknown.is_empty() {
        let codes: Vec<&str> = card.unknown.iter().map(|r| r.code.as_str()).collect();
        notes.push(format!("Trục tích hợp nêu chỉ số chưa có trong bộ chỉ số: {}.", codes.join(", ")));
    }
    if told.scheme.bands.iter().any(|band| !band.verified) {
        notes.push(
            "Các mức xếp loại được nhắc rộng rãi nhưng chưa thấy trong văn bản nào: chưa kiểm chứng."
                .to_owned(),
        );
    }
    notes
}
