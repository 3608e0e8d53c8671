// The run on screen: every act in it answers with the run as it stands after it.
import { backend } from '../../../backend'
import type { RunView } from '../../../backend/generated/types'
import { Asked } from '../../../state/asked.svelte'

export class RunDesk {
  readonly asked = new Asked((id: string | null) => backend.call('run', { id }))
  readonly show = (view: RunView): void => this.asked.set(view)

  get view(): RunView | null {
    return this.asked.data
  }
}
