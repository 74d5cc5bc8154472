import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { withWords } from '@/app/i18n'
import { CaseLink } from '@/kit/CaseLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { ActOnGift, type Gift, type GiftAct, GiftState, giftMoney } from '@/kit/gifts'
import { QueryView } from '@/kit/Loading'
import { Fields } from '@/kit/Page'
import { RecordPanel } from '@/kit/RecordPanel'

const Caution = lazy(withWords(['caution'], () => import('@/kit/Caution')))

/** One gift with what can be done with it. */
export default function GiftPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [act, setAct] = useState<GiftAct>()
  const query = api.useQuery('get', '/api/v1/gifts/{id}', { params: { path: { id } } })
  const g = query.data
  return (
    <RecordPanel
      open
      title={g?.customer.name ?? t('gift.register')}
      badges={g && <GiftState of={g} />}
      onClose={onClose}
      actions={(g?.may as GiftAct[] | undefined)?.map((a) => (
        <Button key={a} type={a === 'give' ? 'primary' : 'default'} onClick={() => setAct(a)}>
          {t(`gift.act.${a}`)}
        </Button>
      ))}
    >
      <QueryView query={query} lines={8}>
        {(full) => (
          <>
            {full.state === 'waiting' && <p className="muted">{t('gift.waits')}</p>}
            <Suspense>
              <Caution customerID={full.customer.id} />
            </Suspense>
            <Details of={full} />
          </>
        )}
      </QueryView>
      {act && g && <ActOnGift of={g} act={act} onClose={() => setAct(undefined)} />}
    </RecordPanel>
  )
}

function Details({ of: g }: { of: Gift }) {
  const { t } = useTranslation()
  const rows = [
    { label: t('gift.what'), value: g.what, wide: true },
    { label: t('gift.occasion'), value: g.occasion, wide: true },
    { label: t('gift.customer'), value: <CustomerLink id={g.customer.id}>{g.customer.name}</CustomerLink> },
    { label: t('gift.contact'), value: g.contact || t('gift.whole') },
    { label: t('gift.value'), value: <span className="num">{giftMoney(g.value, g.currency)}</span> },
    { label: t('gift.on'), value: <span className="num">{g.on}</span> },
    { label: t('gift.giver'), value: g.giver_name },
  ]
  if (g.cost_centre) rows.push({ label: t('gift.cost_centre'), value: g.cost_centre })
  if (g.case_id)
    rows.push({ label: t('gift.case'), value: <CaseLink to={`/cases/${g.case_id}`}>{g.case_number}</CaseLink> })
  if (g.said) rows.push({ label: t('gift.said'), value: g.said, wide: true })
  if (g.note) rows.push({ label: t('gift.note'), value: g.note, wide: true })
  return <Fields items={rows} />
}
