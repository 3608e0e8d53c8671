//! Writes the TypeScript side of the wire: types, and one client function a command.
//!
//! The result is committed at `ui/src/backend/generated/`; a test fails when it drifts.

use super::*;
use pvhcc_domain::{
    evidence::TestResult,
    observation::{Flow, ProbeState, Stage},
    obstacle::{ObstacleGroup, ObstacleStage},
    operation::incident::{ClockKind, Severity, Stage as IncidentStage},
    operation::readiness::Readiness,
    operation::register::FallbackKind,
    operation::run::{
        Decision, Mode, StepEnd, Vote, gate::Shown, state::Stage as StepStage, trigger::Danger,
    },
    operation::runbook::{Compare, Figure, Level},
    operation::signal::Metric,
    operation::watch::{FlowStanding, Health, Verdict as WatchVerdict},
    party::FocalField,
    rag::Rag,
    report::{Cadence, deadline::Verdict, state::Stage as ReportStage},
    roles::{Auth, Role},
    task::{Learned, TaskStatus},
};
use ts_rs::{Config, TS};

fn config() -> Config {
    Config::new().with_large_int("number")
}

fn one<T: TS>(out: &mut String) {
    out.push_str("export ");
    out.push_str(&T::decl(&config()));
    out.push('\n');
}

/// A union of the names serde gives to `values`; the domain stays free of TypeScript.
fn names<T: serde::Serialize>(out: &mut String, name: &str, values: &[T]) {
    let union: Vec<String> = values.iter().filter_map(|v| serde_json::to_string(v).ok()).collect();
    out.push_str(&format!("export type {name} = {};\n", union.join(" | ")));
}

macro_rules! all { ($out:ident: $($t:ty),* $(,)?) => { $( one::<$t>(&mut $out); )* } }

