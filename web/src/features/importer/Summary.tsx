import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/kit/format'
import { Amount, Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { type Counts, CUSTOMERS, ready } from './data'

interface Props {
  counts: Counts
  target: string
  label: string
  /** What a run would do, or did. */
  tense: 'will' | 'did'
}

/** useSummary puts what becomes of the lines into a sentence; parts with no lines are left out. */
export function useSummary(): (c: Counts, tense: Props['tense']) => string {
  const { t } = useTranslation()
  const { num } = useFormat()
  return (c, tense) => {
    const part = (key: string, n: number) => (n > 0 ? t(key, { count: n, n: num(n) }) : '')
    const parts = [
      tense === 'will' ? part('importer.sum.ready', c.imported) : part('importer.sum.imported', c.imported),
      part('importer.sum.unchanged', c.unchanged),
      part('importer.sum.set_aside', c.set_aside),
      part('importer.sum.refused', c.refused),
    ].filter(Boolean)
    const all = t('importer.sum.read', { count: c.read, n: num(c.read) })
    return parts.length > 0
      ? t('importer.sum.whole', { all, parts: parts.join(t('importer.sum.comma')) })
      : t('importer.sum.none', { all })
  }
}

/** What becomes of the lines, in words and in figures. */
export function Summary({ counts: c, target, label, tense }: Props) {
  const { t } = useTranslation()
  const summary = useSummary()
  const facts = target !== CUSTOMERS
  const good = c.refused === 0 && c.set_aside === 0
  const figures = [
    { label: t(`importer.figure.${tense}`), value: <Num value={tense === 'will' ? ready(c) : c.imported} /> },
    ...(c.unchanged > 0 ? [{ label: t('importer.figure.unchanged'), value: <Num value={c.unchanged} /> }] : []),
    ...(c.set_aside > 0 ? [{ label: t('importer.figure.set_aside'), value: <Num value={c.set_aside} /> }] : []),
    { label: t('importer.figure.refused'), value: <Num value={c.refused} /> },
    ...(facts && c.documents > 0
      ? [{ label: t('importer.figure.documents'), value: <Num value={c.documents} /> }]
      : []),
    ...(c.customers_created > 0 || !facts
      ? [{ label: t(`importer.figure.created_${tense}`), value: <Num value={c.customers_created} /> }]
      : []),
    ...(!facts ? [{ label: t(`importer.figure.updated_${tense}`), value: <Num value={c.customers_updated} /> }] : []),
    ...(c.amounts ?? []).map((a) => ({
      label: t('importer.figure.amount', { currency: a.currency }),
      value: <Amount value={a.imported} currency={a.currency} short />,
      hint: (
        <>
          {t('importer.figure.of_file')} <Amount value={a.read} currency={a.currency} short />
        </>
      ),
    })),
  ]
  return (
    <Panel title={t(`importer.summary.${tense}`, { what: label })}>
      <p className={good ? 'sum sum-good' : 'sum'}>
        {good ? <CircleCheck size={18} aria-hidden /> : <TriangleAlert size={18} aria-hidden />}
        <span>{summary(c, tense)}</span>
      </p>
      <KeyFigures items={figures} />
    </Panel>
  )
}
