// How the list is shown and which of its rows are chosen: what the grid, its menus and the palette share.
import type { TaskRow } from '../backend/generated/types'
import { columnsOf, isOwn, readChoice, writeChoice, type Column, type ColumnChoice, type ColumnId } from '../lib/columns'
import { nothing, type Selection } from '../lib/selection'
import type { Sort } from '../lib/sort'
import { viewFromText, viewToText, type View } from '../lib/views'
import { app } from './app.svelte'
import { choices } from './choices.svelte'
import { route } from './route.svelte'
import { toasts } from './toasts.svelte'

const COLUMNS = 'columns'
const VIEW = 'view:'
/** Without a list as it has always been kept. */
const columnsKey = (list: string | null) => (list === null ? COLUMNS : `${COLUMNS}:${list}`)

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
  /** Chosen columns for which there is no room now. */
  out = $state.raw<readonly ColumnId[]>([])

  /** The columns the checklist on screen has. */
  get all(): readonly Column[] {
    return columnsOf(app.tasks.data?.list)
  }
  /** What was chosen of them: each checklist has its own choice. */
  get columns(): ColumnChoice {
    return this.dragged ?? readChoice(choices.get(columnsKey(route.list)), this.all)
  }
  setColumns(choice: ColumnChoice, list: string | null = route.list): void {
    this.dragged = null
    void choices.put(columnsKey(list), writeChoice(choice))
  }
  /** Another checklist is shown: an order by a column it does not have is none, and a view of the one before is not on screen. */
  leaveList(): void {
    if (this.views.some((v) => v.name === this.view && v.list === route.list)) return
    this.view = null
    if (this.sort && isOwn(this.sort.by)) this.sort = null
  }

  get views(): View[] {
    return choices.under(VIEW).flatMap(({ value }) => viewFromText(value) ?? [])
  }
  /** What is on screen, under a name. */
  current(name: string): View {
    return { name, list: route.list, filters: route.filters, sort: this.sort, columns: this.columns }
  }
  async save(name: string): Promise<void> {
    const view = this.current(name.trim().normalize('NFC'))
    if (await choices.put(VIEW + view.name, viewToText(view))) toasts.show(`Đã lưu chế độ xem “${view.name}”.`)
    this.view = view.name
  }
  show(view: View): void {
    this.sort = view.sort
    this.setColumns(view.columns, view.list)
    if (view.list === route.list) route.setFilters(view.filters)
    else route.showList(view.list, view.filters)
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
