import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** A text in both languages, as the server keeps the words of rulebooks. */
export interface Text {
  zh: string
  en: string
}

/** textIn chooses the words of a language; where one is missing the other serves. */
export function textIn(locale: string, text: Text | undefined): string {
  if (!text) return ''
  return locale === 'zh' ? text.zh || text.en : text.en || text.zh
}

/** useText binds textIn to the language of the page. */
export function useText(): (text: Text | undefined) => string {
  const { i18n } = useTranslation()
  return useCallback((text) => textIn(i18n.language, text), [i18n.language])
}
