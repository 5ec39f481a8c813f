import './page.css'
import { isHostThere } from '../lib/host-there.ts'
import { preferredLanguage } from '../lib/preferred-language.ts'
import ar from '../locales/ar/away.json'
import en from '../locales/en/away.json'
import fr from '../locales/fr/away.json'

const pauseMs = 1_000
const language = preferredLanguage()
const texts = { en, fr, ar }[language]

document.documentElement.lang = language
document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
document.documentElement.dataset.appearance = localStorage.getItem('mantine-color-scheme-value') ?? 'auto'
document.title = `${texts.title} · BDC`
for (const part of ['title', 'soon', 'kept', 'help'] as const) say(part)
void comeBack()

function say(part: keyof typeof texts) {
  const element = document.getElementById(part)
  if (element) element.textContent = texts[part]
}

async function comeBack() {
  while (!(await isHostThere())) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  window.location.reload()
}
