import { App, Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { errorText } from '@/api/error'
import { useMe } from '@/app/account'
import { ErrorState } from '@/kit/ErrorState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'

const TeamForm = lazy(() => import('./TeamForm'))
const GiveBack = lazy(() => import('@/kit/GiveBack'))

/** How many owners before the present one are shown. */
const SHOWN = 4

/** Who looks after the customer and why, who did before, and who stands beside. */
export default function Owners({ customerID, name }: { customerID: string; name: string }) {
  const { t } = useTranslation()
  const text = useText()
  const me = useMe()
  const may = usePermission('customer.write')
  const [open, setOpen] = useState<'team' | 'back'>()
  const params = { params: { path: { id: customerID } } }
  const terms = api.useQuery('get', '/api/v1/customers/{id}/owners', params)
  const team = api.useQuery('get', '/api/v1/customers/{id}/team', params)
  const list = terms.data?.items ?? []
  const present = list[0]
  const mine = may && present?.how === 'claim' && present.owner_id === me?.id
  if (!may && terms.data && team.data && list.length === 0 && team.data.items.length === 0) return null
  return (
    <Panel
      title={t('owner.title')}
      extra={
        mine && (
          <Button size="small" onClick={() => setOpen('back')}>
            {t('owner.give_back')}
          </Button>
        )
      }
    >
      <QueryView query={terms} lines={2}>
        {() => (
          <ul className="standings">
            {list.length === 0 && <li className="muted">{t('owner.nobody')}</li>}
            {list.slice(0, SHOWN + 1).map((x) => (
              <li key={x.id} className="decision">
                <b>{x.owner_name || t('owner.nobody')}</b>
                <span className="muted num">
                  {x.until ? t('owner.term', { from: x.from, until: x.until }) : t('owner.since', { from: x.from })}
                </span>
                <span className="grow" />
                <span className="muted">{t(`owner.how.${x.how}`)}</span>
                {x.why && <span className="muted decision-why">{text(x.why)}</span>}
                {x.note && <span className="muted decision-why">{t('owner.note', { text: x.note })}</span>}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <div className="row owner-beside">
        <b>{t('owner.team')}</b>
        <span className="grow" />
        {may && (
          <button type="button" className="text-button" onClick={() => setOpen('team')}>
            {t('owner.join')}
          </button>
        )}
      </div>
      {team.error ? (
        <ErrorState inline error={team.error} onRetry={() => void team.refetch()} />
      ) : (
        team.data && <Beside customerID={customerID} list={team.data.items} may={may} />
      )}
      <Suspense>
        {open === 'team' && <TeamForm customerID={customerID} onClose={() => setOpen(undefined)} />}
        {open === 'back' && <GiveBack id={customerID} name={name} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </Panel>
  )
}

function Beside({
  customerID,
  list,
  may,
}: {
  customerID: string
  list: Schemas['OwnershipMemberView'][]
  may: boolean
}) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/customers/{id}/team')
  if (list.length === 0) return <p className="muted">{t('owner.team_none')}</p>
  const end = (m: Schemas['OwnershipMemberView']) =>
    confirm({
      title: t('owner.end_title', { name: m.user_name }),
      ok: t('owner.end'),
      danger: true,
      action: async () => {
        try {
          await http.DELETE('/api/v1/customers/{id}/team/{member}', {
            params: { path: { id: customerID, member: m.id } },
          })
        } catch (e) {
          void message.error(errorText(t, e))
        }
        await refresh()
      },
    })
  return (
    <ul className="standings">
      {list.map((m) => (
        <li key={m.id} className="decision">
          <span>{m.user_name}</span>
          <span className="muted">{m.part}</span>
          <span className="grow" />
          <span className="muted num">
            {m.until ? t('owner.term', { from: m.from, until: m.until }) : t('owner.since', { from: m.from })}
          </span>
          {may && (
            <button type="button" className="text-button" onClick={() => void end(m)}>
              {t('owner.end')}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
