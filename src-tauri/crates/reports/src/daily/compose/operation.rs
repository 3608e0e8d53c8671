//! Part II: the 13 figures with their identities, flows and APIs, the rates of synchronisation, errors and payment.

use super::super::{
    ChartKind, Picture,
    paper::{Block, Column, Grid, Line, count},
};
use super::{
    of,
    phrases::{known, moment, names, with_share},
};
use crate::{
    figures::{figure_cells, figure_columns},
    table::Datum,
};
use pvhcc_domain::{
    figures::Counts,
    report::freeze::{ApiLine, DossierFigures, ExchangeFigures, FlowLine, Freeze, IdentityLine, RateLine},
    text,
};

/// Most systems beside the province in the table of the body; all of them stand in the annex.
const MOST_SYSTEMS: usize = 3;

pub(super) fn part(today: &Freeze, pictures: &dyn Fn(ChartKind) -> Option<Picture>) -> Vec<Block> {
    let dossiers = &today.dossiers;
    let mut blocks = vec![Block::clause("1. Tiếp nhận, giải quyết hồ sơ thủ tục hành chính")];
    blocks.extend(handled(today));
    if dossiers.as_of.is_some() {
        blocks.push(Block::Grid(thirteen(today)));
        blocks.extend(identities(dossiers));
    }
    if let Some(picture) = pictures(ChartKind::Months).filter(|_| !dossiers.months.is_empty()) {
        let text = "Hồ sơ tiếp nhận và đã giải quyết theo tháng";
        blocks.push(Block::Chart { text: text.into(), picture });
    }
    blocks.push(Block::clause("2. Kết nối, tích hợp và đồng bộ dữ liệu"));
    blocks.extend(flows(&today.exchange));
    blocks.extend(apis(&today.exchange));
    blocks.extend(waiting(&today.exchange));
    blocks.push(Block::clause("3. Tỷ lệ đồng bộ, lỗi kỹ thuật, thanh toán trực tuyến và các chỉ số khác"));
    blocks.extend(rates(&today.rates));
    blocks
}

/// The province as a whole in words.
fn handled(today: &Freeze) -> Vec<Block> {
    let dossiers = &today.dossiers;
    let Some(as_of) = dossiers.as_of else {
        return vec![Block::text("Đến thời điểm chốt số liệu chưa có số liệu hồ sơ từ bất kỳ nguồn nào.")];
    };
    let all = &dossiers.whole;
    let mut said = vec![Block::text(format!(
        "Từ ngày {} đến ngày {} (nguồn: {}; số liệu lúc {}): tiếp nhận {} hồ sơ, trong đó trực tuyến {}, trực tiếp và qua \
         bưu chính công ích {}; đã giải quyết {} hồ sơ, trong đó đúng hẹn {}; đang giải quyết {} hồ sơ, trong đó quá hạn {}.",
        text::date(dossiers.from),
        text::date(dossiers.to),
        dossiers.basis,
        moment(as_of),
        known(all.received),
        with_share(all.received_online, all.received),
        with_share(all.received_direct, all.received),
        known(all.done),
        with_share(all.on_time, all.done),
        known(all.pending),
        with_share(all.overdue, all.pending)
    ))];
    match &dossiers.in_period {
        Some(counts) => said.push(Block::text(format!(
            "Riêng trong {}: tiếp nhận {} hồ sơ, trong đó trực tuyến {}; đã giải quyết {} hồ sơ.",
            of(today),
            known(counts.received),
            with_share(counts.received_online, counts.received),
            known(counts.done)
        ))),
        None => said.push(Block::note(format!("Chưa có đủ số liệu hồ sơ riêng trong {}.", of(today)))),
    }
    // What the figures are to be read with stands at the head of the report, once.
    if !dossiers.caveats.is_empty() {
        said.push(Block::note("Số liệu hồ sơ đọc cùng các lưu ý ở đầu báo cáo."));
    }
    said
}

