// Keeps the screen awake while somebody watches from afar, where the web view can.

/**
 * Asks for it, and again whenever the page comes back: a hidden page loses it. `told` hears whether it is held. Returns what
 * gives it up.
 */
export function keepAwake(told: (on: boolean) => void): () => void {
  let lock: WakeLockSentinel | null = null
  let ended = false
  async function ask() {
    if (ended || document.hidden || lock !== null || !('wakeLock' in navigator)) return
    try {
      const got = await navigator.wakeLock.request('screen')
      if (ended) return void got.release()
      lock = got
      told(true)
      got.addEventListener('release', () => {
        lock = null
        told(false)
      })
    } catch {
      told(false)
    }
  }
  const back = () => void ask()
  document.addEventListener('visibilitychange', back)
  void ask()
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', back)
    void lock?.release()
  }
}
