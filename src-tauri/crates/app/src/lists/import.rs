//! Progress from a colleague's file: looked at first, then written as one act that names the file.

use super::{
    file::{self, Carried},
    fill::{text_act, text_of},
};
use crate::{
    App,
    checklist::{Present, StatusWords, amount, due_act, entity, expected_act, vn},
    messages,
    people::Actor,
    proof::check_shown,
    wire::{
        AppEvent, BulkTask, ErrorCode, ImportApplyArgs, ImportArgs, ImportDone, ImportFault, ImportLine,
        ImportPreview, WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    annex::{Read, ReadRow, Said, read},
    checklist::Row,
    lists::List,
    task::TaskState,
};
use pvhcc_store::NewEvent;
use sha2::{Digest as _, Sha256};

/// A file as it would be taken.
struct Tried {
    carried: Carried,
    preview: ImportPreview,
    news: Vec<NewEvent>,
}

impl App {
    /// What a file would change; nothing is written.
    pub(crate) async fn import_preview(
        &self,
        actor: &Actor,
        args: ImportArgs,
    ) -> Result<ImportPreview, WireError> {
        Ok(self.try_import(actor, &args).await?.preview)
    }

    /// Writes what was looked at, as one act.
    ///
    /// # Errors
    /// `Conflict` when a task changed after the person looked: nothing is written, and the preview is to be looked at again.
    pub(crate) async fn import_apply(
        &self,
        actor: &Actor,
        args: ImportApplyArgs,
    ) -> Result<ImportDone, WireError> {
        let Tried { carried, preview, news } = self.try_import(actor, &args.import).await?;
        if preview.tasks != args.tasks {
            let moved = preview
                .tasks
                .iter()
                .chain(&args.tasks)
                .find(|t| !(preview.tasks.contains(t) && args.tasks.contains(t)));
            let no = moved.map_or("", |t| t.no.as_str());
            return Err(WireError::new(
                ErrorCode::Conflict,
                format!(
                    "Nhiệm vụ {no} vừa được cập nhật sau khi xem trước. Chưa ghi gì; hãy xem trước lại rồi nhập."
                ),
            ));
        }
        if news.is_empty() {
            return Err(messages::invalid("file", "Tệp không có gì mới so với danh mục; chưa ghi gì."));
        }
        let failed = |e| messages::store(&e);
        let store = &self.0.store;
        // The bytes are on the disk before the events that name them.
        let sha256 = store.put_blob(&carried.bytes).await.map_err(failed)?;
        let tasks = preview.tasks.len();
        let about = format!("Nhập tiến độ {tasks} nhiệm vụ từ tệp «{}» (SHA-256 {sha256})", carried.name);
        let events = store.append_batch(news, &about).await.map_err(failed)?;
        self.conclude(None).await?;
        self.emit(AppEvent::TasksChanged { nos: preview.tasks.iter().map(|t| t.no.clone()).collect() });
        Ok(ImportDone {
            event_id: events.last().map(|e| e.id.clone()).unwrap_or_default(),
            tasks: count(tasks),
            message: format!(
                "Đã nhập {} thay đổi ở {tasks} nhiệm vụ từ tệp «{}».",
                preview.lines.len(),
                carried.name
            ),
        })
    }

    async fn try_import(&self, actor: &Actor, args: &ImportArgs) -> Result<Tried, WireError> {
        let list = self.list(args.list.as_deref())?;
        let carried = file::open(&args.file).await?;
        let present = self.present().await?;
        let (sheet, found) = table(&carried, &list, &present)?;
        let mut tried = Taken { faults: faults(&sheet, &found), ..Taken::default() };
        for row in &found.rows {
            self.try_row(actor, args, &list, &present, &sheet, row, &mut tried);
        }
        tried.faults.sort_by_key(|fault| fault.line);
        let (changes, tasks, refused) = (tried.lines.len(), tried.tasks.len(), tried.faults.len());
        let mut text = if changes == 0 {
            "Không có thay đổi nào".to_owned()
        } else {
            format!("{changes} thay đổi ở {tasks} nhiệm vụ")
        };
        if refused > 0 {
            text.push_str(&format!(" · {refused} chỗ không nhận"));
        }
        text.push_str(&format!(" · {} dòng không đổi", found.same));
        let preview = ImportPreview {
            file: carried.name.clone(),
            sha256: hex::encode(Sha256::digest(&carried.bytes)),
            lines: tried.lines,
            faults: tried.faults,
            tasks: tried.tasks,
            same: count(found.same),
            ignored: found.ignored,
            text,
        };
        Ok(Tried { carried, preview, news: tried.news })
    }

    /// One row: all of it, or none with the reason.
    #[allow(clippy::too_many_arguments)]
    fn try_row(
        &self,
        actor: &Actor,
        args: &ImportArgs,
        list: &List,
        present: &Present,
        sheet: &str,
        found: &ReadRow,
        taken: &mut Taken,
    ) {
        let nobody = TaskState::default();
        let state = present.states.get(&found.key).unwrap_or(&nobody);
        let mut news = Vec::new();
        let mut lines = Vec::new();
        for (said, place) in &found.said {
            let act = self.editable(actor, &found.key).and_then(|row| {
                let act = self.said_act(actor, args, list, &row, said)?;
                check_shown(row.label(), state, present.proofs.get(&row.no), &act)?;
                Ok((row, act))
            });
            match act {
                Ok((row, act)) => {
                    lines.extend(differences(list, &row, state, said).into_iter().map(
                        |(field, old, new)| ImportLine {
                            no: row.no.clone(),
                            label: row.label().to_owned(),
                            title: row.title.clone(),
                            field,
                            old,
                            new,
                            place: place.clone(),
                        },
                    ));
                    news.push(NewEvent {
                        actor: actor.person.clone(),
                        role: actor.role,
                        auth: actor.auth,
                        entity: entity(&row.no),
                        based_on: Some(state.base().to_owned()),
                        act,
                        said_at: None,
                    });
                }
                Err(e) => {
                    taken.faults.push(ImportFault {
                        sheet: sheet.to_owned(),
                        line: count(found.line),
                        place: place.clone(),
                        no: pvhcc_domain::lists::label(&found.key).to_owned(),
                        reason: e.message,
                    });
                    return;
                }
            }
        }
        taken.lines.extend(lines);
        taken.news.extend(news);
        taken.tasks.push(BulkTask { no: found.key.clone(), based_on: Some(state.base().to_owned()) });
    }

    fn said_act(
        &self,
        actor: &Actor,
        args: &ImportArgs,
        list: &List,
        row: &Row,
        said: &Said,
    ) -> Result<Act, WireError> {
        match said.clone() {
            Said::Status { status, done_on, note, without_evidence } => {
                // Said for the first lead unit when it is not one's own task.
                let lead = row.lead_units.first().filter(|_| !row.lead_units.contains(&actor.unit));
                let words = StatusWords {
                    status,
                    done_on: done_on.map(|d| d.to_string()),
                    note,
                    on_behalf_of: lead.cloned(),
                    learned: args.learned,
                    without_evidence,
                };
                self.status_act(actor, row, words)
            }
            Said::Due { due, document } => due_act(&due.to_string(), &document),
            Said::Expected(day) => expected_act(Some(&day.to_string()), None),
            Said::Text { column, text } => text_act(list, &column, &text),
            Said::Measure { measure, value, as_of, source } => match row.measure(&measure) {
                Some(measure) => self.measure_act(measure, value, as_of, &source),
                None => Err(messages::invalid("measure", "Nhiệm vụ này không có chỉ tiêu đó.")),
            },
        }
    }
}

#[derive(Default)]
struct Taken {
    lines: Vec<ImportLine>,
    faults: Vec<ImportFault>,
    tasks: Vec<BulkTask>,
    news: Vec<NewEvent>,
}

/// The first sheet that holds the table.
fn table(carried: &Carried, list: &List, present: &Present) -> Result<(String, Read), WireError> {
    let mut problem = pvhcc_domain::annex::FileRefused::NoHeadings;
    for grid in &carried.sheets {
        match read(grid, list, &present.states) {
            Ok(found) => return Ok((grid.sheet.clone(), found)),
            Err(pvhcc_domain::annex::FileRefused::NoHeadings) => {}
            Err(other) => problem = other,
        }
    }
    Err(file::no_table(&carried.name, &problem))
}

fn faults(sheet: &str, found: &Read) -> Vec<ImportFault> {
    let fault = |f: &pvhcc_domain::annex::Fault| ImportFault {
        sheet: sheet.to_owned(),
        line: count(f.line),
        place: f.place.clone(),
        no: f.no.clone(),
        reason: f.reason.clone(),
    };
    found.faults.iter().map(fault).collect()
}

/// What differs, field by field: title, before, after.
fn differences(list: &List, row: &Row, state: &TaskState, said: &Said) -> Vec<(String, String, String)> {
    let words = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(vn).unwrap_or_default();
    let all = match said {
        Said::Status { status, done_on, note, without_evidence } => vec![
            ("Trạng thái".to_owned(), state.status.words().to_owned(), status.words().to_owned()),
            ("Ngày xong".to_owned(), day(state.done_on), day(*done_on)),
            ("Ghi chú".to_owned(), words(&state.note), words(note)),
            ("Lý do chưa có minh chứng".to_owned(), words(&state.without_evidence), words(without_evidence)),
        ],
        Said::Due { due, document } => {
            let old = state.changed_due.as_ref();
            let old_day = old.map(|(day, _)| *day).or(row.due);
            vec![
                ("Hạn điều chỉnh".to_owned(), day(old_day), vn(*due)),
                (
                    "Văn bản đổi hạn".to_owned(),
                    old.map(|(_, d)| d.clone()).unwrap_or_default(),
                    document.clone(),
                ),
            ]
        }
        Said::Expected(to) => vec![("Dự kiến xong".to_owned(), day(state.expected), vn(*to))],
        Said::Text { column, text } => {
            let title = list.column(column).map_or_else(|| column.clone(), |c| c.title.clone());
            vec![(title, text_of(row, state, column).to_owned(), text.clone())]
        }
        Said::Measure { measure, value, as_of, source } => {
            let known = row.measure(measure);
            let title = known.map_or_else(|| measure.clone(), |m| m.title.clone());
            let unit = known.map_or("", |m| m.unit.as_str());
            let told = state.measures.get(measure);
            let old = told.map(|t| format!("{} · {} · {}", amount(t.value, unit), vn(t.as_of), t.source));
            let old = old.or_else(|| known.and_then(|m| m.value).map(|v| amount(v, unit)));
            let new = format!("{} · {} · {source}", amount(*value, unit), vn(*as_of));
            vec![(title, old.unwrap_or_default(), new)]
        }
    };
    all.into_iter().filter(|(_, old, new)| old != new).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
