import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { useSchemes } from '@/kit/grades'
import { ReadPanel } from '@/kit/ReadPanel'
import { useText } from '@/kit/text'

const JudgeForm = lazy(() => import('./JudgeForm'))

type Sheet = Schemas['GradingJudgedSheetView']
type Item = Sheet['items'][number]

/** What people judge about the customer, by each rulebook in force that asks for it. */
export default function Judgements({ customerID, books }: { customerID: string; books: string[] }) {
  const schemes = useSchemes().data?.items
  return books.map((book) => (
    <Book key={book} customerID={customerID} rulebook={book} title={schemes?.find((s) => s.rulebook === book)?.title} />
  ))
}

function Book(p: { customerID: string; rulebook: string; title?: { zh: string; en: string } }) {
  const { t } = useTranslation()
  const text = useText()
  const [open, setOpen] = useState(false)
  const query = api.useQuery('get', '/api/v1/customers/{id}/judgements', {
    params: { path: { id: p.customerID }, query: { rulebook: p.rulebook } },
  })
  return (
    <>
      <ReadPanel
        query={query}
        title={`${t('record.judge.title')} · ${text(p.title) || p.rulebook}`}
        empty={({ items }) => items.length === 0}
        extra={({ items }) =>
          items.some((i) => i.may_judge) && (
            <button type="button" className="text-button" onClick={() => setOpen(true)}>
              {t('record.judge.do')}
            </button>
          )
        }
      >
        {({ items }) => (
          <ul className="standings">
            {items.map((i) => (
              <Line key={i.item} item={i} />
            ))}
          </ul>
        )}
      </ReadPanel>
      <Suspense>
        {open && query.data && (
          <JudgeForm customerID={p.customerID} sheet={query.data} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </>
  )
}

function Line({ item: i }: { item: Item }) {
  const { t } = useTranslation()
  const text = useText()
  const answer = i.values.find((v) => v.code === i.value)
  const meanwhile = i.values.find((v) => v.code === i.missing)
  return (
    <li>
      <span className="row">
        <b>{text(i.title) || i.item}</b>
        {i.value === '' ? (
          <span className="muted">
            {t('record.judge.open')}
            {meanwhile && t('record.judge.meanwhile', { value: text(meanwhile.title) })}
          </span>
        ) : (
          <span className="num">
            {answer ? text(answer.title) : t('record.judge.points', { n: i.value, high: i.high })}
          </span>
        )}
      </span>
      <span className="grow" />
      {i.value !== '' && (
        <span className="muted">
          {t('record.judge.by', { name: i.judged_by_name || t('record.judge.system'), day: i.from })}
        </span>
      )}
      {i.note && <span className="muted">{i.note}</span>}
    </li>
  )
}
