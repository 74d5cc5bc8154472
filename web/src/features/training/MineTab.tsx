import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StandingDot } from './words'

const Take = lazy(() => import('./Take'))

type Mine = Schemas['TrainingMineView']
type Certificate = Schemas['TrainingCertificateView']

/** What I have to learn, what calls for action first, and the certificates I hold. */
export default function MineTab({ open, onOpen }: { open?: string; onOpen: (id?: string) => void }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/training/mine')
  return (
    <QueryView query={query} lines={8}>
      {({ items }) => {
        const taken = items.find((c) => c.id === open)
        if (taken)
          return (
            <Suspense>
              <Take key={taken.id} course={taken} onClose={() => onOpen(undefined)} />
            </Suspense>
          )
        return (
          <div className="settings-column">
            {items.length === 0 ? (
              <EmptyState title={t('training.none')} hint={t('training.none_hint')} />
            ) : (
              <Panel title={t('training.mine')}>
                <ul className="courses">
                  {items.map((c) => (
                    <li key={c.id}>
                      <div className="course-what">
                        <b>{c.title}</b>
                        <StandingDot of={c.standing} />
                        <span className="muted num">{termOf(t, c)}</span>
                      </div>
                      <Button type={c.standing === 'valid' ? 'default' : 'primary'} onClick={() => onOpen(c.id)}>
                        {t(c.standing === 'valid' ? 'training.look' : c.open_id ? 'training.go_on' : 'training.begin')}
                      </Button>
                    </li>
                  ))}
                </ul>
              </Panel>
            )}
            <Certificates />
          </div>
        )
      }}
    </QueryView>
  )
}

/** termOf says until when a course is to be done, or the certificate holds. */
function termOf(t: TFunction, c: Mine): string {
  if (c.expires_on)
    return t(c.standing === 'expired' ? 'training.expired_on' : 'training.until', { date: c.expires_on })
  return c.due_on ? t('training.due', { date: c.due_on }) : ''
}

function Certificates() {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/training/mine/certificates')
  if (!data || data.items.length === 0) return null
  return (
    <Panel title={t('training.certificates')}>
      <PlainTable<Certificate>
        caption={t('training.certificates')}
        rows={data.items}
        rowKey={(c) => c.id}
        columns={[
          { key: 'title', title: t('training.certificate'), head: true, render: (c) => c.title },
          { key: 'number', title: t('training.number'), num: true, render: (c) => c.number },
          { key: 'issued', title: t('training.issued'), render: (c) => <DateText value={c.issued_on} /> },
          {
            key: 'expires',
            title: t('training.expires'),
            render: (c) => (c.expires_on ? <DateText value={c.expires_on} /> : t('training.no_end')),
          },
          {
            key: 'state',
            title: t('training.state'),
            render: (c) => (c.withdrawn ? t('training.withdrawn') : c.holds ? t('training.holds') : t('training.over')),
          },
        ]}
      />
    </Panel>
  )
}
