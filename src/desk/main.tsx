import '@fontsource-variable/newsreader/wght.css'
import '@fontsource-variable/source-sans-3/wght.css'
import './styles/ground.css'
import './styles/shell.css'
import './styles/stories.css'
import './styles/story.css'
import './styles/work.css'
import './styles/pages.css'
import './styles/print.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'

createRoot(document.getElementById('desk')!).render(<StrictMode><App /></StrictMode>)
