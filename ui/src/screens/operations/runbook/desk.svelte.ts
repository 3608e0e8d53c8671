// The run on screen: every act in it answers with the run as it stands after it.
import { backend } from '../../../backend'
import type { RunView } from '../../../backend/generated/types'
import { Seen } from '../../../state/seen.svelte'

export class RunDesk {
  readonly asked = new Seen((id: string | null, when) => backend.call('run', { id, ...when }))
  readonly show = (view: RunView): void => this.asked.set(view)

  get view(): RunView | null {
    return this.asked.data
  }
}
