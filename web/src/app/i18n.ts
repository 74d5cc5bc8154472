import i18next, { type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

/** Languages of the interface, Chinese first. */
export const locales = ['zh', 'en'] as const
export type Locale = (typeof locales)[number]

const loaders: Record<Locale, () => Promise<{ messages: object; errors: object }>> = {
  zh: () => import('virtual:messages/zh'),
  en: () => import('virtual:messages/en'),
}

/** isLocale tells whether a text names a language that exists. */
export const isLocale = (v: unknown): v is Locale => locales.includes(v as Locale)

/** firstLocale is the stored choice, else the browser's first known language, else Chinese. */
export function firstLocale(): Locale {
  const stored = localStorage.getItem('kezhi.locale')
  if (isLocale(stored)) return stored
  const known = navigator.languages.map((l) => l.slice(0, 2)).find(isLocale)
  return known ?? 'zh'
}

/** startI18n loads one language and makes i18next ready; call it once, before rendering. */
export async function startI18n(locale: Locale): Promise<I18n> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    defaultNS: 'messages',
    ns: ['messages', 'errors'],
    resources: { [locale]: await catalogue(locale) },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  markDocument(locale)
  return i18next
}

/** changeLocale loads a language if needed and switches to it. */
export async function changeLocale(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'messages')) {
    const { messages, errors } = await catalogue(locale)
    i18next.addResourceBundle(locale, 'messages', messages)
    i18next.addResourceBundle(locale, 'errors', errors)
  }
  await i18next.changeLanguage(locale)
  markDocument(locale)
}

/** catalogue loads the words and the error sentences of a language. */
async function catalogue(locale: Locale): Promise<{ messages: object; errors: object }> {
  const { messages, errors } = await loaders[locale]()
  return { messages, errors }
}

function markDocument(locale: Locale): void {
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem('kezhi.locale', locale)
}
