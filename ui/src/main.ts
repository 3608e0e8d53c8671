import { mount } from 'svelte'
import App from './App.svelte'
import { painted } from './lib/painted'
import { app } from './state/app.svelte'
import { pictured } from './state/picture'
import { preferences } from './state/preferences.svelte'
import { route } from './state/route.svelte'
import './styles/tokens.css'
import './styles/base.css'

preferences.start()
route.start()
app.start()

const target = document.getElementById('app')
const begin = () => {
  if (target) mount(App, { target })
}
// A picture that stands already is drawn before the page takes the processor.
if (pictured() && !document.hidden) painted(begin)
else begin()
