import { Button, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Amount, Num } from '@/kit/Money'
import { textIn } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { useFactKinds } from './data'

const ReverseFact = lazy(() => import('./ReverseFact'))

export type Fact = Schemas['FactView']

const ALL = ''

/** Every fact of a customer, newest first; a wrong one is taken back by a reversing one. */
export default function FactList({ id, archived }: { id: string; archived: boolean }) {
  const { t, i18n } = useTranslation()
  const write = usePermission('fact.write') && !archived
  const [kind, setKind] = useState(ALL)
  const [taking, setTaking] = useState<Fact>()
  const kinds = useFactKinds(true).data?.items ?? []
  const words = (k: string) => {
    const found = kinds.find((x) => x.kind === k)
    return found ? textIn(i18n.language, { zh: found.label_zh, en: found.label_en }) : k
  }
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/customers/{id}/facts',
    { params: { path: { id }, query: { limit: 50, kind: kind === ALL ? undefined : [kind] } } },
    byCursor,
  )
  const options = [{ value: ALL, label: t('fact.all') }, ...kinds.map((k) => ({ value: k.kind, label: words(k.kind) }))]
  return (
    <div className="facts">
      <Select size="small" aria-label={t('fact.kind')} value={kind} onChange={setKind} options={options} />
      <QueryView query={query}>
        {(data) => {
          const items = data.pages.flatMap((p) => p.items)
          if (items.length === 0) return <p className="muted">{t('fact.none')}</p>
          return (
            <div className="scroll-x">
              <table className="plain">
                <caption className="offscreen">{t('record.show_facts')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('fact.on')}</th>
                    <th scope="col">{t('fact.kind')}</th>
                    <th scope="col">{t('fact.document')}</th>
                    <th scope="col">{t('fact.product')}</th>
                    <th scope="col" className="right">
                      {t('fact.quantity')}
                    </th>
                    <th scope="col" className="right">
                      {t('fact.amount')}
                    </th>
                    <th scope="col">{t('fact.status')}</th>
                    {write && (
                      <th scope="col">
                        <span className="offscreen">{t('fact.actions')}</span>
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {items.map((f) => (
                    <Row key={f.id} fact={f} kind={words(f.kind)} onTake={write ? () => setTaking(f) : undefined} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }}
      </QueryView>
      {query.hasNextPage && (
        <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('kit.table.more')}
        </Button>
      )}
      <Suspense>
        {taking && <ReverseFact id={id} fact={taking} kind={words(taking.kind)} onClose={() => setTaking(undefined)} />}
      </Suspense>
    </div>
  )
}

function Row({ fact: f, kind, onTake }: { fact: Fact; kind: string; onTake?: () => void }) {
  const { t, i18n } = useTranslation()
  const note = (f.attrs as { note?: unknown } | null)?.note
  const status = i18n.exists(`record.fact_status.${f.status}`) ? t(`record.fact_status.${f.status}`) : f.status
  const dead = f.reversed || Boolean(f.reverses)
  return (
    <tr className={dead ? 'fact-dead' : undefined}>
      <td>
        <DateText value={f.occurred_on} />
      </td>
      <td>{kind}</td>
      <td className="num">{f.document || (typeof note === 'string' ? note : '')}</td>
      <td>{f.product}</td>
      <td className="right">{f.quantity && <Num value={f.quantity} />}</td>
      <td className="right">{f.amount && <Amount value={f.amount} currency={f.currency} />}</td>
      <td>{f.reversed ? t('fact.reversed') : f.reverses ? t('fact.reversing') : status}</td>
      {onTake && (
        <td className="right">
          {!dead && (
            <button type="button" className="text-button" onClick={onTake}>
              {t('fact.reverse')}
            </button>
          )}
        </td>
      )}
    </tr>
  )
}
