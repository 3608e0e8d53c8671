// The run on screen and what is done in it: every act answers with the run as it stands after it.
import { backend } from '../../../backend'
import type { RunView } from '../../../backend/generated/types'
import { Asked } from '../../../state/asked.svelte'
import { Saving, drafts } from '../../../parts/saving.svelte'

export class RunDesk {
  readonly asked = new Asked((id: string | null) => backend.call('run', { id }))

  get view(): RunView | null {
    return this.asked.data
  }
}

export class RunSaving extends Saving {
  readonly #desk: RunDesk

  constructor(desk: RunDesk) {
    super()
    this.#desk = desk
  }

  /** Runs an act; true when it was kept. `field` is the draft of the run that it settles. */
  keep(act: () => Promise<RunView>, field: string | null = null): Promise<boolean> {
    return this.act(async () => {
      const view = await act()
      this.#desk.asked.set(view)
      if (field !== null) await drafts.drop(`run:${view.row.id}`, field).catch(() => {})
    })
  }
}
