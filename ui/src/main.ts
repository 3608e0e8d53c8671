import { mount } from 'svelte'
import App from './App.svelte'
import { app } from './state/app.svelte'
import { preferences } from './state/preferences.svelte'
import { route } from './state/route.svelte'
import './styles/tokens.css'
import './styles/base.css'

preferences.start()
route.start()
app.start()

const target = document.getElementById('app')
if (target) mount(App, { target })
