// Generated from src-tauri/crates/app/src/wire. Do not edit: `cargo xtask types`.

export type Role = "staff" | "duty" | "leader" | "admin";
export type Auth = "online" | "offline" | "setup" | "command_line";
export type TaskStatus = "not_started" | "in_progress" | "blocked" | "done" | "not_applicable";
export type Rag = "none" | "done" | "green" | "amber" | "red";
export type TestResult = "passed" | "partly" | "failed";
export type Flow = "sso" | "dossier_sync" | "status_return" | "petition" | "catalogue";
export type Stage = "declare" | "test";
export type Learned = "letter" | "call" | "minutes" | "meeting" | "own";
export type ObstacleGroup = "access" | "intake" | "integration" | "signing" | "statistics" | "security";
export type ObstacleStage = "raised" | "answered" | "resolved";
export type ApiHealth = "failing" | "slow" | "unsure" | "not_observed" | "quiet" | "good";
export type FlowStanding = "failing" | "weak" | "not_observed" | "not_started" | "absent" | "good";
export type WatchVerdict = "own_machine" | "own_network" | "gateway" | "api" | "not_observed" | "unclear" | "fine";
export type ProbeState = "up" | "down" | "unknown";
export type Severity = "s1" | "s2" | "s3" | "s4";
export type IncidentStage = "detected" | "acknowledged" | "mitigated" | "resolved" | "closed";
export type ClockKind = "acknowledge" | "update" | "fix";
export type Readiness = "ready" | "partly" | "not_ready" | "not_applicable";
export type FallbackKind = "paper" | "cash";
export type FocalField = "business" | "technical" | "infrastructure";
export type Cadence = "daily" | "monthly";
export type ReportStage = "none" | "frozen" | "reviewed" | "signed" | "sent";
export type ReportVerdict = "not_due" | "open" | "on_time" | "late" | "missing";
export type RunMode = "rehearsal" | "live";
export type RunStepStage = "waiting" | "running" | "done" | "failed" | "skipped";
export type RunStepEnd = "done" | "failed" | "skipped";
export type RunVote = "go" | "no_go";
export type RunDecision = "go" | "hold" | "roll_back";
export type CriterionLevel = "must" | "should";
export type RunbookFigure = "apis_proved" | "apis_failed" | "apis_unobserved" | "obstacles_open";
export type Metric = "up" | "success_rate" | "p95" | "calls" | "calls_against_usual" | "age" | "waiting" | "failed" | "unpaid";
export type Compare = ">=" | "<=" | ">" | "<";
export type CriterionShown = "met" | "not_met" | "building" | "unsaid" | "unobserved";
export type RunDanger = "unarmed" | "clear" | "building" | "met" | "unobserved";
export type RunbookFinding = { 
/**
 * Line, from 1.
 */
line: number, 
/**
 * Field or id that it is about; empty for the text as a whole.
 */
of: string, 
/**
 * In words, with what to do.
 */
text: string, 
/**
 * It must be put right; otherwise somebody should look at it.
 */
fault: boolean, };
export type RunbookRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * When its first step is planned.
 */
starts: number, 
/**
 * Number of steps.
 */
steps: number, 
/**
 * It came with the program and nobody changed it.
 */
shipped: boolean, 
/**
 * When this version was kept.
 */
savedAt: number | null, 
/**
 * By whom.
 */
savedBy: string | null, 
/**
 * Why it is no longer used.
 */
retired: string | null, 
/**
 * Id of the runbook that leads back.
 */
rollback: string | null, };
export type RunbooksView = { 
/**
 * In use first.
 */
rows: Array<RunbookRow>, 
/**
 * The person at the window may edit them and open runs.
 */
canEdit: boolean, };
export type RunbookArgs = { 
/**
 * Id.
 */
id: string, };
export type RunbookView = { 
/**
 * The line of the list.
 */
row: RunbookRow, 
/**
 * Documents it comes from.
 */
basis: Array<string>, 
/**
 * Its TOML, as it was written.
 */
text: string, 
/**
 * SHA-256 of the text.
 */
sha256: string, 
/**
 * What is found in it now.
 */
findings: Array<RunbookFinding>, 
/**
 * Its versions, newest first.
 */
history: Array<HistoryLine>, 
/**
 * The person at the window may edit it.
 */
canEdit: boolean, 
/**
 * Base of the next edit.
 */
lastEvent: string | null, };
export type RunbookWho = { 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * The role; none is any of the unit.
 */
role: Role | null, 
/**
 * Which post at the unit.
 */
post: string | null, };
export type RunbookCondition = { 
/**
 * Id of the node; with `metric`.
 */
node: string | null, 
/**
 * What is measured of it.
 */
metric: Metric | null, 
/**
 * Or a figure.
 */
figure: RunbookFigure | null, 
/**
 * How it is compared.
 */
is: Compare, 
/**
 * With what, in the unit that the metric is shown in: shares in per cent.
 */
value: number, 
/**
 * For how long without a break, minutes; 0 is at this moment.
 */
minutes: number, };
export type RunbookStep = { 
/**
 * Id; empty for a new one, whose id is made of its title.
 */
id: string, 
/**
 * Id of its stream.
 */
stream: string, 
/**
 * In one line.
 */
title: string, 
/**
 * How it is done.
 */
detail: string, 
/**
 * Who does it.
 */
owner: RunbookWho, 
/**
 * Who steps in.
 */
backup: RunbookWho | null, 
/**
 * Planned start, minutes from the start of the run.
 */
start: number, 
/**
 * Planned duration, minutes.
 */
minutes: number, 
/**
 * It never begins before its planned start.
 */
notBefore: boolean, 
/**
 * Ids of the steps before it.
 */
after: Array<string>, 
/**
 * Ids of the gates before it.
 */
gates: Array<string>, 
/**
 * What must be measured before it begins.
 */
needs: Array<RunbookCondition>, 
/**
 * How one sees that it worked.
 */
validation: string, 
/**
 * Id of the step that takes it back.
 */
rollback: string | null, 
/**
 * What must be attached.
 */
evidence: string | null, 
/**
 * There is no way back from it.
 */
noReturn: boolean, };
export type RunbookCriterion = { 
/**
 * Id; empty for a new one, whose id is made of its text.
 */
id: string, 
/**
 * In one line.
 */
text: string, 
/**
 * How much it weighs.
 */
level: CriterionLevel, 
/**
 * What must be measured.
 */
measure: RunbookCondition | null, 
/**
 * Whose word it takes.
 */
word: RunbookWho | null, };
export type RunbookGate = { 
/**
 * Id; empty for a new one, whose id is made of its title.
 */
id: string, 
/**
 * In one line.
 */
title: string, 
/**
 * When the decision is planned, minutes from the start of the run.
 */
at: number, 
/**
 * Who decides.
 */
decides: RunbookWho, 
/**
 * Ids of the steps that must be done before "go".
 */
after: Array<string>, 
/**
 * The criteria.
 */
criteria: Array<RunbookCriterion>, };
export type RunbookTrigger = { 
/**
 * Id; empty for a new one, whose id is made of its text.
 */
id: string, 
/**
 * In one line.
 */
text: string, 
/**
 * Id of the step after which it counts.
 */
after: string, 
/**
 * What is measured when it is time to go back.
 */
when: RunbookCondition, };
export type RunbookHead = { 
/**
 * Id. Another one is another runbook.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Documents it comes from.
 */
basis: Array<string>, 
/**
 * When its first step is planned.
 */
starts: number, 
/**
 * Length of the window in which the change, or the way back, must be over, minutes.
 */
windowMinutes: number, 
/**
 * Id of the runbook that leads back.
 */
rollback: string | null, 
/**
 * How long the way back takes at worst, minutes.
 */
worstRollbackMinutes: number | null, 
/**
 * Lines of work; the id of a new one is empty and is made of its name.
 */
streams: Array<NamedView>, };
export type RunbookStepRow = { 
/**
 * Place in the runbook, from 1.
 */
no: number, 
/**
 * What it says.
 */
step: RunbookStep, 
/**
 * Who does it, in words.
 */
owner: string, 
/**
 * Numbers of the steps before it: `3, 5`.
 */
after: string, 
/**
 * What must be measured before it begins, in words.
 */
needs: Array<string>, };
export type RunbookGateRow = { 
/**
 * What it says.
 */
gate: RunbookGate, 
/**
 * Who decides, in words.
 */
decides: string, 
/**
 * Numbers of the steps before it.
 */
after: string, 
/**
 * Of each criterion what is asked, in words.
 */
criteria: Array<string>, };
export type RunbookTriggerRow = { 
/**
 * What it says.
 */
trigger: RunbookTrigger, 
/**
 * What is measured, in words.
 */
when: string, 
/**
 * The step after which it counts: its number and title.
 */
after: string, };
export type MetricChoice = { 
/**
 * Which.
 */
id: Metric, 
/**
 * In words.
 */
name: string, 
/**
 * Unit of its values; empty for one that is either so or not.
 */
unit: string, };
export type NodeChoice = { 
/**
 * Id.
 */
id: string, 
/**
 * As people see it.
 */
name: string, 
/**
 * What is measured of it.
 */
metrics: Array<MetricChoice>, };
export type FigureChoice = { 
/**
 * Which.
 */
id: RunbookFigure, 
/**
 * In words.
 */
name: string, };
export type RunbookPartsView = { 
/**
 * What it says of itself.
 */
head: RunbookHead, 
/**
 * Steps, in the order of the text.
 */
rows: Array<RunbookStepRow>, 
/**
 * Gates, in the order of the text.
 */
gates: Array<RunbookGateRow>, 
/**
 * Reasons to go back, in the order of the text.
 */
triggers: Array<RunbookTriggerRow>, 
/**
 * Runbooks that may lead back.
 */
books: Array<NamedView>, 
/**
 * Steps of the runbook that takes this one back.
 */
rollback: Array<NamedView>, 
/**
 * Units that may be named.
 */
units: Array<UnitView>, 
/**
 * Nodes that conditions may read.
 */
nodes: Array<NodeChoice>, 
/**
 * Figures that conditions may read.
 */
figures: Array<FigureChoice>, };
export type RunbookPart = { "head": RunbookHead } | { "step": RunbookStep } | { "gate": RunbookGate } | { "trigger": RunbookTrigger };
export type RunbookPartPutArgs = { 
/**
 * TOML.
 */
text: string, 
/**
 * Id of the one whose place it takes; none puts it behind the last of its kind.
 */
was: string | null, 
/**
 * The part.
 */
part: RunbookPart, };
export type RunbookPartKind = "step" | "gate" | "trigger";
export type RunbookPartDropArgs = { 
/**
 * TOML.
 */
text: string, 
/**
 * Which kind.
 */
kind: RunbookPartKind, 
/**
 * Id of the part.
 */
id: string, };
export type RunbookTextView = { 
/**
 * TOML.
 */
text: string, };
export type RunbookCheckArgs = { 
/**
 * TOML.
 */
text: string, };
export type RunbookCheckView = { 
/**
 * Id, where the text can be read so far.
 */
id: string | null, 
/**
 * Title.
 */
title: string | null, 
/**
 * Number of steps.
 */
steps: number, 
/**
 * What was found, by line; none must be put right in a text that may be kept.
 */
findings: Array<RunbookFinding>, 
/**
 * It may be kept.
 */
good: boolean, 
/**
 * In a sentence.
 */
message: string, };
export type RunbookSaveArgs = { 
/**
 * TOML; its `id` says which runbook.
 */
text: string, 
/**
 * What changed.
 */
about: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type RunbookSavedView = { 
/**
 * What the check found.
 */
check: RunbookCheckView, 
/**
 * It was kept: faults keep it from being.
 */
saved: boolean, 
/**
 * What was done, or what to do.
 */
message: string, };
export type RunbookImportArgs = { 
/**
 * TOML.
 */
file: FileInput, };
export type RunbookRetireArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Why.
 */
reason: string, };
export type RunRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Id of its runbook.
 */
runbook: string, 
/**
 * Title of its runbook.
 */
title: string, 
/**
 * Practice or the real thing.
 */
mode: RunMode, 
/**
 * When it was opened.
 */
openedAt: number, 
/**
 * By whom.
 */
openedBy: string, 
/**
 * When it ended.
 */
endedAt: number | null, 
/**
 * Steps that are over.
 */
done: number, 
/**
 * All steps.
 */
steps: number, 
/**
 * It takes another run back.
 */
rollsBack: string | null, 
/**
 * `đang chạy, bước 8/28, trễ 12 phút`, `xong lúc 01:25`.
 */
text: string, };
export type RunsView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * The one opened last first.
 */
rows: Array<RunRow>, };
export type RunArgs = { 
/**
 * Id; none is the one that goes on, else the last.
 */
id?: string | null, 
/**
 * The moment to look at; none is now.
 */
asOf?: number | null, };
export type RunStream = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Steps that are over.
 */
done: number, 
/**
 * All steps.
 */
steps: number, 
/**
 * When its last step is planned to end.
 */
plannedEnd: number, 
/**
 * When it is expected to end.
 */
end: number, 
/**
 * `trễ 12 phút`, `đúng giờ`.
 */
slipText: string, 
/**
 * It ends later than planned.
 */
late: boolean, };
export type ConditionView = { 
/**
 * `Luồng SSO qua VNeID: tỷ lệ thành công ≥ 98%, giữ 10 phút`.
 */
text: string, 
/**
 * The value now: `96,4%`; `không quan sát được`.
 */
value: string, 
/**
 * It holds for as long as it must.
 */
met: boolean, 
/**
 * `đạt 4/10 phút`, `không đạt từ 22:12`.
 */
state: string, 
/**
 * `good`, `warn`, `bad`, `unknown`.
 */
tone: string, };
export type RunStep = { 
/**
 * Id.
 */
id: string, 
/**
 * Place in the runbook, from 1.
 */
no: number, 
/**
 * Id of its stream.
 */
stream: string, 
/**
 * In one line.
 */
title: string, 
/**
 * How it is done.
 */
detail: string, 
/**
 * How one sees that it worked.
 */
validation: string, 
/**
 * What must be attached.
 */
evidence: string | null, 
/**
 * `VNPT Gia Lai · kỹ thuật hạ tầng`.
 */
owner: string, 
/**
 * The same of the backup.
 */
backup: string | null, 
/**
 * Who owns it in this run.
 */
assigned: string | null, 
/**
 * Pseudonym of the owner, for the form.
 */
assignedPerson: string | null, 
/**
 * Who is its backup in this run.
 */
assignedBackup: string | null, 
/**
 * Pseudonym of the backup, for the form.
 */
backupPerson: string | null, 
/**
 * Where it stands.
 */
stage: RunStepStage, 
/**
 * In words.
 */
stageText: string, 
/**
 * `good`, `warn`, `bad`, `info`, `none`.
 */
tone: string, 
/**
 * Planned start.
 */
plannedStart: number, 
/**
 * Planned end.
 */
plannedEnd: number, 
/**
 * Actual start.
 */
startedAt: number | null, 
/**
 * Actual end.
 */
endedAt: number | null, 
/**
 * When it began, or is expected to.
 */
start: number, 
/**
 * When it ended, or is expected to.
 */
end: number, 
/**
 * End against plan, ms; positive is late.
 */
slip: number, 
/**
 * `trễ 12 phút`, `sớm 3 phút`, `đúng giờ`.
 */
slipText: string, 
/**
 * The end of the run hangs on it.
 */
critical: boolean, 
/**
 * How much later it may end without the run ending later, minutes.
 */
floatMinutes: number, 
/**
 * Ids of the steps it waits for.
 */
after: Array<string>, 
/**
 * Ids of the gates it waits for.
 */
gates: Array<string>, 
/**
 * It may be begun now.
 */
startable: boolean, 
/**
 * It may be begun in this rehearsal when a reason is given.
 */
startableDespite: boolean, 
/**
 * Why it may not be begun, in words.
 */
reasons: Array<string>, 
/**
 * It may be left out: never at the point of no return, in a live run never past a gate or a measure.
 */
canSkip: boolean, 
/**
 * There is no way back from here.
 */
noReturn: boolean, 
/**
 * The step of the way back that takes it back, in words.
 */
rollback: string | null, 
/**
 * Machine gates.
 */
needs: Array<ConditionView>, 
/**
 * Who began it.
 */
startedBy: string | null, 
/**
 * Why it was begun though gates did not allow it.
 */
despite: string | null, 
/**
 * Who ended it.
 */
endedBy: string | null, 
/**
 * What the validation showed, or why it failed or was left out.
 */
text: string | null, 
/**
 * Files that show it.
 */
files: Array<StepFile>, 
/**
 * How often it was tried.
 */
tries: number, };
export type StepFile = { 
/**
 * SHA-256, for saving a copy.
 */
sha256: string, 
/**
 * The file.
 */
file: FileView, };
export type VoteView = { 
/**
 * When.
 */
at: number, 
/**
 * Who.
 */
who: string, 
/**
 * The vote.
 */
vote: RunVote, 
/**
 * Why.
 */
reason: string | null, };
export type CriterionView = { 
/**
 * Id.
 */
id: string, 
/**
 * In one line.
 */
text: string, 
/**
 * How much it weighs.
 */
level: CriterionLevel, 
/**
 * What it shows.
 */
shown: CriterionShown, 
/**
 * In words.
 */
shownText: string, 
/**
 * `good`, `warn`, `bad`, `unknown`.
 */
tone: string, 
/**
 * Its measure.
 */
measure: ConditionView | null, 
/**
 * Whose word it takes.
 */
word: string | null, 
/**
 * Votes, each person's last.
 */
votes: Array<VoteView>, 
/**
 * The person at the window may vote.
 */
canVote: boolean, 
/**
 * Why not.
 */
whyNot: string | null, };
export type DecisionView = { 
/**
 * When.
 */
at: number, 
/**
 * Who.
 */
who: string, 
/**
 * The decision.
 */
decision: RunDecision, 
/**
 * In words.
 */
text: string, 
/**
 * Why.
 */
reason: string, 
/**
 * What each criterion showed at that moment.
 */
shown: Array<string>, };
export type RunGate = { 
/**
 * Id.
 */
id: string, 
/**
 * In one line.
 */
title: string, 
/**
 * When its decision is planned.
 */
plannedAt: number, 
/**
 * Who decides.
 */
decides: string, 
/**
 * The criteria.
 */
criteria: Array<CriterionView>, 
/**
 * Decisions, newest first.
 */
decisions: Array<DecisionView>, 
/**
 * What stands: `chưa quyết định`, `tiếp tục lúc 21:52`.
 */
state: string, 
/**
 * `good`, `warn`, `bad`, `unknown`, `none`.
 */
tone: string, 
/**
 * What keeps "go" from being decided.
 */
hindrances: Array<string>, 
/**
 * "Go" may be decided.
 */
mayGo: boolean, 
/**
 * "Go" may be decided in this rehearsal, past what is measured.
 */
mayGoDespite: boolean, 
/**
 * The person at the window may decide.
 */
canDecide: boolean, 
/**
 * Why not.
 */
whyNot: string | null, };
export type RunTrigger = { 
/**
 * Id.
 */
id: string, 
/**
 * In one line.
 */
text: string, 
/**
 * How it stands.
 */
danger: RunDanger, 
/**
 * Since when.
 */
since: number | null, 
/**
 * `đã 12/15 phút, từ 22:31`.
 */
state: string, 
/**
 * The value now.
 */
value: string, 
/**
 * `good`, `warn`, `bad`, `unknown`, `none`.
 */
tone: string, };
export type NoReturnView = { 
/**
 * Id of the step that marks it.
 */
step: string, 
/**
 * When.
 */
at: number, 
/**
 * The first person.
 */
first: string, 
/**
 * The second.
 */
second: string, 
/**
 * Why.
 */
reason: string | null, };
export type RunLine = { 
/**
 * When.
 */
at: number, 
/**
 * Who.
 */
who: string, 
/**
 * What was done.
 */
text: string, 
/**
 * What goes with it.
 */
detail: string, };
export type RunPerson = { 
/**
 * Pseudonym.
 */
person: string, 
/**
 * `Trực 02 · TT PVHCC tỉnh`.
 */
name: string, 
/**
 * Unit.
 */
unit: UnitView, };
export type RunView = { 
/**
 * The line of the list.
 */
row: RunRow, 
/**
 * Domain time.
 */
now: number, 
/**
 * The finding: `Bước 8/28 · trễ 12 phút, dự kiến xong 01:25`.
 */
headline: string, 
/**
 * When its first step is planned.
 */
starts: number, 
/**
 * End of the window.
 */
windowEnds: number, 
/**
 * Planned end of the last step.
 */
plannedEnd: number, 
/**
 * Expected end of the last step.
 */
end: number, 
/**
 * The same against plan, ms.
 */
slip: number, 
/**
 * Why nothing goes on for now.
 */
paused: RunLine | null, 
/**
 * How it went.
 */
ended: RunLine | null, 
/**
 * Ids of the runs that take it back.
 */
rolledBackBy: Array<string>, 
/**
 * Id of the runbook that leads back, while it can be gone.
 */
rollback: string | null, 
/**
 * How long the way back takes at worst, minutes.
 */
rollbackMinutes: number | null, 
/**
 * The last moment from which the way back still ends within the window.
 */
lastSafe: number | null, 
/**
 * Lines of work.
 */
streams: Array<RunStream>, 
/**
 * Steps in the order of the runbook.
 */
steps: Array<RunStep>, 
/**
 * Gates.
 */
gates: Array<RunGate>, 
/**
 * Reasons to go back.
 */
triggers: Array<RunTrigger>, 
/**
 * Id of the step from which there is no way back.
 */
noReturnStep: string | null, 
/**
 * What two persons said.
 */
noReturn: NoReturnView | null, 
/**
 * Why two persons cannot say it now; none when the first may begin.
 */
noReturnHindrance: string | null, 
/**
 * What was done, newest first.
 */
log: Array<RunLine>, 
/**
 * Whom a step can be assigned to.
 */
people: Array<RunPerson>, 
/**
 * The person at the window may run steps.
 */
canRun: boolean, };
export type RunOpenArgs = { 
/**
 * Id of the runbook.
 */
runbook: string, 
/**
 * Practice or the real thing.
 */
mode: RunMode, 
/**
 * When its first step is planned; none is as the runbook says, in a rehearsal and on the way back now.
 */
starts: number | null, 
/**
 * Id of the run that it takes back.
 */
rollsBack: string | null, };
export type RunTextArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Why, or how it went.
 */
text: string, };
export type RunKeyArgs = { 
/**
 * Id of the run.
 */
run: string, };
export type StepAssignArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the step.
 */
step: string, 
/**
 * Pseudonym; none is nobody.
 */
owner: string | null, 
/**
 * Pseudonym; none is nobody.
 */
backup: string | null, };
export type StepStartArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the step.
 */
step: string, 
/**
 * Why though machine gates do not allow it; only in a rehearsal.
 */
despite?: string | null, };
export type StepEndArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the step.
 */
step: string, 
/**
 * How.
 */
end: RunStepEnd, 
/**
 * What the validation showed, or why it failed or was left out.
 */
text: string | null, 
/**
 * Files that show it.
 */
files: Array<FileInput>, };
export type StepReopenArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the step.
 */
step: string, 
/**
 * Why.
 */
reason: string, };
export type StepFileArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the step.
 */
step: string, 
/**
 * SHA-256.
 */
sha256: string, };
export type GateVoteArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the gate.
 */
gate: string, 
/**
 * Id of the criterion.
 */
criterion: string, 
/**
 * The vote.
 */
vote: RunVote, 
/**
 * Why; needed for a no and against what is measured.
 */
reason: string | null, };
export type GateDecideArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Id of the gate.
 */
gate: string, 
/**
 * The decision.
 */
decision: RunDecision, 
/**
 * Why.
 */
reason: string, 
/**
 * Past what is measured; only in a rehearsal.
 */
