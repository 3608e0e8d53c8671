// Where in the window we are, kept in the address after `#`, so that "back" works.
import type { Target } from '../backend/generated/types'
import { filtersOfTarget, readFilters, writeFilters, type Filters } from '../lib/filters'
import { dossierTabs, operationsTabs, reportTabs, screens, settingsTabs, taskTabs, type DossierTab, type OperationsTab, type ReportTab, type Screen, type SettingsTab, type TaskTab } from '../text'

class Route {
  screen = $state<Screen>('overview')
  tab = $state<SettingsTab>('sources')
  /** Part of the tasks screen. */
  taskTab = $state<TaskTab>('list')
  /** Part of the dossier screen. */
  dossierTab = $state<DossierTab>('figures')
  /** Part of the report screen. */
  reportTab = $state<ReportTab>('daily')
  /** Part of the operations screen. */
  operationsTab = $state<OperationsTab>('live')
  /** What stands after `?` in the address, for the parts that keep their own place there. */
  query = $state.raw(new URLSearchParams())
  filters = $state.raw<Filters>(readFilters(new URLSearchParams()))
  /** Checklist that is shown, or was before another part of the tasks screen; `null` is the main one. */
  list = $state<string | null>(null)
  /** Key of the task whose panel is open. */
  task = $state<string | null>(null)
  /** What stands after `#`. */
  address = $state('')

  start(): void {
    this.#read()
    window.addEventListener('hashchange', () => this.#read())
  }

  /** Opens where the window was left; that is no step to go back from. An address that is already there counts more. */
  restore(address: string): void {
    if (location.hash !== '') return
    history.replaceState(null, '', address)
    this.#read()
  }

  go(screen: Screen): void {
    this.#push(`#/${screen}`)
  }

  settings(tab: SettingsTab): void {
    this.#push(`#/settings/${tab}`)
  }

  /**
   * Opens a part of the tasks screen; `query` is its own place in it. A change that is no `step` is not gone back to. The
   * checklist stays the one that was chosen.
   */
  tasks(tab: TaskTab, query: Record<string, string | null> = {}, step = true): void {
    const entries = Object.entries({ list: this.list, ...query })
    const params = new URLSearchParams(entries.filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== ''))
    const address = `#/tasks${tab === 'list' ? '' : `/${tab}`}${params.size > 0 ? `?${params.toString()}` : ''}`
    if (step) return this.#push(address)
    history.replaceState(null, '', address)
    this.#read()
  }

  /**
   * Opens a part of the dossier screen at a place of its own; without one the filters stay, and what lay open is closed. A
   * change that is no `step` is not gone back to.
   */
  dossiers(tab: DossierTab, query: URLSearchParams = this.#dossierFilters(), step = true): void {
    const address = `#/dossiers${tab === 'figures' ? '' : `/${tab}`}${query.size > 0 ? `?${query.toString()}` : ''}`
    if (step) return this.#push(address)
    history.replaceState(null, '', address)
    this.#read()
  }

  /** Opens a part of the report screen; `day` is ISO, `null` the one that is due now. A change that is no `step` is not gone back to. */
  report(tab: ReportTab, day: string | null = null, step = true): void {
    const address = `#/report${tab === 'daily' ? '' : `/${tab}`}${day === null ? '' : `?${new URLSearchParams({ day }).toString()}`}`
    if (step) return this.#push(address)
    history.replaceState(null, '', address)
    this.#read()
  }

  /** Opens a part of the operations screen at a place of its own. A change that is no `step` is not gone back to. */
  operations(tab: OperationsTab, query: Record<string, string> = {}, step = true): void {
    const params = new URLSearchParams(query)
    const address = `#/operations${tab === 'live' ? '' : `/${tab}`}${params.size > 0 ? `?${params.toString()}` : ''}`
    if (step) return this.#push(address)
    history.replaceState(null, '', address)
    this.#read()
  }

