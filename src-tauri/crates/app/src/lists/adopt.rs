//! An annex of another decision taken in as a list of its own, and a list given up.

use super::{
    catalogue::LIST,
    file::{self, Carried},
};
use crate::{
    App,
    checklist::note,
    messages,
    people::Actor,
    wire::{
        AppEvent, ErrorCode, ListImportArgs, ListImportView, ListRetireArgs, ListRow, ListsView, OddView,
        WireError,
    },
};
use pvhcc_domain::{
    act::Act,
    annex::{FileRefused, ListRefused, list_of, list_titles},
    checklist::Anomaly,
    lists::{List, label},
};
use sha2::{Digest as _, Sha256};

/// Longest title of a list, characters: the switch shows it whole.
const LONGEST_TITLE: usize = 60;

impl App {
    /// Every list with what is odd in it.
    pub(crate) async fn lists(&self) -> Result<ListsView, WireError> {
        let row = |list: &std::sync::Arc<List>| ListRow {
            id: list.id.clone(),
            title: list.title.clone(),
            document: list.document.clone(),
            tasks: count(list.checklist.tasks().count()),
            imported: list.imported,
            odd: odd(list.anomalies(&self.0.units)),
        };
        Ok(ListsView { lists: self.checklists().all().map(row).collect() })
    }

    /// Looks at an annex, or takes it in.
    pub(crate) async fn list_import(
        &self,
        actor: &Actor,
        args: ListImportArgs,
    ) -> Result<ListImportView, WireError> {
        let carried = file::open(&args.file).await?;
        let list = self.read_list(&carried, &args)?;
        if self.checklists().get(&list.id).is_some() {
            let text = format!("Tệp «{}» đã được nhập thành danh mục “{}”.", carried.name, list.title);
            return Err(WireError::new(ErrorCode::Conflict, text));
        }
        let tasks = list.checklist.tasks().count();
        let odd = odd(list.anomalies(&self.0.units));
        let oddities =
            if odd.is_empty() { String::new() } else { format!(", {} điểm bất thường", odd.len()) };
        let message = if args.preview {
            format!("Tệp có {tasks} nhiệm vụ{oddities}. Chưa ghi gì.")
        } else {
            let text = list.to_toml().map_err(|e| messages::builtin(&e))?;
            let sha256 = self.0.store.put_blob(text.as_bytes()).await.map_err(|e| messages::store(&e))?;
            let (title, document) = (list.title.clone(), list.document.clone());
            let act = Act::ChecklistImported { title, document, sha256 };
            self.say(actor, &format!("{LIST}{}", list.id), None, act).await?;
            self.reload_lists().await?;
            self.emit(AppEvent::TasksChanged { nos: Vec::new() });
            format!("Đã thêm danh mục “{}” với {tasks} nhiệm vụ{oddities}.", list.title)
        };
        Ok(ListImportView {
            tasks: count(tasks),
            sections: list.checklist.sections().iter().map(|s| format!("{} {}", s.number, s.title)).collect(),
            columns: list.columns.iter().map(|c| c.title.clone()).collect(),
            id: list.id,
            title: list.title,
            document: list.document,
            odd,
            message,
        })
    }

    /// An imported list is no longer followed. What was said about its rows stays in the journal.
    pub(crate) async fn list_retire(
        &self,
        actor: &Actor,
        args: ListRetireArgs,
    ) -> Result<ListsView, WireError> {
        let list = self.list(Some(&args.list))?;
        if !list.imported {
            return Err(messages::invalid("list", "Danh mục này đi kèm chương trình nên không bỏ được."));
        }
        let Some(reason) = note(Some(&args.reason))? else {
            return Err(messages::invalid("reason", "Hãy ghi lý do thôi theo dõi danh mục."));
        };
        let act = Act::ChecklistRetired { reason };
        self.say(actor, &format!("{LIST}{}", list.id), None, act).await?;
        self.reload_lists().await?;
        self.emit(AppEvent::TasksChanged { nos: Vec::new() });
        self.lists().await
    }

    fn read_list(&self, carried: &Carried, args: &ListImportArgs) -> Result<List, WireError> {
        // The same file is the same list, whoever brings it.
        let digest = hex::encode(Sha256::digest(&carried.bytes));
        let id = format!("n{}", &digest[..10]);
        let mut problem = ListRefused::File(FileRefused::NoHeadings);
        for grid in &carried.sheets {
            let (own_title, own_document) = list_titles(grid);
            let stem = carried.name.rsplit_once('.').map_or(carried.name.as_str(), |(stem, _)| stem);
            let title = note(args.title.as_deref())?.unwrap_or(own_title);
            let title = if title.is_empty() { stem.to_owned() } else { title };
            let title: String = title.chars().take(LONGEST_TITLE).collect();
            let document = note(args.document.as_deref())?.unwrap_or(own_document);
            let dated = self.now().local().format("%m/%Y").to_string();
            match list_of(grid, &self.0.units, [&id, &title, &document, &dated]) {
                Ok(list) => return Ok(list),
                Err(ListRefused::File(FileRefused::NoHeadings)) => {}
                Err(other) => problem = other,
            }
        }
        Err(no_annex(&carried.name, &problem))
    }
}

fn no_annex(name: &str, refused: &ListRefused) -> WireError {
    let why = match refused {
        ListRefused::File(refused) => return file::no_table(name, refused),
        ListRefused::NoContents => "không có cột “Nội dung”".to_owned(),
        ListRefused::Formula { place, error } => format!("có công thức lỗi {error} ở ô {place}"),
        ListRefused::TooManyColumns(n) => format!("có {n} cột ngoài năm cột của quyết định, quá 12"),
        ListRefused::Rows(n) => format!("có {n} dòng, cần từ 1 đến 5.000 và ít nhất một nhiệm vụ"),
    };
    let text = format!("Tệp «{name}» {why}. Hãy sửa tệp theo mẫu Phụ lục của quyết định rồi nhập lại.");
    messages::invalid("file", &text)
}

fn odd(found: Vec<Anomaly>) -> Vec<OddView> {
    let rows = |anomaly: &Anomaly| anomaly.rows.iter().map(|no| label(no).to_owned()).collect();
    found.into_iter().map(|a| OddView { rows: rows(&a), text: a.text }).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
