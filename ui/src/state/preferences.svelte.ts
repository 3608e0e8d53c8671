// What a person chose on this machine for the look and the keys. Kept by the web view, not by the program.

export type ThemeChoice = 'light' | 'dark' | 'system'
const THEME = 'pvhcc.theme'
const KEYS = 'pvhcc.singleKeys'
const SOUND = 'pvhcc.sound'

class Preferences {
  theme = $state<ThemeChoice>('system')
  /** Single-key shortcuts are on. */
  singleKeys = $state(true)
  /** Alerts sound. */
  sound = $state(true)
  #systemDark = $state(false)

  /** The theme in force. */
  get effective(): 'light' | 'dark' {
    return this.theme === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.theme
  }

  start(): void {
    const stored = localStorage.getItem(THEME)
    if (stored === 'light' || stored === 'dark') this.theme = stored
    this.singleKeys = localStorage.getItem(KEYS) !== 'off'
    this.sound = localStorage.getItem(SOUND) !== 'off'
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    this.#systemDark = dark.matches
    dark.addEventListener('change', (e) => {
      this.#systemDark = e.matches
      this.#apply()
    })
    this.#apply()
  }

  setTheme(theme: ThemeChoice): void {
    this.theme = theme
    localStorage.setItem(THEME, theme)
    this.#apply()
  }

  setSingleKeys(on: boolean): void {
    this.singleKeys = on
    localStorage.setItem(KEYS, on ? 'on' : 'off')
  }

  setSound(on: boolean): void {
    this.sound = on
    localStorage.setItem(SOUND, on ? 'on' : 'off')
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.effective
  }
}

export const preferences = new Preferences()
