import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Fields, Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { usePermission } from '@/kit/usePermission'
import './admin.css'

/** Whether the installation is backed up, and a backup now. */
export default function BackupPage() {
  const { t } = useTranslation()
  const may = usePermission('system.manage')
  return may ? <Backup /> : <NoAccess title={t('admin.page.backup')} />
}

function Backup() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { message } = App.useApp()
  const backup = api.useQuery('get', '/api/v1/backup', {})
  const start = async () => {
    try {
      await http.POST('/api/v1/backup')
      void message.success(t('backup.started'))
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return (
    <Page
      title={t('admin.page.backup')}
      actions={backup.data?.configured && <Button onClick={() => void start()}>{t('backup.now')}</Button>}
    >
      <div className="settings-column">
        <QueryView query={backup} lines={5}>
          {(b) =>
            b.configured ? (
              <Panel>
                <div className="stack">
                  <StatusDot
                    tone={b.overdue ? 'bad' : 'ok'}
                    label={t(b.overdue ? 'backup.overdue' : 'backup.fresh', { hours: num(b.alarm_hours) })}
                  />
                  <Fields
                    items={[
                      { label: t('backup.place'), value: <code>{b.place}</code>, wide: true },
                      {
                        label: t('backup.last'),
                        value: b.last_at ? <DateText value={b.last_at} time /> : t('backup.none'),
                      },
                      { label: t('backup.sealed'), value: t(b.sealed ? 'backup.yes' : 'backup.no') },
                      { label: t('backup.size'), value: t('backup.mb', { n: num(Math.ceil(b.last_size / 2 ** 20)) }) },
                      {
                        label: t('backup.files'),
                        value: t('backup.files_new', { n: num(b.files), fresh: num(b.new_files) }),
                      },
                      { label: t('backup.name'), value: <code>{b.last_name}</code>, wide: true },
                    ]}
                  />
                  <p className="muted">{t('backup.rehearse')}</p>
                </div>
              </Panel>
            ) : (
              <Panel>
                <p>{t('backup.off')}</p>
              </Panel>
            )
          }
        </QueryView>
      </div>
    </Page>
  )
}
