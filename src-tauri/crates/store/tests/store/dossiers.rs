use super::*;
use pvhcc_domain::{
    dossier::{Record, Status},
    figures::Counts,
    observation::DossierFigures,
};
use pvhcc_store::{
    DossierPage, DossierVersions, ImportKept, ImportKind, KeptRecord, Name, NameKind, NewImport, PageKept,
    Piece, StoreError,
};
use tokio::sync::mpsc;

/// A record of the gateway with an id.
pub(crate) fn told(id: &str, code: &str, status: u8) -> Record {
    Record {
        system: "bo.byt".into(),
        code: code.into(),
        record: id.into(),
        procedure: Some("1.000001".into()),
        field: Some("YT".into()),
        unit: Some("H21.17".into()),
        channel_code: Some(2),
        status_code: Some(status),
        received_at: Some(START.plus(-1)),
        fee: Some(u64::from(status)),
        ..Record::default()
    }
}

/// A row of a file.
fn row(code: &str, status: u8) -> Record {
    Record { record: String::new(), ..told("", code, status) }
}

pub(crate) fn page<'a>(records: &'a [Record], at: Ms, more: bool) -> DossierPage<'a> {
    DossierPage {
        system: "bo",
        anew: false,
        as_of: at,
        fetched_at: at,
        payload_sha256: "ab",
        records,
        names: &[],
        quarantined: &[],
        next: "next",
        more,
        etag: Some("\"e\""),
    }
}

pub(crate) fn file(sha256: &str, as_of: Ms, taken_at: Ms) -> NewImport {
    NewImport {
        sha256: sha256.into(),
        name: "hoso.csv".into(),
        kind: ImportKind::Records,
        system: "bo".into(),
        as_of,
        taken_at,
        event: "e-1".into(),
    }
}

pub(crate) async fn import(
    store: &Store,
    head: &NewImport,
    pieces: Vec<Piece>,
) -> Result<ImportKept, StoreError> {
    let (send, mut receive) = mpsc::channel(pieces.len().max(1));
    for piece in pieces {
        send.send(piece).await.unwrap();
    }
    drop(send);
    store.keep_import(head, &mut receive).await
}

async fn all(store: &Store) -> Vec<DossierVersions> {
    let mut all = Vec::new();
    loop {
        let piece = store.dossiers_after(all.last().map(|d: &DossierVersions| d.dossier), 2).await.unwrap();
        if piece.is_empty() {
            return all;
        }
        all.extend(piece);
    }
}

async fn present(store: &Store) -> Vec<KeptRecord> {
    store.records_after(None, 100).await.unwrap()
}

fn statuses(versions: &DossierVersions) -> Vec<Vec<Option<Status>>> {
    versions.records.iter().map(|r| r.iter().map(|v| v.status).collect()).collect()
}

const MINUTE: i64 = 60_000;

fn at(n: i64) -> Ms {
    START.plus(n * MINUTE)
}

#[tokio::test]
async fn a_record_has_a_new_version_only_when_it_says_something_else() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let first = [told("r1", "A", 4), told("r2", "B", 4)];
    let kept = store.keep_dossier_page(&page(&first, at(1), false)).await.unwrap();
    assert_eq!(kept, PageKept { round: 1, new: 2, ..PageKept::default() });
    // Only when it was last changed differs: that is no content.
    let again = [Record { changed_at: Some(at(2)), ..told("r1", "A", 4) }, told("r2", "B", 9)];
    let kept = store.keep_dossier_page(&page(&again, at(3), false)).await.unwrap();
    assert_eq!(kept, PageKept { round: 2, unchanged: 1, changed: 1, ..PageKept::default() });
    let all = all(&store).await;
    assert_eq!(all.iter().map(|d| d.dossier).collect::<Vec<_>>(), [1, 2]);
    let (accepted, done) = (Some(Status::Processing), Some(Status::Finished));
    assert_eq!(statuses(&all[0]), [vec![accepted]]);
    assert_eq!(statuses(&all[1]), [vec![accepted, done]]);
    let versions = &all[1].records[0];
    assert_eq!((versions[0].valid_from, versions[0].valid_to), (at(1), Some(at(3))));
    assert_eq!((versions[1].valid_from, versions[1].valid_to), (at(3), None));
    let present = present(&store).await;
    assert_eq!(present[0].record, again[0], "with its id and when it was changed");
    assert_eq!((present[0].origin, present[0].as_of), (1, at(3)), "brought first, and said again");
    assert_eq!(present[1].record, again[1]);
    assert_eq!(store.dossier_number("bo.btc", "B").await.unwrap(), Some(2));
    assert_eq!(store.records_of(&[2], Some(at(2))).await.unwrap()[0].record, first[1]);
    let origin = &store.origins(&[2]).await.unwrap()[&2];
    assert_eq!((origin.source.as_str(), origin.fetched_at, origin.rows), ("gateway_dossiers", at(3), 2));
}