despite?: boolean | null, };
export type NoReturnArgs = { 
/**
 * Id of the run.
 */
run: string, 
/**
 * Why.
 */
reason: string | null, };
export type NoReturnPhase = "idle" | "waiting" | "passed" | "refused";
export type NoReturnStateView = { 
/**
 * How far it got.
 */
phase: NoReturnPhase, 
/**
 * Id of the run.
 */
run: string | null, 
/**
 * Where the second person signs in, should the browser not open.
 */
authorizeUrl: string | null, 
/**
 * Why it was not taken, or what went wrong.
 */
problem: string | null, 
/**
 * In a sentence.
 */
message: string, };
export type ImportWhat = "figures" | "dossiers";
export type ImportPieceArgs = { 
/**
 * From the first piece's answer; none with the first piece.
 */
upload: string | null, 
/**
 * Name of the file; folders are cut off.
 */
name: string, 
/**
 * Bytes of the whole file.
 */
size: number, 
/**
 * When the file was last changed, where that is known.
 */
modified: number | null, 
/**
 * Where this piece begins.
 */
offset: number, 
/**
 * The piece, base64 with padding; at most 4 MiB of bytes.
 */
content: string, };
export type ImportPieceView = { 
/**
 * Key of the file, for the commands that follow.
 */
upload: string, 
/**
 * Bytes that have come: where the next piece begins.
 */
received: number, };
export type UploadArgs = { 
/**
 * Its key.
 */
upload: string, };
export type ImportCancelArgs = { 
/**
 * Key of the file.
 */
upload: string, 
/**
 * Give the file back too; it is given back by itself after some minutes without use.
 */
forget: boolean, };
export type DateOrderView = "day_first" | "month_first";
export type ColumnChoice = { 
/**
 * `C`.
 */
column: string, 
/**
 * Id of the target; none reads nothing from it.
 */
target?: string | null, 
/**
 * For dates; none is guessed from the whole column.
 */
order?: DateOrderView | null, };
export type FixedChoice = { 
/**
 * Id of the target: `unit`, `from`, `to`, …
 */
target: string, 
/**
 * As it could stand in a cell.
 */
value: string, };
export type ValueChoice = { 
/**
 * Id of the target: `unit`, `status`, …
 */
target: string, 
/**
 * The text, as it stands in the file.
 */
text: string, 
/**
 * The code it stands for.
 */
means: string, };
export type ImportMapping = { 
/**
 * Sheets to read; empty is guessed.
 */
sheets: Array<string>, 
/**
 * `utf-8`, `utf-16le`, `utf-16be` or `windows-1258`.
 */
encoding?: string | null, 
/**
 * `,`, `;`, `|` or a tab.
 */
delimiter?: string | null, 
/**
 * Row of the headings, from 1; the first of them where there are two.
 */
headerRow?: number | null, 
/**
 * 1 or 2 rows of headings.
 */
headerRows?: number | null, 
/**
 * Columns that are read otherwise than guessed.
 */
columns: Array<ColumnChoice>, 
/**
 * Values for the whole file.
 */
fixed: Array<FixedChoice>, 
/**
 * Texts the program did not know.
 */
values: Array<ValueChoice>, };
export type LookArgs = { 
/**
 * Key of the file.
 */
upload: string, 
/**
 * What its rows are; none is guessed.
 */
what: ImportWhat | null, 
/**
 * Code of the system it comes from; none where every row tells it, or to be chosen.
 */
system: string | null, 
/**
 * As of when it speaks; none is guessed from its title, else from the file's own time.
 */
asOf: number | null, 
/**
 * How to read it; none is as files of this shape were read before, else guessed.
 */
mapping: ImportMapping | null, };
export type ColumnFate = "read" | "personal" | "unused";
export type ImportColumn = { 
/**
 * `C`.
 */
column: string, 
/**
 * Its heading, that of two rows joined by `/`.
 */
header: string, 
/**
 * What becomes of it.
 */
fate: ColumnFate, 
/**
 * Id of what it is read as.
 */
target: string | null, 
/**
 * In words: `Ngày tiếp nhận · ngày/tháng/năm, theo cả cột`, `Thông tin cá nhân: bỏ trước khi ghi`.
 */
text: string, 
/**
 * For dates.
 */
order: DateOrderView | null, 
/**
 * The order was not told by any value of the column and is the usual one.
 */
ambiguous: boolean, 
/**
 * First values as they stand in the file; none of a personal column.
 */
samples: Array<string>, };
export type ImportTarget = { 
/**
 * Id.
 */
id: string, 
/**
 * `Ngày tiếp nhận`.
 */
title: string, 
/**
 * Without it no row can be taken.
 */
required: boolean, 
/**
 * It may be given for the whole file.
 */
fixable: boolean, };
export type ImportSheet = { 
/**
 * Name; empty for CSV and JSON.
 */
name: string, 
/**
 * It is read.
 */
read: boolean, };
export type ImportPreviewRow = { 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row, from 1.
 */
row: number, 
/**
 * In the order of `previewTargets`; `–` for what is not told.
 */
cells: Array<string>, };
export type ImportReject = { 
/**
 * Sheet; empty for CSV and JSON.
 */
sheet: string, 
/**
 * Row, from 1, as a spreadsheet counts.
 */
row: number, 
/**
 * `C`; empty where it is about the whole row.
 */
column: string, 
/**
 * Why, without any value of the row.
 */
reason: string, 
/**
 * What stands in the cell, for the person at the window; never written anywhere.
 */
value?: string | null, };
export type ImportSkipped = { 
/**
 * `dòng tổng cộng`.
 */
what: string, 
/**
 * How many.
 */
rows: number, 
/**
 * The first of them, from 1.
 */
first: number, };
export type ImportUnknown = { 
/**
 * Id of the target.
 */
target: string, 
/**
 * As it stands in the file.
 */
text: string, 
/**
 * Rows that have it.
 */
rows: number, 
/**
 * Those rows are not taken; otherwise the text is kept as it stands.
 */
rejects: boolean, };
export type LookView = { 
/**
 * Key of the file.
 */
upload: string, 
/**
 * Name of the file.
 */
file: string, 
/**
 * Its bytes.
 */
size: number, 
/**
 * SHA-256 of its bytes.
 */
sha256: string, 
/**
 * What its rows are, said or guessed.
 */
what: ImportWhat, 
/**
 * Code of the system for rows that do not tell it.
 */
system: string | null, 
/**
 * As of when it speaks.
 */
asOf: number, 
/**
 * Where that comes from: `theo tiêu đề của tệp`.
 */
asOfText: string, 
/**
 * `CSV · UTF-8 · dấu phẩy · tiêu đề ở dòng 4–5`.
 */
form: string, 
/**
 * Sheets.
 */
sheets: Array<ImportSheet>, 
/**
 * Everything that was guessed or said, to be edited and sent back.
 */
mapping: ImportMapping, 
/**
 * Files of this shape were read so before.
 */
remembered: boolean, 
/**
 * Columns in order.
 */
columns: Array<ImportColumn>, 
/**
 * What columns can be read as.
 */
targets: Array<ImportTarget>, 
/**
 * Ids of the columns of the preview.
 */
previewTargets: Array<string>, 
/**
 * The first rows as they would be kept.
 */
preview: Array<ImportPreviewRow>, 
/**
 * Rows of data.
 */
rows: number, 
/**
 * Rows that bring something new.
 */
accepted: number, 
/**
 * Rows that say what is kept already, or what another row of the file says.
 */
unchanged: number, 
/**
 * Rows not taken.
 */
rejected: number, 
/**
 * The first of them.
 */
rejects: Array<ImportReject>, 
/**
 * Title, blank, total and other rows that are no data.
 */
skipped: Array<ImportSkipped>, 
/**
 * Texts that the program does not know.
 */
unknown: Array<ImportUnknown>, 
/**
 * What else to know before confirming.
 */
notices: Array<string>, 
/**
 * What must be put right before the file can be taken; none when it can.
 */
problem: string | null, 
/**
 * `1.204 dòng mới · 3 dòng không nhận · …`.
 */
text: string, 
/**
 * What is confirmed with [`TakeArgs`].
 */
look: string, };
export type TakeArgs = { 
/**
 * Key of the file.
 */
upload: string, 
/**
 * `look` of the view that was confirmed.
 */
look: string, };
export type TakenView = { 
/**
 * Id of the import; none when the file brought nothing new.
 */
import: string | null, 
/**
 * Rows taken.
 */
accepted: number, 
/**
 * Rows that changed nothing.
 */
unchanged: number, 
/**
 * Rows not taken.
 */
rejected: number, 
/**
 * `Đã nhập …`.
 */
message: string, };
export type ImportRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Name of the file.
 */
file: string, 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * What its rows are.
 */
what: ImportWhat, 
/**
 * Code of the system.
 */
system: string, 
/**
 * As of when it speaks.
 */
asOf: number, 
/**
 * When it was taken.
 */
takenAt: number, 
/**
 * Who took it.
 */
who: string, 
/**
 * Rows taken.
 */
accepted: number, 
/**
 * Rows that changed nothing.
 */
unchanged: number, 
/**
 * Rows not taken.
 */
rejected: number, 
/**
 * When it was undone.
 */
undoneAt: number | null, 
/**
 * It stands and may be undone by whoever asks.
 */
canUndo: boolean, 
/**
 * `Đang dùng`, `Đã hoàn tác`, `Chưa nhập xong`.
 */
state: string, };
export type ImportsView = { 
/**
 * The latest first.
 */
imports: Array<ImportRow>, };
export type ImportUndoArgs = { 
/**
 * Its id.
 */
import: string, };
export type ImportUndoneView = { 
/**
 * `Đã hoàn tác …`.
 */
message: string, };
export type TableFormat = "xlsx" | "csv";
export type TasksExportArgs = { 
/**
 * Id of the list; none is the main one.
 */
list?: string | null, 
/**
 * Form.
 */
format: TableFormat, };
export type ImportArgs = { 
/**
 * Id of the list; none is the main one.
 */
list?: string | null, 
/**
 * The file.
 */
file: FileInput, 
/**
 * How what it says was learned.
 */
learned: Learned | null, };
export type ImportLine = { 
/**
 * Key of the task.
 */
no: string, 
/**
 * The same without the list.
 */
label: string, 
/**
 * What to do.
 */
title: string, 
/**
 * What changes: `Trạng thái`.
 */
field: string, 
/**
 * Before; empty for nothing.
 */
old: string, 
/**
 * After.
 */
new: string, 
/**
 * Where it stands in the file: `F17`.
 */
place: string, };
export type ImportFault = { 
/**
 * Sheet; empty for CSV.
 */
sheet: string, 
/**
 * Row, from 1.
 */
line: number, 
/**
 * The cell: `F17`.
 */
place: string, 
/**
 * What stands in the column of numbers.
 */
no: string, 
/**
 * Why.
 */
reason: string, };
export type ImportPreview = { 
/**
 * Name of the file.
 */
file: string, 
/**
 * SHA-256 of its bytes.
 */
sha256: string, 
/**
 * Changes, in the order of the file.
 */
lines: Array<ImportLine>, 
/**
 * Rows not taken.
 */
faults: Array<ImportFault>, 
/**
 * Tasks that would change, as they stand now: what the confirmation is based on.
 */
tasks: Array<BulkTask>, 
/**
 * Rows that say what stands already.
 */
same: number, 
/**
 * Headings of columns that mean nothing here.
 */
ignored: Array<string>, 
/**
 * `12 thay đổi ở 9 nhiệm vụ · 2 dòng không nhận · 79 dòng không đổi`.
 */
text: string, };
export type ImportApplyArgs = { 
/**
 * The same file, list and answer as were looked at.
 */
import: ImportArgs, 
/**
 * `tasks` of the preview.
 */
tasks: Array<BulkTask>, };
export type ImportDone = { 
/**
 * The event that closes the batch; undoing it takes everything back.
 */
eventId: string, 
/**
 * Tasks changed.
 */
tasks: number, 
/**
 * `Đã nhập …`.
 */
message: string, };
export type ListImportArgs = { 
/**
 * The file.
 */
file: FileInput, 
/**
 * Short title; none takes the file's own.
 */
title: string | null, 
/**
 * The decision; none takes the file's own second line.
 */
document: string | null, 
/**
 * Only look; nothing is written.
 */
preview: boolean, };
export type OddView = { 
/**
 * Keys of the rows, without the list.
 */
rows: Array<string>, 
/**
 * In words.
 */
text: string, };
export type ListImportView = { 
/**
 * Id it has, or would have.
 */
id: string, 
/**
 * Short title.
 */
title: string, 
/**
 * The decision.
 */
document: string, 
/**
 * Tasks.
 */
tasks: number, 
/**
 * Sections, as printed.
 */
sections: Array<string>, 
/**
 * Columns of words beside the decision's five.
 */
columns: Array<string>, 
/**
 * What is odd in it.
 */
odd: Array<OddView>, 
/**
 * What was found, or done.
 */
message: string, };
export type ListRetireArgs = { 
/**
 * Id of the list.
 */
list: string, 
/**
 * Why it is no longer followed.
 */
reason: string, };
export type ListRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Short title.
 */
title: string, 
/**
 * The document.
 */
document: string, 
/**
 * Tasks.
 */
tasks: number, 
/**
 * It came from a file and can be retired.
 */
imported: boolean, 
/**
 * What is odd in it.
 */
odd: Array<OddView>, };
export type ListsView = { 
/**
 * The main one first.
 */
lists: Array<ListRow>, };
export type TasksArgs = { 
/**
 * Id of the list; none is the main one.
 */
list?: string | null, };
export type ColumnView = { 
/**
 * Id.
 */
id: string, 
/**
 * As the document heads it.
 */
title: string, };
export type ListLink = { 
/**
 * Id.
 */
id: string, 
/**
 * Short title.
 */
title: string, 
/**
 * How many tasks it has.
 */
tasks: number, };
export type ListView = { 
/**
 * Id.
 */
id: string, 
/**
 * Short title.
 */
title: string, 
/**
 * The document it comes from.
 */
document: string, 
/**
 * The decision's own.
 */
main: boolean, 
/**
 * Brought in from a file; it can be retired.
 */
imported: boolean, 
/**
 * Its columns of words.
 */
columns: Array<ColumnView>, 
/**
 * Its rows have figures.
 */
measured: boolean, };
export type TextView = { 
/**
 * Id of the column.
 */
column: string, 
/**
 * The words that stand; empty for none.
 */
text: string, 
/**
 * The document's own, where staff wrote others.
 */
original: string | null, };
export type MeasureView = { 
/**
 * Id.
 */
id: string, 
/**
 * What is counted.
 */
title: string, 
/**
 * Its unit.
 */
unit: string, 
/**
 * Where it is complete, if the document says.
 */
total: number | null, 
/**
 * Its value; none is unknown.
 */
value: number | null, 
/**
 * `68,73%`, `312 / 2.273 TTHC`, `chưa có số liệu`.
 */
text: string, 
/**
 * Value ÷ total.
 */
share: number | null, 
/**
 * ISO day of a reported value; none where the document's stands.
 */
asOf: string | null, 
/**
 * Where the value comes from, in words.
 */
provenance: string, };
export type TextArgs = { 
/**
 * Key of the task.
 */
no: string, 
/**
 * Id of the column.
 */
column: string, 
/**
 * The words; empty brings back the document's.
 */
text: string, 
/**
 * `lastEvent` of the row as the user saw it.
 */
basedOn: string | null, };
export type MeasureArgs = { 
/**
 * Key of the task.
 */
no: string, 
/**
 * Id of the figure.
 */
measure: string, 
/**
 * Its value, from 0 to its total.
 */
value: number, 
/**
 * ISO day at which it was true.
 */
asOf: string, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * As in [`TextArgs`].
 */
basedOn: string | null, };
export type ObstacleRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Group of document 002 IV.
 */
group: ObstacleGroup, 
/**
 * In one line.
 */
title: string, 
/**
 * In full.
 */
detail: string, 
/**
 * Systems it touches.
 */
systems: Array<string>, 
/**
 * Units it touches.
 */
units: Array<UnitView>, 
/**
 * Tasks it touches.
 */
tasks: Array<TaskLink>, 
/**
 * Id of the party that must answer.
 */
party: string, 
/**
 * Its short name.
 */
partyName: string, 
/**
 * How far it got.
 */
stage: ObstacleStage, 
/**
 * When it was put to the party.
 */
raisedAt: number, 
/**
 * ISO day of the answer due.
 */
answerDue: string | null, 
/**
 * The day has passed without an answer.
 */
overdue: boolean, 
/**
 * The answer is due today or the next working day.
 */
dueSoon: boolean, 
/**
 * `quá hạn trả lời 3 ngày`, `chờ 2,5 ngày làm việc`, `trả lời sau 3 giờ làm việc`.
 */
timing: string, 
/**
 * When it was last answered.
 */
answeredAt: number | null, 
/**
 * The answer.
 */
answer: string | null, 
/**
 * When it was out of the way.
 */
resolvedAt: number | null, 
/**
 * How.
 */
resolution: string | null, 
/**
 * The person at the window may change, answer and settle it.
 */
editable: boolean, 
/**
 * Folded text for searching.
 */
search: string, 
/**
 * Base of the next edit.
 */
lastEvent: string, };
export type ResponseRow = { 
/**
 * Id; empty for all together.
 */
party: string, 
/**
 * Short name.
 */
name: string, 
/**
 * Not out of the way.
 */
open: number, 
/**
 * Of those, asked and silent.
 */
waiting: number, 
/**
 * Of those, past the day.
 */
overdue: number, 
/**
 * Answered, not out of the way.
 */
answered: number, 
/**
 * Out of the way.
 */
resolved: number, 
/**
 * Responses the medians rest on.
 */
responses: number, 
/**
 * Median in hours of the clock; `None` of no response.
 */
medianHours: number | null, 
/**
 * `26,5 giờ`, `–`.
 */
medianText: string, 
/**
 * Median in working days of 8 hours; `None` of no response.
 */
medianDays: number | null, 
/**
 * `3,3`, `–`.
 */
medianDaysText: string, 
/**
 * Working days of the one that has waited longest: `5,1`, `–`.
 */
longestWaitText: string, };
export type PartyName = { 
/**
 * Id.
 */
id: string, 
/**
 * Short name.
 */
short: string, 
/**
 * Full name.
 */
name: string, };
export type ObstaclesView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * The finding: `7 vướng mắc chưa gỡ, 2 quá hạn trả lời (C12, TTDLQG 1; VNPT Gia Lai 1)`.
 */
headline: string, 
/**
 * Overdue first, then by what waits longest; settled ones last.
 */
rows: Array<ObstacleRow>, 
/**
 * Answers overdue.
 */
overdue: number, 
/**
 * The finding of the table below.
 */
responseTitle: string, 
/**
 * How parties answer, the slowest first; those never asked are left out.
 */
responses: Array<ResponseRow>, 
/**
 * All together.
 */
overall: ResponseRow, 
/**
 * Parties to choose.
 */
parties: Array<PartyName>, 
/**
 * Units to choose.
 */
units: Array<UnitView>, 
/**
 * Systems named so far and those of the field, to choose.
 */
systems: Array<string>, 
/**
 * The person at the window may raise one.
 */
canRaise: boolean, };
export type ObstacleArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * The moment; `None` is now.
 */
asOf?: number | null, };
export type ObstacleDetailView = { 
/**
 * It.
 */
row: ObstacleRow, 
/**
 * Newest first.
 */
history: Array<HistoryLine>, };
export type ObstacleWords = { 
/**
 * Group.
 */
group: ObstacleGroup, 
/**
 * In one line.
 */
title: string, 
/**
 * In full; may be empty.
 */
detail: string, 
/**
 * Systems.
 */
systems: Array<string>, 
/**
 * Unit ids.
 */
units: Array<string>, 
/**
 * Task keys.
 */
tasks: Array<string>, 
/**
 * Party id.
 */
party: string, 
/**
 * When it was put to the party; none is now.
 */
raisedAt: number | null, 
/**
 * ISO day of the answer due.
 */
answerDue: string | null, };
export type ObstacleRaiseArgs = { 
/**
 * What it says.
 */
words: ObstacleWords, };
export type ObstacleChangeArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it says now.
 */
words: ObstacleWords, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type ObstacleReplyArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it came; none is now.
 */
on: number | null, 
/**
 * In words.
 */
