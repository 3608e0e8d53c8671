//! Where figures come from: source, endpoint or file, and three clocks.

use super::{asked::Asked, checks::count, stats::Told};
use crate::{
    App,
    frame::Fresh,
    messages,
    wire::{Basis, FreshState, ProvenanceView, WireError},
    words,
};
use pvhcc_domain::{dossier::systems::outermost, figures::cell::Dimension, observation::SourceId, time::Ms};
use pvhcc_store::{ImportKind, ImportRow, NewImport, Origin};
use std::collections::{BTreeMap, BTreeSet};

/// One source, before its clocks are read.
struct Source {
    source: &'static str,
    place: String,
    basis: Basis,
    systems: BTreeSet<String>,
    as_of: Option<Ms>,
    fetched: Option<Ms>,
}

impl App {
    /// Systems whose first walk has not come to its end: their records are not all there.
    pub(crate) async fn walking(&self) -> Result<BTreeSet<String>, WireError> {
        let walks = self.0.store.walks().await.map_err(|e| messages::store(&e))?;
        Ok(walks.into_iter().filter(|w| w.walking && w.as_of.is_none()).map(|w| w.system).collect())
    }

    /// The sources of both bases for these figures.
    pub(crate) async fn provenance(
        &self,
        asked: &Asked,
        told: &Told,
    ) -> Result<Vec<ProvenanceView>, WireError> {
        let mut sources = Vec::new();
        let mut imports: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
        let mut portal: Option<Source> = None;
        let of_rows = told.stated.rows.values().chain([&told.stated.total]).flat_map(|row| &row.of);
        for joined in of_rows {
            let system = joined.cell.get(Dimension::System).unwrap_or_default().to_owned();
            match joined.import {
                Some(import) => {
                    imports.entry(import).or_default().insert(system);
                }
                None => {
                    let source = portal.get_or_insert_with(|| Source {
                        source: "Cổng DVCQG",
                        place: "dịch vụ số liệu thống kê (LaySoLieuThongKe)".to_owned(),
                        basis: Basis::Reports,
                        systems: BTreeSet::new(),
                        as_of: Some(joined.as_of),
                        fetched: Some(joined.fetched),
                    });
                    source.systems.insert(system);
                    source.as_of = source.as_of.min(Some(joined.as_of));
                    source.fetched = source.fetched.min(Some(joined.fetched));
                }
            }
        }
        if let Some(portal) = portal {
            sources.push((portal, self.freshness_of(SourceId::PortalStatistics).await?));
        }
        for (source, fresh) in self.imported(&imports).await? {
            sources.push((source, fresh));
        }
        if told.records.is_some() {
            sources.extend(self.of_walks(asked).await?);
        }
        let now = self.now();
        Ok(sources.into_iter().map(|(source, fresh)| view(source, &fresh, now)).collect())
    }

    /// The sources of records alone.
    pub(crate) async fn record_provenance(&self, asked: &Asked) -> Result<Vec<ProvenanceView>, WireError> {
        let now = self.now();
        Ok(self.of_walks(asked).await?.into_iter().map(|(source, fresh)| view(source, &fresh, now)).collect())
    }

    async fn of_walks(&self, asked: &Asked) -> Result<Vec<(Source, Fresh)>, WireError> {
        let walks = self.0.store.walks().await.map_err(|e| messages::store(&e))?;
        let mut sources = Vec::new();
        for walk in walks.into_iter().filter(|walk| asked.filter.may_take_system(&walk.system)) {
            let fresh = self.freshness_of(SourceId::GatewayDossiers).await?;
            let source = Source {
                source: "Trục tích hợp",
                place: format!("GET /v1/dossiers?system={}", walk.system),
                basis: Basis::Records,
                systems: [walk.system].into(),
                as_of: walk.as_of,
                fetched: fresh.fetched,
            };
            sources.push((source, fresh));
        }
        let imports = self.0.store.imports().await.map_err(|e| messages::store(&e))?;
        let of_records = imports.into_iter().filter(|import| {
            import.undone_at.is_none()
                && import.head.kind == ImportKind::Records
                && asked.filter.may_take_system(outermost(&import.head.system))
        });
        for import in of_records {
            let systems = [import.head.system.clone()].into();
            sources.push(of_file(&import, Basis::Records, systems, self.now()));
        }
        Ok(sources)
    }

    /// The files that figures were stated in.
    async fn imported(
        &self,
        of: &BTreeMap<i64, BTreeSet<String>>,
    ) -> Result<Vec<(Source, Fresh)>, WireError> {
        if of.is_empty() {
            return Ok(Vec::new());
        }
        let imports = self.0.store.imports().await.map_err(|e| messages::store(&e))?;
        let now = self.now();
        Ok(imports
            .into_iter()
            .filter_map(|import| {
                let systems = of.get(&import.id)?.clone();
                Some(of_file(&import, Basis::Reports, systems, now))
            })
            .collect())
    }
}

/// A file says what it said when it was taken in; it does not grow stale by itself, and its age is told.
fn of_file(import: &ImportRow, basis: Basis, systems: BTreeSet<String>, now: Ms) -> (Source, Fresh) {
    let NewImport { name, as_of, taken_at, .. } = &import.head;
    let rows = import.new + import.changed + import.unchanged;
    let source = Source {
        source: "Tệp nhập",
        place: format!("{name} ({} dòng)", count(rows)),
        basis,
        systems,
        as_of: Some(*as_of),
        fetched: Some(*taken_at),
    };
    let brief = format!("nhập {}", words::moment(*taken_at, now));
    let fresh = Fresh {
        state: FreshState::Fresh,
        text: brief.clone(),
        brief,
        as_of: Some(*as_of),
        fetched: Some(*taken_at),
    };
    (source, fresh)
}

fn view(source: Source, fresh: &Fresh, now: Ms) -> ProvenanceView {
    let Source { source, place, basis, systems, as_of, fetched } = source;
    let moment = |at: Option<Ms>| at.map_or_else(|| "–".to_owned(), |at| words::moment(at, now));
    ProvenanceView {
        text: format!(
            "{source}, {place}; số liệu tại {}, lấy lúc {} ({}), tính lúc {}.",
            moment(as_of),
            moment(fetched),
            fresh.text,
            words::moment(now, now)
        ),
        source: source.to_owned(),
        place,
        basis,
        systems: systems.into_iter().collect(),
        as_of: as_of.map(|at| at.0),
        fetched_at: fetched.map(|at| at.0),
        computed_at: now.0,
        state: fresh.state,
        age: fresh.text.clone(),
    }
}

/// Where one version came from, in words: endpoint or file, and its clocks.
pub(crate) fn origin(origin: &Origin, import: Option<&str>, now: Ms) -> String {
    let place = match (&*origin.source, import) {
        ("gateway_dossiers", _) => "Trục tích hợp, GET /v1/dossiers".to_owned(),
        (_, Some(file)) => format!("Tệp nhập {file}"),
        (source, None) => source.to_owned(),
    };
    format!(
        "{place}; số liệu tại {}, lấy lúc {}",
        origin.as_of.map_or_else(|| "–".to_owned(), |at| words::moment(at, now)),
        words::moment(origin.fetched_at, now)
    )
}