#[tokio::test]
async fn an_older_as_of_never_replaces_a_newer_one() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.keep_dossier_page(&page(&[told("r1", "A", 4)], at(1), false)).await.unwrap();
    // The gateway goes on saying so as long as it tells no change.
    store.walk_confirmed("bo", at(10), at(10)).await.unwrap();
    let old = file("f1", at(5), at(11));
    let kept = import(&store, &old, vec![Piece::Records(vec![row("A", 9), row("B", 9)]), Piece::End]).await;
    let kept = kept.unwrap();
    assert_eq!((kept.new, kept.changed, kept.older), (1, 0, 1));
    let new = file("f2", at(11), at(12));
    let kept = import(&store, &new, vec![Piece::Records(vec![row("A", 9)]), Piece::End]).await.unwrap();
    assert_eq!((kept.changed, kept.older), (1, 0));
    let kept = store.keep_dossier_page(&page(&[told("r1", "A", 5)], at(9), false)).await.unwrap();
    assert_eq!(kept.older, 1, "an answer that was overtaken");
    assert_eq!(present(&store).await[0].record, told("r1", "A", 9), "a file keeps the gateway's id");
}

#[tokio::test]
async fn a_code_told_twice_is_two_records_of_one_dossier_and_the_first_counts() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let both = [told("r1", "A", 4), told("r2", "A", 9)];
    store.keep_dossier_page(&page(&both, at(1), false)).await.unwrap();
    let one = &all(&store).await[0];
    assert_eq!((one.records.len(), one.duplicates_at(at(1))), (2, 1));
    assert_eq!(one.counted_at(at(1)).unwrap()[0].status, Some(Status::Processing));
    assert_eq!(one.counted_at(at(0)), None);
    // The first gets a code of its own: from then on the second counts.
    let kept = store.keep_dossier_page(&page(&[told("r1", "C", 4)], at(2), false)).await.unwrap();
    assert_eq!((kept.new, kept.changed), (0, 1));
    assert_eq!(store.dossiers_changed_since(1).await.unwrap().dossiers, Some(vec![1, 2]));
    let two = all(&store).await;
    assert_eq!((two[0].duplicates_at(at(2)), two[0].duplicates_at(at(1))), (0, 1));
    assert_eq!(two[0].counted_at(at(2)).unwrap()[0].status, Some(Status::Finished));
    assert_eq!(two[1].counted_at(at(2)).unwrap()[0].code, "C");
    // And back: it goes on where it was.
    store.keep_dossier_page(&page(&[told("r1", "A", 5)], at(3), false)).await.unwrap();
    let two = all(&store).await;
    assert_eq!(two[0].counted_at(at(3)).unwrap().len(), 2);
    assert_eq!((two[1].counted_at(at(3)), two[0].duplicates_at(at(3))), (None, 1));
}

#[tokio::test]
async fn a_walk_goes_on_where_it_stood_and_one_from_the_beginning_ends_what_it_does_not_tell() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let first = DossierPage { anew: true, next: "c1", ..page(&[], at(1), true) };
    store
        .keep_dossier_page(&DossierPage { records: &[told("r1", "A", 4), told("r2", "B", 4)], ..first })
        .await
        .unwrap();
    store.close().await;
    let (store, _) = open(dir.path(), &clock).await;
    let walk = store.walks().await.unwrap().remove(0);
    assert_eq!((walk.next.as_str(), walk.walking, walk.taken, walk.as_of), ("c1", true, 2, None));
    store
        .keep_dossier_page(&DossierPage { next: "c2", ..page(&[told("r3", "C", 4)], at(1), false) })
        .await
        .unwrap();
    let walk = store.walks().await.unwrap().remove(0);
    assert_eq!((walk.next.as_str(), walk.walking, walk.taken, walk.as_of), ("c2", false, 3, Some(at(1))));
    import(&store, &file("f", at(2), at(2)), vec![Piece::Records(vec![row("D", 4)]), Piece::End])
        .await
        .unwrap();

    store.forget_walk("bo").await.unwrap();
    let (one, rest) = ([told("r1", "A", 4)], [told("r3", "C", 9)]);
    let begin = DossierPage { anew: true, ..page(&one, at(5), true) };
    assert_eq!(store.keep_dossier_page(&begin).await.unwrap().gone, 0);
    let kept = store.keep_dossier_page(&page(&rest, at(5), false)).await.unwrap();
    assert_eq!((kept.changed, kept.gone), (1, 1));
    let codes: Vec<String> = present(&store).await.into_iter().map(|r| r.record.code).collect();
    assert_eq!(codes, ["A", "C", "D"], "a file's dossiers are not the gateway's to end");
    // It comes back as itself.
    store.keep_dossier_page(&page(&[told("r2", "B", 4)], at(6), false)).await.unwrap();
    assert_eq!(statuses(&all(&store).await[1]), [vec![Some(Status::Processing); 2]]);
}