text: string, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type ObstacleReopenArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type TaskBlockArgs = { 
/**
 * The status; must be `blocked`.
 */
status: SetStatusArgs, 
/**
 * The obstacle to raise; the task is added to those it touches.
 */
raise: ObstacleWords | null, 
/**
 * Or the obstacle that already says so; the task is added to those it touches.
 */
link: string | null, };
export type ObstacleEdited = { 
/**
 * The obstacle.
 */
id: string, 
/**
 * The new event; taking it back takes back the whole act.
 */
eventId: string, 
/**
 * What was done.
 */
message: string, };
export type ToldView = { 
/**
 * How fresh.
 */
state: FreshState, 
/**
 * `12 giây trước`, …
 */
text: string, 
/**
 * The source's own time of it.
 */
asOf: number, };
export type QueueView = { 
/**
 * Wait to be sent.
 */
waiting: number, 
/**
 * Given up on: somebody must look at them.
 */
failed: number, 
/**
 * Since when the oldest waits.
 */
oldestAt: number | null, 
/**
 * `lô gần nhất xong 22:31: gửi 500, nhận 488, từ chối 12`; `None` before the first.
 */
batch: string | null, 
/**
 * How old this is.
 */
told: ToldView, };
export type FeesView = { 
/**
 * Units that have any.
 */
units: number, 
/**
 * Dossiers.
 */
dossiers: number, 
/**
 * Đồng.
 */
amount: number, 
/**
 * When the oldest was asked for.
 */
oldestAt: number | null, 
/**
 * How old this is.
 */
told: ToldView, };
export type ProbeView = { 
/**
 * Id in the settings.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * Whether it answers; `unknown` also when the last answer is too old to say.
 */
state: ProbeState, 
/**
 * `chạy, 120 ms`, `không chạy: 503`, `không quan sát được`.
 */
text: string, 
/**
 * `good`, `bad`, `unknown`.
 */
tone: string, 
/**
 * Since when it is down, as far back as a day.
 */
since: number | null, 
/**
 * When it last answered as it should, as far back as a day.
 */
lastUpAt: number | null, 
/**
 * When it was asked last; `None` is never.
 */
askedAt: number | null, };
export type AroundView = { 
/**
 * `None` while the gateway never said.
 */
queue: QueueView | null, 
/**
 * `None` while the gateway never said.
 */
fees: FeesView | null, 
/**
 * In the order of the settings.
 */
probes: Array<ProbeView>, 
/**
 * What of it is not well, or not known, in a sentence.
 */
headline: string, 
/**
 * `good`, `warn`, `bad`, `unknown`, `none`.
 */
tone: string, };
export type UnitFeesView = { 
/**
 * Code on the portal.
 */
code: string, 
/**
 * Its name, or the code of one that is not in the list.
 */
name: string, 
/**
 * Dossiers.
 */
dossiers: number, 
/**
 * Đồng.
 */
amount: number, 
/**
 * When the oldest was asked for.
 */
oldestAt: number, };
export type FeesByUnitView = { 
/**
 * All together; `None` while the gateway never said.
 */
totals: FeesView | null, 
/**
 * Most dossiers first.
 */
units: Array<UnitFeesView>, 
/**
 * The list as text, to copy into a message.
 */
text: string, };
export type WatchArgs = { 
/**
 * The moment; `None` is now.
 */
asOf?: number, };
export type WatchSource = { 
/**
 * `gateway_apis`, …
 */
id: string, 
/**
 * In Vietnamese.
 */
title: string, 
/**
 * How fresh.
 */
state: FreshState, 
/**
 * `12 giây trước`, …
 */
text: string, 
/**
 * What fails, and where.
 */
problem: string | null, 
/**
 * When it was last fetched.
 */
fetchedAt: number | null, };
export type FlowCell = { 
/**
 * 1 = Security Server, 2 = Agent Node.
 */
phase: number, 
/**
 * Declare or test.
 */
stage: Stage, 
/**
 * How it stands.
 */
standing: FlowStanding, 
/**
 * `xong`, `22:31`, `lỗi 22:12`, `không có`.
 */
text: string, 
/**
 * The whole story, line by line.
 */
detail: string, 
/**
 * Since when it stands so, where that was concluded.
 */
since: number | null, 
/**
 * Last success.
 */
lastSuccessAt: number | null, 
/**
 * Successes ÷ calls of 24 hours.
 */
rate: number | null, 
/**
 * Calls of 24 hours.
 */
calls: number, 
/**
 * Last error.
 */
error: string | null, };
export type FlowLine = { 
/**
 * Which.
 */
flow: Flow, 
/**
 * In Vietnamese.
 */
title: string, 
/**
 * Declare and test of phase 1, then of phase 2.
 */
cells: Array<FlowCell>, 
/**
 * Its APIs that meet their bar.
 */
apisGood: number, 
/**
 * Its APIs.
 */
apis: number, 
/**
 * Worst state of its APIs; `None` without any.
 */
worst: ApiHealth | null, };
export type ApiTile = { 
/**
 * `dvcqg.07`.
 */
api: string, 
/**
 * Its task's number in the checklist.
 */
no: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Its flow.
 */
flow: Flow | null, 
/**
 * How it stands.
 */
health: ApiHealth, 
/**
 * The state in words.
 */
state: string, 
/**
 * Where a fault lies.
 */
verdict: WatchVerdict, 
/**
 * What matters most of it, short: `400 ms`, `503`.
 */
value: string, 
/**
 * Calls counted.
 */
calls: number, 
/**
 * Successes ÷ calls; `None` without calls.
 */
rate: number | null, 
/**
 * Upper bound of the median's class, ms; `None` above the last class or without calls.
 */
p50Ms: number | null, 
/**
 * As that, the 95th percentile.
 */
p95Ms: number | null, 
/**
 * Since when it stands so; `None` is longer than what is known.
 */
since: number | null, 
/**
 * Last error of the last two hours, as people say it.
 */
lastError: string | null, 
/**
 * End of the bucket with that error.
 */
lastErrorAt: number | null, 
/**
 * End of the newest bucket of the last two hours with a success.
 */
lastSuccessAt: number | null, 
/**
 * Success by five minutes over the last two hours; `null` is no calls.
 */
curve: Array<number | null>, 
/**
 * The whole story in a line or two.
 */
detail: string, };
export type HealthCount = { 
/**
 * How.
 */
health: ApiHealth, 
/**
 * In words.
 */
state: string, 
/**
 * How many.
 */
count: number, };
export type WatchChange = { 
/**
 * From when on.
 */
since: number, 
/**
 * When it was concluded.
 */
at: number, 
/**
 * `source`, `flow`, `api`.
 */
kind: string, 
/**
 * `api:dvcqg.07`, as a node of the dependency graph.
 */
node: string, 
/**
 * What it is about.
 */
title: string, 
/**
 * `good`, `warn`, `bad`, `unknown`.
 */
tone: string, 
/**
 * `lỗi 503`, `đạt lại`.
 */
text: string, };
export type WatchView = { 
/**
 * The moment shown.
 */
at: number, 
/**
 * It is not the present.
 */
past: boolean, 
/**
 * Where the fault lies as a whole.
 */
verdict: WatchVerdict, 
/**
 * The finding in a sentence.
 */
headline: string, 
/**
 * What the watch rests on.
 */
sources: Array<WatchSource>, 
/**
 * End of the newest calls known.
 */
measuredTo: number | null, 
/**
 * APIs that meet their bar.
 */
good: number, 
/**
 * By state, worst first; states without any are left out.
 */
counts: Array<HealthCount>, 
/**
 * Success of all calls over the last half hour, of dossiers and states on their way.
 */
syncRate: number | null, 
/**
 * Its calls.
 */
syncCalls: number, 
/**
 * What it should reach.
 */
syncBar: number, 
/**
 * Sync queue, unpaid fees and surrounding systems.
 */
around: AroundView, 
/**
 * The five flows.
 */
flows: Array<FlowLine>, 
/**
 * The 53 APIs in the order of the checklist.
 */
apis: Array<ApiTile>, 
/**
 * The newest changes, newest first.
 */
changes: Array<WatchChange>, };
export type WatchApiArgs = { 
/**
 * Which.
 */
api: string, 
/**
 * Hours of the curve: 2 to 48; default 24.
 */
hours?: number, 
/**
 * The moment; `None` is now.
 */
asOf?: number, };
export type WatchPoint = { 
/**
 * Start of its bucket.
 */
at: number, 
/**
 * Calls.
 */
calls: number, 
/**
 * Successes ÷ calls; `None` without calls.
 */
rate: number | null, 
/**
 * Upper bound of the class of the 95th percentile, ms; `None` without calls, 0 above the last class.
 */
p95Ms: number | null, 
/**
 * The gateway told of it; what it did not tell of is a gap.
 */
observed: boolean, };
export type WatchApiView = { 
/**
 * As on the wall.
 */
tile: ApiTile, 
/**
 * Its flow.
 */
flowTitle: string | null, 
/**
 * What it must reach, in words.
 */
bar: string, 
/**
 * Least share of calls that succeed.
 */
barSuccess: number, 
/**
 * Where the fault lies, in a sentence.
 */
verdictText: string, 
/**
 * What was measured, in a sentence.
 */
measured: string, 
/**
 * The curve.
 */
points: Array<WatchPoint>, 
/**
 * Width of a point, ms.
 */
step: number, 
/**
 * Its changes, newest first.
 */
changes: Array<WatchChange>, 
/**
 * The task that it is, and the tests of its flow that rest on it.
 */
tasks: Array<TaskLink>, };
export type WatchTimelineArgs = { 
/**
 * Begin.
 */
from: number, 
/**
 * End.
 */
to: number, 
/**
 * The moment looked from; `None` is now.
 */
asOf?: number, };
export type WatchStretch = { 
/**
 * Begin.
 */
from: number, 
/**
 * End.
 */
to: number, 
/**
 * `good`, `warn`, `bad`, `unknown`, `none`.
 */
tone: string, 
/**
 * In words.
 */
text: string, };
export type WatchLane = { 
/**
 * `source`, `flow`, `api`, `probe`.
 */
kind: string, 
/**
 * Node of the dependency graph.
 */
node: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Its stretches in order; what lies between two is not known.
 */
stretches: Array<WatchStretch>, };
export type WatchTimelineView = { 
/**
 * Begin.
 */
from: number, 
/**
 * End.
 */
to: number, 
/**
 * The finding in a sentence.
 */
headline: string, 
/**
 * Sources, flows, and the APIs that changed or are not good.
 */
lanes: Array<WatchLane>, 
/**
 * The changes, newest first.
 */
changes: Array<WatchChange>, };
export type HeatMetric = "success" | "p95";
export type WatchHeatArgs = { 
/**
 * Begin.
 */
from: number, 
/**
 * End.
 */
to: number, 
/**
 * Width of a column, minutes: 5, 15, 60, 360 or 1440; the least that fits when `None`.
 */
step?: number, 
/**
 * What.
 */
metric?: HeatMetric, 
/**
 * The moment looked from; `None` is now.
 */
asOf?: number, };
export type HeatLine = { 
/**
 * `dvcqg.07`.
 */
api: string, 
/**
 * Its task's number.
 */
no: string, 
/**
 * Its name.
 */
title: string, 
/**
 * What its bar asks for: least success, or most milliseconds.
 */
bar: number, 
/**
 * Calls by column; `null` is not observed.
 */
calls: Array<number | null>, 
/**
 * The value by column: success 0..=1, or ms (0 above the last class); `null` without calls or not observed.
 */
values: Array<number | null>, };
export type WatchHeatView = { 
/**
 * Starts of the columns.
 */
columns: Array<number>, 
/**
 * Width of a column, minutes.
 */
step: number, 
/**
 * What.
 */
metric: HeatMetric, 
/**
 * The finding in a sentence.
 */
headline: string, 
/**
 * The APIs in the order of the checklist.
 */
rows: Array<HeatLine>, };
export type WatchPeakArgs = { 
/**
 * An instant of the hour; `None` is now.
 */
hour?: number, 
/**
 * The moment looked from; `None` is now.
 */
asOf?: number, };
export type PeakDay = { 
/**
 * ISO day.
 */
day: string, 
/**
 * Calls; `None` is not observed.
 */
calls: number | null, 
/**
 * Successes ÷ calls.
 */
rate: number | null, 
/**
 * Upper bound of the class of the 95th percentile, ms; `None` without calls, 0 above the last class.
 */
p95Ms: number | null, };
export type PeakHour = { 
/**
 * 0 to 23.
 */
hour: number, 
/**
 * Calls on the day; `None` is not observed.
 */
calls: number | null, 
/**
 * The hour is not over.
 */
partial: boolean, 
/**
 * Median of the calls on the earlier days.
 */
usual: number | null, };
export type PeakApi = { 
/**
 * `dvcqg.07`.
 */
api: string, 
/**
 * Its task's number.
 */
no: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Calls.
 */
calls: number, 
/**
 * Median of the calls on the earlier days.
 */
usual: number, 
/**
 * Success.
 */
rate: number | null, 
/**
 * Success on the earlier days together.
 */
usualRate: number | null, };
export type WatchPeakView = { 
/**
 * Start of the hour.
 */
hour: number, 
/**
 * It is not over: the earlier days are counted to the same minute.
 */
until: number | null, 
/**
 * The finding in a sentence.
 */
headline: string, 
/**
 * What the day is compared with, in words.
 */
compared: string, 
/**
 * The day itself, then the earlier ones, newest first.
 */
days: Array<PeakDay>, 
/**
 * Median of the calls on the earlier days; `None` when too few are known.
 */
usual: number | null, 
/**
 * The hours of the day.
 */
hours: Array<PeakHour>, 
/**
 * The APIs whose calls differ most, by how much.
 */
apis: Array<PeakApi>, };
export type AlertState = "firing" | "muted" | "acknowledged" | "folded" | "over";
export type AlertSaid = { 
/**
 * `Trực 02 · TT PVHCC tỉnh`.
 */
who: string, 
/**
 * When.
 */
at: number, 
/**
 * What.
 */
text: string | null, };
export type AlertMuteView = { 
/**
 * Who, when and why.
 */
said: AlertSaid, 
/**
 * Until when; of an earlier end that one.
 */
until: number, 
/**
 * It holds now; else it ran out or was ended.
 */
holds: boolean, 
/**
 * `đến 23:30 (còn 40 phút)`, `đã hết lúc 22:30`.
 */
text: string, };
export type AlertRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Id of its rule.
 */
rule: string, 
/**
 * Id of its node.
 */
node: string, 
/**
 * Name of its node.
 */
nodeName: string, 
/**
 * How bad, with its effects.
 */
severity: Severity, 
/**
 * `S1 Nghiêm trọng`.
 */
severityText: string, 
/**
 * `bad`, `warn`, `info`.
 */
tone: string, 
/**
 * Title.
 */
title: string, 
/**
 * A sentence or two.
 */
detail: string, 
/**
 * How it stands.
 */
state: AlertState, 
/**
 * In words: `chưa ai nhận, còn 4 phút`, `Trực 02 nhận lúc 22:14`, `hết lúc 22:31`.
 */
stateText: string, 
/**
 * The time to acknowledge has run out.
 */
late: boolean, 
/**
 * Since when it is bad.
 */
since: number, 
/**
 * When it was raised.
 */
raised: number, 
/**
 * When it ended.
 */
ended: number | null, 
/**
 * `12 phút`, `hết sau 8 phút`.
 */
lasts: string, 
/**
 * It is good again, but not yet for long enough.
 */
easing: boolean, 
/**
 * It comes and goes.
 */
flapping: boolean, 
/**
 * Number of nodes that it broke.
 */
effects: number, 
/**
 * `5 luồng, 53 API`; empty without any.
 */
effectsText: string, 
/**
 * Who takes care of it.
 */
acknowledged: AlertSaid | null, 
/**
 * The mute that holds, or the last one that ran out while it stood.
 */
mute: AlertMuteView | null, 
/**
 * Whose turn it is on the ladder; empty once somebody took it or it is over.
 */
turn: string, 
/**
 * Base of the next act.
 */
lastEvent: string | null, 
/**
 * Folded text for searching.
 */
search: string, };
export type AlertsArgs = { 
/**
 * Those that stood after this; none is a day ago.
 */
from: number | null, 
/**
 * And before this; none is now.
 */
to: number | null, 
/**
 * The moment to look at; none is now.
 */
asOf?: number | null, };
export type AlertsView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * The finding: `2 nguyên nhân đang báo, 58 ảnh hưởng; 1 chưa ai nhận`.
 */
headline: string, 
/**
 * Those that stand, the worst first.
 */
firing: Array<AlertRow>, 
/**
 * Those that ended and stood within the span, the newest first.
 */
past: Array<AlertRow>, 
/**
 * Begin of the span.
 */
from: number, 
/**
 * End of the span.
 */
to: number, 
/**
 * The gateway was not seen lately: that nothing is listed says nothing. Why, in words.
 */
blind: string | null, 
/**
 * Parties to pass an alert on to.
 */
parties: Array<PartyName>, 
/**
 * The person at the window may acknowledge and mute.
 */
canAct: boolean, 
/**
 * May pass on.
 */
canEscalate: boolean, 
/**
 * Longest mute, hours.
 */
longestMuteHours: number, };
export type TopAlertView = { 
/**
 * `Cảnh báo · 1 nguyên nhân, 4 ảnh hưởng`.
 */
label: string, 
/**
 * The worst of those that stand; none when none does.
 */
alert: AlertRow | null, 
/**
 * That nothing stands says nothing: why, in words.
 */
blind: string | null, };
export type AlertArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * The moment to look at; none is now.
 */
asOf?: number | null, };
export type AlertPathStep = { 
/**
 * Id of the node.
 */
node: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Why it does not work without the one before; empty of the first.
 */
why: string, };
export type AlertEffectView = { 
/**
 * Id of the node.
 */
node: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What was found there: `dưới 50% trong 4 phút`.
 */
finding: string, 
/**
 * How bad by itself: `S3`.
 */
severity: string, 
/**
 * Since when.
 */
since: number, 
/**
 * When it was good again or no longer an effect.
 */
ended: number | null, 
/**
 * The way from the cause.
 */
path: Array<AlertPathStep>, 
/**
 * Id of the alert that it was until the cause was found.
 */
alert: string | null, };
export type AlertMeasure = { 
/**
 * What is measured.
 */
name: string, 
/**
 * The value when it was raised.
 */
then: string, 
/**
 * The moment that it speaks of.
 */
thenAt: number | null, 
/**
 * The value now.
 */
now: string, 
/**
 * The moment that it speaks of; none when nothing is said of it now.
 */
nowAt: number | null, 
/**
 * What the rule asks: `dưới 50% trong 4 phút`.
 */
bad: string, 
/**
 * When it is over: `từ 90% trong 5 phút`.
 */
good: string, 
/**
 * Code of the last error.
 */
note: string | null, };
export type AlertGuideView = { 
/**
 * What it means.
 */
meaning: string, 
/**
 * What to look at first.
 */
check: Array<string>, 
/**
 * What keeps people served meanwhile.
 */
mitigate: Array<string>, 
/**
 * When and how to go back.
 */
rollback: string, 
/**
 * Whom to call, in order.
 */
call: Array<PartyName>, };
export type AlertRung = { 
/**
 * Who.
 */
title: string, 
/**
 * Id of the party.
 */
party: string, 
/**
 * Its short name.
 */
name: string, 
/**
 * When its turn comes, or came.
 */
at: number | null, 
/**
 * It was called.
 */
called: boolean, };
export type AlertLink = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, };
export type AlertDetailView = { 
/**
 * As in the list.
 */
row: AlertRow, 
/**
 * The party that answers for the node.
 */
owner: string, 
/**
 * What it broke, those that last first.
 */
effects: Array<AlertEffectView>, 
/**
 * The alert that it turned out to be an effect of.
 */
cause: AlertLink | null, 
/**
 * Alerts that turned out to be effects of it.
 */
takes: Array<AlertLink>, 
/**
 * Incidents that it belongs to: title and how far they got.
 */
incidents: Array<NamedView>, 
/**
 * What it rests on.
 */
measures: Array<AlertMeasure>, 
/**
 * What to do.
 */
guide: AlertGuideView, 
/**
 * Who is called, one after the other.
 */
ladder: Array<AlertRung>, 
/**
 * Everything that happened to it, the newest first.
 */
history: Array<HistoryLine>, };
export type AlertAckArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Remark.
 */
remark: string | null, };
export type AlertMuteArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Until when; there is none without an end.
 */
until: number | null, 
/**
 * Why.
 */
reason: string, };
export type AlertUnmuteArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Why.
 */
reason: string | null, };
export type AlertEscalateArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Id of the party.
 */
party: string, 
/**
 * By which channel.
 */
how: string, 
/**
 * What was said.
 */
remark: string | null, };
export type AlertEdited = { 
/**
 * What was done, Vietnamese.
 */
message: string, 
/**
 * The alert as it stands now.
 */
alert: AlertDetailView, };
export type AlertTuning = { 
/**
 * The rule is not looked at.
 */
off: boolean, 
/**
 * Limit.
 */
limit: number | null, 
/**
 * From here on it is good again.
 */
clear: number | null, 
/**
 * Bad so long, seconds.
 */
holdSeconds: number | null, 
/**
 * Good so long, seconds.
 */
clearSeconds: number | null, 
/**
 * How bad.
 */
severity: Severity | null, };
export type AlertRuleComing = { 
/**
 * From when.
 */
from: number, 
/**
 * What will hold.
 */
text: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Who.
 */
who: string | null, };
export type AlertRuleRow = { 
/**
 * Id.
 */
id: string, 
/**
 * What it looks at: `Luồng đồng bộ hồ sơ lên Cổng và 3 nút khác`.
 */
about: string, 
/**
 * What is measured.
 */
metric: string, 
/**
 * What is bad: `dưới 50% trong 4 phút`.
 */
bad: string, 
/**
 * When it is over.
 */
good: string, 
/**
 * How bad.
 */
severity: Severity, 
/**
 * `S1 Nghiêm trọng`.
 */
severityText: string, 
/**
 * It is not looked at.
 */
off: boolean, 
/**
 * When it is in force, where not always: `18:00 29/05/2026 đến 22:00 29/05/2026`.
 */
valid: string | null, 
/**
 * Unit of the limits: `%`, `ms`, `bản ghi`; none when there is no limit to set.
 */
unit: string | null, 
/**
 * A time that it must be bad can be set.
 */
holds: boolean, 
/**
 * What is in force, every value.
 */
set: AlertTuning, 
/**
 * What is shipped, every value.
 */
shipped: AlertTuning, 
/**
 * It differs from what is shipped: since when.
 */
since: number | null, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Who.
 */
who: string | null, 
/**
 * What is set for later.
 */
coming: Array<AlertRuleComing>, 
/**
 * What it means, from its guide.
 */
meaning: string, };
export type AlertRulesView = { 
/**
 * In the order looked at.
 */
rules: Array<AlertRuleRow>, 
/**
 * The person at the window may set them.
 */
canSet: boolean, };
export type AlertRuleArgs = { 
/**
 * Id.
 */
rule: string, 
/**
 * What holds; none is what is shipped.
 */
tuning: AlertTuning | null, 
/**
 * ISO day; none or today is now.
 */
from: string | null, 
/**
 * Why, or the document.
 */
reason: string, };
export type TouchedInput = { 
/**
 * Flows.
 */
flows: Flow[], 
/**
 * API names (`dvcqg.07`).
 */
apis: Array<string>, 
/**
 * Keys of tasks.
 */
tasks: Array<string>, 
/**
 * Ids of units.
 */
units: Array<string>, };
export type NamedView = { 
/**
 * Id.
 */
id: string, 
/**
 * Vietnamese.
 */
name: string, };
export type SeverityView = { 
/**
 * Which.
 */
id: Severity, 
/**
 * `S1`.
 */
code: string, 
/**
 * `Nghiêm trọng`.
 */
label: string, 
/**
 * What counts as such.
 */
meaning: string, 
/**
 * Its clocks in one line: `tiếp nhận 15 phút · cập nhật mỗi 30 phút · xử lý 2 giờ · tính cả ngày đêm`.
 */
clocks: string, };
export type ClockView = { 
/**
 * What it waits for.
 */
kind: ClockKind, 
/**
 * `tiếp nhận`, `cập nhật`, `xử lý xong`.
 */
name: string, 
/**
 * From when it counts.
 */
from: number, 
/**
 * By when.
 */
due: number, 
/**
 * When it happened; none while it runs.
 */
met: number | null, 
/**
 * It runs and its time is over.
 */
overdue: boolean, 
/**
 * It happened too late.
 */
missed: boolean, 
/**
 * `quá hạn tiếp nhận 12 phút`, `còn 18 phút để cập nhật`, `tiếp nhận sau 9 phút`.
 */
text: string, };
export type IncidentRow = { 
/**
 * Id.
 */
id: string, 
/**
 * In one line.
 */
title: string, 
/**
 * How bad.
 */
severity: Severity, 
/**
 * `S2 Cao`.
 */
severityText: string, 
/**
 * How far it got.
 */
stage: IncidentStage, 
/**
 * In words.
 */
stageText: string, 
/**
 * When it was noticed.
 */
detected: number, 
/**
 * When it was over.
 */
resolved: number | null, 
/**
 * Who reported it.
 */
reportedBy: string, 
/**
 * Its owner's name; none while nobody took it.
 */
owner: string | null, 
/**
 * Its owner is the person at the window.
 */
mine: boolean, 
/**
 * What it touches, as ids for the form.
 */
touched: TouchedInput, 
/**
 * The same in words.
 */
touches: Array<NamedView>, 
/**
 * How many alerts it stands for.
 */
alerts: number, 
/**
 * Its clocks.
 */
clocks: Array<ClockView>, 
/**
 * The clock that runs out first; none once it is over.
 */
next: ClockView | null, 
/**
 * How long it lasted, or lasts so far: `2 giờ 5 phút`.
 */
lasts: string, 
/**
 * The workaround that holds.
 */
workaround: string | null, 
/**
 * What caused it, where known.
 */
cause: string | null, 
/**
 * Follow-ups.
 */
followUps: number, 
/**
 * Folded text for searching.
 */
search: string, 
/**
 * Base of the next edit.
 */
lastEvent: string, };
export type IncidentFigures = { 
/**
 * Which; none is all.
 */
severity: Severity | null, 
/**
 * `S1 Nghiêm trọng`, `Tất cả`.
 */
name: string, 
/**
 * Over.
 */
over: number, 
/**
 * Not over; in none of the times.
 */
open: number, 
/**
 * MTTA, ms; none while none is over.
 */
acknowledgeMean: number | null, 
/**
 * Median time to acknowledge, ms.
 */
acknowledgeMedian: number | null, 
/**
 * MTTR, ms.
 */
resolveMean: number | null, 
/**
 * Median time to resolve, ms.
 */
resolveMedian: number | null, 
/**
 * The four in words, in this order; `–` where there is none.
 */
texts: Array<string>, };
export type IncidentsArgs = { 
/**
 * ISO day, first.
 */
from?: string, 
/**
 * ISO day, last.
 */
to?: string, 
/**
 * The moment to look at; none is now.
 */
asOf?: number | null, };
export type IncidentsView = { 
/**
 * Domain time of this answer.
 */
now: number, 
/**
 * The finding.
 */
headline: string, 
/**
 * The urgent ones first: open by the clock that runs out first, then those that are over, newest first.
 */
rows: Array<IncidentRow>, 
/**
 * Not over.
 */
open: number, 
/**
 * Not over, with a clock that ran out.
 */
overdue: number, 
/**
 * First day of the figures.
 */
from: string, 
/**
 * Last day of the figures.
 */
to: string, 
/**
 * All, then each severity.
 */
figures: Array<IncidentFigures>, 
/**
 * Severities, the worst first.
 */
severities: Array<SeverityView>, 
/**
 * Flows to choose.
 */
flows: Array<NamedView>, 
/**
 * APIs to choose.
 */
apis: Array<NamedView>, 
/**
 * Units to choose.
 */
units: Array<UnitView>, 
/**
 * Parties to pass it on to.
 */
parties: Array<PartyName>, 
/**
 * Alerts that an incident may begin with: those that last or ended within a day, newest first.
 */
alerts: Array<IncidentAlert>, 
/**
 * Who may own one: people on duty by pseudonym.
 */
people: Array<NamedView>, 
/**
 * The person at the window may report one.
 */
canReport: boolean, };
export type IncidentArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * The moment to look at; none is now.
 */
