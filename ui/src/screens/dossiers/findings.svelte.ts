// What does not add up in the period on screen; asked once for all who show it.
import { backend } from '../../backend'
import type { PeriodArgs } from '../../backend/generated/types'
import { app } from '../../state/app.svelte'
import { Asked } from '../../state/asked.svelte'
import { desk } from './desk.svelte'

class Findings {
  readonly asked = new Asked((args: PeriodArgs) => backend.call('dossier_findings', args))
  readonly args = $derived<PeriodArgs>({ period: desk.period, asOf: desk.place.asOf })

  /** Keeps the answer current while the component that calls this is on screen. */
  use(): void {
    $effect(() => {
      void app.dossierVersion
      if (desk.period !== '') void this.asked.put(this.args)
    })
  }
}

export const findings = new Findings()
