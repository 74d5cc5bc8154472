import { useTranslation } from 'react-i18next'
import { useFormat } from '@/kit/format'
import { Amount, Num } from '@/kit/Money'
import { KeyFigures } from '@/kit/Page'
import type { Customer, RecordView } from './data'
import { StandingTag } from './Standings'
import { CustomerStatus } from './words'

/** The grades of a customer, each opening its reasons, and its state. */
export function Badges(p: { customer: Customer; record?: RecordView; onWhy: (verdictID: string) => void }) {
  return (
    <>
      {p.record?.standings
        .filter((s) => s.code !== '')
        .map((s) => (
          <StandingTag key={s.scheme} standing={s} onWhy={p.onWhy} />
        ))}
      <CustomerStatus status={p.customer.status} archived={p.customer.archived} />
    </>
  )
}

/** The figures that matter: sales and orders of twelve months, the last order, what is overdue. */
export function Figures({ record: r }: { record: RecordView }) {
  const { t } = useTranslation()
  const { relativeDay } = useFormat()
  const f = r.figures
  const [main, ...others] = f.sales_12m
  const items = [
    r.may.facts && {
      label: t('record.figure.sales'),
      value: main ? <Amount short value={main.amount} currency={main.currency} /> : '—',
      hint:
        others.length > 0 &&
        others.map((a) => <Amount key={a.currency} short value={a.amount} currency={a.currency} />),
    },
    r.may.facts && { label: t('record.figure.orders'), value: <Num value={f.orders_12m} /> },
    r.may.facts && {
      label: t('record.figure.last_order'),
      value: f.last_order_on ? relativeDay(f.last_order_on, r.today) : '—',
    },
    r.may.duties && {
      label: t('record.figure.overdue'),
      value: <span className={f.overdue_duties > 0 ? 'figure-bad' : undefined}>{f.overdue_duties}</span>,
      hint: t('record.figure.open', { n: f.open_duties }),
    },
  ].filter((x) => x !== false)
  return items.length > 0 ? <KeyFigures items={items} /> : null
}
