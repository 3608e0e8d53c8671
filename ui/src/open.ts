// The page itself: everything that `main.ts` does not need for the first picture.

import { mount } from 'svelte'
import App from './App.svelte'
import { app } from './state/app.svelte'
import { preferences } from './state/preferences.svelte'
import { route } from './state/route.svelte'

preferences.start()
route.start()
app.start()

const target = document.getElementById('app')
if (target) mount(App, { target })
