// How the list is shown and which of its rows are chosen: what the grid, its menus and the palette share.
import type { TaskRow } from '../backend/generated/types'
import { readChoice, writeChoice, type ColumnChoice } from '../lib/columns'
import { nothing, type Selection } from '../lib/selection'
import type { Sort } from '../lib/sort'
import { viewFromText, viewToText, type View } from '../lib/views'
import { choices } from './choices.svelte'
import { route } from './route.svelte'
import { toasts } from './toasts.svelte'

const COLUMNS = 'columns'
const VIEW = 'view:'

class Listing {
  sort = $state.raw<Sort | null>(null)
  selection = $state.raw<Selection>(nothing)
  /** Name of the view on screen, until something of it changes. */
  view = $state<string | null>(null)
  /** The dialog for work in bulk is open. */
  bulk = $state(false)
  /** The dialog for files and lists that is open. */
  files = $state<'progress' | 'list' | 'lists' | null>(null)
  /** A width while it is being dragged, before it is kept. */
  dragged = $state.raw<ColumnChoice | null>(null)

  get columns(): ColumnChoice {
    return this.dragged ?? readChoice(choices.get(COLUMNS))
  }
  setColumns(choice: ColumnChoice): void {
    this.dragged = null
    void choices.put(COLUMNS, writeChoice(choice))
  }

  get views(): View[] {
    return choices.under(VIEW).flatMap(({ value }) => viewFromText(value) ?? [])
  }
  /** What is on screen, under a name. */
  current(name: string): View {
    return { name, filters: route.filters, sort: this.sort, columns: this.columns }
  }
  async save(name: string): Promise<void> {
    const view = this.current(name.trim().normalize('NFC'))
    if (await choices.put(VIEW + view.name, viewToText(view))) toasts.show(`Đã lưu chế độ xem “${view.name}”.`)
    this.view = view.name
  }
  show(view: View): void {
    this.sort = view.sort
    this.setColumns(view.columns)
    route.setFilters(view.filters)
    this.view = view.name
  }
  forget(view: View): void {
    void choices.put(VIEW + view.name, null)
    if (this.view === view.name) this.view = null
    toasts.show(`Đã xóa chế độ xem “${view.name}”.`, {
      action: { text: 'Giữ lại', run: () => void choices.put(VIEW + view.name, viewToText(view)) },
    })
  }
  /** Takes a view a colleague sent as text; `false` when the text holds none. */
  take(text: string): boolean {
    const view = viewFromText(text)
    if (!view) return false
    void choices.put(VIEW + view.name, viewToText(view))
    this.show(view)
    return true
  }

  clear(): void {
    this.selection = nothing
  }
  /** The chosen rows among those on screen. */
  chosen(rows: readonly TaskRow[]): TaskRow[] {
    return rows.filter((row) => this.selection.chosen.has(row.no))
  }
}

export const listing = new Listing()
