import { parts } from 'virtual:messages'
import i18next, { type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

/** Languages of the interface, Chinese first. */
export const locales = ['zh', 'en'] as const
export type Locale = (typeof locales)[number]

/** isLocale tells whether a text names a language that exists. */
export const isLocale = (v: unknown): v is Locale => locales.includes(v as Locale)

/** firstLocale is the stored choice, else the browser's first known language, else Chinese. */
export function firstLocale(): Locale {
  const stored = localStorage.getItem('kezhi.locale')
  if (isLocale(stored)) return stored
  const known = navigator.languages.map((l) => l.slice(0, 2)).find(isLocale)
  return known ?? 'zh'
}

/** Parts of the catalogue that something shown needs; another language has to bring them too. */
const needed = new Set(['base'])
/** The language that is shown, or is being changed to. */
let goal: Locale | undefined
let changing: Promise<unknown> = Promise.resolve()
let begun: () => void = () => {}
const ready = new Promise<void>((resolve) => {
  begun = resolve
})
const added = new Map<string, Promise<void>>()
const arrived = new Set<string>()

/** add brings one part of a language, once; a failed attempt can be made again. */
function add(locale: Locale, name: string): Promise<void> {
  const key = `${locale}/${name}`
  const known = added.get(key)
  if (known) return known
  const load = parts[locale][name]
  if (!load) return Promise.reject(new Error(`no words called ${key}`))
  const bringing = load().then(
    async ({ words, errors }) => {
      await ready
      arrived.add(key)
      i18next.addResourceBundle(locale, 'messages', words)
      i18next.addResourceBundle(locale, 'errors', errors)
    },
    (e: unknown) => {
      added.delete(key)
      throw e
    },
  )
  added.set(key, bringing)
  return bringing
}

/** hasWords tells whether the words of a noun are there in the language that is shown. */
export const hasWords = (noun: string): boolean => arrived.has(`${i18next.language}/${noun}`)

/** needWords resolves when the words of some nouns are there in the language that is shown. */
export async function needWords(...nouns: string[]): Promise<void> {
  for (const n of nouns) needed.add(n)
  let locale: Locale
  do {
    locale = goal ?? firstLocale()
    try {
      await Promise.all(nouns.map((n) => add(locale, n)))
    } catch (e) {
      // What could not be had is not shown, and must not keep a person from changing the language.
      for (const n of nouns) if (!hasWords(n)) needed.delete(n)
      throw e
    }
    await ready
    await changing
  } while (locale !== goal)
}

/**
 * withWords loads code together with the words it says, side by side; give it to `lazy` and `lazyRouteComponent`.
 * Everything below the code may say the same words; `check-messages` proves that none are missing.
 */
export const withWords =
  <M>(nouns: string[], load: () => Promise<M>): (() => Promise<M>) =>
  async () => {
    const [module] = await Promise.all([load(), needWords(...nouns)])
    return module
  }

/** startI18n loads one language and makes i18next ready; call it once, before rendering. */
export async function startI18n(locale: Locale): Promise<I18n> {
  goal = locale
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    defaultNS: 'messages',
    ns: ['messages', 'errors'],
    resources: {},
    // An error shown before its sentences are there is written anew with them.
    react: { bindI18nStore: 'added' },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  begun()
  await add(locale, 'base')
  markDocument(locale)
  return i18next
}

/** changeLocale loads what is needed of a language and switches to it; the last of several choices wins. */
export async function changeLocale(locale: Locale): Promise<void> {
  const before = goal
  goal = locale
  const loaded = Promise.all([...needed].map((n) => add(locale, n)))
  const change = loaded.then(async () => {
    if (goal === locale) await i18next.changeLanguage(locale)
  })
  changing = change.catch(() => {
    if (goal === locale) goal = before
  })
  await change
  if (goal === locale) markDocument(locale)
}

function markDocument(locale: Locale): void {
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem('kezhi.locale', locale)
}
