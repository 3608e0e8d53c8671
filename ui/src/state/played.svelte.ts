// What the frame shows while a past moment is played: how the operation stood then, never what stands now.
import { backend } from '../backend'
import { replay } from './replay.svelte'
import { Seen } from './seen.svelte'

const asked = new Seen((_: object, when) => backend.call('frame_at', when))

/** Asks for the moment that is played; called from an effect, so that it follows the moment. */
export function follow(): void {
  if (replay.on) void asked.put({})
}

/** The frame of the moment; `null` while none is played or it has not come. */
export const played = {
  get frame() {
    return replay.on ? asked.data : null
  },
}
