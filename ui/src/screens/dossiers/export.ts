// Files of what the dossier screen shows.
import { backend } from '../../backend'
import type { DossierExportArgs } from '../../backend/generated/types'
import { attempt } from '../../state/actions'
import { toasts } from '../../state/toasts.svelte'

/** Writes a file; where it stands is told at the lower edge. */
export const exportFigures = (args: DossierExportArgs): Promise<boolean> =>
  attempt(async () => {
    const { message } = await backend.call('dossier_export', args)
    toasts.show(message)
  })
