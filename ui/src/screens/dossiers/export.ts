// Files of what the dossier screen shows.
import { backend } from '../../backend'
import type { DossierExportArgs } from '../../backend/generated/types'
import { attempt, say } from '../../state/actions'

/** Writes a file; where it stands is told at the lower edge. */
export const exportFigures = (args: DossierExportArgs): Promise<boolean> =>
  attempt(async () => say(await backend.call('dossier_export', args)))
