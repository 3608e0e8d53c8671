// Numbers as the administration writes them: `338.923`, `68,73%`.

const whole = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** `338.923` */
export const count = (n: number): string => whole.format(n)
/** `91,2%` of a share 0…1; `–` when unknown. */
export const percent = (share: number | null): string => (share === null ? '–' : `${one.format(share * 100)}%`)
/** `12,4 MB` */
export const bytes = (n: number): string =>
  n < 1024 ? `${n} B` : n < 1_048_576 ? `${one.format(n / 1024)} KB` : `${one.format(n / 1_048_576)} MB`

/** A number as it is typed: `68,73`, `2.273`, `1.234,5`; `null` when it is none. */
export function decimal(typed: string): number | null {
  const text = typed.replace(/\s/g, '')
  if (!/^\d[\d.]*(,\d+)?$/.test(text)) return null
  const [whole = '', part] = text.split(',')
  const grouped = /^\d{1,3}(\.\d{3})+$/.test(whole)
  if (!grouped && whole.includes('.')) return part === undefined && /^\d+\.\d+$/.test(whole) ? Number(whole) : null
  return Number(`${whole.replaceAll('.', '')}.${part ?? '0'}`)
}