asOf?: number | null, };
export type TimelineKind = "alert" | "act" | "step";
export type TimelineLine = { 
/**
 * Id of the event or transition.
 */
id: string, 
/**
 * When it happened.
 */
at: number, 
/**
 * When it was recorded, where that is more than a minute later.
 */
recorded: number | null, 
/**
 * Where it comes from.
 */
kind: TimelineKind, 
/**
 * What happened.
 */
text: string, 
/**
 * More of it.
 */
detail: string, 
/**
 * Who.
 */
who: string, 
/**
 * Said when the incident no longer took it: kept, without effect.
 */
idle: boolean, 
/**
 * Said on the command line or offline.
 */
told: boolean, };
export type FollowUpView = { 
/**
 * The task it became; its status is set there.
 */
task: TaskLink, 
/**
 * Who does it.
 */
unit: UnitView, 
/**
 * ISO day.
 */
due: string, };
export type IncidentAlert = { 
/**
 * Id.
 */
id: string, 
/**
 * What it says.
 */
text: string, 
/**
 * How bad an incident of it is taken to be.
 */
severity: Severity, 
/**
 * What it touches.
 */
touched: TouchedInput, 
/**
 * When it began.
 */
raised: number, 
/**
 * When it ended; none while it lasts.
 */
cleared: number | null, };
export type IncidentMay = { 
/**
 * It may.
 */
ok: boolean, 
/**
 * Why not.
 */
why: string, };
export type IncidentMays = { 
/**
 * Set title, severity, what it touches.
 */
change: IncidentMay, 
/**
 * Take it.
 */
acknowledge: IncidentMay, 
/**
 * Give it to somebody else.
 */
assign: IncidentMay, 
/**
 * Write into its timeline.
 */
note: IncidentMay, 
/**
 * Link alerts.
 */
link: IncidentMay, 
/**
 * Pass it on.
 */
escalate: IncidentMay, 
/**
 * Say that a workaround holds.
 */
mitigate: IncidentMay, 
/**
 * Say that it is over.
 */
resolve: IncidentMay, 
/**
 * Say that it is back.
 */
reopen: IncidentMay, 
/**
 * Add something to do.
 */
followUp: IncidentMay, 
/**
 * Close it.
 */
close: IncidentMay, };
export type IncidentDetailView = { 
/**
 * It.
 */
row: IncidentRow, 
/**
 * What is seen.
 */
text: string, 
/**
 * How it ended.
 */
how: string | null, 
/**
 * What was learned.
 */
lesson: string | null, 
/**
 * Oldest first.
 */
timeline: Array<TimelineLine>, 
/**
 * Its alerts.
 */
alerts: Array<IncidentAlert>, 
/**
 * Alerts that could be linked: those that last.
 */
linkable: Array<IncidentAlert>, 
/**
 * What is to be done after it.
 */
followUps: Array<FollowUpView>, 
/**
 * What may be done.
 */
may: IncidentMays, };
export type IncidentOpenArgs = { 
/**
 * In one line.
 */
title: string, 
/**
 * How bad.
 */
severity: Severity, 
/**
 * When it was noticed; none is now, or when its first alert began.
 */
detected?: number, 
/**
 * What it touches.
 */
touched: TouchedInput, 
/**
 * Ids of its alerts.
 */
alerts: Array<string>, 
/**
 * What is seen.
 */
text?: string, 
/**
 * Id of the run it happened in.
 */
run?: string, };
export type IncidentChangeArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * How bad.
 */
severity: Severity, 
/**
 * What it touches.
 */
touched: TouchedInput, 
/**
 * Why, needed when the severity changes.
 */
reason: string | null, 
/**
 * `lastEvent` as the user saw it; none acts on what is true now.
 */
basedOn: string | null, };
export type IncidentAckArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type IncidentAssignArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Pseudonym of the person on duty.
 */
owner: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type IncidentNoteArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it happened; none is now.
 */
at: number | null, 
/**
 * What.
 */
text: string, 
/**
 * A file that shows it.
 */
file?: FileInput, };
export type IncidentLinkArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Id of the alert.
 */
alert: string, };
export type IncidentEscalateArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Id of the party.
 */
party: string, 
/**
 * By which channel.
 */
how: string, 
/**
 * What was said.
 */
text: string | null, };
export type IncidentMitigateArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Since when; none is now.
 */
at: number | null, 
/**
 * The workaround.
 */
workaround: string, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type IncidentResolveArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * When; none is now.
 */
at: number | null, 
/**
 * How.
 */
how: string, 
/**
 * What caused it, where known.
 */
cause: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type IncidentReopenArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type IncidentFollowUpArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * What.
 */
text: string, 
/**
 * Id of the unit that does it.
 */
unit: string, 
/**
 * ISO day.
 */
due: string, };
export type IncidentCloseArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * What caused it; none takes the cause said before.
 */
cause: string | null, 
/**
 * What was learned.
 */
lesson: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, };
export type IncidentEdited = { 
/**
 * The incident.
 */
id: string, 
/**
 * The new event.
 */
eventId: string, 
/**
 * What was done.
 */
message: string, };
export type StandingPart = { 
/**
 * `Sự cố đang mở`.
 */
title: string, 
/**
 * One a line; empty only with `unknown`.
 */
lines: Array<string>, 
/**
 * Nothing is known of it.
 */
unknown: boolean, };
export type HandoverNote = { 
/**
 * Id.
 */
id: string, 
/**
 * As of when.
 */
at: number, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * How things stood then, put together by the program.
 */
state: string, 
/**
 * The person's own words.
 */
note: string, 
/**
 * Who took it over; none while nobody did.
 */
takenBy: string | null, 
/**
 * When.
 */
takenAt: number | null, 
/**
 * The person at the window may take it over.
 */
canTake: boolean, };
export type HandoverView = { 
/**
 * Domain time of this answer.
 */
now: number, 
/**
 * How things stand now.
 */
parts: Array<StandingPart>, 
/**
 * Newest first, at most twenty.
 */
notes: Array<HandoverNote>, 
/**
 * The person at the window may write one.
 */
canWrite: boolean, };
export type HandoverWriteArgs = { 
/**
 * What to watch, in own words.
 */
note: string, };
export type HandoverTakeArgs = { 
/**
 * Its id.
 */
id: string, };
export type BulletinArgs = { 
/**
 * As of which moment; `None` is now.
 */
asOf?: number, 
/**
 * When the next one comes; none is the next clock of an open incident, or in an hour.
 */
next?: number, };
export type BulletinFormat = "txt" | "docx";
export type BulletinSaveArgs = { 
/**
 * As of which moment; `None` is now.
 */
asOf?: number, 
/**
 * When the next one comes.
 */
next?: number, 
/**
 * As what.
 */
format: BulletinFormat, };
export type BulletinView = { 
/**
 * As of when.
 */
at: number, 
/**
 * When the next one comes.
 */
next: number, 
/**
 * Title.
 */
title: string, 
/**
 * The whole text, to copy.
 */
text: string, };
export type TableImportArgs = { 
/**
 * The file.
 */
file: FileInput, 
/**
 * `position` of the preview: take what was looked at then; nothing only looks.
 */
take?: number | null, };
export type TableImportLine = { 
/**
 * The cell: `F17`.
 */
place: string, 
/**
 * Of whom or what: `Sở Công Thương`.
 */
who: string, 
/**
 * What changes: `Tài khoản, phân quyền`.
 */
field: string, 
/**
 * Before; empty for nothing.
 */
old: string, 
/**
 * After.
 */
new: string, };
export type TableImportView = { 
/**
 * Name of the file.
 */
file: string, 
/**
 * SHA-256 of its bytes.
 */
sha256: string, 
/**
 * Changes, in the order of the file.
 */
lines: Array<TableImportLine>, 
/**
 * What is wrong with it: while anything is, nothing is taken.
 */
faults: Array<ImportFault>, 
/**
 * Rows that say what stands already.
 */
same: number, 
/**
 * How far the journal goes that the preview rests on.
 */
position: number, 
/**
 * The finding, or what was done.
 */
message: string, 
/**
 * The event that closes the batch, once taken; undoing it takes everything back.
 */
eventId: string | null, };
export type DoneView = { 
/**
 * The event; of a batch the one that closes it.
 */
eventId: string, 
/**
 * In a sentence.
 */
message: string, };
export type WordsView = { 
/**
 * What they are about: `Còn 12 đơn vị`.
 */
title: string, 
/**
 * The words.
 */
text: string, };
export type MemberKind = "agency" | "ward" | "commune" | "party";
export type ReadinessCounts = { 
/**
 * Done.
 */
ready: number, 
/**
 * Under way.
 */
partly: number, 
/**
 * Not begun.
 */
notReady: number, 
/**
 * Nothing to do there.
 */
notApplicable: number, 
/**
 * Not reported: never good.
 */
unreported: number, };
export type DutyView = { 
/**
 * Id.
 */
id: string, 
/**
 * Name for a column.
 */
short: string, 
/**
 * Word for word from the document.
 */
text: string, 
/**
 * How many members are how far.
 */
counts: ReadinessCounts, };
export type ReadinessCell = { 
/**
 * Id of the duty.
 */
duty: string, 
/**
 * How far; `None`: not reported.
 */
state: Readiness | null, 
/**
 * ISO day the report speaks of.
 */
asOf: string | null, 
/**
 * Remark.
 */
remark: string | null, 
/**
 * Who said so and when: `Chuyên viên 01 · TT PVHCC tỉnh · qua công văn · 08:12 28/05/2026`.
 */
said: string, };
export type ReadinessRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Short name.
 */
short: string, 
/**
 * Kind.
 */
kind: MemberKind, 
/**
 * Duty by duty, in their order.
 */
cells: Array<ReadinessCell>, 
/**
 * Duties with something left; 0: ready.
 */
missing: number, 
/**
 * Of those, not reported.
 */
unreported: number, 
/**
 * The person at the window may report of it.
 */
editable: boolean, 
/**
 * Folded text for searching.
 */
search: string, };
export type ReadinessParty = { 
/**
 * The document.
 */
basis: string, 
/**
 * Its duties.
 */
duties: Array<DutyView>, 
/**
 * How it stands.
 */
row: ReadinessRow, };
export type ReadinessView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * The finding: `131 trong 149 đơn vị sẵn sàng; 18 còn thiếu, trong đó 7 chưa báo cáo`.
 */
headline: string, 
/**
 * The document behind the duties of the units.
 */
basis: string, 
/**
 * The duties of the units.
 */
duties: Array<DutyView>, 
/**
 * The units: agencies, then communes.
 */
units: Array<ReadinessRow>, 
/**
 * Units with nothing left.
 */
ready: number, 
/**
 * Units that reported nothing at all.
 */
silent: number, 
/**
 * The parties.
 */
parties: Array<ReadinessParty>, 
/**
 * How far the journal goes that this rests on: `seen` of what is done next.
 */
position: number, 
/**
 * The person at the window may report of somebody.
 */
canReport: boolean, };
export type ReadinessUnitArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * The moment to look at; none is now.
 */
as_of?: number | null, };
export type ReadinessUnitView = { 
/**
 * How it stands.
 */
row: ReadinessRow, 
/**
 * Its duties.
 */
duties: Array<DutyView>, 
/**
 * Newest first.
 */
history: Array<HistoryLine>, 
/**
 * `seen` of what is done next.
 */
position: number, };
export type DutyReport = { 
/**
 * Id of the duty.
 */
duty: string, 
/**
 * How far.
 */
state: Readiness, 
/**
 * Remark; needed where nothing is to be done.
 */
remark: string | null, };
export type ReadinessReportArgs = { 
/**
 * Ids of the members.
 */
units: Array<string>, 
/**
 * How far with which duty.
 */
duties: Array<DutyReport>, 
/**
 * ISO day it speaks of.
 */
asOf: string, 
/**
 * How it was learned.
 */
learned: Learned, 
/**
 * `position` of what was looked at: what somebody else said since is not written over.
 */
seen: number, };
export type ReadinessWithdrawArgs = { 
/**
 * Id of the member.
 */
unit: string, 
/**
 * Id of the duty.
 */
duty: string, 
/**
 * Why.
 */
reason: string, 
/**
 * `position` of what was looked at.
 */
seen: number, };
export type ReadinessImportArgs = { 
/**
 * The table.
 */
table: TableImportArgs, 
/**
 * ISO day it speaks of, where a row does not say.
 */
asOf: string, 
/**
 * How it was learned.
 */
learned: Learned, };
export type ReadinessExportArgs = { 
/**
 * Form.
 */
format: TableFormat, };
export type ReadinessReminderArgs = { 
/**
 * Of one duty; none is all.
 */
duty?: string | null, 
/**
 * Only these members; none is all that miss something.
 */
units: Array<string>, };
export type DutyPerson = { 
/**
 * Roster id, or the id of somebody who does not use the program.
 */
id: string, 
/**
 * Name as shown; the role where it was erased.
 */
name: string, 
/**
 * Role or position.
 */
title: string, 
/**
 * Unit.
 */
unit: UnitView, 
/**
 * Telephone, from the table that can be erased.
 */
phone: string, 
/**
 * E-mail address, likewise.
 */
email: string, 
/**
 * Stands in the roster of the program's users.
 */
listed: boolean, };
export type LackKind = "nobody" | "backup";
export type ShiftView = { 
/**
 * Id.
 */
id: string, 
/**
 * First moment.
 */
from: number, 
/**
 * End, exclusive.
 */
to: number, 
/**
 * Id of the post.
 */
post: string, 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * Id of who is on.
 */
primary: string, 
/**
 * Name of who is on.
 */
primaryName: string, 
/**
 * Id of the backup.
 */
backup: string | null, 
/**
 * Name of the backup.
 */
backupName: string | null, 
/**
 * What does not go together with another shift, in words.
 */
clash: string | null, 
/**
 * Base of the next edit.
 */
lastEvent: string, 
/**
 * The person at the window may change it.
 */
editable: boolean, };
export type GapView = { 
/**
 * First moment.
 */
from: number, 
/**
 * End, exclusive.
 */
to: number, 
/**
 * What.
 */
lack: LackKind, 
/**
 * `Không có người trực 01:00–07:00 30/05/2026`.
 */
text: string, };
export type PostLine = { 
/**
 * Id of the post.
 */
post: string, 
/**
 * Name of the post.
 */
title: string, 
/**
 * What it is there for.
 */
task: string, 
/**
 * The unit.
 */
unit: UnitView, 
/**
 * First moment it must be held.
 */
from: number, 
/**
 * End, exclusive.
 */
to: number, 
/**
 * Somebody must stand behind.
 */
needsBackup: boolean, 
/**
 * Shifts in the span asked for, by their beginning.
 */
shifts: Array<ShiftView>, 
/**
 * What it lacks in that span.
 */
gaps: Array<GapView>, 
/**
 * The person at the window may set its shifts.
 */
editable: boolean, };
export type OnNowView = { 
/**
 * Id of the post.
 */
post: string, 
/**
 * Name of the post.
 */
title: string, 
/**
 * The unit.
 */
unit: UnitView, 
/**
 * Who is on.
 */
primary: DutyPerson | null, 
/**
 * The backup.
 */
backup: DutyPerson | null, 
/**
 * Until when.
 */
to: number | null, 
/**
 * What it lacks.
 */
lack: LackKind | null, };
export type DutyNow = { 
/**
 * `Trực 11 người`.
 */
text: string, 
/**
 * `thiếu dự phòng: Tài khoản VNeID (PC06)`; empty where nothing lacks.
 */
lack: string, 
/**
 * `good`, `warn` (a backup lacks) or `bad` (nobody is on).
 */
tone: string, };
export type DutyArgs = { 
/**
 * First moment; none is the beginning of today.
 */
from?: number | null, 
/**
 * End, exclusive; none is seven days later.
 */
to?: number | null, 
/**
 * The moment to look at; none is now.
 */
asOf?: number | null, };
export type RosterOfDutyView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * First moment shown.
 */
from: number, 
/**
 * End, exclusive.
 */
to: number, 
/**
 * The finding.
 */
headline: string, 
/**
 * Posts by unit.
 */
lines: Array<PostLine>, 
/**
 * Who is on now.
 */
on: Array<OnNowView>, 
/**
 * The same for the frame.
 */
status: DutyNow | null, 
/**
 * When somebody next comes on or goes off.
 */
nextChange: number | null, 
/**
 * Who can be put on duty.
 */
people: Array<DutyPerson>, 
/**
 * Units whose people may be added.
 */
units: Array<UnitView>, 
/**
 * Shifts that do not go together, in words.
 */
clashes: Array<string>, 
/**
 * `seen` of a table that is taken.
 */
position: number, 
/**
 * The person at the window may set some shift.
 */
canEdit: boolean, };
export type ShiftSetArgs = { 
/**
 * Id of the shift to change; none is a new one.
 */
id: string | null, 
/**
 * First moment.
 */
from: number, 
/**
 * End, exclusive.
 */
to: number, 
/**
 * Id of the post.
 */
post: string, 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * Id of who is on.
 */
primary: string, 
/**
 * Id of the backup.
 */
backup: string | null, 
/**
 * `lastEvent` of the shift that was looked at.
 */
basedOn: string | null, };
export type TurnArgs = { 
/**
 * `07:00`.
 */
from: string, 
/**
 * `19:00`; at or before `from` it ends the next day.
 */
to: string, };
export type CrewArgs = { 
/**
 * Id of who is on.
 */
primary: string, 
/**
 * Id of the backup.
 */
backup: string | null, };
export type ShiftRepeatArgs = { 
/**
 * Id of the post.
 */
post: string, 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * First day, ISO.
 */
firstDay: string, 
/**
 * How many days, 1 to 31.
 */
days: number, 
/**
 * Turns of each day, in their order.
 */
turns: Array<TurnArgs>, 
/**
 * Crews; the first takes the first turn, and so on round.
 */
crews: Array<CrewArgs>, };
export type ShiftRemoveArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * `lastEvent` of the shift that was looked at.
 */
basedOn: string | null, };
export type ShiftArgs = { 
/**
 * Id.
 */
id: string, };
export type ShiftHistoryView = { 
/**
 * Newest first.
 */
history: Array<HistoryLine>, };
export type DutyPersonArgs = { 
/**
 * Id; none adds somebody who does not use the program.
 */
id: string | null, 
/**
 * Name or position; not of one who stands in the roster.
 */
name: string, 
/**
 * Position.
 */
title: string, 
/**
 * Id of the unit; not of one who stands in the roster.
 */
unit: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * E-mail address.
 */
email: string, };
export type DutyPersonKey = { 
/**
 * Id.
 */
id: string, };
export type DutyPersonView = { 
/**
 * Id.
 */
id: string, 
/**
 * In a sentence.
 */
message: string, };
export type DutyExportArgs = { 
/**
 * Which span.
 */
span: DutyArgs, 
/**
 * Form.
 */
format: TableFormat, };
export type BalanceKind = "uncounted" | "waiting" | "closed" | "explained" | "open";
export type CountView = { 
/**
 * As of when.
 */
at: number, 
/**
 * In the old system: to stay there, or still there.
 */
old: number, 
/**
 * To move to the new one, or found there.
 */
new: number, 
/**
 * Finished meanwhile; 0 before.
 */
done: number, 
/**
 * Known to be missing or broken; 0 before.
 */
lost: number, 
/**
 * All of them.
 */
all: number, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * Who said so and when.
 */
said: string, };
export type InFlightRow = { 
/**
 * Code of the system.
 */
system: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Who can say why it does not close.
 */
ask: string, 
/**
 * Before the switch.
 */
before: CountView | null, 
/**
 * After it.
 */
after: CountView | null, 
/**
 * After less before; `None` while a side is not counted.
 */
difference: number | null, 
/**
 * `thiếu 3`, `thừa 1`, `khớp`, `–`.
 */
differenceText: string, 
/**
 * How it stands.
 */
state: BalanceKind, 
/**
 * Why it does not close.
 */
explanation: string | null, 
/**
 * Who said so and when.
 */
explained: string, 
/**
 * `seen` of what is done next.
 */
position: number, };
export type InFlightTotals = { 
/**
 * How many systems.
 */
systems: number, 
/**
 * To stay.
 */
stay: number, 
/**
 * To move.
 */
moving: number, 
/**
 * Still there.
 */
staying: number, 
/**
 * Found in the new one.
 */
moved: number, 
/**
 * Finished meanwhile.
 */
done: number, 
/**
 * Known to be missing or broken.
 */
lost: number, 
/**
 * After less before.
 */
difference: number, 
/**
 * `1.204 + 318 = 1.180 + 317 + 24 + 1`, with `≠` where it does not close.
 */
equation: string, };
export type InFlightView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * The finding.
 */
headline: string, 
/**
 * What must be equal, in words.
 */
rule: string, 
/**
 * Systems, in their order.
 */
rows: Array<InFlightRow>, 
/**
 * Those counted on both sides.
 */
totals: InFlightTotals, 
/**
 * Balances that do not close and are not explained.
 */
open: number, 
/**
 * The person at the window may count.
 */
canCount: boolean, };
export type InFlightCountArgs = { 
/**
 * Code of the system.
 */
system: string, 
/**
 * After the switch; else before it.
 */
after: boolean, 
/**
 * As of when; none is now.
 */
at: number | null, 
/**
 * To stay, or still there.
 */
old: number, 
/**
 * To move, or found in the new one.
 */
new: number, 
/**
 * Finished meanwhile; 0 before.
 */
done: number, 
/**
 * Known to be missing or broken; 0 before.
 */
lost: number, 
/**
 * Where it comes from.
 */
source: string, 
/**
 * `position` of the row that was looked at.
 */
seen: number, };
export type InFlightExplainArgs = { 
/**
 * Code of the system.
 */
system: string, 
/**
 * Why.
 */
text: string, 
/**
 * `position` of the row that was looked at.
 */
seen: number, };
export type FallbackStage = "taken" | "reentered" | "paired" | "voided";
export type FallbackRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Paper or cash.
 */
kind: FallbackKind, 
/**
 * The unit that took it.
 */
unit: UnitView, 
/**
 * Number of the paper receipt.
 */
receipt: string, 
/**
 * When it was taken.
 */
at: number, 
/**
 * Code of the procedure.
 */
procedure: string | null, 
/**
 * Code of the dossier in the system.
 */
dossier: string | null, 
/**
 * Amount in đồng.
 */
amount: number | null, 
/**
 * Id of the incident.
 */
incident: string | null, 
/**
 * Remark.
 */
remark: string | null, 
/**
 * How far it got.
 */
stage: FallbackStage, 
/**
 * Not in the system in time.
 */
overdue: boolean, 
/**
 * Of one that was re-entered: its dossier is in the records kept. `None`: not asked.
 */
found: boolean | null, 
/**
 * Fees and charges that its record tells, đồng.
 */
fee: number | null, 
/**
 * Cash was taken, and not as much as the record tells: it is paired only with a word of why.
 */
feeDiffers: boolean, 
/**
 * How long it waits, when it was re-entered, why it was a mistake.
 */
timing: string, 
/**
 * Who entered it and when.
 */
said: string, 
/**
 * The person at the window may go on with it.
 */
editable: boolean, 
/**
 * Folded text for searching.
 */
search: string, 
/**
 * Base of the next edit.
 */
lastEvent: string, };
export type FallbackTotals = { 
/**
 * On paper only.
 */
taken: number, 
/**
 * Of those, overdue.
 */
overdue: number, 
/**
 * In the system, not compared.
 */
reentered: number, 
/**
 * Done.
 */
paired: number, 
/**
 * Mistakes.
 */
voided: number, 
/**
 * Cash taken, đồng; mistakes apart.
 */
cash: number, 
/**
 * Of that, not paired.
 */
cashOpen: number, };
export type FallbackView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * The finding.
 */
headline: string, 
/**
 * Open ones first, the oldest before the others.
 */
rows: Array<FallbackRow>, 
/**
 * Counts.
 */
totals: FallbackTotals, 
/**
 * Hours after which an entry must be in the system.
 */
limitHours: number, 
/**
 * Units whose register the person at the window keeps.
 */
units: Array<UnitView>, 
/**
 * `seen` of a table that is taken.
 */
position: number, 
/**
 * Incidents that an entry may be taken for.
 */
incidents: Array<NamedView>, 
/**
 * As of when the dossier records were fetched last, in words.
 */
records: string, };
export type FallbackWords = { 
/**
 * Paper or cash.
 */
kind: FallbackKind, 
/**
 * Id of the unit.
 */
unit: string, 
/**
 * Number of the paper receipt.
 */
receipt: string, 
/**
 * When it was taken; none is now.
 */
at: number | null, 
/**
 * Code of the procedure.
 */
procedure: string | null, 
/**
 * Code of the dossier, where it has one.
 */
dossier: string | null, 
/**
 * Amount in đồng; needed for cash.
 */
amount: number | null, 
/**
 * Id of the incident.
 */
incident: string | null, 
/**
 * Remark.
 */
remark: string | null, };
export type FallbackTakeArgs = { 
/**
 * What it says.
 */
words: FallbackWords, };
export type FallbackChangeArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * What it says now.
 */