/// The 13 figures down, the province and its systems across.
fn thirteen(today: &Freeze) -> Grid {
    let dossiers = &today.dossiers;
    let mut places: Vec<(String, &Counts)> = vec![("Toàn tỉnh".into(), &dossiers.whole)];
    places.extend(dossiers.in_period.iter().map(|counts| (format!("Trong {}", of(today)), counts)));
    if dossiers.systems.len() <= MOST_SYSTEMS {
        places.extend(dossiers.systems.iter().map(|line| (upper_first(&line.name), &line.counts)));
    }
    let mut columns = vec![Column::new("Chỉ tiêu", 34.0)];
    columns.extend(places.iter().map(|(name, _)| Column::new(name, 14.0)));
    let cells: Vec<Vec<Datum>> = places.iter().map(|(_, counts)| figure_cells(counts)).collect();
    let rows = figure_columns("").into_iter().enumerate().map(|(at, figure)| {
        let name =
            if figure.heading.starts_with('(') { figure.heading } else { format!("– {}", figure.heading) };
        let values = cells.iter().map(|place| place[at].clone());
        Line::plain(std::iter::once(Datum::Text(name)).chain(values).collect())
    });
    let rows = rows.collect();
    Grid { columns, rows }
}

/// One identity that is broken or cannot be checked, as a sentence.
pub(super) fn identity(line: &IdentityLine) -> String {
    let ask =
        if line.ask.is_empty() { String::new() } else { format!(" Đề nghị {} rà soát.", line.ask) };
    match line.difference {
        Some(by) => format!(
            "Số liệu không khớp – {}: {}, chênh lệch {} hồ sơ.{ask}",
            line.place,
            line.rule,
            count(by.unsigned_abs())
        ),
        None => format!("Chưa đủ số liệu để đối chiếu – {}: {}.", line.place, line.rule),
    }
}

fn identities(dossiers: &DossierFigures) -> Vec<Block> {
    let broken = dossiers.identities.iter().filter(|line| line.difference.is_some()).count();
    let unknown = dossiers.identities.len() - broken;
    let all = dossiers.identities_held as usize + dossiers.identities.len();
    if all == 0 {
        return vec![Block::note("Chưa đối chiếu được số liệu hồ sơ.")];
    }
    let mut said = vec![Block::text(format!(
        "Kết quả đối chiếu số liệu: {}/{all} phép kiểm tra khớp, {broken} phép kiểm tra không khớp, {unknown} phép kiểm tra \
         chưa đủ số liệu{}",
        dossiers.identities_held,
        if dossiers.identities.is_empty() { "." } else { ":" }
    ))];
    said.extend(dossiers.identities.iter().map(|line| Block::item(identity(line))));
    said
}

fn flows(exchange: &ExchangeFigures) -> Vec<Block> {
    if exchange.flows.is_empty() {
        return vec![Block::text("Chưa có số liệu về các luồng tích hợp.")];
    }
    let good = exchange.flows.iter().filter(|flow| flow.good).count();
    let row = |flow: &FlowLine| {
        Line::plain(vec![
            Datum::Text(upper_first(&flow.name)),
            Datum::Text(flow.stage.clone()),
            Datum::Text(flow.state.clone()),
            Datum::Rate(flow.success),
            Datum::Instant(flow.as_of),
        ])
    };
    vec![
        Block::text(format!(
            "{good}/{} bước khai báo, kiểm thử luồng tích hợp đạt yêu cầu:",
            exchange.flows.len()
        )),
        Block::Grid(Grid {
            columns: vec![
                Column::new("Luồng", 32.0),
                Column::new("Bước", 25.0),
                Column::new("Tình trạng", 22.0),
                Column::new("Tỷ lệ thành công", 11.0),
                Column::new("Số liệu lúc", 22.0),
            ],
            rows: exchange.flows.iter().map(row).collect(),
        }),
    ]
}

fn apis(exchange: &ExchangeFigures) -> Vec<Block> {
    let apis = &exchange.apis;
    if apis.is_empty() {
        return vec![Block::text("Chưa có số liệu đo API.")];
    }
    let met = apis.iter().filter(|api| api.met).count();
    let unseen = apis.iter().filter(|api| api.calls.is_none()).count();
    let seen: Vec<&ApiLine> = apis.iter().filter(|api| api.calls.is_some()).collect();
    let sum = |of: fn(&ApiLine) -> Option<u64>| {
        seen.iter().try_fold(0u64, |sum, api| Some(sum.saturating_add(of(api)?))).filter(|_| !seen.is_empty())
    };
    let (calls, succeeded) = (sum(|api| api.calls), sum(|api| api.succeeded));
    let mut said = vec![Block::text(format!(
        "Trong 24 giờ trước thời điểm chốt số liệu, {met}/{} API đạt ngưỡng, {} API chưa đạt hoặc chưa đủ lượt gọi, {unseen} \
         API không quan sát được; tổng số lượt gọi quan sát được {}, thành công {} (chi tiết tại Phụ lục III).",
        apis.len(),
        apis.len() - met - unseen.min(apis.len() - met),
        known(calls),
        with_share(succeeded, calls)
    ))];
    let below: Vec<&str> = seen.iter().filter(|api| !api.met).map(|api| api.name.as_str()).collect();
    if !below.is_empty() {
        said.push(Block::text(format!("API chưa đạt hoặc chưa đủ lượt gọi: {}.", names(&below, "API"))));
    }
    said
}