/// The whole of `types.ts`.
#[must_use]
pub fn types() -> String {
    let mut out = String::from(
        "// Generated from src-tauri/crates/app/src/wire. Do not edit: `cargo xtask types`.\n\n",
    );
    names(&mut out, "Role", &[Role::Staff, Role::Duty, Role::Leader, Role::Admin]);
    names(&mut out, "Auth", &[Auth::Online, Auth::Offline, Auth::Setup, Auth::CommandLine]);
    names(
        &mut out,
        "TaskStatus",
        &[
            TaskStatus::NotStarted,
            TaskStatus::InProgress,
            TaskStatus::Blocked,
            TaskStatus::Done,
            TaskStatus::NotApplicable,
        ],
    );
    names(&mut out, "Rag", &[Rag::None, Rag::Done, Rag::Green, Rag::Amber, Rag::Red]);
    names(&mut out, "TestResult", &[TestResult::Passed, TestResult::Partly, TestResult::Failed]);
    names(&mut out, "Flow", &Flow::ALL);
    names(&mut out, "Stage", &[Stage::Declare, Stage::Test]);
    names(
        &mut out,
        "Learned",
        &[Learned::Letter, Learned::Call, Learned::Minutes, Learned::Meeting, Learned::Own],
    );
    names(&mut out, "ObstacleGroup", &ObstacleGroup::ALL);
    names(
        &mut out,
        "ObstacleStage",
        &[ObstacleStage::Raised, ObstacleStage::Answered, ObstacleStage::Resolved],
    );
    names(&mut out, "ApiHealth", &Health::ALL);
    names(&mut out, "FlowStanding", &FlowStanding::ALL);
    names(&mut out, "WatchVerdict", &WatchVerdict::ALL);
    names(&mut out, "ProbeState", &[ProbeState::Up, ProbeState::Down, ProbeState::Unknown]);
    names(&mut out, "Severity", &Severity::ALL);
    names(&mut out, "IncidentStage", &IncidentStage::ALL);
    names(&mut out, "ClockKind", &ClockKind::ALL);
    names(&mut out, "Readiness", &Readiness::ALL);
    names(&mut out, "FallbackKind", &[FallbackKind::Paper, FallbackKind::Cash]);
    names(&mut out, "FocalField", &FocalField::ALL);
    names(&mut out, "Cadence", &[Cadence::Daily, Cadence::Monthly]);
    names(&mut out, "ReportStage", &ReportStage::ALL);
    names(&mut out, "ReportVerdict", &Verdict::ALL);
    names(&mut out, "RunMode", &[Mode::Rehearsal, Mode::Live]);
    names(&mut out, "RunStepStage", &StepStage::ALL);
    names(&mut out, "RunStepEnd", &[StepEnd::Done, StepEnd::Failed, StepEnd::Skipped]);
    names(&mut out, "RunVote", &[Vote::Go, Vote::NoGo]);
    names(&mut out, "RunDecision", &[Decision::Go, Decision::Hold, Decision::RollBack]);
    names(&mut out, "CriterionLevel", &[Level::Must, Level::Should]);
    names(&mut out, "RunbookFigure", &Figure::ALL);
    names(&mut out, "Metric", &Metric::ALL);
    names(&mut out, "Compare", &Compare::ALL);
    names(&mut out, "CriterionShown", &Shown::ALL);
    names(&mut out, "RunDanger", &Danger::ALL);
    all!(out:
        RunbookFinding, RunbookRow, RunbooksView, RunbookArgs, RunbookView, RunbookWho, RunbookCondition, RunbookStep,
        RunbookCriterion, RunbookGate, RunbookTrigger, RunbookHead, RunbookStepRow, RunbookGateRow, RunbookTriggerRow, MetricChoice,
        NodeChoice, FigureChoice, RunbookPartsView, RunbookPart, RunbookPartPutArgs, RunbookPartKind, RunbookPartDropArgs, RunbookTextView,
        RunbookCheckArgs, RunbookCheckView,
        RunbookSaveArgs, RunbookSavedView, RunbookImportArgs, RunbookRetireArgs, RunRow, RunsView, RunArgs, RunStream,
        ConditionView, RunStep, StepFile, VoteView, CriterionView, DecisionView, RunGate, RunTrigger, NoReturnView, RunLine,
        RunPerson, RunView, RunOpenArgs, RunTextArgs, RunKeyArgs, StepAssignArgs, StepStartArgs, StepEndArgs, StepReopenArgs,
        StepFileArgs, GateVoteArgs, GateDecideArgs, NoReturnArgs, NoReturnPhase, NoReturnStateView,
        ImportWhat, ImportPieceArgs, ImportPieceView, UploadArgs, ImportCancelArgs, DateOrderView, ColumnChoice, FixedChoice,
        ValueChoice, ImportMapping, LookArgs, ColumnFate, ImportColumn, ImportTarget, ImportSheet, ImportPreviewRow, ImportReject,
        ImportSkipped, ImportUnknown, LookView, TakeArgs, TakenView, ImportRow, ImportsView, ImportUndoArgs, ImportUndoneView,
        TableFormat, TasksExportArgs, ImportArgs, ImportLine, ImportFault, ImportPreview, ImportApplyArgs, ImportDone,
        ListImportArgs, OddView, ListImportView, ListRetireArgs, ListRow, ListsView,
        TasksArgs, ColumnView, ListLink, ListView, TextView, MeasureView, TextArgs, MeasureArgs,
        ObstacleRow, ResponseRow, PartyName, ObstaclesView, ObstacleArgs, ObstacleDetailView, ObstacleWords,
        ObstacleRaiseArgs, ObstacleChangeArgs, ObstacleReplyArgs, ObstacleReopenArgs, TaskBlockArgs, ObstacleEdited,
        ToldView, QueueView, FeesView, ProbeView, AroundView, UnitFeesView, FeesByUnitView,
        WatchArgs, WatchSource, FlowCell, FlowLine, ApiTile, HealthCount, WatchChange, WatchView, WatchApiArgs, WatchPoint,
        WatchApiView, WatchTimelineArgs, WatchStretch, WatchLane, WatchTimelineView, HeatMetric, WatchHeatArgs, HeatLine,
        WatchHeatView, WatchPeakArgs, PeakDay, PeakHour, PeakApi, WatchPeakView,
        AlertState, AlertSaid, AlertMuteView, AlertRow, AlertsArgs, AlertsView, TopAlertView, AlertArgs, AlertPathStep,
        AlertEffectView, AlertMeasure, AlertGuideView, AlertRung, AlertLink, AlertDetailView, AlertAckArgs, AlertMuteArgs,
        AlertUnmuteArgs, AlertEscalateArgs, AlertEdited, AlertTuning, AlertRuleComing, AlertRuleRow, AlertRulesView, AlertRuleArgs,
        TouchedInput, NamedView, SeverityView, ClockView, IncidentRow, IncidentFigures, IncidentsArgs, IncidentsView, IncidentArgs,
        TimelineKind, TimelineLine, FollowUpView, IncidentAlert, IncidentMay, IncidentMays, IncidentDetailView, IncidentOpenArgs,
        IncidentChangeArgs, IncidentAckArgs, IncidentAssignArgs, IncidentNoteArgs, IncidentLinkArgs, IncidentEscalateArgs,
        IncidentMitigateArgs, IncidentResolveArgs, IncidentReopenArgs, IncidentFollowUpArgs, IncidentCloseArgs, IncidentEdited,
        StandingPart, HandoverNote, HandoverView, HandoverWriteArgs, HandoverTakeArgs, BulletinArgs, BulletinFormat,
        BulletinSaveArgs, BulletinView,
        TableImportArgs, TableImportLine, TableImportView, DoneView, WordsView,
        MemberKind, ReadinessCounts, DutyView, ReadinessCell, ReadinessRow, ReadinessParty, ReadinessView, ReadinessUnitArgs,
        ReadinessUnitView, DutyReport, ReadinessReportArgs, ReadinessWithdrawArgs, ReadinessImportArgs, ReadinessExportArgs,
        ReadinessReminderArgs,
        DutyPerson, LackKind, ShiftView, GapView, PostLine, OnNowView, DutyNow, DutyArgs, RosterOfDutyView, ShiftSetArgs, TurnArgs,
        CrewArgs, ShiftRepeatArgs, ShiftRemoveArgs, ShiftArgs, ShiftHistoryView, DutyPersonArgs, DutyPersonKey, DutyPersonView,
        DutyExportArgs,
        BalanceKind, CountView, InFlightRow, InFlightTotals, InFlightView, InFlightCountArgs, InFlightExplainArgs, FallbackStage,
        FallbackRow, FallbackTotals, FallbackView, FallbackWords, FallbackTakeArgs, FallbackChangeArgs, FallbackReenterArgs,
        FallbackPairArgs, FallbackVoidArgs, RegisterKind, RegistersExportArgs,
        ContactView, PartyView, PartiesView, PartySetArgs, ContactSetArgs, ContactRemoveArgs,
        ProofTone, ProofPill, RagCell, ProofReason, FileView, EvidenceView, ProofStep, ProofView, FileInput, EvidenceInput,
        EvidenceArgs, EvidenceRevokeArgs, EvidenceKeyArgs, EvidenceCheckArgs, EvidenceCheckView, RagArgs, RagEndArgs,
        WindowKind, BarInput, BarRow, BarComing, BarChoice, BarsView, BarArgs, BulkChange, BulkTask, BulkArgs, BulkLine, BulkPreview, BulkDone, ChoiceView, ChoicesView, ChoiceArgs, PlanTask, PlanEdge, ForecastView, PlanColumn, PlanView, NoArgs, NoResult, ErrorCode, WireError, AppEvent, Phase, ProfileView, UserView, SessionView, PasteArgs,
        PinArgs, ClaimArgs, SetupView, SecretView, SecretsView, SecretArgs, SecretKeyArgs, SecretPlace, SetupArgs, SetupTestView, SetupTestLine, FreshState, SourceBadge,
        DeadlineState, DeadlineView, NoticeView, FrameView, PastFrameView, SourcesView, SourceView, PollArgs, Tile, ProvedFigure, Target, AttentionItem, CheckState, SidePart, CheckView, ChecksView,
        TileMark, OverviewView, ChartKind, ChartTheme, ChartArgs, HotSpotView, ChartView, UnitView, GatewayWord, TaskRow,
        SectionView, TasksView, TaskArgs, TaskLink, HistoryLine, SparkPoint, ApiView, TaskDetailView,
        SetStatusArgs, AddNoteArgs, ChangeDueArgs, SetExpectedArgs, UndoArgs, EditedView, DraftArgs, DraftKeyArgs,
        AsOfArgs, CompareArgs, CompareFormat, CompareExportArgs, ExportedView, ChangeView, ComparedTask, CompareView, DisputedEdit, ConflictView, SettleArgs,
        SplitBy, Basis, UnitGroup, DossierFilter, FigureId, FigureDefinition, FiguresView, MissingFigure, PeriodView, StatsArgs, CellPart,
        DifferenceView, BrokenView, StatsRow, ProvenanceView, StatsView, DossierChoice, DossierChoicesView, DossierChartKind,
        DossierChartArgs, DossierListArgs, DossierLine, DossierListView, DossierArgs, RecordField, RecordChange, RecordVersion,
        DossierView, PeriodArgs, FindingKind, FindingPart, FindingView, FindingsView, DossierExportArgs, FormArgs, FormColumn, FormMark, FormRow,
        FormCheck, FormCrosswalk, FormView,
        NightView, RehearsalsView, RehearsalArgs,
        ReplayArgs, ReplayKind, ReplayOrigin, ReplayLine, ReplaySpan, ReplayView, ReplayFormat, ReplayExportArgs,
        QualityArgs, QualityState, QualityCount, QualityRule, QualityUnit, QualityDay, QualityView, QualityListArgs,
        QualityLine, QualityListView, QualityExportArgs,
        IndicatorArgs, CountedView, IndicatorComponent, IndicatorBlock, IndicatorPlace, IndicatorMonth, IndicatorMove,
        IndicatorUnit, RateView, IndicatorPeriod, IndicatorsView, IndicatorsExportArgs,
        BriefingArgs, BriefingKind, BriefingTone, BriefingFigure, BriefingChart, BriefingPage, BriefingView, SystemState, SystemTimerView, SystemTimerArgs,
        ReportArgs, Words, ReportFreezeLine, ReportReview, ReportReason, FileFormat, ReportFileLine, ReportSentView, ReportSignedView,
        ReportMay, ReportMays, ReportView, ReportFreezeArgs, ReportWriteArgs, ReportReviewArgs, ReportReasonArgs, ReportSignArgs,
        ReportAttachArgs, ReportSendArgs, ReportFileArgs, ReportFileView, ReportSaveArgs, ReportSavedView,
        ReportCalendarArgs, ReportDay, ReportCalendarView, ReportForm, ReportFormView, ReportFormArgs, ReportStatusView, ReportReminder,
        DraftView, DraftsView, PersonView, RosterView, RequestView, AssignArgs, EndArgs, RuleKind, RuleChoice, RuleView, RulesView,
        RuleArgs, CalendarArgs, SpecialDay, CalendarView, CalendarSetArgs, BackupView, StorageView, VerifyView,
    );
    out
}

