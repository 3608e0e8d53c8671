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
