// Generated from src-tauri/crates/app/src/commands/table.rs. Do not edit: `cargo xtask types`.

import type * as t from './types'

export interface Commands {
  /** Who is signed in and what the window may do. */
  session: { args: t.NoArgs; result: t.SessionView }
  /** Open the browser at VNeID. */
  sign_in_start: { args: t.NoArgs; result: t.SessionView }
  /** Give up waiting for the browser. */
  sign_in_cancel: { args: t.NoArgs; result: t.SessionView }
  /** Hand over the redirect address by hand. */
  sign_in_paste: { args: t.PasteArgs; result: t.SessionView }
  /** Open the profile with a PIN while VNeID cannot be reached. */
  sign_in_pin: { args: t.PinArgs; result: t.SessionView }
  /** Sign out here and at VNeID. */
  sign_out: { args: t.NoArgs; result: t.SessionView }
  /** Set the PIN for offline days. */
  set_pin: { args: t.PinArgs; result: t.SessionView }
  /** Become the first admin with the one-time code. */
  claim_admin: { args: t.ClaimArgs; result: t.SessionView }
  /** What the first start has to offer. */
  setup_state: { args: t.NoArgs; result: t.SetupView }
  /** Try a connection before saving it. */
  setup_test: { args: t.SetupArgs; result: t.SetupTestView }
  /** Save the sources of the official profile. */
  setup_save: { args: t.SetupArgs; result: t.SetupView }
  /** Choose the training profile. */
  setup_training: { args: t.NoArgs; result: t.SetupView }
  /** The window stands on the screen: work in the background may begin. */
  window_shown: { args: t.NoArgs; result: t.NoResult }
  /** Top bar and navigation. */
  frame: { args: t.NoArgs; result: t.FrameView }
  /** Tiles and the attention list. */
  overview: { args: t.NoArgs; result: t.OverviewView }
  /** One chart, drawn for a size and theme. */
  chart: { args: t.ChartArgs; result: t.ChartView }
  /** What there is to choose from: periods, systems, units, fields, procedures, channels. */
  dossier_choices: { args: t.NoArgs; result: t.DossierChoicesView }
  /** The dossier figures of any cells and period, compared and checked. */
  dossier_stats: { args: t.StatsArgs; result: t.StatsView }
  /** One picture of dossiers, drawn for a size and theme. */
  dossier_chart: { args: t.DossierChartArgs; result: t.ChartView }
  /** The records behind a figure. */
  dossier_list: { args: t.DossierListArgs; result: t.DossierListView }
  /** One record with all its versions. */
  dossier: { args: t.DossierArgs; result: t.DossierView }
  /** Where figures do not add up, and where two sources disagree. */
  dossier_findings: { args: t.PeriodArgs; result: t.FindingsView }
  /** Form II.06a with its checks. */
  dossier_form: { args: t.FormArgs; result: t.FormView }
  /** What is seen of the dossiers as a file. */
  dossier_export: { args: t.DossierExportArgs; result: t.ExportedView }
  /** A checklist with its present state. */
  tasks: { args: t.TasksArgs; result: t.TasksView }
  /** The checklist as of a moment. */
  tasks_as_of: { args: t.AsOfArgs; result: t.TasksView }
  /** What changed between two moments. */
  tasks_compare: { args: t.CompareArgs; result: t.CompareView }
  /** Write a comparison to a file. */
  tasks_compare_export: { args: t.CompareExportArgs; result: t.ExportedView }
  /** One task: text, predecessors, gateway, history. */
  task: { args: t.TaskArgs; result: t.TaskDetailView }
  /** What must come before what, and when the rest will be done. */
  plan: { args: t.NoArgs; result: t.PlanView }
  /** Set a task's status. */
  task_set_status: { args: t.SetStatusArgs; result: t.EditedView }
  /** Add a remark. */
  task_add_note: { args: t.AddNoteArgs; result: t.EditedView }
  /** Change the due date by a document. */
  task_change_due: { args: t.ChangeDueArgs; result: t.EditedView }
  /** Set or withdraw the expected day. */
  task_set_expected: { args: t.SetExpectedArgs; result: t.EditedView }
  /** Fill in a column of words. */
  task_set_text: { args: t.TextArgs; result: t.EditedView }
  /** Report a figure that progresses. */
  task_measure: { args: t.MeasureArgs; result: t.EditedView }
  /** A checklist as a file. */
  tasks_export: { args: t.TasksExportArgs; result: t.ExportedView }
  /** What a file of progress would change. */
  import_preview: { args: t.ImportArgs; result: t.ImportPreview }
  /** Take over a file of progress as one act. */
  import_apply: { args: t.ImportApplyArgs; result: t.ImportDone }
  /** Files of dossiers and figures that were taken. */
  dossier_imports: { args: t.NoArgs; result: t.ImportsView }
  /** A piece of a file of dossiers or figures on its way in. */
  dossier_import_send: { args: t.ImportPieceArgs; result: t.ImportPieceView }
  /** What a file would bring, and how it is read. */
  dossier_import_look: { args: t.LookArgs; result: t.LookView }
  /** Stop reading a file, or give it back. */
  dossier_import_cancel: { args: t.ImportCancelArgs; result: t.NoResult }
  /** The rows of a file that are not taken, as a file without their values. */
  dossier_import_rejects: { args: t.UploadArgs; result: t.ExportedView }
  /** Take over a file that was looked at, as one act. */
  dossier_import_take: { args: t.TakeArgs; result: t.TakenView }
  /** Take a file out again. */
  dossier_import_undo: { args: t.ImportUndoArgs; result: t.ImportUndoneView }
  /** Every checklist with what is odd in it. */
  lists: { args: t.NoArgs; result: t.ListsView }
  /** Look at an annex of another decision, or take it in as a checklist. */
  list_import: { args: t.ListImportArgs; result: t.ListImportView }
  /** Give up an imported checklist. */
  list_retire: { args: t.ListRetireArgs; result: t.ListsView }
  /** What a change of many tasks would do. */
  bulk_preview: { args: t.BulkArgs; result: t.BulkPreview }
  /** Change many tasks as one act. */
  bulk_apply: { args: t.BulkArgs; result: t.BulkDone }
  /** Keep one of two edits that disagree. */
  conflict_settle: { args: t.SettleArgs; result: t.EditedView }
  /** Set a task to blocked and raise or link what blocks it, as one act. */
  task_block: { args: t.TaskBlockArgs; result: t.EditedView }
  /** The register of obstacles, and how fast parties answer. */
  obstacles: { args: t.NoArgs; result: t.ObstaclesView }
  /** One obstacle with its history. */
  obstacle: { args: t.ObstacleArgs; result: t.ObstacleDetailView }
  /** Put an obstacle to a party. */
  obstacle_raise: { args: t.ObstacleRaiseArgs; result: t.ObstacleEdited }
  /** Put an obstacle in other words, or pass it on. */
  obstacle_change: { args: t.ObstacleChangeArgs; result: t.ObstacleEdited }
  /** Record the party's answer. */
  obstacle_answer: { args: t.ObstacleReplyArgs; result: t.ObstacleEdited }
  /** Record that an obstacle is out of the way. */
  obstacle_resolve: { args: t.ObstacleReplyArgs; result: t.ObstacleEdited }
  /** Bring an obstacle back. */
  obstacle_reopen: { args: t.ObstacleReopenArgs; result: t.ObstacleEdited }
  /** Parties with their duties and focal points. */
  parties: { args: t.NoArgs; result: t.PartiesView }
  /** Set a party's name and duties. */
  party_set: { args: t.PartySetArgs; result: t.PartiesView }
  /** Set a focal point of a party. */
  contact_set: { args: t.ContactSetArgs; result: t.PartiesView }
  /** Remove a focal point and erase who it was. */
  contact_remove: { args: t.ContactRemoveArgs; result: t.PartiesView }
  /** Nights that the training profile can play. */
  rehearsals: { args: t.NoArgs; result: t.RehearsalsView }
  /** Play a night in the training profile from its start. */
  rehearsal_start: { args: t.RehearsalArgs; result: t.RehearsalsView }
  /** Back to an ordinary day in the training profile. */
  rehearsal_stop: { args: t.NoArgs; result: t.RehearsalsView }
  /** Quality of the dossier records, by rule, system and unit. */
  dossier_quality: { args: t.QualityArgs; result: t.QualityView }
  /** Dossier records at fault. */
  dossier_quality_list: { args: t.QualityListArgs; result: t.QualityListView }
  /** Dossier records at fault as a file, to be mended. */
  dossier_quality_export: { args: t.QualityExportArgs; result: t.ExportedView }
  /** Indicators of QĐ 766 and the rates beside them. */
  indicators: { args: t.IndicatorArgs; result: t.IndicatorsView }
  /** Indicators as a file. */
  indicators_export: { args: t.IndicatorsExportArgs; result: t.ExportedView }
  /** The report of a day or month as it stands. */
  report: { args: t.ReportArgs; result: t.ReportView }
  /** Where today's report stands, and which days ask for a reason. */
  report_status: { args: t.NoArgs; result: t.ReportStatusView }
  /** What became of the reports of a month. */
  report_calendar: { args: t.ReportCalendarArgs; result: t.ReportCalendarView }
  /** Freeze the figures of a report. */
  report_freeze: { args: t.ReportFreezeArgs; result: t.ReportView }
  /** Write the words of a report. */
  report_write: { args: t.ReportWriteArgs; result: t.ReportView }
  /** Find a report good. */
  report_review: { args: t.ReportReviewArgs; result: t.ReportView }
  /** Give a report back to be mended. */
  report_return: { args: t.ReportReasonArgs; result: t.ReportView }
  /** Sign a report and keep its files. */
  report_sign: { args: t.ReportSignArgs; result: t.ReportView }
  /** Attach the signed and stamped copy. */
  report_attach: { args: t.ReportAttachArgs; result: t.ReportView }
  /** Record that a report was sent. */
  report_send: { args: t.ReportSendArgs; result: t.ReportView }
  /** Say why a report is late or missing. */
  report_excuse: { args: t.ReportReasonArgs; result: t.ReportView }
  /** A file of a report: as signed, or made from its freeze. */
  report_file: { args: t.ReportFileArgs; result: t.ReportFileView }
  /** Save files of a report. */
  report_save: { args: t.ReportSaveArgs; result: t.ReportSavedView }
  /** Save the signed copy that was attached. */
  report_copy: { args: t.ReportArgs; result: t.ExportedView }
  /** A frozen report, one finding a page, beside the one before. */
  report_briefing: { args: t.BriefingArgs; result: t.BriefingView }
  /** Whether the system reminds while no window is open. */
  system_timer: { args: t.NoArgs; result: t.SystemTimerView }
  /** Have this machine remind, or no longer. */
  system_timer_set: { args: t.SystemTimerArgs; result: t.SystemTimerView }
  /** The form of the report. */
  report_form: { args: t.NoArgs; result: t.ReportFormView }
  /** Set the form of the report. */
  report_form_set: { args: t.ReportFormArgs; result: t.ReportFormView }
  /** Add a note, link, file, live check or test run as evidence. */
  evidence_add: { args: t.EvidenceArgs; result: t.EditedView }
  /** Evidence no longer counts. */
  evidence_revoke: { args: t.EvidenceRevokeArgs; result: t.EditedView }
  /** Open a link or a file kept as evidence with the system's program. */
  evidence_open: { args: t.EvidenceKeyArgs; result: t.NoResult }
  /** Save a copy of a file kept as evidence. */
  evidence_save: { args: t.EvidenceKeyArgs; result: t.ExportedView }
  /** Look whether files kept as evidence are as they were. */
  evidence_check: { args: t.EvidenceCheckArgs; result: t.EvidenceCheckView }
  /** Set a task's colour by hand for a while. */
  rag_override: { args: t.RagArgs; result: t.EditedView }
  /** Give up a colour set by hand. */
  rag_end: { args: t.RagEndArgs; result: t.EditedView }
  /** Take back an act of one's own. */
  undo: { args: t.UndoArgs; result: t.EditedView }
  /** Keep what is being typed. */
  draft_put: { args: t.DraftArgs; result: t.NoResult }
  /** Drafts to offer again. */
  drafts: { args: t.NoArgs; result: t.DraftsView }
  /** Drop a draft. */
  draft_discard: { args: t.DraftKeyArgs; result: t.NoResult }
  /** Saved views, columns, templates of the person at the window. */
  choices: { args: t.NoArgs; result: t.ChoicesView }
  /** Keep such a choice, or drop it. */
  choice_put: { args: t.ChoiceArgs; result: t.NoResult }
  /** Sources with schedules and ages. */
  sources: { args: t.NoArgs; result: t.SourcesView }
  /** Ask sources now. */
  poll_now: { args: t.PollArgs; result: t.SourcesView }
  /** Where the secrets of the sources are, never what they are. */
  secrets: { args: t.NoArgs; result: t.SecretsView }
  /** Try a new secret and keep it in the keyring. */
  secret_set: { args: t.SecretArgs; result: t.SecretsView }
  /** Remove a secret from the keyring. */
  secret_remove: { args: t.SecretKeyArgs; result: t.SecretsView }
  /** Who has which role. */
  roster: { args: t.NoArgs; result: t.RosterView }
  /** Give a role. */
  roster_assign: { args: t.AssignArgs; result: t.RosterView }
  /** End a role. */
  roster_end: { args: t.EndArgs; result: t.RosterView }
  /** Rules with validity. */
  rules: { args: t.NoArgs; result: t.RulesView }
  /** Set a rule. */
  rule_set: { args: t.RuleArgs; result: t.RulesView }
  /** What APIs must reach. */
  bars: { args: t.NoArgs; result: t.BarsView }
  /** Set what an API must reach. */
  bar_set: { args: t.BarArgs; result: t.BarsView }
  /** Working days of a year. */
  calendar: { args: t.CalendarArgs; result: t.CalendarView }
  /** Set a day off or to work. */
  calendar_set: { args: t.CalendarSetArgs; result: t.CalendarView }
  /** Journal, backups, folders. */
  storage: { args: t.NoArgs; result: t.StorageView }
  /** Back up now. */
  backup_now: { args: t.NoArgs; result: t.StorageView }
  /** Verify the journal's chain. */
  journal_verify: { args: t.NoArgs; result: t.VerifyView }
}

