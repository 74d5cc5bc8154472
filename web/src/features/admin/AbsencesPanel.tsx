import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { useMe } from '@/app/account'
import { AreaLink } from '@/kit/AreaLink'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'

const AbsenceForm = lazy(() => import('./AbsenceForm'))

type Absence = Schemas['ProcedureAbsenceView']

/** Who is away and who stands in: everybody's to those who manage procedures, else one's own. */
export function AbsencesPanel({ everybody }: { everybody?: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const query = api.useQuery('get', '/api/v1/absences')
  const [entering, setEntering] = useState(false)
  const shown = (list: Absence[]) => (everybody ? list : list.filter((a) => a.user_id === me?.id))
  return (
    <Panel
      title={t(everybody ? 'post.away.title' : 'post.away.mine')}
      extra={<Button onClick={() => setEntering(true)}>{t('post.away.enter')}</Button>}
    >
      <p className="muted">{t('post.away.about')}</p>
      <QueryView query={query} lines={2}>
        {(list) =>
          shown(list.items).length === 0 ? (
            <p className="muted">{t(everybody ? 'post.away.none' : 'post.away.none_mine')}</p>
          ) : (
            <ul className="entries" aria-label={t('post.away.title')}>
              {shown(list.items).map((a) => (
                <AbsenceRow key={a.id} absence={a} named={everybody} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {!everybody && <StandsIn list={query.data?.items ?? []} />}
      <Suspense>{entering && <AbsenceForm everybody={everybody} onClose={() => setEntering(false)} />}</Suspense>
    </Panel>
  )
}

/** For whom one stands in oneself. */
function StandsIn({ list }: { list: Absence[] }) {
  const { t } = useTranslation()
  const me = useMe()
  const mine = list.filter((a) => a.substitute_id === me?.id)
  return mine.map((a) => (
    <p key={a.id} className="muted">
      {t('post.away.stands_in', { name: a.user_name, from: a.from, until: a.until })}
    </p>
  ))
}

function AbsenceRow({ absence: a, named }: { absence: Absence; named?: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const confirm = useConfirm()
  const heads = usePermission('customer.assign')
  const end = () =>
    confirm({
      title: t('post.away.end_title'),
      text: t('post.away.end_text'),
      ok: t('post.away.end'),
      action: async () => {
        await http.DELETE('/api/v1/absences/{id}', { params: { path: { id: a.id } } })
        await client.invalidateQueries({ queryKey: ['get', '/api/v1/absences'] })
      },
    })
  const stand = a.substitute_name ? t('post.away.by', { name: a.substitute_name }) : t('post.away.by_nobody')
  return (
    <li>
      <b>{named ? a.user_name : stand}</b>
      {named && <span className="muted">{stand}</span>}
      <span className="muted num">{t('post.span', { from: a.from, until: a.until })}</span>
      {a.reason && <span className="muted">{a.reason}</span>}
      {named && heads && <AreaLink to={`/service/handovers?person=${a.user_id}`}>{t('post.away.hand_over')}</AreaLink>}
      <Button size="small" type="text" onClick={() => void end()}>
        {t('post.away.end')}
      </Button>
    </li>
  )
}
