// Where in the window we are, kept in the address after `#`, so that "back" works.
import type { Target } from '../backend/generated/types'
import { filtersOfTarget, readFilters, writeFilters, type Filters } from '../lib/filters'
import { screens, settingsTabs, type Screen, type SettingsTab } from '../text'

class Route {
  screen = $state<Screen>('overview')
  tab = $state<SettingsTab>('sources')
  filters = $state.raw<Filters>(readFilters(new URLSearchParams()))
  /** Number of the task whose panel is open. */
  task = $state<string | null>(null)

  start(): void {
    this.#read()
    window.addEventListener('hashchange', () => this.#read())
  }

  go(screen: Screen): void {
    this.#push(`#/${screen}`)
  }

  settings(tab: SettingsTab): void {
    this.#push(`#/settings/${tab}`)
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
    if (target.screen === 'settings') {
      const tab = settingsTabs.find((t) => t.id === target.filter)
      return this.settings(tab?.id ?? 'sources')
    }
    this.go(screens.find((s) => s.id === target.screen)?.id ?? 'overview')
  }

  #tasks(filters: Filters, task: string | null): string {
    const params = writeFilters(filters)
    if (task !== null) params.set('task', task)
    const query = params.toString()
    return query === '' ? '#/tasks' : `#/tasks?${query}`
  }

  #push(address: string): void {
    if (location.hash !== address) history.pushState(null, '', address)
    this.#read()
  }

  #read(): void {
    const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
    const [screen, tab] = path.split('/')
    this.screen = screens.find((s) => s.id === screen)?.id ?? 'overview'
    this.tab = settingsTabs.find((t) => t.id === tab)?.id ?? 'sources'
    const params = new URLSearchParams(query)
    if (this.screen === 'tasks') {
      this.filters = readFilters(params)
      this.task = params.get('task')
    }
  }
}

export const route = new Route()
