// What the whole window shares: the answers on screen, and which of them a change event makes old.
import { untrack } from 'svelte'
import { backend } from '../backend'
import type { AppEvent, SessionView } from '../backend/generated/types'
import { domainTime } from '../lib/dates'
import { debounce } from '../lib/debounce'
import { alarm } from './alarm'
import { lastPlace, leftAtChecklist } from './place'
import { Resource } from './resource.svelte'
import { route } from './route.svelte'
import { toasts } from './toasts.svelte'

/** How often ages and countdowns are asked again, ms; they grow old without any event. */
const AGEING = 10_000
/** How often the dossier figures are asked again while records are still coming, ms. */
const GROWING = 4_000
/** How long the first paint waits for the data of the screen that was left, ms. */
const HOLD = 250

class AppState {
  readonly session = new Resource(async () => {
    const session = await backend.call('session', {})
    // Until the frame tells more, this is the domain's time; the machine's own never is.
    if (this.frame.data === null) this.#setTime(session.now, 1)
    if (this.session.data === null) {
      this.#reopen(session)
      await this.#ahead
    }
    return session
  })
  readonly frame = new Resource(() => backend.call('frame', {}))
  readonly overview = new Resource(() => backend.call('overview', {}))
  /** The checklist on screen. */
  readonly tasks = new Resource(() => backend.call('tasks', { list: this.#list }))
  readonly obstacles = new Resource(() => backend.call('obstacles', {}))
  readonly parties = new Resource(() => backend.call('parties', {}))
  readonly plan = new Resource(() => backend.call('plan', {}))
  readonly sources = new Resource(() => backend.call('sources', {}))
  readonly roster = new Resource(() => backend.call('roster', {}))
  readonly rules = new Resource(() => backend.call('rules', {}))
  readonly bars = new Resource(() => backend.call('bars', {}))
  readonly secrets = new Resource(() => backend.call('secrets', {}))
  readonly storage = new Resource(() => backend.call('storage', {}))
  readonly drafts = new Resource(() => backend.call('drafts', {}))

  /** Counts changes of what charts and the task panel show. */
  dataVersion = $state(0)
  /** Counts changes of the dossiers that are kept. */
  dossierVersion = $state(0)
  /** Counts changes of reports: what was frozen, written, reviewed, signed, sent. */
  reportVersion = $state(0)
  #operation = $state<Record<string, number>>({})
  /** How far the file that is being looked at or taken has been read. */
  importProgress = $state.raw<{ id: string; rows: number; of: number | null } | null>(null)
  /** Counts changes of settings, for what is asked by key. */
  settingsVersion = $state(0)
  /** The person chose to read what is stored without signing in. */
  browsing = $state(false)
  /** Domain time now, UTC ms; moves each second while the window is visible. */
  now = $state(Date.now())

  #list: string | null = null
  #grown = 0
  #ahead: Promise<unknown> | null = null
  #given = { now: Date.now(), since: performance.now(), speed: 1 }

  /** Whether the screens of the dashboard are open. */
  get open(): boolean {
    const session = this.session.data
    return session !== null && (session.phase === 'active' || (this.browsing && session.canRead))
  }

  /** Counts changes of a part of the operation, for what is asked by key. */
  operationVersion(part: 'watch' | 'alerts' | 'incidents' | 'runs' | 'duty' | 'readiness' | 'registers'): number {
    return (this.#operation[''] ?? 0) + (this.#operation[part] ?? 0)
  }

  start(): void {
    backend.onEvent(
      (event) => this.#hear(event),
      () => this.#refreshAll(),
    )
    $effect.root(() => {
      $effect(() => this.#show(route.list))
    })
    alarm.start()
    if (leftAtChecklist()) this.#askAhead()
    void this.session.load()
    const tick = () => {
      if (document.hidden) return
      this.#tick()
    }
    setInterval(tick, 1000)
    setInterval(() => {
      if (!document.hidden && this.open) void this.loadFrame()
    }, AGEING)
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return
      tick()
      this.#refreshAll()
    })
  }

  /** The screen that was left is asked for together with the session, so that the first paint is the one with the data. */
  #askAhead(): void {
    const asked = Promise.all([this.tasks.load(), this.loadFrame()])
    this.#ahead = Promise.race([asked, new Promise((held) => setTimeout(held, HOLD))])
  }

  /** The first answer: the screen that was left opens with the last data, whether or not someone is signed in yet. */
  #reopen(session: SessionView): void {
    const place = lastPlace(session)
    if (place === null) return
    route.restore(place)
    this.browsing = session.phase === 'signed_out'
  }

  async loadFrame(): Promise<void> {
    await this.frame.load()
    const frame = this.frame.data
    if (frame) this.#setTime(frame.now, frame.clockSpeed)
  }

  /** The answer of a command that changed the session. */
  adopt(session: SessionView): void {
    this.session.set(session)
    // What the command began may have ended meanwhile, and its event been heard before this answer.
    void this.session.load()
    if (session.phase === 'active') this.browsing = false
    if (this.frame.data === null) this.#setTime(session.now, 1)
  }

  #setTime(now: number, speed: number): void {
    this.#given = { now, since: performance.now(), speed }
    this.#tick()
  }

