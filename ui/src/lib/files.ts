// A file of the person's on its way to the program: its name and its bytes as base64. Knows nothing of the page.

/** As the program has it; larger files are not even read. */
export const largestFile = 20 * 1024 * 1024

export interface Carried {
  name: string
  content: string
}

/** Why a file cannot be taken, or nothing. */
export function problemOf(file: { name: string; size: number }): string | undefined {
  if (file.size === 0) return `Tệp «${file.name}» rỗng. Hãy chọn tệp khác.`
  if (file.size > largestFile) return `Tệp «${file.name}» lớn hơn 20 MB. Hãy nén hoặc tách nhỏ.`
  return undefined
}

/** Bytes as base64, in pieces that fit on the stack; three bytes are four letters, so pieces join without a seam. */
export function base64(bytes: Uint8Array): string {
  const piece = 3 * 8192
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) text += btoa(String.fromCharCode(...bytes.subarray(at, at + piece)))
  return text
}

export async function carry(file: File): Promise<Carried> {
  return { name: file.name, content: base64(new Uint8Array(await file.arrayBuffer())) }
}
