// What parts of Nhiệm vụ show of the moment that is looked at.
import { app } from './app.svelte'
import { Asked } from './asked.svelte'
import { travel } from './travel.svelte'

/** For a component: asked of the moment looked at, again when words about it may have come in. The present is not its business. */
export function atMoment<T>(ask: (asOf: number) => Promise<T>): Asked<number, T> {
  const past = new Asked(ask)
  $effect(() => {
    void app.dataVersion
    if (travel.at !== null) void past.put(travel.at)
  })
  return past
}
