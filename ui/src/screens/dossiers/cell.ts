// One cell of the figures as text: `unit:H21.17;month:2026-05`. Hot spots of the charts name theirs so, and the address keeps
// the one that is open. Pure.
import type { CellPart, DossierFilter, SplitBy, UnitGroup } from '../../backend/generated/types'

export interface CellKey {
  by: 'system' | 'group' | 'unit' | 'field' | 'procedure' | 'channel' | 'month'
  code: string
}

const kinds: readonly CellKey['by'][] = ['system', 'group', 'unit', 'field', 'procedure', 'channel', 'month']
const kindOf: Record<SplitBy, CellKey['by']> = {
  system: 'system', subsystem: 'system', unit_group: 'group', unit: 'unit', field: 'field', procedure: 'procedure', channel: 'channel', month: 'month',
}
export const unitGroups: readonly UnitGroup[] = ['agency', 'commune', 'unknown']

/** Parts that nobody knows are left out. */
export function readCell(text: string | null): CellKey[] {
  return (text ?? '').split(';').flatMap((part) => {
    const at = part.indexOf(':')
    const by = kinds.find((kind) => kind === part.slice(0, at))
    return by ? [{ by, code: part.slice(at + 1) }] : []
  })
}

export const writeCell = (cell: readonly CellKey[]): string => cell.map(({ by, code }) => `${by}:${code}`).join(';')

/** The cell of a row, within the cell it was split from. */
export const cellOf = (parts: readonly Pick<CellPart, 'by' | 'code'>[], within: readonly CellKey[] = []): CellKey[] =>
  parts.reduce<CellKey[]>((cell, { by, code }) => withPart(cell, { by: kindOf[by], code }), [...within])

/** A part takes the place of one of its kind. */
export const withPart = (cell: readonly CellKey[], part: CellKey): CellKey[] => [...cell.filter((p) => p.by !== part.by), part]

/** What is asked for: the filter narrowed to the cell. Its month stands in the period, see {@link monthOf}. */
export function narrow(filter: DossierFilter, cell: readonly CellKey[]): DossierFilter {
  const narrowed = { ...filter }
  for (const { by, code } of cell) {
    switch (by) {
      case 'system': narrowed.systems = [code]; break
      case 'group': narrowed.unitGroup = unitGroups.find((g) => g === code) ?? null; break
      case 'unit': narrowed.units = [code]; break
      case 'field': narrowed.fields = [code]; break
      case 'procedure': narrowed.procedures = [code]; break
      case 'channel': narrowed.channels = [code]; break
      case 'month': break
    }
  }
  return narrowed
}

/** The month (or day, or any period) a cell is of. */
export const monthOf = (cell: readonly CellKey[]): string | null => cell.find((part) => part.by === 'month')?.code ?? null
