// Exporting the comparison on screen.
import { backend } from '../../../backend'
import type { CompareFormat } from '../../../backend/generated/types'
import { attempt, say } from '../../../state/actions'
import { travel } from '../../../state/travel.svelte'

export async function exportComparison(format: CompareFormat): Promise<void> {
  const { compared, list } = travel
  if (!compared) return
  await attempt(async () => say(await backend.call('tasks_compare_export', { ...compared, list, format })))
}
