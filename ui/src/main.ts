import { painted } from './lib/painted'
import { pictured } from './state/picture'
import './styles/tokens.css'
import './styles/base.css'

const open = () => void import('./open')
// A picture that stands already, once its fonts are there, is drawn before the page's own code is even read. A hidden window draws nothing.
if (pictured() && !document.hidden) void document.fonts.ready.then(() => painted(open))
else open()