#[tokio::test]
async fn a_file_is_kept_whole_or_not_at_all_and_once() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let head = file("f", at(1), at(2));
    let rows = vec![row("A", 4), row("B", 4), row("A", 4), row("B", 9)];
    let name = Name { kind: NameKind::Field, code: "YT".into(), name: "Y tế".into() };
    let pieces = vec![Piece::Names(vec![name]), Piece::Records(rows), Piece::Records(vec![row("A", 5)])];
    let unfinished = import(&store, &head, pieces.clone()).await.unwrap_err();
    assert!(matches!(unfinished, StoreError::Refused(_)));
    assert!(present(&store).await.is_empty() && store.imports().await.unwrap().is_empty());
    assert_eq!(store.dossier_count().await.unwrap(), 0);

    let whole: Vec<Piece> = pieces.into_iter().chain([Piece::End]).collect();
    let kept = import(&store, &head, whole.clone()).await.unwrap();
    assert_eq!((kept.new, kept.unchanged, kept.repeated.clone()), (2, 1, vec![3, 4]));
    assert_eq!(store.code_names().await.unwrap().fields["YT"], "Y tế");
    let known = store.import_of("f", ImportKind::Records, "bo").await.unwrap().unwrap();
    assert_eq!((known.id, known.new, known.repeated, known.head.clone()), (kept.import, 2, 2, head.clone()));
    assert!(matches!(import(&store, &head, whole).await.unwrap_err(), StoreError::Refused(_)));
    assert_eq!(store.imports().await.unwrap().len(), 1);

    // Given up while it is being read: other writers find nothing of it, and nothing in their way.
    let (send, mut receive) = mpsc::channel(1);
    send.send(Piece::Records(vec![row("Z", 4)])).await.unwrap();
    let other = file("g", at(1), at(3));
    {
        let taking = store.keep_import(&other, &mut receive);
        tokio::pin!(taking);
        assert!(futures_ready(&mut taking, &send).await, "it waits for more");
    }
    store.keep_dossier_page(&page(&[told("r1", "C", 4)], at(4), false)).await.unwrap();
    let codes: Vec<String> = present(&store).await.into_iter().map(|r| r.record.code).collect();
    assert_eq!(codes, ["A", "B", "C"]);
}

/// Drives a future until it has taken what stands in the channel; whether it then waits for more.
async fn futures_ready<F: Future>(future: &mut std::pin::Pin<&mut F>, send: &mpsc::Sender<Piece>) -> bool {
    tokio::select! {
        biased;
        _ = future.as_mut() => false,
        () = async { let _room = send.reserve().await; } => true,
    }
}

#[tokio::test]
async fn a_file_that_is_only_looked_at_is_counted_as_if_taken_and_leaves_nothing() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.keep_dossier_page(&page(&[told("r1", "A", 4)], at(1), false)).await.unwrap();
    let rows = [Piece::Records(vec![row("A", 4), row("B", 5), row("C", 5)])];
    let ended = |last: Piece| rows.iter().cloned().chain([last]).collect::<Vec<Piece>>();
    let seen = import(&store, &file("f", at(2), at(2)), ended(Piece::Forget)).await.unwrap();
    assert_eq!((seen.new, seen.unchanged), (2, 1));
    assert_eq!((present(&store).await.len(), store.imports().await.unwrap().len()), (1, 0));
    let kept = import(&store, &file("f", at(2), at(2)), ended(Piece::End)).await.unwrap();
    assert_eq!((kept.new, kept.unchanged, kept.round), (seen.new, seen.unchanged, seen.round));
    assert_eq!(present(&store).await.len(), 3);
}