export const commandNames = [
  'session',
  'sign_in_start',
  'sign_in_cancel',
  'sign_in_paste',
  'sign_in_pin',
  'sign_out',
  'set_pin',
  'claim_admin',
  'setup_state',
  'setup_test',
  'setup_save',
  'setup_training',
  'window_shown',
  'frame',
  'overview',
  'chart',
  'dossier_choices',
  'dossier_stats',
  'dossier_chart',
  'dossier_list',
  'dossier',
  'dossier_findings',
  'dossier_form',
  'dossier_export',
  'tasks',
  'tasks_as_of',
  'tasks_compare',
  'tasks_compare_export',
  'task',
  'plan',
  'task_set_status',
  'task_add_note',
  'task_change_due',
  'task_set_expected',
  'task_set_text',
  'task_measure',
  'tasks_export',
  'import_preview',
  'import_apply',
  'dossier_imports',
  'dossier_import_send',
  'dossier_import_look',
  'dossier_import_cancel',
  'dossier_import_rejects',
  'dossier_import_take',
  'dossier_import_undo',
  'lists',
  'list_import',
  'list_retire',
  'bulk_preview',
  'bulk_apply',
  'conflict_settle',
  'task_block',
  'obstacles',
  'obstacle',
  'obstacle_raise',
  'obstacle_change',
  'obstacle_answer',
  'obstacle_resolve',
  'obstacle_reopen',
  'parties',
  'party_set',
  'contact_set',
  'contact_remove',
  'rehearsals',
  'rehearsal_start',
  'rehearsal_stop',
  'dossier_quality',
  'dossier_quality_list',
  'dossier_quality_export',
  'indicators',
  'indicators_export',
  'report',
  'report_status',
  'report_calendar',
  'report_freeze',
  'report_write',
  'report_review',
  'report_return',
  'report_sign',
  'report_attach',
  'report_send',
  'report_excuse',
  'report_file',
  'report_save',
  'report_copy',
  'report_briefing',
  'system_timer',
  'system_timer_set',
  'report_form',
  'report_form_set',
  'evidence_add',
  'evidence_revoke',
  'evidence_open',
  'evidence_save',
  'evidence_check',
  'rag_override',
  'rag_end',
  'undo',
  'draft_put',
  'drafts',
  'draft_discard',
  'choices',
  'choice_put',
  'sources',
  'poll_now',
  'secrets',
  'secret_set',
  'secret_remove',
  'roster',
  'roster_assign',
  'roster_end',
  'rules',
  'rule_set',
  'bars',
  'bar_set',
  'calendar',
  'calendar_set',
  'storage',
  'backup_now',
  'journal_verify',
] as const satisfies readonly (keyof Commands)[]