macro_rules! commands {
    ($($name:ident($($given:ident),* $(: $args:ty)?) -> $out:ty, $perm:ident $($moment:ident)?, $about:literal;)*) => {
        const CLIENT: &[(&str, &str, &str, &str)] =
            &[$((stringify!($name), [$(stringify!($args),)? "NoArgs"][0], stringify!($out), $about)),*];
    };
}
include!("../commands/table.rs");

/// The whole of `commands.ts`: one typed entry a command.
#[must_use]
pub fn commands() -> String {
    let mut out = String::from(
        "// Generated from src-tauri/crates/app/src/commands/table.rs. Do not edit: `cargo xtask types`.\n\n\
         import type * as t from './types'\n\nexport interface Commands {\n",
    );
    for (name, args, result, about) in CLIENT {
        out.push_str(&format!("  /** {about}. */\n  {name}: {{ args: t.{args}; result: t.{result} }}\n"));
    }
    out.push_str("}\n\nexport const commandNames = [\n");
    for (name, ..) in CLIENT {
        out.push_str(&format!("  '{name}',\n"));
    }
    out.push_str("] as const satisfies readonly (keyof Commands)[]\n");
    out
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// With `PVHCC_BLESS` set the files are written instead of compared (`cargo xtask types`).
    #[test]
    fn the_committed_typescript_is_what_the_wire_says() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/backend/generated");
        for (file, text) in [("types.ts", super::types()), ("commands.ts", super::commands())] {
            let path = dir.join(file);
            if std::env::var_os("PVHCC_BLESS").is_some() {
                fs::create_dir_all(&dir).expect("folder");
                fs::write(&path, &text).expect("written");
            }
            let committed = fs::read_to_string(&path).unwrap_or_default();
            assert!(committed == text, "{file} drifted from the wire types: run `cargo xtask types`");
        }
    }
}