#[tokio::test]
async fn a_file_taken_out_leaves_what_others_say_as_if_it_had_never_been() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    store.keep_dossier_page(&page(&[told("r1", "A", 4)], at(1), false)).await.unwrap();
    let rows = vec![row("A", 5), row("B", 5), row("C", 5)];
    let kept =
        import(&store, &file("f", at(2), at(2)), vec![Piece::Records(rows), Piece::End]).await.unwrap();
    // The gateway says the same of B, and something else of C.
    let told_now = [told("r2", "B", 5), told("r3", "C", 9)];
    store.keep_dossier_page(&page(&told_now, at(3), false)).await.unwrap();
    let before = store.dossier_round().await.unwrap();
    let undone = store.undo_import(kept.import, at(4)).await.unwrap();
    assert_eq!(undone.rows, 2, "what the gateway says too stays");
    let records = present(&store).await;
    let expected = [told("r1", "A", 4), told_now[0].clone(), told_now[1].clone()];
    assert_eq!(records.iter().map(|r| r.record.clone()).collect::<Vec<_>>(), expected);
    assert_eq!((records[0].valid_from, records[1].valid_from), (at(1), at(3)));
    assert_eq!(statuses(&all(&store).await[2]), [vec![Some(Status::Finished)]]);
    let changed = store.dossiers_changed_since(before).await.unwrap();
    assert_eq!((changed.dossiers, changed.round), (None, undone.round));
    assert!(matches!(store.undo_import(kept.import, at(5)).await.unwrap_err(), StoreError::Refused(_)));
    assert_eq!(store.imports().await.unwrap()[0].undone_at, Some(at(4)));
    // Taken out, it can be taken again.
    let again = file("f", at(4), at(6));
    let kept = import(&store, &again, vec![Piece::Records(vec![row("A", 5)]), Piece::End]).await.unwrap();
    assert_eq!(kept.changed, 1);
}

#[tokio::test]
async fn figures_of_files_stand_beside_the_portals_and_the_latest_as_of_counts() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    let cell = |unit: &str, done: u64| DossierFigures {
        system: "tinh".into(),
        unit: Some(unit.into()),
        field: None,
        procedure: None,
        channel: Some(String::new()),
        from: day("2026-05-01"),
        to: day("2026-05-31"),
        statement: Counts { done: Some(done), ..Counts::default() }.into(),
    };
    let figures = |sha256: &str, as_of: Ms, taken_at: Ms| NewImport {
        kind: ImportKind::Figures,
        ..file(sha256, as_of, taken_at)
    };
    let rows = vec![cell("H21.1", 1), cell("H21.2", 2), cell("H21.1", 1), cell("H21.2", 3)];
    let first =
        import(&store, &figures("f", at(1), at(2)), vec![Piece::Figures(rows), Piece::End]).await.unwrap();
    assert_eq!((first.new, first.unchanged, first.repeated.clone()), (2, 1, vec![3]));
    let later =
        vec![Piece::Figures(vec![cell("H21.1", 1)]), Piece::Figures(vec![cell("H21.2", 7)]), Piece::End];
    let second = import(&store, &figures("g", at(3), at(3)), later).await.unwrap();
    assert_eq!((second.changed, second.unchanged), (1, 1));
    let older = vec![Piece::Figures(vec![cell("H21.2", 9)]), Piece::End];
    assert_eq!(import(&store, &figures("h", at(2), at(4)), older).await.unwrap().older, 1);
    let done = async || -> Vec<(Option<u64>, Option<i64>)> {
        let kept = store.figures().await.unwrap();
        kept.into_iter().map(|k| (k.figures.statement.counts.done, k.import)).collect()
    };
    assert_eq!(done().await, [(Some(1), Some(second.import)), (Some(7), Some(second.import))]);
    store.undo_import(first.import, at(5)).await.unwrap();
    assert_eq!(done().await, [(Some(1), Some(second.import)), (Some(7), Some(second.import))]);
    store.undo_import(second.import, at(6)).await.unwrap();
    assert_eq!(done().await, [], "the first is gone too");
}

#[tokio::test]
async fn pruning_takes_ended_versions_and_no_round_that_is_still_named() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), clock());
    let (store, _) = open(dir.path(), &clock).await;
    for (n, status) in [(1, 2), (2, 4), (3, 9)] {
        let records = [told("r1", "A", status), told("r2", "B", 4)];
        store.keep_dossier_page(&page(&records, at(n), false)).await.unwrap();
    }
    store.prune(at(3)).await.unwrap();
    let kept = all(&store).await;
    assert_eq!(statuses(&kept[0]), [vec![Some(Status::Processing), Some(Status::Finished)]]);
    store.prune(at(4)).await.unwrap();
    let kept = all(&store).await;
    assert_eq!(statuses(&kept[0]), [vec![Some(Status::Finished)]]);
    assert_eq!(kept[1].records[0][0].valid_from, at(1), "its round is there as long as it is");
}
