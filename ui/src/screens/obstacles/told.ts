// What follows an act in the register: a word with the way back, and the lists it shows in.
import type { ObstacleEdited } from '../../backend/generated/types'
import { tell } from '../../state/actions'
import { app } from '../../state/app.svelte'

export function told(done: ObstacleEdited): void {
  tell(done)
  app.obstacles.refresh()
  app.tasks.refresh()
}