/// The sync queue and the unpaid fees: what is still to be done, which no rate tells.
fn waiting(exchange: &ExchangeFigures) -> Vec<Block> {
    let queue = match &exchange.queue {
        Some(queue) => format!(
            "Hàng đợi đồng bộ (số liệu lúc {}): {} bản ghi chờ gửi, {} bản ghi bỏ dở cần xử lý.",
            moment(queue.as_of),
            count(queue.waiting),
            count(queue.failed)
        ),
        None => "Chưa có số liệu hàng đợi đồng bộ.".to_owned(),
    };
    let fees = match &exchange.fees {
        Some(fees) => format!(
            "Phí, lệ phí chờ nộp (số liệu lúc {}): {} hồ sơ của {} đơn vị, {} đồng.",
            moment(fees.as_of),
            count(fees.dossiers),
            count(fees.units),
            count(fees.amount)
        ),
        None => "Chưa có số liệu phí, lệ phí chờ nộp.".to_owned(),
    };
    vec![Block::text(queue), Block::text(fees)]
}

fn rates(rates: &[RateLine]) -> Vec<Block> {
    if rates.is_empty() {
        return vec![Block::text("Chưa có số liệu.")];
    }
    let row = |rate: &RateLine| {
        Line::plain(vec![
            Datum::Text(rate.name.clone()),
            match rate.unit.as_str() {
                "%" => Datum::Rate(rate.value),
                _ => Datum::Text(in_unit(rate)),
            },
            Datum::Text(rate.source.clone()),
        ])
    };
    vec![Block::Grid(Grid {
        columns: vec![
            Column::new("Chỉ số", 34.0),
            Column::figures("Giá trị", 14.0),
            Column::new("Nguồn", 52.0),
        ],
        rows: rates.iter().map(row).collect(),
    })]
}

/// A value in a unit of its own, with a decimal comma.
fn in_unit(rate: &RateLine) -> String {
    let Some(value) = rate.value.filter(|value| value.is_finite()) else {
        return crate::layout::UNKNOWN.to_owned();
    };
    let rounded = (value * 100.0).round() / 100.0;
    let whole = text::number(rounded.trunc() as i64);
    let digits = format!("{:.2}", rounded.fract().abs());
    let fraction = digits[2..].trim_end_matches('0');
    let number = if fraction.is_empty() { whole } else { format!("{whole},{fraction}") };
    format!("{number} {}", rate.unit)
}

pub(super) fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_in_its_own_unit_has_a_decimal_comma() {
        let rate = |value| RateLine {
            id: "x".into(),
            name: "x".into(),
            value,
            unit: "phút".into(),
            source: String::new(),
        };
        assert_eq!(in_unit(&rate(Some(12.5))), "12,5 phút");
        assert_eq!(in_unit(&rate(Some(1_200.0))), "1.200 phút");
        assert_eq!(in_unit(&rate(Some(1.999))), "2 phút");
        assert_eq!(in_unit(&rate(None)), "–");
        assert_eq!(in_unit(&rate(Some(f64::NAN))), "–");
    }

    #[test]
    fn a_broken_identity_names_the_place_the_difference_and_whom_to_ask() {
        let line = |difference| IdentityLine {
            rule: "Tiếp nhận = đã giải quyết + đang giải quyết".into(),
            place: "Hệ thống của bộ, ngành".into(),
            difference,
            ask: "đầu mối Cổng DVCQG (C12)".into(),
        };
        assert_eq!(
            identity(&line(Some(129))),
            "Số liệu không khớp – Hệ thống của bộ, ngành: Tiếp nhận = đã giải quyết + đang giải quyết, chênh lệch 129 hồ \
             sơ. Đề nghị đầu mối Cổng DVCQG (C12) rà soát."
        );
        assert!(identity(&line(None)).starts_with("Chưa đủ số liệu"));
    }
}