words: FallbackWords, 
/**
 * Why.
 */
reason: string, 
/**
 * `lastEvent` of the entry that was looked at.
 */
basedOn: string | null, };
export type FallbackReenterArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Code of the dossier there.
 */
dossier: string, 
/**
 * When; none is now.
 */
at: number | null, 
/**
 * `lastEvent` of the entry that was looked at.
 */
basedOn: string | null, };
export type FallbackPairArgs = { 
/**
 * Ids.
 */
ids: Array<string>, 
/**
 * How it was found, where the records kept do not have it yet.
 */
remark: string | null, };
export type FallbackVoidArgs = { 
/**
 * Id.
 */
id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * `lastEvent` of the entry that was looked at.
 */
basedOn: string | null, };
export type RegisterKind = "in_flight" | "fallback";
export type RegistersExportArgs = { 
/**
 * Which.
 */
which: RegisterKind, 
/**
 * Form.
 */
format: TableFormat, };
export type ContactView = { 
/**
 * Row of the table.
 */
id: string, 
/**
 * What it is for.
 */
field: FocalField, 
/**
 * Name; empty when it was erased.
 */
name: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Position.
 */
title: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * When it was last set.
 */
setAt: number, };
export type PartyView = { 
/**
 * Id.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Short name.
 */
short: string, 
/**
 * Its duties.
 */
duties: Array<string>, 
/**
 * The document they come from.
 */
basis: string, 
/**
 * Units that act for it.
 */
units: Array<UnitView>, 
/**
 * Staff set name or duties.
 */
changedAt: number | null, 
/**
 * Focal points: business, technical, infrastructure.
 */
contacts: Array<ContactView>, 
/**
 * Fields without a focal point.
 */
missing: FocalField[], 
/**
 * Open obstacles it must deal with.
 */
open: number, 
/**
 * Of those, answers overdue.
 */
overdue: number, };
export type PartiesView = { 
/**
 * The finding: `3 trong 8 bên chưa có đủ đầu mối nghiệp vụ, kỹ thuật, hạ tầng`.
 */
headline: string, 
/**
 * In the order of the documents.
 */
parties: Array<PartyView>, 
/**
 * Units to choose.
 */
units: Array<UnitView>, 
/**
 * The person at the window may change them.
 */
editable: boolean, };
export type PartySetArgs = { 
/**
 * Its id.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Its duties, empty ones are dropped.
 */
duties: Array<string>, 
/**
 * The document they come from.
 */
basis: string, 
/**
 * Ids of the units that act for it.
 */
units: Array<string>, };
export type ContactSetArgs = { 
/**
 * Party id.
 */
party: string, 
/**
 * Row to change; none adds one.
 */
id: string | null, 
/**
 * What it is for.
 */
field: FocalField, 
/**
 * Name.
 */
name: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Position.
 */
title: string, 
/**
 * Telephone.
 */
phone: string, 
/**
 * E-mail address.
 */
email: string, };
export type ContactRemoveArgs = { 
/**
 * Party id.
 */
party: string, 
/**
 * Row.
 */
id: string, };
export type ProofTone = "proved" | "failed" | "silent" | "claimed" | "shown" | "none";
export type ProofPill = { 
/**
 * How it is painted.
 */
tone: ProofTone, 
/**
 * `API đạt 99,7%`, `Mất từ 13:40`, `–`.
 */
text: string, 
/**
 * The whole sentence, for the tooltip.
 */
detail: string, 
/**
 * A file kept as evidence has vanished or was altered.
 */
damaged: boolean, };
export type RagCell = { 
/**
 * The colour that counts.
 */
rag: Rag, 
/**
 * What the rules say.
 */
computed: Rag, 
/**
 * `Đỏ`, `Vàng`, …
 */
text: string, 
/**
 * Why the rules say so, the gravest first.
 */
reasons: Array<string>, 
/**
 * Set by hand: the reason, until when and by whom.
 */
byHand: string | null, };
export type ProofReason = { 
/**
 * `proved`, `failed` or `silent`, as for the pill.
 */
tone: ProofTone, 
/**
 * A sentence.
 */
text: string, };
export type FileView = { 
/**
 * Name.
 */
name: string, 
/**
 * Media type.
 */
mediaType: string, 
/**
 * `PDF, 1,2 MB`.
 */
about: string, 
/**
 * What is wrong with it, if anything.
 */
problem: string | null, };
export type EvidenceView = { 
/**
 * Id, for opening and revoking.
 */
id: string, 
/**
 * `note`, `link`, `file`, `live_check`, `test_run`.
 */
kind: string, 
/**
 * First line.
 */
title: string, 
/**
 * What else it says.
 */
detail: string, 
/**
 * Address of a link.
 */
url: string | null, 
/**
 * The file, or the minutes of a test run.
 */
file: FileView | null, 
/**
 * When it was added.
 */
at: number, 
/**
 * `Chuyên viên 01 · TT PVHCC tỉnh`.
 */
who: string, 
/**
 * Who revoked it, when and why.
 */
revoked: string | null, 
/**
 * The person at the window may revoke it.
 */
revocable: boolean, };
export type ProofStep = { 
/**
 * How it is painted.
 */
tone: ProofTone, 
/**
 * `Mất minh chứng`.
 */
text: string, 
/**
 * Since when it held.
 */
since: number, 
/**
 * When it was concluded.
 */
at: number, };
export type ProofView = { 
/**
 * As in the row.
 */
pill: ProofPill, 
/**
 * What a task like this must show, and the bar.
 */
needs: string, 
/**
 * The verdict in a sentence.
 */
headline: string, 
/**
 * What it rests on.
 */
reasons: Array<ProofReason>, 
/**
 * Evidence, newest first; revoked ones stay listed.
 */
evidence: Array<EvidenceView>, 
/**
 * Verdicts, newest first; the last twenty.
 */
steps: Array<ProofStep>, 
/**
 * Calling it done needs a reason, as nothing shows it.
 */
reasonNeeded: boolean, 
/**
 * The reason given when it was called done.
 */
withoutEvidence: string | null, 
/**
 * A live check can be attached now.
 */
liveCheck: boolean, 
/**
 * Units that may have tested, to choose from.
 */
testers: Array<UnitView>, };
export type FileInput = { 
/**
 * Its name; folders are cut off.
 */
name: string, 
/**
 * Its bytes, base64 with padding.
 */
content: string, };
export type EvidenceInput = { "type": "note", 
/**
 * The remark.
 */
text: string, } | { "type": "link", 
/**
 * http or https.
 */
url: string, 
/**
 * What it is.
 */
title: string | null, } | { "type": "file", 
/**
 * The file.
 */
file: FileInput, } | { "type": "live_check" } | { "type": "test_run", 
/**
 * ISO day.
 */
on: string, 
/**
 * Who tested: unit or party.
 */
by: string, 
/**
 * What was tried.
 */
tried: string, 
/**
 * How it ended.
 */
result: TestResult, 
/**
 * The minutes.
 */
minutes: FileInput | null, };
export type EvidenceArgs = { 
/**
 * Task.
 */
no: string, 
/**
 * What it is.
 */
evidence: EvidenceInput, 
/**
 * `lastEvent` of the row as the user saw it.
 */
basedOn: string | null, };
export type EvidenceRevokeArgs = { 
/**
 * Task.
 */
no: string, 
/**
 * Which.
 */
id: string, 
/**
 * Why.
 */
reason: string, 
/**
 * As in [`EvidenceArgs`].
 */
basedOn: string | null, };
export type EvidenceKeyArgs = { 
/**
 * Task.
 */
no: string, 
/**
 * Which.
 */
id: string, };
export type EvidenceCheckArgs = { 
/**
 * Of one task; none is of all.
 */
no: string | null, };
export type EvidenceCheckView = { 
/**
 * Files looked at.
 */
checked: number, 
/**
 * One line a file that is not as it was.
 */
problems: Array<string>, 
/**
 * The whole in a sentence.
 */
text: string, };
export type RagArgs = { 
/**
 * Task.
 */
no: string, 
/**
 * `green`, `amber` or `red`.
 */
rag: Rag, 
/**
 * Why.
 */
reason: string, 
/**
 * Last day it holds, ISO.
 */
until: string, 
/**
 * As in [`EvidenceArgs`].
 */
basedOn: string | null, };
export type RagEndArgs = { 
/**
 * Task.
 */
no: string, 
/**
 * As in [`EvidenceArgs`].
 */
basedOn: string | null, };
export type WindowKind = "days" | "calls";
export type BarInput = { 
/**
 * Days or calls.
 */
window: WindowKind, 
/**
 * How many of them: 1..=90 days, 1..=100000 calls.
 */
size: number, 
/**
 * Fewer calls prove nothing.
 */
minCalls: number, 
/**
 * Success must reach this, in percent, two decimals.
 */
successPercent: number, 
/**
 * The 95th percentile must not be above this, ms, 1..=15000.
 */
p95Ms: number, };
export type BarRow = { 
/**
 * For what: `default`, `group:` and a name, `flow:` and a flow, or an API.
 */
target: string, 
/**
 * Name.
 */
title: string, 
/**
 * For which APIs.
 */
apis: string, 
/**
 * The bar in words.
 */
text: string, 
/**
 * The bar.
 */
bar: BarInput, 
/**
 * Set since; none is what is shipped, or what goes for the wider group.
 */
since: number | null, 
/**
 * Why it was set.
 */
reason: string | null, 
/**
 * Who set it.
 */
who: string | null, 
/**
 * What was set for later.
 */
coming: Array<BarComing>, };
export type BarComing = { 
/**
 * From when.
 */
from: number, 
/**
 * The bar in words.
 */
text: string, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Who set it.
 */
who: string | null, };
export type BarChoice = { 
/**
 * As [`BarRow::target`].
 */
target: string, 
/**
 * Name.
 */
title: string, 
/**
 * Its bar now.
 */
bar: BarInput, };
export type BarsView = { 
/**
 * The general bar first, groups, then flows and APIs with a bar of their own.
 */
rows: Array<BarRow>, 
/**
 * All flows, then all APIs.
 */
choices: Array<BarChoice>, };
export type BarArgs = { 
/**
 * As [`BarRow::target`].
 */
target: string, 
/**
 * The bar; none returns to what is shipped.
 */
bar: BarInput | null, 
/**
 * First day, ISO, today or later; none is from now on.
 */
from: string | null, 
/**
 * Why.
 */
reason: string, };
export type BulkChange = { "kind": "status", 
/**
 * New status.
 */
status: TaskStatus, 
/**
 * ISO day; required for and only with `done`.
 */
doneOn: string | null, 
/**
 * Remark; obstacle for `blocked`, reason for `not_applicable`.
 */
note: string | null, 
/**
 * How it was learned.
 */
learned: Learned | null, 
/**
 * Why they are called done though nothing shows it.
 */
withoutEvidence: string | null, } | { "kind": "note", 
/**
 * The remark.
 */
note: string, } | { "kind": "due", 
/**
 * ISO day.
 */
due: string, 
/**
 * Number and date of the document.
 */
document: string, } | { "kind": "expected", 
/**
 * ISO day.
 */
expected: string | null, 
/**
 * Who said so, or why.
 */
note: string | null, };
export type BulkTask = { 
/**
 * Key.
 */
no: string, 
/**
 * `lastEvent` of the row.
 */
basedOn: string | null, };
export type BulkArgs = { 
/**
 * The chosen tasks, each once.
 */
tasks: Array<BulkTask>, 
/**
 * What is said of each.
 */
change: BulkChange, };
export type BulkLine = { 
/**
 * Key.
 */
no: string, 
/**
 * What to do.
 */
title: string, 
/**
 * Before, in words.
 */
old: string, 
/**
 * After, in words.
 */
new: string, 
/**
 * On behalf of which unit it is recorded.
 */
behalf: string | null, 
/**
 * Why it cannot be changed, or why nothing changes.
 */
refused: string | null, 
/**
 * Someone changed it after the person had looked.
 */
moved: boolean, };
export type BulkPreview = { 
/**
 * In the decision's order.
 */
lines: Array<BulkLine>, 
/**
 * Tasks that would change.
 */
changes: number, 
/**
 * Tasks that would not.
 */
refused: number, 
/**
 * `Ghi “đang làm” cho 12 nhiệm vụ; 2 nhiệm vụ không đổi`.
 */
text: string, };
export type BulkDone = { 
/**
 * The event that closes the batch; undoing it takes everything back.
 */
eventId: string, 
/**
 * Tasks changed.
 */
changes: number, 
/**
 * `Đã ghi …`.
 */
message: string, };
export type ChoiceView = { 
/**
 * `view:<name>`, `columns`, `template:<name>`, …
 */
key: string, 
/**
 * As the page wrote it.
 */
value: string, };
export type ChoicesView = { 
/**
 * By key.
 */
choices: Array<ChoiceView>, };
export type ChoiceArgs = { 
/**
 * Which.
 */
key: string, 
/**
 * Its value; `None` drops it.
 */
value: string | null, };
export type PlanTask = { 
/**
 * Key.
 */
no: string, 
/**
 * What to do.
 */
title: string, 
/**
 * Index of its lane.
 */
lane: number, 
/**
 * Index of its column.
 */
column: number, 
/**
 * Status.
 */
status: TaskStatus, 
/**
 * Whether what is claimed holds.
 */
proof: ProofPill, 
/**
 * Lead units.
 */
leadUnits: Array<UnitView>, 
/**
 * The date that binds, ISO.
 */
due: string | null, 
/**
 * Not done and past its date.
 */
overdue: boolean, 
/**
 * Working days it may slip before something that follows is touched; negative: already too late for it.
 */
float: number | null, 
/**
 * The same in words: `còn 3 ngày làm việc trước nhiệm vụ 69`, or empty.
 */
floatText: string, 
/**
 * Keys of open tasks that must be finished first, the nearest last.
 */
waitsFor: Array<string>, 
/**
 * On the longest chain of open tasks.
 */
onChain: boolean, };
export type PlanEdge = { 
/**
 * Comes first.
 */
from: string, 
/**
 * Follows.
 */
to: string, 
/**
 * Working days between their dates; negative: due before what it waits for.
 */
slack: number | null, };
export type ForecastView = { 
/**
 * ISO days: one time in seven sooner; as often sooner as later; one time in seven later.
 */
early: string, 
/**
 * See `early`.
 */
likely: string, 
/**
 * See `early`.
 */
late: string, 
/**
 * The finding: `Dự kiến xong 08/06/2026 (từ 03/06 đến 16/06)`.
 */
text: string, 
/**
 * What it rests on.
 */
basis: string, };
export type PlanColumn = { 
/**
 * Number of the section: `III`, `IV.1`.
 */
section: string, 
/**
 * Title of the section.
 */
title: string, 
/**
 * Stage in words: `Khai báo`, `Kiểm thử`, or empty.
 */
stage: string, };
export type PlanView = { 
/**
 * Titles of the lanes, top to bottom.
 */
lanes: Array<string>, 
/**
 * Columns, left to right.
 */
columns: Array<PlanColumn>, 
/**
 * In the decision's order.
 */
tasks: Array<PlanTask>, 
/**
 * All arrows.
 */
edges: Array<PlanEdge>, 
/**
 * The longest chain of open tasks, first to last.
 */
chain: Array<string>, 
/**
 * Tasks that wait for each other in a circle; empty in a sound plan.
 */
circular: Array<string>, 
/**
 * What the plan shows, in one line.
 */
headline: string, 
/**
 * `None` while nothing can be forecast; `forecastNote` says why.
 */
forecast: ForecastView | null, 
/**
 * Why there is no forecast, or empty.
 */
forecastNote: string, };
export type NoArgs = Record<symbol, never>;
export type NoResult = Record<symbol, never>;
export type ErrorCode = "unauthenticated" | "forbidden" | "invalid" | "conflict" | "not_found" | "source" | "storage" | "busy" | "cancelled" | "config" | "internal";
export type WireError = { 
/**
 * What the window acts on.
 */
code: ErrorCode, 
/**
 * Vietnamese, ready to show.
 */
message: string, 
/**
 * Place and other particulars, by name.
 */
details: { [key in string]: string }, };
export type AppEvent = { "kind": "session_changed" } | { "kind": "tasks_changed", 
/**
 * Task numbers.
 */
nos: Array<string>, } | { "kind": "sources_changed" } | { "kind": "dossiers_changed", 
/**
 * A walk over records goes on: more will follow soon.
 */
more: boolean, } | { "kind": "import_progress", 
/**
 * Key of the file.
 */
id: string, 
/**
 * Rows read so far, over all walks through it.
 */
rows: number, 
/**
 * How many there will be, as far as can be told.
 */
of: number | null, } | { "kind": "report_changed", 
/**
 * ISO day, of a month its first; empty means any.
 */
day: string, } | { "kind": "report_reminder", 
/**
 * ISO day.
 */
day: string, 
/**
 * How loud: 1 to 4.
 */
level: number, 
/**
 * Vietnamese.
 */
text: string, } | { "kind": "operations_changed", 
/**
 * Which part: `watch`, `alerts`, `incidents`, `runs`, `duty`, `readiness`, `registers`; empty means any.
 */
part: string, } | { "kind": "alert_raised", 
/**
 * Id of the alert.
 */
id: string, 
/**
 * How loud: 1 (seen) to 4 (page).
 */
level: number, 
/**
 * Vietnamese.
 */
text: string, } | { "kind": "rollback_due", 
/**
 * Id of the run.
 */
run: string, 
/**
 * How loud: 3 in a rehearsal, 4 (page) in a live run.
 */
level: number, 
/**
 * Vietnamese.
 */
text: string, } | { "kind": "settings_changed" } | { "kind": "notice", 
/**
 * Vietnamese.
 */
message: string, };
export type Phase = "first_start" | "signed_out" | "waiting_browser" | "no_role" | "active";
export type ProfileView = { 
/**
 * Training (`true`) or official.
 */
training: boolean, 
/**
 * `TẬP HUẤN` or `CHÍNH THỨC`.
 */
badge: string, 
/**
 * Name of the centre, for the head of the navigation.
 */
center: string, 
/**
 * Name of the product, short.
 */
product: string, };
export type UserView = { 
/**
 * Display name of the roster.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Role in words.
 */
roleText: string, 
/**
 * Unit id.
 */
unit: string, 
/**
 * Unit in words.
 */
unitName: string, 
/**
 * How the person is known now.
 */
auth: Auth, };
export type SessionView = { 
/**
 * What to show.
 */
phase: Phase, 
/**
 * Which profile.
 */
profile: ProfileView, 
/**
 * The person, when `Active`.
 */
user: UserView | null, 
/**
 * For `NoRole`: the code to give to the admin.
 */
requestCode: string | null, 
/**
 * For `WaitingBrowser`: the address, to open or copy by hand.
 */
authorizeUrl: string | null, 
/**
 * Why the last attempt failed, Vietnamese.
 */
problem: string | null, 
/**
 * The refresh token lives in memory only; why, Vietnamese. `None`: it is in the keyring.
 */
vaultNote: string | null, 
/**
 * VNeID refused the refresh: going on offline.
 */
networkSignedOut: boolean, 
/**
 * Somebody set a PIN on this seat that is still valid.
 */
pinAvailable: boolean, 
/**
 * The person at the window has a PIN; until when.
 */
pinUntil: number | null, 
/**
 * Data may be read (someone signed in on this seat before, or now).
 */
canRead: boolean, 
/**
 * Tasks may be updated.
 */
canEdit: boolean, 
/**
 * Settings may be changed.
 */
canAdminister: boolean, 
/**
 * No admin in the roster yet: the one-time code can be used.
 */
needsFirstAdmin: boolean, 
/**
 * Domain time.
 */
now: number, };
export type PasteArgs = { 
/**
 * As copied from the browser.
 */
url: string, };
export type PinArgs = { 
/**
 * 6–12 digits.
 */
pin: string, };
export type ClaimArgs = { 
/**
 * As printed.
 */
code: string, };
export type SetupView = { 
/**
 * Settings exist.
 */
configured: boolean, 
/**
 * The settings file.
 */
configPath: string, 
/**
 * The program goes on by itself with what was chosen; otherwise it must be opened again by hand.
 */
reopens: boolean, 
/**
 * This machine has a keyring to keep secrets in.
 */
keyring: boolean, 
/**
 * The secrets that the sources ask for, without the secrets themselves.
 */
secrets: Array<SecretView>, };
export type SecretView = { 
/**
 * The environment variable it can stand in, and its name in [`SetupArgs::secrets`].
 */
variable: string, 
/**
 * In words.
 */
title: string, 
/**
 * The source cannot be asked without it.
 */
required: boolean, 
/**
 * Where it is now.
 */
place: SecretPlace | null, 
/**
 * Kept in the keyring since; none also when that is not known.
 */
since: number | null, 
/**
 * Who put it there; none for the set-up, where nobody is signed in.
 */
who: string | null, };
export type SecretsView = { 
/**
 * The training profile has none.
 */
training: boolean, 
/**
 * This machine has a keyring to keep secrets in.
 */
keyring: boolean, 
/**
 * In the order VNeID, gateway, portal.
 */
secrets: Array<SecretView>, };
export type SecretArgs = { 
/**
 * [`SecretView::variable`].
 */
variable: string, 
/**
 * The secret.
 */
value: string, 
/**
 * Keep it without trying it at its source.
 */
untried: boolean, };
export type SecretKeyArgs = { 
/**
 * [`SecretView::variable`].
 */
variable: string, };
export type SecretPlace = "environment" | "keyring";
export type SetupArgs = { 
/**
 * VNeID issuer.
 */
issuer: string, 
/**
 * Client id registered at VNeID.
 */
clientId: string, 
/**
 * Gateway base address.
 */
gateway: string, 
/**
 * Portal base address (Security Server adapter).
 */
portal: string, 
/**
 * Member code of the national portal on the Security Server.
 */
dstcode: string, 
/**
 * Provider address that goes with it.
 */
providerUrl: string, 
/**
 * Account at the portal.
 */
username: string, 
/**
 * The unit's code at the portal (`madonvi`).
 */
unitCode: string, 
/**
 * Secrets typed, by [`SecretView::variable`]; an absent or empty one stays as it is.
 */
secrets: { [key in string]: string }, };
export type SetupTestView = { 
/**
 * In the order VNeID, gateway, portal.
 */
lines: Array<SetupTestLine>, };
export type SetupTestLine = { 
/**
 * What was tried.
 */
title: string, 
/**
 * Whether it answered as it should.
 */
ok: boolean, 
/**
 * What failed and whom to ask, Vietnamese.
 */
text: string, };
export type FreshState = "fresh" | "stale" | "failing" | "not_observed";
export type SourceBadge = { 
/**
 * `vneid`, `gateway`, `portal`.
 */
id: string, 
/**
 * `VNeID`, `Trục tích hợp`, `Cổng DVCQG`.
 */
title: string, 
/**
 * How fresh.
 */
state: FreshState, 
/**
 * `12 giây trước`, `cũ 6 phút`, `lỗi từ 14:02`, `chưa quan sát`.
 */
text: string, 
/**
 * The whole story, for the tooltip.
 */
detail: string, };
export type DeadlineState = "open" | "overdue" | "settled";
export type DeadlineView = { 
/**
 * ISO day of the report.
 */
day: string, 
/**
 * Instant of the deadline.
 */
at: number, 
/**
 * `Báo cáo ngày`.
 */
title: string, 
/**
 * How it stands.
 */
state: DeadlineState, 
/**
 * How loudly it asks: 0 not at all, 1 to 4 since its reminders, 4 once overdue.
 */
level: number, 
/**
 * In one sentence.
 */
text: string, };
export type NoticeView = { 
/**
 * `info`, `warn` or `bad`.
 */
level: string, 
/**
 * Vietnamese.
 */
message: string, 
/**
 * Where something can be done about it.
 */
target: Target | null, };
export type FrameView = { 
/**
 * Domain time of this answer.
 */
now: number, 
/**
 * How fast domain time runs against real time (1 but in the sandbox).
 */
clockSpeed: number, 
/**
 * VNeID, gateway, portal.
 */
sources: Array<SourceBadge>, 
/**
 * Next report deadline.
 */
deadline: DeadlineView, 
/**
 * Overdue tasks, for the navigation.
 */
overdueTasks: number, 
/**
 * Overdue answers to obstacles, for the navigation.
 */
overdueAnswers: number, 
/**
 * Causes of alerts that stand, for the navigation.
 */
firingAlerts: number, 
/**
 * Incidents that are not over, for the navigation.
 */
openIncidents: number, 
/**
 * Balances that do not close and entries on paper for too long, for the navigation.
 */
registerFindings: number, 
/**
 * Who is on duty; nothing while no post must be held and nobody is on.
 */
duty: DutyNow | null, 
/**
 * What does not add up in the dossier figures of the year so far, for the navigation.
 */
dossierFindings: number, 
/**
 * Standing notices: recovered database, memory-only keyring, suspect clock, offline.
 */
notices: Array<NoticeView>, };
export type PastFrameView = { 
/**
 * The moment.
 */
at: number, 
/**
 * Gateway, portal.
 */
sources: Array<SourceBadge>, 
/**
 * Causes of alerts that stood.
 */
firingAlerts: number, 
/**
 * Incidents that were not over.
 */
openIncidents: number, 
/**
 * Balances that did not close and entries on paper for too long.
 */
registerFindings: number, 
/**
 * Who was on duty.
 */
duty: DutyNow | null, };
export type SourcesView = { 
/**
 * In the order of `SourceId::ALL`.
 */
sources: Array<SourceView>, };
export type SourceView = { 
/**
 * `gateway_tasks`, …
 */
id: string, 
/**
 * Vietnamese name.
 */
title: string, 
/**
 * How fresh.
 */
state: FreshState, 
/**
 * State in words with age.
 */
text: string, 
/**
 * The source's own time of what is shown.
 */
asOf: number | null, 
/**
 * When it was fetched.
 */
fetchedAt: number | null, 
/**
 * Last try, successful or not.
 */
lastTry: number | null, 
/**
 * Next try.
 */
nextDue: number | null, 
/**
 * Rows of the last good answer.
 */
rows: number, 
/**
 * Records put aside in the last good answer.
 */
quarantined: number, 
/**
 * What failed, Vietnamese, with the verdict: own machine, own network, the host, or one address.
 */
problem: string | null, 
/**
 * Failing since.
 */
failingSince: number | null, 
/**
 * Normal interval in seconds.
 */
everySeconds: number, 
/**
 * Freshness limit in seconds.
 */
limitSeconds: number, };
export type PollArgs = { 
/**
 * `gateway_tasks`, …
 */
source: string | null, };
export type Tile = { 
/**
 * `tasks`, `overdue`, `received`, `on_time`, `findings`.
 */
id: string, 
/**
 * `Nhiệm vụ báo xong`.
 */
label: string, 
/**
 * `84`, `98,6%`, `–`.
 */
value: string, 
/**
 * `/ 90 báo xong`.
 */
unit: string, 
/**
 * Line beneath, short.
 */
note: string, 
/**
 * Longer explanation for the tooltip: source, as-of, fetched, formula.
 */
detail: string, 
/**
 * `plain`, `bad`, `warn`, `unknown`. Never green for what is only claimed.
 */
tone: string, 
/**
 * Share 0..=1 for the bar, where there is one.
 */
share: number | null, 
/**
 * The proved part beside what is claimed.
 */
proved: ProvedFigure | null, 
/**
 * Screen it opens.
 */
target: Target | null, };
export type ProvedFigure = { 
/**
 * `78`.
 */
value: string, 
/**
 * `có minh chứng`.
 */
unit: string, 
/**
 * Share 0..=1 of the whole that is proved: solid.
 */
share: number, 
/**
 * Share 0..=1 of the whole whose last verdict was good and that is not seen now: dotted.
 */
silent: number, };
export type Target = { 
/**
 * `overview`, `tasks`, `settings`.
 */
screen: string, 
/**
 * Task to open.
 */
task: string | null, 
/**
 * Filter of the task list to apply: `overdue`, `blocked`, `unit:vnpt`, `section:III`; or the part of the screen to
 * open: `checks` of the overview, `sources` of the settings.
 */
filter: string | null, };
export type AttentionItem = { 
/**
 * `Quá hạn`, `Số liệu lệch`, …
 */
badge: string, 
/**
 * `bad`, `warn`, `unknown`, `info`.
 */
tone: string, 
/**
 * One line.
 */
title: string, 
/**
 * A second line.
 */
detail: string, 
/**
 * `Mở`, `Xem`.
 */
action: string, 
/**
 * Where it leads.
 */
target: Target, };
export type CheckState = "holds" | "broken" | "unknown";
export type SidePart = { 
/**
 * `đã xử lý`.
 */
name: string, 
/**
 * `26.152`, `chưa báo`.
 */
value: string, };
export type CheckView = { 
/**
 * `Tiếp nhận và xử lý`.
 */
title: string, 
/**
 * `hệ thống tập trung cấp bộ`.
 */
system: string, 
/**
 * What it came to.
 */
state: CheckState, 
/**
 * Figures added on the left.
 */
left: Array<SidePart>, 
/**
 * Figures added on the right.
 */
right: Array<SidePart>, 
/**
 * Sum of the left side where the sides differ.
 */
leftSum: string | null, 
/**
 * Sum of the right side where the sides differ.
 */
rightSum: string | null, 
/**
 * `khớp`, `chênh 129 hồ sơ`, `chưa đủ dữ liệu`.
 */
verdict: string, 
/**
 * Which figure the difference equals.
 */
hint: string | null, 
/**
 * Whom to ask about a difference.
 */
ask: string | null, };
export type ChecksView = { 
/**
 * `từ 01/01 đến 15/05/2026`.
 */
period: string, 
/**
 * The broken ones first; empty when nothing was reported yet.
 */
checks: Array<CheckView>, 
/**
 * Source, its own time, and when it was fetched.
 */
source: string, 
/**
 * `12 giây trước`, `cũ 6 phút`.
 */
age: string, 
/**
 * How fresh the figures are.
 */
state: FreshState, };
export type TileMark = { 
/**
 * `Tile.id`.
 */
tile: string, 
/**
 * What does not add up, by how much, and whom to ask.
 */
text: string, };
export type OverviewView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * `Số liệu đến 14:08, thứ Sáu 29/05/2026`.
 */
