// Which layers lie over the screen, and requests from keys to the screen under them.

class Ui {
  palette = $state(false)
  shortcuts = $state(false)
  pin = $state(false)
  /** `/` was pressed: the search of the screen takes the focus, and this back. */
  searchAsked = $state(false)
  /** Counts presses of `E`: the panel of the chosen task opens its form. */
  editAsked = $state(0)
  /** ISO day whose loudest reminder was answered by going to the report. */
  deadlineAnswered = $state<string | null>(null)
  /** The reason why a report is not sent is asked for. */
  excusing = $state(false)
}

export const ui = new Ui()
