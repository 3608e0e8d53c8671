// How a cell is taken apart first. Pure.
import type { DossierFilter, SplitBy } from '../../../backend/generated/types'

/** By what does not stand fixed already: units, then fields, procedures, systems, channels. */
export function splitFor(filter: DossierFilter): SplitBy {
  if (filter.units.length !== 1) return 'unit'
  if (filter.fields.length !== 1) return 'field'
  if (filter.procedures.length !== 1) return 'procedure'
  if (filter.systems.length !== 1) return 'subsystem'
  return 'channel'
}
