import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import './admin.css'

/** What happened and had no effect because a reaction to it failed: try again, or leave it. */
export default function EventsPage() {
  const { t } = useTranslation()
  const may = usePermission('system.manage')
  return may ? <Events /> : <NoAccess title={t('admin.page.events')} />
}

function Events() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const confirm = useConfirm()
  const events = api.useQuery('get', '/api/v1/events/failed', {})
  const again = () => client.invalidateQueries({ queryKey: ['get', '/api/v1/events/failed'] })
  const kind = (k: string) => t(`admin.event.kind.${k.replace('.', '_')}`, { defaultValue: k })
  const retry = async (id: string) => {
    try {
      await http.POST('/api/v1/events/{id}/retry', { params: { path: { id } } })
      void message.success(t('admin.event.retried'))
      await again()
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  const skip = (id: string, name: string) =>
    confirm({
      title: t('admin.event.skip_title', { kind: name }),
      text: t('admin.event.skip_text'),
      ok: t('admin.event.skip'),
      danger: true,
      action: async () => {
        await http.POST('/api/v1/events/{id}/skip', { params: { path: { id } } })
        await again()
      },
    })
  return (
    <Page title={t('admin.page.events')}>
      <div className="settings-column">
        <QueryView query={events} lines={4}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t('admin.event.none')} hint={t('admin.event.about')} />
            ) : (
              <Panel>
                <p className="muted">{t('admin.event.about')}</p>
                <ul className="events">
                  {items.map((e) => (
                    <li key={e.id}>
                      <div className="row">
                        <b>{kind(e.kind)}</b>
                        <span className="muted grow">
                          <DateText value={e.at} time />
                        </span>
                        <StatusDot
                          tone={e.parked ? 'bad' : 'warn'}
                          label={t(e.parked ? 'admin.event.parked' : 'admin.event.retrying', { count: e.tries })}
                        />
                      </div>
                      <code className="event-error">{e.error}</code>
                      <div className="row">
                        <Button size="small" onClick={() => void retry(e.id)}>
                          {t('admin.event.retry')}
                        </Button>
                        <Button size="small" type="text" onClick={() => void skip(e.id, kind(e.kind))}>
                          {t('admin.event.skip')}
                        </Button>
                      </div>
                    </li>
                  ))}
                </ul>
              </Panel>
            )
          }
        </QueryView>
      </div>
    </Page>
  )
}
