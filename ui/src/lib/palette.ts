// Finding a command or a task by a few letters. Pure: who runs the command is not its business.
import { fold, matchesAll, words } from './fold'

export interface Command {
  id: string
  title: string
  /** A second, quieter text: where it leads, or its key. */
  hint: string
  /** Other words people may type. */
  also?: string
  run: () => void
}

/** The best first: titles that begin with the query, then words that begin with it, then any place. */
export function findCommands<C extends Pick<Command, 'title' | 'also' | 'hint'>>(commands: readonly C[], query: string, limit = 40): C[] {
  const wanted = words(query)
  if (wanted.length === 0) return commands.slice(0, limit)
  const typed = wanted.join(' ')
  const scored: { command: C; score: number }[] = []
  for (const command of commands) {
    const title = fold(command.title)
    if (!matchesAll(`${title} ${fold(command.also ?? '')} ${fold(command.hint)}`, wanted)) continue
    const starts = wanted.every((word) => ` ${title}`.includes(` ${word}`))
    scored.push({ command, score: title.startsWith(typed) ? 0 : ` ${title}`.includes(` ${typed}`) ? 1 : starts ? 2 : 3 })
  }
  // Sorting is stable: the order given is kept among equals.
  return scored.sort((a, b) => a.score - b.score).slice(0, limit).map(({ command }) => command)
}

/** One command for each id: the first. */
export function firstOfEach<C extends Pick<Command, 'id'>>(commands: readonly C[]): C[] {
  const seen = new Set<string>()
  return commands.filter(({ id }) => !seen.has(id) && seen.add(id))
}
