// What the parts of the report screen share: which report is open, how it stands, and what is typed into it and not kept yet.
import { asBackendError, backend } from '../../backend'
import type { Cadence, FileFormat, ReportView } from '../../backend/generated/types'
import { keeper, Saving } from '../../parts/saving.svelte'
import { app } from '../../state/app.svelte'
import { Asked } from '../../state/asked.svelte'
import { route } from '../../state/route.svelte'
import { toasts } from '../../state/toasts.svelte'
import { shiftDay, shiftMonth } from './days'
import { shown, touched, type, type Field, type Typed } from './words'

class Desk {
  readonly #asked = new Asked(({ cadence, day }: { cadence: Cadence; day: string | null }) => backend.call('report', { cadence, ...(day !== null && { day }) }))
  readonly cadence = $derived<Cadence>(route.reportTab === 'monthly' ? 'monthly' : 'daily')
  /** The day in the address; `null` is the one that is due now. */
  readonly day = $derived(route.query.get('day'))
  /** The report on screen, once it is the one that was asked for. */
  readonly view = $derived(this.#asked.current ? this.#asked.data : null)
  /** Of the texts. */
  readonly saving = new Saving()
  /** A freeze that is looked at instead of the one in use. */
  looked = $state<string | null>(null)
  /** What is typed and not kept, by report: it outlives the screen. */
  #typed = $state.raw<Record<string, Typed>>({})

  get error() {
    return this.#asked.error
  }
  get entity(): string {
    return this.view === null ? '' : entityOf(this.view)
  }

  load(): Promise<void> {
    return this.#asked.put({ cadence: this.cadence, day: this.day })
  }

  /** The day (month) before or after. */
  step(by: 1 | -1): void {
    const { view } = this
    if (view === null) return
    const to = view.cadence === 'monthly' ? shiftMonth(view.day, by) : shiftDay(view.day, by)
    route.report(view.cadence, to)
  }

  // -- what people write ---------------------------------------------------------------------------------------------

  get typed(): Typed {
    return this.#typed[this.entity] ?? {}
  }
  /** The texts as they are kept; changes begin as generated. */
  get kept() {
    return this.view?.words ?? null
  }
  get words() {
    return this.kept === null ? null : shown(this.typed, this.kept)
  }
  get touched(): Field[] {
    return this.kept === null ? [] : touched(this.typed, this.kept)
  }

  write(field: Field, text: string): void {
    if (this.kept === null) return
    this.#typed = { ...this.#typed, [this.entity]: type(this.typed, field, text, this.kept) }
    keeper.typed(this.entity, field, text)
  }

  /** Gives up what was typed into a text. */
  forget(field: Field): void {
    if (this.kept === null) return
    this.write(field, this.kept[field])
    void keeper.drop(this.entity, field)
  }

  async keepWords(): Promise<boolean> {
    const { view, words, touched, entity } = this
    if (view === null || words === null || view.freeze === null) return false
    const { cadence, day, freeze, lastEvent } = view
    const write = async () => {
      const answer = await backend.call('report_write', { cadence, day, freeze, words, basedOn: lastEvent })
      const { [entity]: _, ...others } = this.#typed
      this.#typed = others
      return answer
    }
    return this.act(this.saving, 'Đã lưu lời văn.', write, touched)
  }

  // -- acts ----------------------------------------------------------------------------------------------------------

  /** Runs an act on the report; its form shows what is refused. Drafts of `fields` are dropped only when it was kept. */
  act(saving: Saving, done: string, act: () => Promise<ReportView>, fields: string[] = []): Promise<boolean> {
    const { entity } = this
    return saving.act(async () => {
      const view = await act()
      if (this.view && entityOf(view) === this.entity) this.#asked.set(view)
      toasts.show(view.notice ?? done)
      void app.loadFrame()
      await keeper.drop(entity, ...fields)
    })
  }

  /** Days before that are late or missing without a word why, the latest first. */
  readonly asking = new Asked((_: null) => backend.call('report_status', {}))

  /** The files of the report, into the profile's folder for exports. */
  async save(formats: FileFormat[]): Promise<void> {
    const { view } = this
    if (view === null) return
    const { cadence, day } = view
    try {
      const { paths, signed } = await backend.call('report_save', { cadence, day, ...(this.looked !== null && { freeze: this.looked }), formats })
      toasts.show(`Đã lưu ${signed ? 'bản đã ký' : 'bản dự thảo'} vào ${paths.join(', ')}`)
    } catch (problem) {
      toasts.show(asBackendError(problem).message, { tone: 'bad' })
    }
  }
}

export const entityOf = ({ cadence, day }: Pick<ReportView, 'cadence' | 'day'>): string => `report:${cadence}:${cadence === 'monthly' ? day.slice(0, 7) : day}`

export const desk = new Desk()
