// Exporting the comparison on screen.
import { backend } from '../../../backend'
import type { CompareFormat } from '../../../backend/generated/types'
import { attempt } from '../../../state/actions'
import { toasts } from '../../../state/toasts.svelte'
import { travel } from '../../../state/travel.svelte'

export async function exportComparison(format: CompareFormat): Promise<void> {
  const { compared, list } = travel
  if (!compared) return
  await attempt(async () => {
    const { message } = await backend.call('tasks_compare_export', { ...compared, list, format })
    toasts.show(message)
  })
}