subtitle: string, 
/**
 * In order.
 */
tiles: Array<Tile>, 
/**
 * Tiles to be marked.
 */
marks: Array<TileMark>, 
/**
 * Ranked.
 */
attention: Array<AttentionItem>, 
/**
 * How many lines there would be in all.
 */
attentionTotal: number, 
/**
 * Whether the dossier figures add up.
 */
checks: ChecksView, };
export type ChartKind = "burn_up" | "sections" | "units" | "dossiers" | "flows";
export type ChartTheme = "light" | "dark" | "print";
export type ChartArgs = { 
/**
 * Which.
 */
chart: ChartKind, 
/**
 * Width in CSS pixels, 160..=4000.
 */
width: number, 
/**
 * Height in CSS pixels, 80..=4000.
 */
height: number, 
/**
 * Theme.
 */
theme: ChartTheme, };
export type HotSpotView = { 
/**
 * Left, px.
 */
x: number, 
/**
 * Top, px.
 */
y: number, 
/**
 * Width, px.
 */
w: number, 
/**
 * Height, px.
 */
h: number, 
/**
 * Vietnamese.
 */
label: string, 
/**
 * Where it leads.
 */
target: Target | null, };
export type ChartView = { 
/**
 * Inline SVG.
 */
svg: string, 
/**
 * Its size.
 */
width: number, 
/**
 * Its size.
 */
height: number, 
/**
 * The finding: "Còn 6 nhiệm vụ chưa xong…".
 */
title: string, 
/**
 * Unit and basis.
 */
subtitle: string, 
/**
 * Text alternative.
 */
summary: string, 
/**
 * Places.
 */
hotspots: Array<HotSpotView>, 
/**
 * Table heads.
 */
columns: Array<string>, 
/**
 * Which columns are numbers.
 */
numeric: Array<boolean>, 
/**
 * Table rows.
 */
rows: Array<Array<string>>, 
/**
 * Source, as-of and age in words; marks stale data.
 */
provenance: string, 
/**
 * How fresh the data is.
 */
state: FreshState, 
/**
 * Of dossier figures: what they are counted from.
 */
basis: Basis | null, 
/**
 * What does not add up among the figures it shows, each with the difference and whom to ask.
 */
marks: Array<string>, };
export type UnitView = { 
/**
 * Id.
 */
id: string, 
/**
 * Short name.
 */
short: string, 
/**
 * Full name.
 */
name: string, };
export type GatewayWord = { 
/**
 * Its status.
 */
status: TaskStatus, 
/**
 * `Trục tích hợp: đang làm`.
 */
text: string, 
/**
 * It differs from what people said.
 */
disagrees: boolean, 
/**
 * Its remark.
 */
note: string | null, 
/**
 * The source's own time.
 */
asOf: number, 
/**
 * How fresh.
 */
state: FreshState, };
export type TaskRow = { 
/**
 * Key: `17`, `78a`, `da06/3`.
 */
no: string, 
/**
 * The same without the list: `3`.
 */
label: string, 
/**
 * Id of its list.
 */
list: string, 
/**
 * `I` … `IV.2`.
 */
section: string, 
/**
 * A heading without owner and date.
 */
heading: boolean, 
/**
 * The merged "Nội dung" cell.
 */
group: string, 
/**
 * What to do.
 */
title: string, 
/**
 * Lead units.
 */
leadUnits: Array<UnitView>, 
/**
 * The decision's due date.
 */
due: string | null, 
/**
 * Due date changed by a document.
 */
changedDue: string | null, 
/**
 * Expected day.
 */
expected: string | null, 
/**
 * Present status.
 */
status: TaskStatus, 
/**
 * The day it was done.
 */
doneOn: string | null, 
/**
 * Remark, obstacle or reason that came with the status.
 */
note: string | null, 
/**
 * Days late against the due date in force, done or not; 0 when in time.
 */
daysLate: number, 
/**
 * Days late against the decision's own date; 0 when in time.
 */
daysLateDecision: number, 
/**
 * Not done and past the due date in force.
 */
overdue: boolean, 
/**
 * Not done and due within 2 working days.
 */
dueSoon: boolean, 
/**
 * `quá 39 ngày`, `xong muộn 5 ngày`, `còn 2 ngày làm việc`, or empty.
 */
lateness: string, 
/**
 * Flow.
 */
flow: Flow | null, 
/**
 * Phase.
 */
phase: number | null, 
/**
 * Stage.
 */
stage: Stage | null, 
/**
 * API.
 */
api: string | null, 
/**
 * Numbers of predecessors.
 */
predecessors: Array<string>, 
/**
 * Predecessors that are late.
 */
latePredecessors: Array<string>, 
/**
 * The gateway's word.
 */
gateway: GatewayWord | null, 
/**
 * The person at the window may update it.
 */
editable: boolean, 
/**
 * Columns of words of its list, in order.
 */
texts: Array<TextView>, 
/**
 * Figures that progress.
 */
measures: Array<MeasureView>, 
/**
 * Text without diacritics to search in.
 */
search: string, 
/**
 * Whether what is claimed holds.
 */
proof: ProofPill, 
/**
 * The colour.
 */
rag: RagCell, 
/**
 * Edits on the same base that nobody has settled.
 */
conflicts: number, 
/**
 * Last event, or `nothing` when nobody has said anything: the base of the next edit.
 */
lastEvent: string | null, };
export type SectionView = { 
/**
 * `IV.1`.
 */
id: string, 
/**
 * Title of the decision.
 */
title: string, };
export type TasksView = { 
/**
 * Domain time; of the past, the moment asked for.
 */
now: number, 
/**
 * The moment asked for, when it is not the present: nothing can be written into it.
 */
asOf: number | null, 
/**
 * The decision's order.
 */
rows: Array<TaskRow>, 
/**
 * The list shown.
 */
list: ListView, 
/**
 * Every list that can be switched to, the main one first.
 */
lists: Array<ListLink>, 
/**
 * Sections in order.
 */
sections: Array<SectionView>, 
/**
 * Lead units that occur.
 */
units: Array<UnitView>, 
/**
 * `90 nhiệm vụ · 84 báo xong · 6 quá hạn`.
 */
subtitle: string, 
/**
 * How fresh the gateway's word is.
 */
gatewayState: FreshState, 
/**
 * The same in words.
 */
gatewayText: string, };
export type TaskArgs = { 
/**
 * Number.
 */
no: string, 
/**
 * As of which moment, UTC ms; none is now.
 */
at?: number | null, };
export type TaskLink = { 
/**
 * Number.
 */
no: string, 
/**
 * Title.
 */
title: string, 
/**
 * Status.
 */
status: TaskStatus, };
export type HistoryLine = { 
/**
 * Event id.
 */
id: string, 
/**
 * When it was said.
 */
at: number, 
/**
 * `Báo hoàn thành ngày 18/03/2026`.
 */
text: string, 
/**
 * Note, on behalf of whom, how it was learned.
 */
detail: string, 
/**
 * `Chuyên viên 01 · TT PVHCC tỉnh`.
 */
who: string, 
/**
 * Recorded while offline.
 */
offline: boolean, 
/**
 * Recorded on the command line, in a name that was told and not proved.
 */
told: boolean, 
/**
 * Concluded by the program; nobody said it.
 */
automatic: boolean, 
/**
 * What it was part of, when several acts were written as one.
 */
batch: string | null, 
/**
 * One of two edits that disagree and are not settled.
 */
disputed: boolean, 
/**
 * Taken back later.
 */
undone: boolean, 
/**
 * The person at the window may take it back, with all of its batch.
 */
undoable: boolean, 
/**
 * It takes something back itself: taking it back does that again.
 */
redo: boolean, };
export type SparkPoint = { 
/**
 * Start of the bucket.
 */
at: number, 
/**
 * Calls.
 */
calls: number, 
/**
 * Successes ÷ calls; `None` is a gap.
 */
rate: number | null, };
export type ApiView = { 
/**
 * `dvcqg.07`.
 */
api: string, 
/**
 * Calls in the span.
 */
calls: number, 
/**
 * Successes ÷ calls.
 */
rate: number | null, 
/**
 * 95th percentile in ms, upper bound of its bucket.
 */
p95Ms: number | null, 
/**
 * Code of the last error.
 */
lastError: string | null, 
/**
 * Span in words: `2 giờ qua`.
 */
span: string, 
/**
 * Buckets in order.
 */
points: Array<SparkPoint>, 
/**
 * How fresh.
 */
state: FreshState, 
/**
 * Source and age in words.
 */
provenance: string, };
export type TaskDetailView = { 
/**
 * The row.
 */
row: TaskRow, 
/**
 * Requirement verbatim.
 */
requirement: string, 
/**
 * Section's title.
 */
sectionTitle: string, 
/**
 * Before it.
 */
predecessors: Array<TaskLink>, 
/**
 * After it.
 */
successors: Array<TaskLink>, 
/**
 * Newest first.
 */
history: Array<HistoryLine>, 
/**
 * Edits on the same base that nobody has settled.
 */
conflicts: Array<ConflictView>, 
/**
 * Measure of its API.
 */
api: ApiView | null, 
/**
 * Document that changed the due date.
 */
dueDocument: string | null, 
/**
 * Its proof and evidence; none for a heading.
 */
proof: ProofView | null, 
/**
 * The incident that it is to be done after.
 */
incident: NamedView | null, };
export type SetStatusArgs = { 
/**
 * Task number.
 */
no: string, 
/**
 * New status.
 */
status: TaskStatus, 
/**
 * ISO day; required for and only with `done`.
 */
doneOn: string | null, 
/**
 * Remark; obstacle for `blocked`, reason for `not_applicable`.
 */
note: string | null, 
/**
 * Lead unit it is recorded for.
 */
onBehalfOf: string | null, 
/**
 * How it was learned.
 */
learned: Learned | null, 
/**
 * Why it is called done though nothing shows it.
 */
withoutEvidence: string | null, 
/**
 * `lastEvent` of the row as the user saw it.
 */
basedOn: string | null, };
export type AddNoteArgs = { 
/**
 * Task number.
 */
no: string, 
/**
 * The remark.
 */
note: string, 
/**
 * As in [`SetStatusArgs`].
 */
basedOn: string | null, };
export type ChangeDueArgs = { 
/**
 * Task number.
 */
no: string, 
/**
 * ISO day.
 */
due: string, 
/**
 * Number and date of the document.
 */
document: string, 
/**
 * As in [`SetStatusArgs`].
 */
basedOn: string | null, };
export type SetExpectedArgs = { 
/**
 * Task number.
 */
no: string, 
/**
 * ISO day, or none to withdraw.
 */
expected: string | null, 
/**
 * Who said so, or why.
 */
note: string | null, 
/**
 * As in [`SetStatusArgs`].
 */
basedOn: string | null, };
export type UndoArgs = { 
/**
 * Event to take back; none means one's own last act that still stands.
 */
eventId: string | null, };
export type EditedView = { 
/**
 * The new event.
 */
eventId: string, 
/**
 * `Đã ghi: nhiệm vụ 17 hoàn thành ngày 29/05/2026`.
 */
message: string, 
/**
 * Someone else's newer event this edit did not know of; both are kept.
 */
conflictWith: string | null, 
/**
 * The row as it is now.
 */
row: TaskRow | null, };
export type DraftArgs = { 
/**
 * `task:17`.
 */
entity: string, 
/**
 * `note`, `obstacle`, …
 */
field: string, 
/**
 * As typed.
 */
text: string, };
export type DraftKeyArgs = { 
/**
 * `task:17`.
 */
entity: string, 
/**
 * Field.
 */
field: string, };
export type AsOfArgs = { 
/**
 * The moment, UTC ms; not in the future.
 */
at: number, 
/**
 * Id of the list; none is the main one.
 */
list?: string | null, };
export type CompareArgs = { 
/**
 * The earlier, UTC ms.
 */
from: number, 
/**
 * The later; none is now.
 */
to?: number | null, 
/**
 * Id of the list; none is the main one.
 */
list?: string | null, };
export type CompareFormat = "csv" | "md" | "xlsx";
export type CompareExportArgs = { 
/**
 * The earlier moment, UTC ms.
 */
from: number, 
/**
 * The later; none is now.
 */
to?: number | null, 
/**
 * Id of the list; none is the main one.
 */
list?: string | null, 
/**
 * Form.
 */
format: CompareFormat, };
export type ExportedView = { 
/**
 * Where it is.
 */
path: string, 
/**
 * The same in a sentence.
 */
message: string, };
export type ChangeView = { 
/**
 * Stable name of what changed: `status`, `due`, `evidence`, …
 */
field: string, 
/**
 * The same in words: `Trạng thái`.
 */
title: string, 
/**
 * What it was; none is nothing.
 */
old: string | null, 
/**
 * What it is; none is nothing.
 */
new: string | null, 
/**
 * Who made it so; `tự động` for what the program concluded.
 */
who: string, 
/**
 * When that was said or concluded; none for what the calendar alone made so.
 */
at: number | null, 
/**
 * It was said by the earlier moment and came in after it.
 */
late: boolean, };
export type ComparedTask = { 
/**
 * Key.
 */
no: string, 
/**
 * Its number within its list.
 */
label: string, 
/**
 * What to do.
 */
title: string, 
/**
 * `III`.
 */
section: string, 
/**
 * Short names of the lead units.
 */
units: string, 
/**
 * Differences, people's first.
 */
changes: Array<ChangeView>, };
export type CompareView = { 
/**
 * The earlier.
 */
from: number, 
/**
 * The later.
 */
to: number, 
/**
 * Tasks that changed, in the checklist's order.
 */
tasks: Array<ComparedTask>, 
/**
 * `7 nhiệm vụ thay đổi từ 15:00 28/05/2026 đến 14:08 29/05/2026 · 1 thay đổi đến sau`.
 */
summary: string, };
export type DisputedEdit = { 
/**
 * Event id.
 */
id: string, 
/**
 * What was said.
 */
text: string, 
/**
 * Particulars.
 */
detail: string, 
/**
 * Who.
 */
who: string, 
/**
 * When.
 */
at: number, 
/**
 * What stood before that person's eyes.
 */
saw: string, };
export type ConflictView = { 
/**
 * What about: `Trạng thái`.
 */
topic: string, 
/**
 * The earlier.
 */
first: DisputedEdit, 
/**
 * The later; it counts until somebody settles.
 */
second: DisputedEdit, };
export type SettleArgs = { 
/**
 * Key of the task.
 */
no: string, 
/**
 * Id of the earlier edit.
 */
first: string, 
/**
 * Id of the later.
 */
second: string, 
/**
 * The one that counts from now on.
 */
kept: string, };
export type SplitBy = "system" | "subsystem" | "unit_group" | "unit" | "field" | "procedure" | "channel" | "month";
export type Basis = "records" | "reports";
export type UnitGroup = "agency" | "commune" | "unknown";
export type DossierFilter = { 
/**
 * Codes of systems; what comes after a dot is part of what stands before it: `bo` covers `bo.byt`.
 */
systems: Array<string>, 
/**
 * Only units of this kind.
 */
unitGroup?: UnitGroup | null, 
/**
 * Codes of units on the portal.
 */
units: Array<string>, 
/**
 * Codes of fields.
 */
fields: Array<string>, 
/**
 * Codes of procedures.
 */
procedures: Array<string>, 
/**
 * `direct`, `online`, `postal`.
 */
channels: Array<string>, };
export type FigureId = "received" | "received_online" | "received_direct" | "carried_over" | "total" | "done" | "done_on_time" | "done_on_time_rate" | "done_late" | "done_late_rate" | "pending" | "pending_in_time" | "pending_in_time_rate" | "pending_overdue" | "pending_overdue_rate" | "done_early" | "unplaced";
export type FigureDefinition = { 
/**
 * Which.
 */
id: FigureId, 
/**
 * Its number among the 13; none for those beside them.
 */
number: number | null, 
/**
 * `Số hồ sơ nhận trong kỳ`.
 */
name: string, 
/**
 * The same for narrow columns: `Nhận trong kỳ`.
 */
short: string, 
/**
 * `N = số hồ sơ có ngày tiếp nhận trong kỳ`.
 */
formula: string, 
/**
 * What it rests on.
 */
source: string, 
/**
 * A fraction, shown as a percentage; else a count of dossiers.
 */
rate: boolean, };
export type FiguresView = { 
/**
 * Figure 1.
 */
received: number | null, 
/**
 * Of these, online.
 */
receivedOnline: number | null, 
/**
 * Of these, in person or by post.
 */
receivedDirect: number | null, 
/**
 * Figure 2.
 */
carriedOver: number | null, 
/**
 * Figure 3.
 */
total: number | null, 
/**
 * Figure 4.
 */
done: number | null, 
/**
 * Figure 5.
 */
doneOnTime: number | null, 
/**
 * Figure 6, a fraction.
 */
doneOnTimeRate: number | null, 
/**
 * Figure 7.
 */
doneLate: number | null, 
/**
 * Figure 8, a fraction.
 */
doneLateRate: number | null, 
/**
 * Figure 9.
 */
pending: number | null, 
/**
 * Figure 10.
 */
pendingInTime: number | null, 
/**
 * Figure 11, a fraction.
 */
pendingInTimeRate: number | null, 
/**
 * Figure 12.
 */
pendingOverdue: number | null, 
/**
 * Figure 13, a fraction.
 */
pendingOverdueRate: number | null, 
/**
 * Column 8 of form II.06a; only records tell.
 */
doneEarly: number | null, 
/**
 * Only records tell.
 */
unplaced: number | null, 
/**
 * Why what is null is not known.
 */
missing: Array<MissingFigure>, };
export type MissingFigure = { 
/**
 * Which.
 */
figures: Array<FigureId>, 
/**
 * `báo cáo không nêu`, `mẫu số bằng 0`.
 */
reason: string, };
export type PeriodView = { 
/**
 * As it is asked for: `2026-05-14`, `2026-05`, `2026-Q2`, `2026`, `2026-01-01..2026-05-15`.
 */
id: string, 
/**
 * First day, ISO.
 */
from: string, 
/**
 * Last day, ISO.
 */
to: string, 
/**
 * `Tháng 5/2026`, `01/01–15/05/2026`.
 */
title: string, };
export type StatsArgs = { 
/**
 * `2026-05-14`, `2026-05`, `2026-Q2`, `2026`, `2026-01-01..2026-05-15`; empty is `DossierChoicesView.period`.
 */
period: string, 
/**
 * Rows are cells of these, in this order; empty gives the total alone.
 */
by: Array<SplitBy>, 
/**
 * What is counted.
 */
filter: DossierFilter, 
/**
 * None: reports where they state these cells for exactly this period, else records.
 */
basis?: Basis | null, 
/**
 * As known at this moment; none is now.
 */
asOf?: number | null, 
/**
 * Rows in the order of this figure; none is by name.
 */
sort?: FigureId | null, 
/**
 * Greatest (or last name) first.
 */
descending: boolean, 
/**
 * Rows skipped.
 */
offset: number, 
/**
 * Rows given at most; none is 2,000.
 */
limit?: number | null, };
export type CellPart = { 
/**
 * Which way it is split.
 */
by: SplitBy, 
/**
 * Its code; empty is "not told".
 */
code: string, 
/**
 * Its name; the code where no name is known.
 */
name: string, };
export type DifferenceView = { 
/**
 * Which.
 */
figure: FigureId, 
/**
 * Counted here.
 */
records: number, 
/**
 * Stated.
 */
reports: number, 
/**
 * Records − reports.
 */
difference: number, 
/**
 * `Đếm từ hồ sơ 12.617, báo cáo 12.604, chênh 13.`
 */
text: string, };
export type BrokenView = { 
/**
 * `channels`, `total`, `handled`, `balance`, `done_split`, `pending_split`, `on_time_rate`, `late_rate`,
 * `within_deadline_rate`, `overdue_rate`, `carried_over`.
 */
rule: string, 
/**
 * Figures to mark.
 */
figures: Array<FigureId>, 
/**
 * Dossiers; rates in millionths.
 */
difference: number, 
/**
 * `38.885 nhận ≠ 38.756 xong + đang xử lý, chênh 129 hồ sơ.`, a sentence that whom to ask may follow.
 */
text: string, 
/**
 * Whom to ask.
 */
ask: string, };
export type StatsRow = { 
/**
 * Stable key of the cell.
 */
key: string, 
/**
 * Its values, in the order of `by`; empty for the total.
 */
cell: Array<CellPart>, 
/**
 * Narrows to this cell: for opening it, its records, its charts. Its month stands in `period`.
 */
filter: DossierFilter, 
/**
 * The period of the cell where figures are split by month; else none.
 */
period: PeriodView | null, 
/**
 * On the basis of the view.
 */
figures: FiguresView, 
/**
 * The period before; null when nothing is known of it.
 */
previous: FiguresView | null, 
/**
 * The same period of the year before; null when nothing is known of it.
 */
lastYear: FiguresView | null, 
/**
 * The same period on the other basis; null when it does not tell of this cell and period.
 */
other: FiguresView | null, 
/**
 * Where records and reports differ by more than records that cannot be placed would explain.
 */
differences: Array<DifferenceView>, 
/**
 * Identities broken in `figures`.
 */
broken: Array<BrokenView>, };
export type ProvenanceView = { 
/**
 * `Cổng DVCQG`, `Trục tích hợp`, `Tệp nhập`.
 */
source: string, 
/**
 * Endpoint, or file with rows.
 */
place: string, 
/**
 * Which basis it feeds.
 */
basis: Basis, 
/**
 * Codes of the systems it tells of.
 */
systems: Array<string>, 
/**
 * The source's own time.
 */
asOf: number | null, 
/**
 * When it was fetched or imported.
 */
fetchedAt: number | null, 
/**
 * When the figures were computed here.
 */
computedAt: number, 
/**
 * How fresh.
 */
state: FreshState, 
/**
 * `12 giây trước`, `cũ 6 phút`.
 */
age: string, 
/**
 * All of it in one line.
 */
text: string, };
export type StatsView = { 
/**
 * The period.
 */
period: PeriodView, 
/**
 * The period before: as many whole months, else as many days.
 */
previous: PeriodView, 
/**
 * The same days of the year before.
 */
lastYear: PeriodView, 
/**
 * What `figures` of the rows are counted from.
 */
basis: Basis, 
/**
 * Why that basis, where it was not asked for.
 */
basisNote: string, 
/**
 * As known at; none is now.
 */
asOf: number | null, 
/**
 * As asked for.
 */
by: Array<SplitBy>, 
/**
 * All cells together.
 */
total: StatsRow, 
/**
 * The cells, sorted, from `offset` on.
 */
rows: Array<StatsRow>, 
/**
 * How many cells there are.
 */
rowCount: number, 
/**
 * Every identity of the total, the broken ones first; those that cannot be checked say so.
 */
checks: Array<CheckView>, 
/**
 * The 13 and those beside them, in order.
 */
definitions: Array<FigureDefinition>, 
/**
 * Sources of both bases.
 */
provenance: Array<ProvenanceView>, 
/**
 * What must be said with the figures: not known yet, not placed, days off unknown.
 */
notes: Array<string>, 
/**
 * What the total shows, for a title: `Xử lý đúng hẹn 98,6%, còn 31.238 hồ sơ`.
 */
headline: string, };
export type DossierChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * For narrow places.
 */
