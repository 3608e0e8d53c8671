//! Columns of words and figures of a row: as shown, and as staff fill them in.

use crate::{
    App,
    checklist::{amount, day, note, number, vn},
    messages,
    people::Actor,
    wire::{EditedView, MeasureArgs, MeasureView, TextArgs, TextView, WireError},
};
use pvhcc_domain::{
    act::Act,
    checklist::Row,
    lists::{List, Measure},
    task::{MeasureValue, TaskState},
};

/// Longest source of a figure, characters; it stays on one line.
const LONGEST_SOURCE: usize = 300;
/// Largest figure taken.
const LARGEST: f64 = 1e12;

impl App {
    /// Fills in a column of words; empty words bring back the document's own.
    pub(crate) async fn task_set_text(&self, actor: &Actor, args: TextArgs) -> Result<EditedView, WireError> {
        let row = self.editable(actor, &args.no)?;
        let list = self.list_of(&row)?;
        let act = text_act(&list, &args.column, &args.text)?;
        let title = list.column(&args.column).map_or("", |c| c.title.as_str());
        let message = format!("Đã ghi cột “{title}” của nhiệm vụ {}.", row.label());
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    /// Reports a figure.
    pub(crate) async fn task_measure(
        &self,
        actor: &Actor,
        args: MeasureArgs,
    ) -> Result<EditedView, WireError> {
        let row = self.editable(actor, &args.no)?;
        let Some(measure) = row.measure(&args.measure) else {
            return Err(messages::invalid("measure", "Nhiệm vụ này không có chỉ tiêu đó."));
        };
        let as_of = day(&args.as_of, "asOf")?;
        let act = self.measure_act(measure, args.value, as_of, &args.source)?;
        let message = format!(
            "Đã ghi: {} {} tính đến {}.",
            measure.title,
            amount(args.value, &measure.unit),
            vn(as_of)
        );
        self.edit(actor, &args.no, args.based_on, act, message).await
    }

    /// A figure, checked, as the act that will be kept.
    pub(crate) fn measure_act(
        &self,
        measure: &Measure,
        value: f64,
        as_of: chrono::NaiveDate,
        source: &str,
    ) -> Result<Act, WireError> {
        if !(0.0..=LARGEST).contains(&value) || measure.total.is_some_and(|total| value > total) {
            let most = measure.total.unwrap_or(LARGEST);
            let text = format!("“{}” cần một số từ 0 đến {}.", measure.title, amount(most, &measure.unit));
            return Err(messages::invalid("value", &text));
        }
        if as_of > self.now().day() {
            return Err(messages::invalid("asOf", "Ngày số liệu không thể sau hôm nay."));
        }
        let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(source) = note(Some(&source))?.filter(|s| s.chars().count() <= LONGEST_SOURCE) else {
            return Err(messages::invalid("source", "Hãy ghi nguồn số liệu, không quá 300 ký tự."));
        };
        Ok(Act::TaskMeasured { measure: measure.id.clone(), value, as_of, source })
    }

    /// The list a row belongs to.
    pub(crate) fn list_of(&self, row: &Row) -> Result<std::sync::Arc<List>, WireError> {
        self.checklists()
            .of_key(&row.no)
            .cloned()
            .ok_or_else(|| messages::invalid("no", "Danh mục này không còn."))
    }
}

/// Words of a column, checked, as the act that will be kept.
pub(crate) fn text_act(list: &List, column: &str, text: &str) -> Result<Act, WireError> {
    if list.column(column).is_none() {
        return Err(messages::invalid("column", "Danh mục này không có cột đó."));
    }
    Ok(Act::TaskTextSet { column: column.to_owned(), text: note(Some(text))?.unwrap_or_default() })
}

/// The words that stand in a column: those filled in, else the document's.
pub(crate) fn text_of<'a>(row: &'a Row, state: &'a TaskState, column: &str) -> &'a str {
    state.texts.get(column).or_else(|| row.texts.get(column)).map_or("", String::as_str)
}

/// Every column of a row of `list`, in order.
pub(crate) fn texts(list: &List, row: &Row, state: &TaskState) -> Vec<TextView> {
    list.columns
        .iter()
        .map(|column| TextView {
            column: column.id.clone(),
            text: text_of(row, state, &column.id).to_owned(),
            original: row.texts.get(&column.id).filter(|_| state.texts.contains_key(&column.id)).cloned(),
        })
        .collect()
}

/// Every figure of a row, as reported, else as the document gives it.
pub(crate) fn measures(list: &List, row: &Row, state: &TaskState) -> Vec<MeasureView> {
    row.measures.iter().map(|measure| measure_view(list, measure, state.measures.get(&measure.id))).collect()
}

fn measure_view(list: &List, measure: &Measure, told: Option<&MeasureValue>) -> MeasureView {
    let value = told.map(|t| t.value).or(measure.value);
    let total = measure.total.filter(|_| measure.unit != "%");
    MeasureView {
        id: measure.id.clone(),
        title: measure.title.clone(),
        unit: measure.unit.clone(),
        total: measure.total,
        value,
        text: value.map_or_else(
            || "chưa có số liệu".to_owned(),
            |v| match total {
                Some(total) => format!("{} / {}", number(v), amount(total, &measure.unit)),
                None => amount(v, &measure.unit),
            },
        ),
        share: value.zip(measure.total).filter(|(_, total)| *total > 0.0).map(|(v, total)| v / total),
        as_of: told.map(|t| t.as_of.to_string()),
        provenance: match (told, &measure.quote) {
            (Some(told), _) => format!("tính đến {} · {}", vn(told.as_of), told.source),
            (None, Some(quote)) => format!("văn bản {}: “{quote}”", list.dated),
            (None, None) => "văn bản không nêu số liệu".to_owned(),
        },
    }
}
