// What the parts of the dossier screen share: the place in the address, what there is to choose from, and what goes on in it.
import { backend } from '../../backend'
import type { Basis, DossierFilter, FigureId, StatsArgs, UnitGroup } from '../../backend/generated/types'
import { Resource } from '../../state/resource.svelte'
import { route } from '../../state/route.svelte'
import type { DossierTab } from '../../text'
import { monthOf, narrow, type CellKey } from './cell'
import { periodId, periodTitle, readPeriod, stepPeriod } from './period'
import { narrowed, noFilter, readPlace, writePlace, type Place } from './place'
import { unitGroupText } from './words'

class Desk {
  readonly choices = new Resource(() => backend.call('dossier_choices', {}))
  readonly place = $derived(readPlace(route.query))

  /** The period on screen; empty until it is known what is shown first. */
  readonly period = $derived(this.place.period || (this.choices.data?.period.id ?? ''))

  /** Changes the place; what is no `step` is not gone back to. */
  go(change: Partial<Place>, { tab = route.dossierTab, step = true }: { tab?: DossierTab; step?: boolean } = {}): void {
    route.dossiers(tab, writePlace({ ...this.place, ...change }), step)
  }

  filter(change: Partial<DossierFilter>): void {
    this.go({ filter: { ...this.place.filter, ...change } })
  }

  clear(): void {
    this.go({ filter: noFilter() })
  }

  get narrowed(): boolean {
    return narrowed(this.place.filter)
  }

  step(by: 1 | -1): void {
    const period = readPeriod(this.period)
    if (period) this.go({ period: periodId(stepPeriod(period, by)) })
  }

  /** Opens a figure of a cell: its formula, groups, sources. It is counted as the number that leads to it. */
  open(figure: FigureId, cell: CellKey[] = [], basis: Basis | null = null): void {
    this.go({ opened: { figure, cell, list: false, basis }, findings: false, record: null })
  }

  close(): void {
    this.go({ opened: null, findings: false, faulty: null, record: null })
  }

  /** One step back within what is open: from the record to its list, from the list to the figure. */
  back(): void {
    const { opened, record } = this.place
    if (record !== null) this.go({ record: null })
    else if (opened?.list) this.go({ opened: { ...opened, list: false } })
    else this.close()
  }

  /** How deep the panel is: nothing, figure or findings, list, record. */
  get depth(): number {
    const { opened, findings, faulty, record } = this.place
    if (record !== null) return 3
    if (opened?.list || faulty !== null) return 2
    return opened !== null || findings ? 1 : 0
  }

  /** The cell in words. */
  words(cell: readonly CellKey[]): string {
    return cell.map(({ by, code }) => (by === 'month' ? this.periodTitle(code) : by === 'group' ? (unitGroupText[code as UnitGroup] ?? code) : this.nameOf(by, code))).join(' · ')
  }

  periodTitle(id: string): string {
    const period = readPeriod(id)
    return period ? periodTitle(period) : id
  }

  /** The screen shows no more than the cell that is open. */
  showOnly(cell: readonly CellKey[]): void {
    const month = monthOf(cell)
    this.go({ filter: narrow(this.place.filter, cell), ...(month !== null && { period: month }), opened: null })
  }

  /** What every question for figures has in common, of the whole screen or of one cell. */
  question(cell: readonly CellKey[] = []): Pick<StatsArgs, 'period' | 'filter' | 'basis' | 'asOf'> {
    const { filter, basis, asOf } = this.place
    return { period: monthOf(cell) ?? this.period, filter: narrow(filter, cell), basis, asOf }
  }

  /** The name of a code as the choices tell it. */
  nameOf(kind: CellKey['by'], code: string): string {
    const { systems = [], units = [], fields = [], procedures = [], channels = [] } = this.choices.data ?? {}
    const list = { system: systems, unit: units, field: fields, procedure: procedures, channel: channels, group: [], month: [] }[kind]
    const found = list.find((choice) => choice.code === code)
    return found ? found.short || found.name : code === '' ? 'không ghi' : code
  }
}

export const desk = new Desk()