short: string, 
/**
 * Of units.
 */
group: UnitGroup | null, };
export type DossierChoicesView = { 
/**
 * The period to show first: from the start of the year to the last day that reports cover, else this month.
 */
period: PeriodView, 
/**
 * Systems, those of ministries beneath `bo`.
 */
systems: Array<DossierChoice>, 
/**
 * Agencies, then communes, then codes in no list.
 */
units: Array<DossierChoice>, 
/**
 * Fields seen.
 */
fields: Array<DossierChoice>, 
/**
 * Procedures seen.
 */
procedures: Array<DossierChoice>, 
/**
 * The three channels.
 */
channels: Array<DossierChoice>, 
/**
 * Months that reports or records tell of, latest first.
 */
months: Array<PeriodView>, 
/**
 * Last day that reports cover, ISO.
 */
reportedTo: string | null, 
/**
 * Records known.
 */
records: number, };
export type DossierChartKind = "trend" | "units" | "fields" | "ageing" | "channels" | "heat_map";
export type DossierChartArgs = { 
/**
 * Which.
 */
chart: DossierChartKind, 
/**
 * As in [`StatsArgs`].
 */
period: string, 
/**
 * What is counted.
 */
filter: DossierFilter, 
/**
 * Figure of `units`, `fields` and `heat_map`; none is the one that fits.
 */
figure?: FigureId | null, 
/**
 * As in [`StatsArgs`].
 */
basis?: Basis | null, 
/**
 * As in [`StatsArgs`].
 */
asOf?: number | null, 
/**
 * Width in CSS pixels, 160..=4000.
 */
width: number, 
/**
 * Height in CSS pixels, 80..=4000.
 */
height: number, 
/**
 * Theme.
 */
theme: ChartTheme, };
export type DossierListArgs = { 
/**
 * As in [`super::StatsArgs`].
 */
period: string, 
/**
 * The cell.
 */
filter: DossierFilter, 
/**
 * Which figure; of a rate, the dossiers of its numerator.
 */
figure: FigureId, 
/**
 * As in [`super::StatsArgs`].
 */
asOf?: number | null, 
/**
 * Rows skipped.
 */
offset: number, 
/**
 * Rows given at most; none is 200.
 */
limit?: number | null, };
export type DossierLine = { 
/**
 * Opens it: `DossierArgs.dossier`.
 */
dossier: number, 
/**
 * Code of its system.
 */
system: string, 
/**
 * Name of its system.
 */
systemName: string, 
/**
 * `MaHoSo`.
 */
code: string, 
/**
 * Unit with its name.
 */
unit: string, 
/**
 * Field with its name.
 */
field: string, 
/**
 * Procedure with its name.
 */
procedure: string, 
/**
 * `trực tuyến`.
 */
channel: string, 
/**
 * `Đang xử lý`.
 */
status: string, 
/**
 * Instant of receipt.
 */
receivedAt: number | null, 
/**
 * Appointment.
 */
dueAt: number | null, 
/**
 * End of handling.
 */
finishedAt: number | null, 
/**
 * Where it stood at the end of the period: `quá hạn 3 ngày làm việc`, `xong đúng hẹn`.
 */
standing: string, 
/**
 * `plain`, `bad`, `warn`, `unknown`.
 */
tone: string, };
export type DossierListView = { 
/**
 * The period.
 */
period: PeriodView, 
/**
 * The figure with its formula.
 */
definition: FigureDefinition, 
/**
 * `312 hồ sơ chưa xử lý quá hạn · hệ thống tỉnh · Đất đai · Tháng 5/2026`.
 */
title: string, 
/**
 * How many there are.
 */
count: number, 
/**
 * By code, from `offset` on.
 */
rows: Array<DossierLine>, 
/**
 * Where they come from.
 */
provenance: Array<ProvenanceView>, 
/**
 * What must be said with them.
 */
notes: Array<string>, };
export type DossierArgs = { 
/**
 * `DossierLine.dossier`.
 */
dossier?: number | null, 
/**
 * Code of its system, with `code`.
 */
system?: string | null, 
/**
 * `MaHoSo`.
 */
code?: string | null, };
export type RecordField = { 
/**
 * Name in the portal's record: `NgayHenTra`.
 */
name: string, 
/**
 * `Ngày hẹn trả`.
 */
label: string, 
/**
 * In words; none is "not told".
 */
value: string | null, };
export type RecordChange = { 
/**
 * `Trạng thái`.
 */
label: string, 
/**
 * Before; none is "not told".
 */
before: string | null, 
/**
 * After; none is "not told".
 */
after: string | null, };
export type RecordVersion = { 
/**
 * From when it was known.
 */
validFrom: number, 
/**
 * Until when; none is still.
 */
validTo: number | null, 
/**
 * What changed against the one before; empty for the first.
 */
changes: Array<RecordChange>, 
/**
 * Where it came from: endpoint or file with its row, as-of, fetched.
 */
origin: string, 
/**
 * `gone` when the source no longer has it after this version.
 */
gone: boolean, };
export type DossierView = { 
/**
 * Its number here.
 */
dossier: number, 
/**
 * Code of its system.
 */
system: string, 
/**
 * Name of its system.
 */
systemName: string, 
/**
 * `MaHoSo`.
 */
code: string, 
/**
 * `Đang xử lý · quá hạn 3 ngày làm việc`.
 */
standing: string, 
/**
 * Every field as last told.
 */
fields: Array<RecordField>, 
/**
 * Every version, newest first.
 */
versions: Array<RecordVersion>, 
/**
 * Other records with the same code: their own ids. The first counts.
 */
duplicates: Array<string>, 
/**
 * Where the last version comes from.
 */
provenance: Array<ProvenanceView>, };
export type PeriodArgs = { 
/**
 * As in [`StatsArgs`].
 */
period: string, 
/**
 * As in [`StatsArgs`].
 */
asOf?: number | null, };
export type FindingKind = "identity" | "difference";
export type FindingPart = { 
/**
 * `Bảo trợ xã hội · tháng 3/2026`.
 */
label: string, 
/**
 * Whole − parts, or records − reports; rates in millionths.
 */
difference: number, 
/**
 * Both sides in words.
 */
text: string, 
/**
 * Opens the cell.
 */
filter: DossierFilter, 
/**
 * Opens the period.
 */
period: PeriodView, };
export type FindingView = { 
/**
 * Kind.
 */
kind: FindingKind, 
/**
 * Stable name of the identity, as in [`super::BrokenView`]; empty for a difference.
 */
rule: string, 
/**
 * `Hệ thống tập trung cấp bộ: 38.885 nhận ≠ 38.756 xong + đang xử lý`.
 */
title: string, 
/**
 * `Tiếp nhận và xử lý`.
 */
name: string, 
/**
 * Cell in words.
 */
cell: string, 
/**
 * Opens the cell.
 */
filter: DossierFilter, 
/**
 * The period.
 */
period: PeriodView, 
/**
 * Figures concerned; the first is the one to open.
 */
figures: Array<FigureId>, 
/**
 * Left side.
 */
left: Array<SidePart>, 
/**
 * Right side.
 */
right: Array<SidePart>, 
/**
 * Sum of the left side.
 */
leftSum: string, 
/**
 * Sum of the right side.
 */
rightSum: string, 
/**
 * Left − right; rates in millionths.
 */
difference: number, 
/**
 * `chênh 129 hồ sơ`.
 */
verdict: string, 
/**
 * Which figure the difference equals.
 */
hint: string | null, 
/**
 * What the records say of it: `Đếm từ hồ sơ: trong 129 hồ sơ này 83 đã xử lý, 46 đang xử lý.`
 */
records: string | null, 
/**
 * Whom to ask.
 */
ask: string, 
/**
 * Where it shows beneath, coarse cells and early periods first.
 */
beneath: Array<FindingPart>, };
export type FindingsView = { 
/**
 * The period looked at: everything stated within it.
 */
period: PeriodView, 
/**
 * The greatest difference first.
 */
findings: Array<FindingView>, 
/**
 * `1 sai lệch`, `Các phép cộng đều khớp`, `Chưa có số liệu`.
 */
text: string, 
/**
 * Whether anything was stated; without it no finding means nothing.
 */
known: boolean, 
/**
 * What could not be checked: `Chưa có hồ sơ để đối chiếu`.
 */
notes: Array<string>, 
/**
 * Sources.
 */
provenance: Array<ProvenanceView>, };
export type DossierExportArgs = { "what": "stats", 
/**
 * As shown.
 */
args: StatsArgs, 
/**
 * Form.
 */
format: TableFormat, } | { "what": "list", 
/**
 * As shown.
 */
args: DossierListArgs, 
/**
 * Form.
 */
format: TableFormat, } | { "what": "form", 
/**
 * As shown.
 */
args: FormArgs, } | { "what": "chart", 
/**
 * As shown.
 */
args: DossierChartArgs, };
export type FormArgs = { 
/**
 * As in [`super::StatsArgs`].
 */
period: string, 
/**
 * Whose form: a system, a unit, or all.
 */
filter: DossierFilter, 
/**
 * As in [`super::StatsArgs`].
 */
basis?: Basis | null, 
/**
 * As in [`super::StatsArgs`].
 */
asOf?: number | null, };
export type FormColumn = { 
/**
 * 3..=13.
 */
number: number, 
/**
 * `Tiếp nhận`, `Đã giải quyết`, `Đang giải quyết`.
 */
group: string, 
/**
 * `Trực tuyến trong kỳ`.
 */
title: string, 
/**
 * The figures that it is, or is the sum of.
 */
figures: Array<FigureId>, };
export type FormMark = { 
/**
 * Columns of the figures it ties together.
 */
columns: Array<number>, 
/**
 * What does not add up, by how much, and whom to ask.
 */
text: string, };
export type FormRow = { 
/**
 * (1) TT.
 */
number: number, 
/**
 * Code of the field; empty is "not told".
 */
code: string, 
/**
 * (2) Lĩnh vực.
 */
name: string, 
/**
 * (3)–(13); null is not known.
 */
values: Array<number | null>, 
/**
 * Numbers of the columns whose check, or an identity of whose figures, does not hold here.
 */
broken: Array<number>, 
/**
 * The identities of the figures that do not hold here.
 */
marks: Array<FormMark>, };
export type FormCheck = { 
/**
 * `(3) = (4) + (5) + (6)`.
 */
text: string, 
/**
 * Over all rows and the total: broken where one is, unknown where one cannot be checked.
 */
state: CheckState, 
/**
 * `khớp ở 12 dòng`, `lệch ở 2 dòng: …`, `chưa đủ dữ liệu ở 3 dòng`.
 */
verdict: string, };
export type FormCrosswalk = { 
/**
 * `(4) + (5)`.
 */
columns: string, 
/**
 * `1. Số hồ sơ nhận trong kỳ`.
 */
figure: string, };
export type FormView = { 
/**
 * `II.06a/VPCP/KSTT`, a setting.
 */
code: string, 
/**
 * The document it is of, a setting.
 */
document: string, 
/**
 * `Tình hình, kết quả giải quyết TTHC tại Trung tâm Phục vụ hành chính công`.
 */
title: string, 
/**
 * `Kỳ báo cáo: từ ngày 01/01/2026 đến ngày 15/05/2026`.
 */
periodLine: string, 
/**
 * Reporting unit.
 */
reporter: string, 
/**
 * Receiving unit.
 */
receiver: string, 
/**
 * `Đơn vị tính: số hồ sơ TTHC`.
 */
unitLine: string, 
/**
 * The period.
 */
period: PeriodView, 
/**
 * Basis of its figures.
 */
basis: Basis, 
/**
 * Columns (3)–(13).
 */
columns: Array<FormColumn>, 
/**
 * One a field.
 */
rows: Array<FormRow>, 
/**
 * Sum of each column; null where one row is.
 */
total: Array<number | null>, 
/**
 * Columns of the total whose check, or an identity of whose figures, does not hold.
 */
totalBroken: Array<number>, 
/**
 * The identities of the figures that do not hold in the total.
 */
totalMarks: Array<FormMark>, 
/**
 * The checks of the form.
 */
checks: Array<FormCheck>, 
/**
 * To the 13 figures.
 */
crosswalk: Array<FormCrosswalk>, 
/**
 * What must be said with it: columns (8) and (9) not told apart by reports.
 */
notes: Array<string>, 
/**
 * Sources.
 */
provenance: Array<ProvenanceView>, };
export type NightView = { 
/**
 * Names it.
 */
id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * Domain time per real time that it runs at.
 */
speed: number, 
/**
 * When the one that was chosen begins, or began.
 */
from: number | null, 
/**
 * When it ends.
 */
to: number | null, 
/**
 * It was chosen and is not over.
 */
running: boolean, };
export type RehearsalsView = { 
/**
 * Domain time of this answer.
 */
now: number, 
/**
 * Domain time per real time at present.
 */
speed: number, 
/**
 * None outside the training profile.
 */
nights: Array<NightView>, };
export type RehearsalArgs = { 
/**
 * Which night.
 */
id: string, 
/**
 * Domain time per real time, 0–86400; the night's own without it.
 */
speed: number | null, };
export type ReplayArgs = { 
/**
 * First moment; none is that of the night that is on, or was last.
 */
from?: number, 
/**
 * Last moment; none is the end of that night, or now.
 */
to?: number, };
export type ReplayKind = "watch" | "gap" | "figures" | "alert" | "incident" | "run" | "duty" | "proof" | "task" | "other";
export type ReplayOrigin = "observed" | "concluded" | "said";
export type ReplayLine = { 
/**
 * Names it.
 */
id: string, 
/**
 * From when on the window showed it.
 */
at: number, 
/**
 * When it happened, where that was a minute earlier or more.
 */
happened: number | null, 
/**
 * It was done at another seat, and came in after later acts.
 */
late: boolean, 
/**
 * What it is about.
 */
kind: ReplayKind, 
/**
 * Where it comes from.
 */
origin: ReplayOrigin, 
/**
 * `good`, `warn`, `bad`, `unknown`, `none`.
 */
tone: string, 
/**
 * Who did it; empty of machines.
 */
who: string, 
/**
 * `SSO qua VNeID, kiểm thử, giai đoạn 1: lỗi`.
 */
text: string, 
/**
 * What goes with it.
 */
detail: string, 
/**
 * Acts that were written as one.
 */
acts: number, 
/**
 * Where it leads.
 */
target: Target | null, };
export type ReplaySpan = { 
/**
 * `Diễn tập: Đêm chuyển đổi`, `8 giờ gần nhất`.
 */
title: string, 
/**
 * First moment.
 */
from: number, 
/**
 * Last moment.
 */
to: number, };
export type ReplayView = { 
/**
 * Domain time.
 */
now: number, 
/**
 * First moment.
 */
from: number, 
/**
 * Last moment.
 */
to: number, 
/**
 * The finding: `1.204 dòng: 96 thay đổi quan sát, 14 cảnh báo, …`.
 */
headline: string, 
/**
 * Lines in order of `at`.
 */
lines: Array<ReplayLine>, 
/**
 * Lines left out at the end, because there are too many.
 */
cut: number, 
/**
 * When anything was observed first in this profile; `None` before.
 */
first: number | null, 
/**
 * Spans to choose from, the one that is on first.
 */
spans: Array<ReplaySpan>, };
export type ReplayFormat = "csv" | "xlsx" | "json";
export type ReplayExportArgs = { 
/**
 * As what.
 */
format: ReplayFormat, 
/**
 * First moment; none is that of the night that is on, or was last.
 */
from?: number, 
/**
 * Last moment; none is the end of that night, or now.
 */
to?: number, };
export type QualityArgs = { 
/**
 * Code of a system; `bo` covers `bo.byt`.
 */
system?: string | null, 
/**
 * Only units of this kind.
 */
unitGroup?: UnitGroup | null, 
/**
 * Code of a unit on the portal; the empty one is "not told".
 */
unit?: string | null, };
export type QualityState = "nothing" | "clean" | "found";
export type QualityCount = { 
/**
 * Code of the system or unit; the empty one is "not told".
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Records at fault.
 */
found: number, 
/**
 * Records looked at.
 */
looked: number, };
export type QualityRule = { 
/**
 * `no_received_date`.
 */
id: string, 
/**
 * `Không có ngày tiếp nhận`.
 */
name: string, 
/**
 * Which figure it breaks, and how.
 */
why: string, 
/**
 * What to do about a record.
 */
mend: string, 
/**
 * Whom it goes to.
 */
mender: string, 
/**
 * What it came to.
 */
state: QualityState, 
/**
 * `42 trong 338.923 bản ghi`, `không có bản ghi nào để xét`, `chưa có danh mục để đối chiếu`.
 */
text: string, 
/**
 * Records looked at.
 */
looked: number, 
/**
 * Records at fault.
 */
found: number, 
/**
 * By system, those with faults.
 */
systems: Array<QualityCount>, };
export type QualityUnit = { 
/**
 * Code on the portal; the empty one is "not told".
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Kind.
 */
group: UnitGroup, 
/**
 * Records it has.
 */
records: number, 
/**
 * Records with a fault or more.
 */
faulty: number, 
/**
 * Faulty ÷ records; none without records.
 */
share: number | null, 
/**
 * Faults by rule, in the order of the rules; only those found. `code` is the rule.
 */
rules: Array<QualityCount>, };
export type QualityDay = { 
/**
 * ISO day.
 */
day: string, 
/**
 * Records looked at.
 */
records: number, 
/**
 * Records with a fault or more.
 */
faulty: number, };
export type QualityView = { 
/**
 * The finding in one line: `490 bản ghi có lỗi trong 377.808; nhiều nhất: …`.
 */
title: string, 
/**
 * What all of it came to.
 */
state: QualityState, 
/**
 * Records looked at.
 */
records: number, 
/**
 * Records with a fault or more.
 */
faulty: number, 
/**
 * Faults; a record may have several.
 */
faults: number, 
/**
 * Every rule, those with faults first.
 */
rules: Array<QualityRule>, 
/**
 * Units with faults, the most first.
 */
units: Array<QualityUnit>, 
/**
 * Systems with their records.
 */
systems: Array<QualityCount>, 
/**
 * Days on which the count was noted, of all systems and units; oldest first.
 */
history: Array<QualityDay>, 
/**
 * Where the records come from.
 */
provenance: Array<ProvenanceView>, 
/**
 * What must be said with them.
 */
notes: Array<string>, };
export type QualityListArgs = { 
/**
 * Only those that this rule found.
 */
rule?: string | null, 
/**
 * Rows skipped.
 */
offset: number, 
/**
 * Rows given at most; none is 200.
 */
limit?: number | null, 
/**
 * Code of a system; `bo` covers `bo.byt`.
 */
system?: string | null, 
/**
 * Only units of this kind.
 */
unitGroup?: UnitGroup | null, 
/**
 * Code of a unit on the portal; the empty one is "not told".
 */
unit?: string | null, };
export type QualityLine = { 
/**
 * The record.
 */
line: DossierLine, 
/**
 * The source's own id of the record.
 */
record: string, 
/**
 * What is wrong with it: names of rules.
 */
faults: Array<string>, 
/**
 * Their ids.
 */
rules: Array<string>, };
export type QualityListView = { 
/**
 * `42 bản ghi không có ngày tiếp nhận · hệ thống tỉnh · Sở Y tế`.
 */
title: string, 
/**
 * How many there are.
 */
count: number, 
/**
 * From `offset` on.
 */
rows: Array<QualityLine>, };
export type QualityExportArgs = { 
/**
 * Only those that this rule found.
 */
rule?: string | null, 
/**
 * Kind of file.
 */
format: TableFormat, 
/**
 * Code of a system; `bo` covers `bo.byt`.
 */
system?: string | null, 
/**
 * Only units of this kind.
 */
unitGroup?: UnitGroup | null, 
/**
 * Code of a unit on the portal; the empty one is "not told".
 */
unit?: string | null, };
export type IndicatorArgs = { 
/**
 * `2026-05`, `2026-Q2`, `2026`; empty is the year of the newest numbers.
 */
period: string, 
/**
 * Code of a unit on the portal; empty is the whole province.
 */
unit: string, };
export type CountedView = { 
/**
 * Above the line.
 */
numerator: number, 
/**
 * Below it.
 */
denominator: number, 
/**
 * A fraction.
 */
ratio: number | null, 
/**
 * `tính từ hồ sơ 68,73%, Cổng công bố 67,10%: chênh 1,63 điểm phần trăm`.
 */
text: string, };
export type IndicatorComponent = { 
/**
 * Code on the portal.
 */
code: string, 
/**
 * Name.
 */
name: string, 
/**
 * Counted above the line; null is not told.
 */
numerator: number | null, 
/**
 * Counted below it.
 */
denominator: number | null, 
/**
 * A fraction.
 */
ratio: number | null, 
/**
 * Points as the portal states them.
 */
score: number | null, 
/**
 * Points at most; 0 only explains.
 */
max: number, 
/**
 * Rate from which it has all points, a fraction.
 */
target: number, 
/**
 * Points that the counts give by the formula.
 */
computed: number | null, 
/**
 * `Cổng công bố 4,00 điểm, tính theo công thức là 3,00`.
 */
difference: string | null, 
/**
 * What is counted above and below the line, and how points follow.
 */
formula: string, 
/**
 * Target and formula are known from more than one public source.
 */
verified: boolean, 
/**
 * What the portal says of the quality of its numbers, in words.
 */
flags: Array<string>, 
/**
 * Why there are no points: `mẫu số bằng 0`, `Cổng chưa có số liệu`.
 */
missing: string | null, 
/**
 * The same counted here from records, where they tell.
 */
counted: CountedView | null, };
export type IndicatorBlock = { 
/**
 * `CKMB`.
 */
code: string, 
/**
 * Name.
 */
name: string, 
/**
 * Points that count: as stated, else the sum; null is not known.
 */
score: number | null, 
/**
 * Points at most.
 */
max: number, 
/**
 * What is stated for the block differs from the sum of its components.
 */
difference: string | null, 
/**
 * Its components.
 */
components: Array<IndicatorComponent>, };
export type IndicatorPlace = { 
/**
 * From 1.
 */
place: number, 
/**
 * How many have a score.
 */
of: number, 
/**
 * Among agencies or among communes.
 */
group: UnitGroup, 
/**
 * `hạng 3 trên 14 sở, ban, ngành`.
 */
text: string, };
export type IndicatorMonth = { 
/**
 * `2026-05`.
 */
period: string, 
/**
 * `5/2026`.
 */
title: string, 
/**
 * Total; null is not known, which is a gap.
 */
score: number | null, 
/**
 * By block, in their order.
 */
blocks: Array<number | null>, 
/**
 * Place in that month.
 */
place: number | null, };
export type IndicatorMove = { 
/**
 * Component.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Points it would bring at its target.
 */
gain: number, 
/**
 * How many more must count above the line.
 */
cases: number, 
/**
 * What they are: `hồ sơ`, `TTHC`.
 */
counts: string, 
/**
 * `Hồ sơ được số hóa: thêm 312 hồ sơ để đạt mục tiêu 80%, được thêm 1,20 điểm`.
 */
text: string, };
export type IndicatorUnit = { 
/**
 * Code on the portal.
 */
code: string, 
/**
 * Name.
 */
name: string, 
/**
 * Kind.
 */
group: UnitGroup, 
/**
 * Place in its kind.
 */
place: number | null, 
/**
 * Total; null is not known.
 */
score: number | null, 
/**
 * By block, in their order.
 */
blocks: Array<number | null>, 
/**
 * Change of the total against the period before.
 */
change: number | null, };
export type RateView = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * `68,73%`, `2,5 ngày làm việc`, `–`.
 */
