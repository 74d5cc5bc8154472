import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import type { GradeTone } from './GradeTag'
import { useText } from './text'
import { usePermission } from './usePermission'

export type Scheme = Schemas['RuleScheme']

const tones: Record<string, GradeTone> = {
  gold: 'top',
  green: 'high',
  blue: 'plain',
  grey: 'low',
  orange: 'warn',
  red: 'alert',
}

/** toneOf gives the look of a label's colour word. */
export const toneOf = (word: string | undefined): GradeTone => tones[word ?? ''] ?? 'plain'

/** One grade ready to be shown. */
export interface GradeWords {
  label: string
  tone: GradeTone
}

const LONG_MS = 300_000

/** useSchemes gives the schemes of all rulebooks; nothing to those who may not read grades. */
export function useSchemes() {
  const may = usePermission('grading.read')
  return api.useQuery('get', '/api/v1/grading/schemes', {}, { enabled: may, staleTime: LONG_MS })
}

/** gradeIn finds the words of a code in a scheme; an unknown code is its own name, an empty one is `none`. */
export function gradeIn(
  scheme: Scheme | undefined,
  code: string,
  words: { text: (t: { zh: string; en: string }) => string; none: string },
): GradeWords {
  if (code === '') return { label: words.none, tone: 'low' }
  const label = scheme?.labels?.find((l) => l.code === code)
  return label ? { label: words.text(label.title) || code, tone: toneOf(label.tone) } : { label: code, tone: 'plain' }
}

/** useGradeIn gives the words of codes of one scheme that is at hand. */
export function useGradeIn(scheme: Scheme | undefined): (code: string) => GradeWords {
  const { t } = useTranslation()
  const text = useText()
  return (code) => gradeIn(scheme, code, { text, none: t('kit.grade.none') })
}

/** useGrades gives the words of a code by the id of its scheme (or of its rulebook), loading the schemes once. */
export function useGrades(): (schemeOrRulebook: string, code: string) => GradeWords {
  const { t } = useTranslation()
  const text = useText()
  const { data, isLoading } = useSchemes()
  return (id, code) => {
    if (isLoading && code !== '') return { label: '…', tone: 'low' } // a code is no word for people
    const found = data?.items.find((s) => s.scheme.id === id || s.rulebook === id)
    return gradeIn(found?.scheme, code, { text, none: t('kit.grade.none') })
  }
}