  #tick(): void {
    this.now = domainTime(this.#given.now, this.#given.since, performance.now(), this.#given.speed)
  }

  /** Another checklist: the rows of the one before are not shown under its name. */
  #show(list: string | null): void {
    if (list === this.#list) return
    this.#list = list
    untrack(() => {
      const shown = this.tasks.data !== null || this.tasks.error !== null || this.tasks.busy
      this.tasks.clear()
      if (shown) void this.tasks.load()
    })
  }

  /** Once what is asked for has settled: a walk over all records brings a page several times a second. */
  readonly #dossiersChanged = debounce(() => {
    this.dossierVersion += 1
    this.overview.refresh()
    void this.loadFrame()
  }, 100)
  /** While more is to come, the screen follows now and then. */
  #dossiersGrow(): void {
    const now = performance.now()
    if (now < this.#grown + GROWING) return
    this.#grown = now
    this.#dossiersChanged()
  }

  #hear(event: AppEvent): void {
    // Whoever does not look hears it.
    if (event.kind === 'alert_raised' || event.kind === 'rollback_due') alarm.ring(event.level)
    // Nobody looks at a hidden window, and everything is asked again when it shows.
    if (document.hidden && event.kind !== 'session_changed' && event.kind !== 'notice' && event.kind !== 'rollback_due') return
    switch (event.kind) {
      case 'session_changed':
        return this.#refreshAll()
      case 'tasks_changed':
        this.dataVersion += 1
        this.tasks.refresh()
        this.plan.refresh()
        this.obstacles.refresh()
        this.parties.refresh()
        this.overview.refresh()
        this.storage.refresh()
        void this.loadFrame()
        return
      case 'sources_changed':
        this.dataVersion += 1
        this.sources.refresh()
        this.overview.refresh()
        this.tasks.refresh()
        void this.loadFrame()
        return
      case 'dossiers_changed':
        return event.more ? this.#dossiersGrow() : this.#dossiersChanged()
      case 'import_progress':
        this.importProgress = event
        return
      case 'report_changed':
        this.reportVersion += 1
        void this.loadFrame()
        return
      case 'operations_changed': {
        this.#operation[event.part] = (this.#operation[event.part] ?? 0) + 1
        void this.loadFrame()
        return
      }
      case 'alert_raised':
        void this.loadFrame()
        return
      case 'rollback_due':
        toasts.show(event.text, { tone: 'bad', action: { text: 'Mở', run: () => route.operations('runbook', { run: event.run }) } })
        this.overview.refresh()
        void this.loadFrame()
        return
      case 'report_reminder':
        // How loud it is stands in the frame.
        void this.loadFrame()
        return
      case 'settings_changed':
        return this.#refreshAll()
      case 'notice':
        toasts.show(event.message)
    }
  }

  #refreshAll(): void {
    void this.session.load()
    this.dataVersion += 1
    this.dossierVersion += 1
    this.settingsVersion += 1
    this.reportVersion += 1
    this.#operation[''] = (this.#operation[''] ?? 0) + 1
    for (const shown of [this.overview, this.tasks, this.plan, this.obstacles, this.parties, this.sources, this.roster, this.rules, this.bars, this.secrets, this.storage]) shown.refresh()
    if (this.open) void this.loadFrame()
  }
}

export const app = new AppState()
