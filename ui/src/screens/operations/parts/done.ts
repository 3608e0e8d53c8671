// What was done, told at the lower edge with the way back.
import type { DoneView } from '../../../backend/generated/types'
import { undo } from '../../../state/actions'
import { toasts } from '../../../state/toasts.svelte'

export const tell = (done: DoneView): void => toasts.show(done.message, { action: { text: 'Hoàn tác', run: () => void undo(done.eventId) } })
