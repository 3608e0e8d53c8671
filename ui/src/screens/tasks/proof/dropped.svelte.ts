// Files that were dropped onto a task and wait for its panel to take them.

class Dropped {
  no = $state<string | null>(null)
  files = $state.raw<File[]>([])

  put(no: string, files: File[]): void {
    this.no = no
    this.files = files
  }

  clear(): void {
    this.no = null
    this.files = []
  }
}

export const dropped = new Dropped()
