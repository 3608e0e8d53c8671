// The pages that the wall cycles through, in order. A page is shown for `seconds`.
import type { Component } from 'svelte'
import type { WatchView } from '../../../backend/generated/types'
import Alerts from './Alerts.svelte'
import Apis from './Apis.svelte'
import Flows from './Flows.svelte'
import Latest from './Latest.svelte'
import OnDuty from './OnDuty.svelte'
import Run from './Run.svelte'

export interface WallPage {
  id: string
  title: string
  seconds: number
  /** Draws itself in the room it is given; sizes in `em`, so that it can be read from afar. */
  page: Component<{ watch: WatchView }>
}

export const pages: readonly WallPage[] = [
  { id: 'alerts', title: 'Cảnh báo', seconds: 20, page: Alerts },
  { id: 'flows', title: 'Luồng tích hợp', seconds: 20, page: Flows },
  { id: 'apis', title: '53 API', seconds: 20, page: Apis },
  { id: 'latest', title: 'Diễn biến', seconds: 15, page: Latest },
  { id: 'run', title: 'Kịch bản', seconds: 15, page: Run },
  { id: 'duty', title: 'Đang trực', seconds: 10, page: OnDuty },
]