  /** Switches to another checklist; what was filtered and open belongs to the one before. */
  showList(list: string | null, filters: Filters = readFilters(new URLSearchParams())): void {
    const params = writeFilters(filters)
    if (list !== null) params.set('list', list)
    this.#push(params.size > 0 ? `#/tasks?${params.toString()}` : '#/tasks')
  }

  openTask(no: string | null, filters: Filters = this.filters): void {
    this.#push(this.#tasks(filters, no))
  }

  /** Each filter is a step back, but letters of a search are not. */
  setFilters(filters: Filters, step = true): void {
    const address = this.#tasks(filters, this.task)
    if (step) return this.#push(address)
    history.replaceState(null, '', address)
    this.#read()
  }

  /** Follows a tile, a chart or a line of attention. */
  follow(target: Target): void {
    if (target.screen === 'tasks') return this.openTask(target.task, filtersOfTarget(target.filter))
    if (target.screen === 'obstacles') return this.tasks('obstacles', { id: target.filter })
    if (target.screen === 'dossiers') return this.#push(`#/dossiers${dossierQuery(target.filter)}`)
    if (target.screen === 'report') return this.report('daily', target.filter)
    if (target.screen === 'operations') {
      // `incidents?id=…`: a part and its place.
      const [part = '', query = ''] = (target.filter ?? '').split('?')
      return this.operations(operationsTabs.find((t) => t.id === part)?.id ?? 'live', Object.fromEntries(new URLSearchParams(query)))
    }
    if (target.screen === 'settings') {
      const tab = settingsTabs.find((t) => t.id === target.filter)
      return this.settings(tab?.id ?? 'sources')
    }
    if (target.screen === 'overview' && target.filter !== null) return this.#push(`#/overview?open=${target.filter}`)
    this.go(screens.find((s) => s.id === target.screen)?.id ?? 'overview')
  }

  #dossierFilters(): URLSearchParams {
    const query = new URLSearchParams(this.screen === 'dossiers' ? this.query : undefined)
    for (const open of ['fig', 'at', 'list', 'findings', 'rule', 'in', 'record']) query.delete(open)
    return query
  }

  #tasks(filters: Filters, task: string | null): string {
    const params = writeFilters(filters)
    // The key of a task tells its list.
    const list = task === null ? this.list : listOf(task)
    if (list !== null) params.set('list', list)
    if (task !== null) params.set('task', task)
    const query = params.toString()
    return query === '' ? '#/tasks' : `#/tasks?${query}`
  }

  #push(address: string): void {
    if (location.hash !== address) history.pushState(null, '', address)
    this.#read()
  }

  #read(): void {
    this.address = location.hash
    const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
    const [screen, tab] = path.split('/')
    this.screen = screens.find((s) => s.id === screen)?.id ?? 'overview'
    this.tab = settingsTabs.find((t) => t.id === tab)?.id ?? 'sources'
    const params = new URLSearchParams(query)
    this.query = params
    this.taskTab = taskTabs.find((t) => t.id === tab)?.id ?? 'list'
    this.dossierTab = dossierTabs.find((t) => t.id === tab)?.id ?? 'figures'
    this.reportTab = tab === 'briefing' ? tab : (reportTabs.find((t) => t.id === tab)?.id ?? 'daily')
    this.operationsTab = tab === 'wall' ? tab : (operationsTabs.find((t) => t.id === tab)?.id ?? 'live')
    const listed = this.screen === 'tasks' && this.taskTab === 'list'
    if (listed) {
      this.filters = readFilters(params)
      this.task = params.get('task')
    }
    this.list = listed && this.task !== null ? listOf(this.task) : this.screen === 'tasks' ? params.get('list') : null
  }
}

/** `da06` of `da06/3`; rows of the main list have plain keys. */
const listOf = (key: string): string | null => (key.includes('/') ? (key.split('/')[0] ?? null) : null)

/** `findings` are all of them; anything else is a cell of the figures, opened. */
function dossierQuery(filter: string | null): string {
  if (filter === null) return ''
  return `?${new URLSearchParams(filter === 'findings' ? { findings: '' } : { fig: 'received', at: filter }).toString()}`
}

export const route = new Route()