text: string, 
/**
 * A fraction, or an amount where `text` says so.
 */
value: number | null, 
/**
 * Above the line.
 */
numerator: number | null, 
/**
 * Below it.
 */
denominator: number | null, 
/**
 * How it is counted.
 */
formula: string, 
/**
 * Where it comes from with its time, or `chưa có nguồn`.
 */
source: string, 
/**
 * No source gives it, or none has said anything yet; then why.
 */
missing: string | null, 
/**
 * The portal's own number beside it, with the difference.
 */
beside: string | null, 
/**
 * What a document states, with where: never mixed with what is measured.
 */
published: string | null, 
/**
 * The document that asks for it.
 */
document: string | null, 
/**
 * Less is better.
 */
lowerIsBetter: boolean, };
export type IndicatorPeriod = { 
/**
 * `2026-05`.
 */
id: string, 
/**
 * `Tháng 5/2026`.
 */
title: string, };
export type IndicatorsView = { 
/**
 * The finding: `66,23 điểm; mất nhiều nhất ở số hóa (thiếu 12,38 điểm)`.
 */
title: string, 
/**
 * The decision.
 */
document: string, 
/**
 * Periods that there are indicators of, newest first.
 */
periods: Array<IndicatorPeriod>, 
/**
 * The period shown; none before anything was told.
 */
period: PeriodView | null, 
/**
 * Code of the unit shown.
 */
unit: string, 
/**
 * Its name.
 */
unitName: string, 
/**
 * Total; null is not known.
 */
score: number | null, 
/**
 * Points at most.
 */
max: number, 
/**
 * `Trung bình`.
 */
band: string | null, 
/**
 * The band stands in a document that we have seen.
 */
bandVerified: boolean, 
/**
 * Its place in its kind.
 */
place: IndicatorPlace | null, 
/**
 * Blocks.
 */
blocks: Array<IndicatorBlock>, 
/**
 * By month of that year, oldest first.
 */
trend: Array<IndicatorMonth>, 
/**
 * The greatest gain first.
 */
moves: Array<IndicatorMove>, 
/**
 * Every scored unit of the period: agencies, then communes, by place.
 */
units: Array<IndicatorUnit>, 
/**
 * The rates beside the indicators.
 */
rates: Array<RateView>, 
/**
 * How fresh the source is.
 */
state: FreshState, 
/**
 * `Trục tích hợp: chỉ số phục vụ, số liệu tại …, lấy lúc …`.
 */
source: string, 
/**
 * What must be said with them.
 */
notes: Array<string>, };
export type IndicatorsExportArgs = { 
/**
 * Every unit of the period, a line each.
 */
ranking: boolean, 
/**
 * Kind of file.
 */
format: TableFormat, 
/**
 * `2026-05`, `2026-Q2`, `2026`; empty is the year of the newest numbers.
 */
period: string, 
/**
 * Code of a unit on the portal; empty is the whole province.
 */
unit: string, };
export type BriefingArgs = { 
/**
 * Theme of the charts.
 */
theme: ChartTheme, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type BriefingKind = "tasks" | "done" | "overdue" | "sections" | "dossiers" | "identities" | "exchange" | "rates" | "troubles" | "next" | "proposals" | "caveats";
export type BriefingTone = "better" | "worse" | "plain" | "unknown";
export type BriefingFigure = { 
/**
 * `Báo xong`.
 */
label: string, 
/**
 * Of this report: `84`, `98,6%`, `–`.
 */
today: string, 
/**
 * Of the report before; `–` where there is none or it did not know.
 */
before: string, 
/**
 * `+2`, `−1`, `không đổi`; empty where one of them is not known.
 */
change: string, 
/**
 * How it moved.
 */
tone: BriefingTone, };
export type BriefingChart = { 
/**
 * Inline SVG.
 */
svg: string, 
/**
 * Its size, CSS pixels.
 */
width: number, 
/**
 * Its size, CSS pixels.
 */
height: number, 
/**
 * Text alternative.
 */
summary: string, };
export type BriefingPage = { 
/**
 * What it is about.
 */
kind: BriefingKind, 
/**
 * The finding: `84/90 nhiệm vụ báo xong, 78 có minh chứng`.
 */
title: string, 
/**
 * Figures of both reports; may be empty.
 */
figures: Array<BriefingFigure>, 
/**
 * One a line, the gravest first; may be empty.
 */
lines: Array<string>, 
/**
 * Lines left out for want of room.
 */
more: number, 
/**
 * Chart.
 */
chart: BriefingChart | null, };
export type BriefingView = { 
/**
 * `Báo cáo ngày 29/05/2026`.
 */
title: string, 
/**
 * As of when its figures stand.
 */
at: number, 
/**
 * Head of the column of this report: `29/05`.
 */
today: string, 
/**
 * Head of the column of the report before: `28/05`; none without one.
 */
before: string | null, 
/**
 * Of the training profile.
 */
training: boolean, 
/**
 * In order.
 */
pages: Array<BriefingPage>, };
export type SystemState = "on" | "outdated" | "off" | "never";
export type SystemTimerView = { 
/**
 * The timer that calls `pvhcc report remind`.
 */
timer: SystemState, 
/**
 * The start with the session.
 */
autostart: SystemState, 
/**
 * In one sentence.
 */
text: string, 
/**
 * When it looks, by the province's clock: `13:30`.
 */
times: Array<string>, 
/**
 * What keeps it: `systemd`, `Task Scheduler`.
 */
keeper: string, };
export type SystemTimerArgs = { 
/**
 * The timer.
 */
timer: boolean, 
/**
 * The start with the session.
 */
autostart: boolean, };
export type ReportArgs = { 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type Words = { 
/**
 * Changes since the report before.
 */
changes: string, 
/**
 * Remark on part I, results.
 */
results: string, 
/**
 * Remark on part II, operation and dossiers.
 */
operation: string, 
/**
 * Remark on part III, incidents and obstacles.
 */
troubles: string, 
/**
 * Part IV, proposals.
 */
proposals: string, };
export type ReportFreezeLine = { 
/**
 * Id.
 */
id: string, 
/**
 * As of when its figures stand.
 */
at: number, 
/**
 * Who made it.
 */
by: string, 
/**
 * Why, of the second on.
 */
reason: string | null, 
/**
 * SHA-256 of the figures.
 */
sha256: string, 
/**
 * This version of the program reads it.
 */
schemaOk: boolean, 
/**
 * How many signed reports were made from it.
 */
signed: number, };
export type ReportReview = { 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: number, 
/**
 * Remark; empty without.
 */
remark: string, };
export type ReportReason = { 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: number, 
/**
 * Why.
 */
reason: string, };
export type FileFormat = "docx" | "pdf" | "xlsx";
export type ReportFileLine = { 
/**
 * Which.
 */
format: FileFormat, 
/**
 * Name.
 */
name: string, 
/**
 * SHA-256.
 */
sha256: string, 
/**
 * Size.
 */
bytes: number, };
export type ReportSentView = { 
/**
 * Who recorded it.
 */
by: string, 
/**
 * When it was sent.
 */
at: number, 
/**
 * How.
 */
how: string, 
/**
 * To whom.
 */
to: string, };
export type ReportSignedView = { 
/**
 * Id of the signing.
 */
id: string, 
/**
 * The freeze it was made from.
 */
freeze: string, 
/**
 * Who signed.
 */
by: string, 
/**
 * When.
 */
at: number, 
/**
 * Number with its symbol: `05/BC-TTPVHCC`.
 */
number: string, 
/**
 * ISO day on it.
 */
signedOn: string, 
/**
 * In the leader's place.
 */
deputy: boolean, 
/**
 * Version of the program that made the files.
 */
program: string, 
/**
 * Its files, kept as they were signed.
 */
files: Array<ReportFileLine>, 
/**
 * Name of the signed and stamped copy, where one was attached.
 */
copy: string | null, 
/**
 * How it was sent.
 */
sent: ReportSentView | null, };
export type ReportMay = { 
/**
 * They may.
 */
ok: boolean, 
/**
 * Why not; empty when they may.
 */
why: string, };
export type ReportMays = { 
/**
 * Freeze the figures.
 */
freeze: ReportMay, 
/**
 * Write words.
 */
write: ReportMay, 
/**
 * Review it or give it back.
 */
review: ReportMay, 
/**
 * Sign it.
 */
sign: ReportMay, 
/**
 * Attach the signed copy.
 */
attach: ReportMay, 
/**
 * Record that it was sent.
 */
send: ReportMay, 
/**
 * Say why it is late or missing.
 */
excuse: ReportMay, };
export type ReportView = { 
/**
 * Of a day or of a month.
 */
cadence: Cadence, 
/**
 * ISO day; of a month its first.
 */
day: string, 
/**
 * `Báo cáo ngày 29/05/2026`.
 */
title: string, 
/**
 * How far it got.
 */
stage: ReportStage, 
/**
 * How far it got in words: `Đã chốt số liệu lúc 14:20, chưa rà soát`.
 */
stageText: string, 
/**
 * Its deadline; none of a month.
 */
deadline: number | null, 
/**
 * What became of the day.
 */
verdict: ReportVerdict, 
/**
 * In words: `Đúng hạn`, `Chưa gửi, quá hạn`.
 */
verdictText: string, 
/**
 * It is late or missing, and nobody has said why.
 */
asksReason: boolean, 
/**
 * Its freezes, the newest first.
 */
freezes: Array<ReportFreezeLine>, 
/**
 * The freeze in use.
 */
freeze: string | null, 
/**
 * Words as they stand: written on this freeze, or taken over to be gone through.
 */
words: Words, 
/**
 * They were written on this freeze.
 */
wordsWritten: boolean, 
/**
 * Who wrote them last.
 */
wordsBy: string | null, 
/**
 * When.
 */
wordsAt: number | null, 
/**
 * Changes since the report before, as generated.
 */
generatedChanges: string, 
/**
 * ISO day of the report before, that changes are counted from; none without one.
 */
before: string | null, 
/**
 * Review of what stands.
 */
reviewed: ReportReview | null, 
/**
 * Why what stands was given back.
 */
returned: ReportReason | null, 
/**
 * What was signed of this version.
 */
signed: ReportSignedView | null, 
/**
 * What was signed before a correction, newest first.
 */
earlier: Array<ReportSignedView>, 
/**
 * How it was last sent.
 */
sent: ReportSentView | null, 
/**
 * Why it is late or missing.
 */
excused: ReportReason | null, 
/**
 * What the form still needs before anybody can sign.
 */
missing: Array<string>, 
/**
 * What the report has to say about its own figures: stale, unobserved, broken.
 */
caveats: Array<string>, 
/**
 * What the person at the window may do.
 */
may: ReportMays, 
/**
 * Base of the next act.
 */
lastEvent: string | null, 
/**
 * What has to be said of what was just done: who did something meanwhile; mostly none.
 */
notice: string | null, };
export type ReportFreezeArgs = { 
/**
 * Why, where figures were frozen before.
 */
reason: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportWriteArgs = { 
/**
 * The freeze they are written on.
 */
freeze: string, 
/**
 * The words.
 */
words: Words, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportReviewArgs = { 
/**
 * Remark.
 */
remark: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportReasonArgs = { 
/**
 * Why.
 */
reason: string, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportSignArgs = { 
/**
 * Number of the office's register: `05`.
 */
number: string, 
/**
 * ISO day on it; today without one.
 */
signedOn: string | null, 
/**
 * `lastEvent` as the user saw it.
 */
basedOn: string | null, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportAttachArgs = { 
/**
 * The file.
 */
file: FileInput, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportSendArgs = { 
/**
 * When; none is now.
 */
at: number | null, 
/**
 * How.
 */
how: string, 
/**
 * To whom; the form's addressees without.
 */
to: string | null, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportFileArgs = { 
/**
 * Of an earlier freeze; none is the one in use.
 */
freeze?: string, 
/**
 * Which.
 */
format: FileFormat, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportFileView = { 
/**
 * Name.
 */
name: string, 
/**
 * Its bytes, base64 with padding.
 */
bytes: string, 
/**
 * SHA-256 of its bytes.
 */
sha256: string, 
/**
 * It is one of the files that were signed.
 */
signed: boolean, };
export type ReportSaveArgs = { 
/**
 * Of an earlier freeze; none is the one in use.
 */
freeze?: string, 
/**
 * Which; none is all.
 */
formats: Array<FileFormat>, 
/**
 * Of a day, unless said otherwise.
 */
cadence?: Cadence, 
/**
 * ISO day, of a month any; today without one.
 */
day?: string, };
export type ReportSavedView = { 
/**
 * Where, in the order of the formats.
 */
paths: Array<string>, 
/**
 * SHA-256 of each.
 */
sha256: Array<string>, 
/**
 * They are those that were signed.
 */
signed: boolean, };
export type ReportCalendarArgs = { 
/**
 * `2026-05`.
 */
month: string, };
export type ReportDay = { 
/**
 * ISO day.
 */
day: string, 
/**
 * What became of it.
 */
verdict: ReportVerdict, 
/**
 * In words.
 */
verdictText: string, 
/**
 * How far its report got.
 */
stage: ReportStage, 
/**
 * When it was first sent.
 */
sentAt: number | null, 
/**
 * Why it is late or missing.
 */
reason: string | null, 
/**
 * It is late or missing, and nobody has said why.
 */
asksReason: boolean, 
/**
 * Numbers of what was signed, in order; a correction has its own.
 */
numbers: Array<string>, 
/**
 * How many freezes there are.
 */
freezes: number, 
/**
 * A working day.
 */
working: boolean, };
export type ReportCalendarView = { 
/**
 * `2026-05`.
 */
month: string, 
/**
 * The finding: `Tháng 5/2026: 27 ngày đúng hạn, 1 trễ, 1 thiếu`.
 */
title: string, 
/**
 * ISO day from which on reports are due; none while the profile was not used.
 */
since: string | null, 
/**
 * All days of the month.
 */
days: Array<ReportDay>, 
/**
 * How far the report of the month got.
 */
monthly: ReportStage, };
export type ReportForm = { 
/**
 * Cơ quan chủ quản.
 */
parent: string, 
/**
 * Cơ quan ban hành.
 */
agency: string, 
/**
 * Symbol behind the number.
 */
symbol: string, 
/**
 * Địa danh.
 */
place: string, 
/**
 * Kính gửi.
 */
addressees: Array<string>, 
/**
 * Lines above the signature.
 */
signature: Array<string>, 
/**
 * Lines above the signature of who signs in the leader's place.
 */
deputySignature: Array<string>, 
/**
 * Nơi nhận.
 */
recipients: Array<string>, };
export type ReportFormView = { 
/**
 * It.
 */
form: ReportForm, 
/**
 * What it still needs before anybody can sign.
 */
missing: Array<string>, 
/**
 * In force since; none is the built-in form.
 */
since: number | null, 
/**
 * Who set it.
 */
who: string | null, 
/**
 * Why.
 */
reason: string | null, };
export type ReportFormArgs = { 
/**
 * It.
 */
form: ReportForm, 
/**
 * Why, or the document it rests on.
 */
reason: string | null, };
export type ReportStatusView = { 
/**
 * ISO day of today.
 */
day: string, 
/**
 * One is due today.
 */
due: boolean, 
/**
 * Its deadline.
 */
deadline: number, 
/**
 * What became of it so far.
 */
verdict: ReportVerdict, 
/**
 * How far it got.
 */
stage: ReportStage, 
/**
 * In one sentence.
 */
text: string, 
/**
 * Somebody said why it is not sent.
 */
excused: boolean, 
/**
 * ISO days before that ask for a reason, the latest first.
 */
asked: Array<string>, };
export type ReportReminder = { 
/**
 * ISO day of the report.
 */
day: string, 
/**
 * When it was due: `14:30`.
 */
time: string, 
/**
 * How loud: 1 to 4.
 */
level: number, 
/**
 * Vietnamese.
 */
text: string, };
export type DraftView = { 
/**
 * `task:17`.
 */
entity: string, 
/**
 * Field.
 */
field: string, 
/**
 * As typed.
 */
text: string, 
/**
 * When it was kept.
 */
at: number, };
export type DraftsView = { 
/**
 * Newest first.
 */
drafts: Array<DraftView>, };
export type PersonView = { 
/**
 * Pseudonym.
 */
person: string, 
/**
 * Display name; empty when erased.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Role in words.
 */
roleText: string, 
/**
 * Unit.
 */
unit: UnitView, 
/**
 * First day, ISO.
 */
from: string, 
/**
 * Last day, ISO.
 */
to: string | null, 
/**
 * Signs the report in the leader's place.
 */
deputy: boolean, 
/**
 * In force today.
 */
active: boolean, };
export type RosterView = { 
/**
 * By unit, then name.
 */
people: Array<PersonView>, 
/**
 * Units to choose from.
 */
units: Array<UnitView>, 
/**
 * People who signed in without a role, with the code they show.
 */
requests: Array<RequestView>, };
export type RequestView = { 
/**
 * The code shown to that person.
 */
code: string, 
/**
 * When.
 */
at: number, };
export type AssignArgs = { 
/**
 * Code of a request, or pseudonym of a person of the roster.
 */
code: string, 
/**
 * Display name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Unit id.
 */
unit: string, 
/**
 * First day, ISO.
 */
from: string, 
/**
 * Last day, ISO.
 */
to: string | null, 
/**
 * Signs the report in the leader's place; a leader does so anyway.
 */
deputy?: boolean, };
export type EndArgs = { 
/**
 * Pseudonym.
 */
person: string, 
/**
 * Last day, ISO.
 */
to: string, };
export type RuleKind = "number" | "time" | "times" | "choice";
export type RuleChoice = { 
/**
 * As kept.
 */
value: string, 
/**
 * Vietnamese.
 */
title: string, };
export type RuleView = { 
/**
 * `freshness.gateway_tasks`, `coordinating_units`, …
 */
rule: string, 
/**
 * Vietnamese.
 */
title: string, 
/**
 * What its value looks like.
 */
kind: RuleKind, 
/**
 * The value in force.
 */
value: string, 
/**
 * Unit of the value: `giây`, …
 */
unit: string, 
/**
 * Smallest and largest allowed, where it is a number.
 */
range: [number, number] | null, 
/**
 * What there is to choose from, where it is a choice.
 */
choices: Array<RuleChoice>, 
/**
 * In force since; none is the built-in value.
 */
since: number | null, 
/**
 * Who set it.
 */
who: string | null, };
export type RulesView = { 
/**
 * In order.
 */
rules: Array<RuleView>, };
export type RuleArgs = { 
/**
 * Name.
 */
rule: string, 
/**
 * The value.
 */
value: string, };
export type CalendarArgs = { 
/**
 * 2020–2100.
 */
year: number, };
export type SpecialDay = { 
/**
 * ISO.
 */
day: string, 
/**
 * Working or off.
 */
working: boolean, 
/**
 * The document it rests on.
 */
basis: string, };
export type CalendarView = { 
/**
 * Year.
 */
year: number, 
/**
 * The calendar of this year is known.
 */
known: boolean, 
/**
 * Days that differ.
 */
special: Array<SpecialDay>, 
/**
 * Working days by month.
 */
workingDays: Array<number>, };
export type CalendarSetArgs = { 
/**
 * ISO.
 */
day: string, 
/**
 * Working or off; none returns to the rule of the week.
 */
working: boolean | null, 
/**
 * The document it rests on.
 */
basis: string, };
export type BackupView = { 
/**
 * File.
 */
path: string, 
/**
 * When.
 */
at: number, 
/**
 * Size.
 */
bytes: number, 
/**
 * Events in it.
 */
events: number, };
export type StorageView = { 
/**
 * Profile folder.
 */
folder: string, 
/**
 * Settings file.
 */
configPath: string, 
/**
 * Log folder.
 */
logs: string, 
/**
 * Events of the journal.
 */
events: number, 
/**
 * Head hash.
 */
head: string, 
/**
 * This seat.
 */
device: string, 
/**
 * Newest first.
 */
backups: Array<BackupView>, 
/**
 * Version of the program.
 */
version: string, };
export type VerifyView = { 
/**
 * The chain holds.
 */
ok: boolean, 
/**
 * Vietnamese: how many events, or the first bad one.
 */
text: string, };
